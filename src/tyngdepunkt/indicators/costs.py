"""What the alternatives of a case cost, as ranges taken from audits of earlier moves.

The figures are not those of the agency's own budget. Each rests on `assumptions.yaml`, is marked as
assumed, and is the same for every place that jobs move to unless the case states rents; its note says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tyngdepunkt.figures import Figure, Quality, Source
from tyngdepunkt.indicators.assumptions import Assumption, assumption, in_case
from tyngdepunkt.indicators.base import Question
from tyngdepunkt.indicators.columns import Told, nowhere
from tyngdepunkt.indicators.prices import raised

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

Range = tuple[float, float]
UNKNOWN = "indicators:jobs_unknown"
NEW_UNIT = "indicators:nothing_to_move"
MOVES_YEAR, RENT_YEAR = 2006, 2022  # the middle year of the audited moves, and the year of the mean rent


def _assumed(unit: str, bounds: Range, sources: tuple[Source, ...], note: str) -> Figure:
    """A range as a figure; the value is its middle."""
    low, high = bounds
    return Figure((low + high) / 2, unit, Quality.ASSUMED, sources, low, high, note)


def _times(first: Range, second: Range) -> Range:
    return (first[0] * second[0], first[1] * second[1])


def _range(found: Assumption) -> Range:
    return (found.low, found.high)


def one_off(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """NOK of the price year to move the existing jobs that do not already lie in the place.

    Posts × cost per post. The audited cost per post already holds that most of the staff
    left, so it is not multiplied by the share who leave once more.
    """
    if not question.moved_from:
        return nowhere(codes, Told("NOK", missing=NEW_UNIT), Quality.NOT_APPLICABLE)
    cost, once = in_case("cost_per_post", question.assumed), _once(question)
    note = _note(question, "cost_per_post", "cost_audited")
    return [_one_off(_moving(question, code), once, cost.source(), note) for code in codes]


def _once(question: Question) -> Range:
    """NOK per post that moves, of the price year; what the case states is taken as it is."""
    return _of_price_year(question, "cost_per_post", MOVES_YEAR)


def _mean_rent(question: Question) -> Range:
    """NOK per square metre and year, of the price year; what the case states is taken as it is."""
    return _of_price_year(question, "rent_per_m2", RENT_YEAR)


def _of_price_year(question: Question, name: str, year: int) -> Range:
    found = in_case(name, question.assumed)
    factor = raised(year, question.price_year) if found is assumption(name) else 1.0
    return _times(_range(found), (factor, factor))


def _moving(question: Question, code: str) -> Range:
    """Posts that move to a place: what lies elsewhere, but no more than the case has."""
    elsewhere = sum(jobs for place, jobs in (question.moved_from or {}).items() if place != code)
    low, high = question.total_jobs or (elsewhere, elsewhere)
    return (min(low, elsewhere), min(high, elsewhere))


def _note(question: Question, name: str, usual: str, stated: str = "stated_in_case") -> str:
    """What is said of an assumption: where it is from, or that the case states it itself."""
    return f"indicators:{stated if name in (question.assumed or {}) else usual}"


def _one_off(moving: Range, once: Range, source: Source, note: str) -> Figure:
    if moving[1] <= 0:
        return Figure(0.0, "NOK", note="indicators:stays")
    return _assumed("NOK", _times(moving, once), (source,), note)


def _when_moving(question: Question, codes: Sequence[str], name: str, note: str) -> list[Figure]:
    """An assumption as a figure for each place: the same wherever existing jobs move to.

    Args:
        question: says from where jobs move.
        codes: the places.
        name: of the assumption.
        note: of the figures.

    Returns:
        One figure for each place; not applicable for a new unit, and for a place where all the jobs are
        already.
    """
    found = in_case(name, question.assumed)
    moved = question.moved_from or {}
    told = Told(found.unit, missing="indicators:stays" if moved else NEW_UNIT)
    if not moved:
        return nowhere(codes, told, Quality.NOT_APPLICABLE)
    moving = _assumed(found.unit, _range(found), (found.source(),), _note(question, name, note))
    staying = nowhere([""], told, Quality.NOT_APPLICABLE)[0]
    return [staying if set(moved) == {code} else moving for code in codes]


def per_post(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """NOK per post and year in kroner of the price year: rent, and the one-off cost spread over the period.

    A new unit has no one-off cost. Rents and one-off costs that the case states are taken as they are.
    """
    period, cost = in_case("cost_period", question.assumed), in_case("cost_per_post", question.assumed)
    space, mean = (in_case(name, question.assumed) for name in ("area_per_post", "rent_per_m2"))
    stated, usual, once = question.rents or {}, _mean_rent(question), _once(question)
    moved = (cost.source(), period.source()) if question.moved_from else ()
    own, national = (space.source(), *moved), (space.source(), mean.source(), *moved)
    unstated = _note(question, "rent_per_m2", "cost_national_rent", "cost_stated_rent")
    found = []
    for code in codes:
        yearly = _times(_range(space), stated.get(code, usual))
        spread = _spread_over(question, code, once, period.middle)
        sources = own if code in stated else national
        note = "indicators:cost_stated_rent" if code in stated else unstated
        bounds = (yearly[0] + spread[0], yearly[1] + spread[1])
        found.append(_assumed("NOK_per_post", bounds, sources, note))
    return found


def _spread_over(question: Question, code: str, once: Range, years: float) -> Range:
    """The one-off cost per post and year, where some posts move to the place."""
    if not question.moved_from or years <= 0:
        return (0.0, 0.0)
    posts = sum(question.total_jobs) / 2 if question.total_jobs else sum(question.moved_from.values())
    if posts <= 0:
        return (0.0, 0.0)
    moving = _moving(question, code)
    return (once[0] * moving[0] / posts / years, once[1] * moving[1] / posts / years)


def follow_share(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Share of the staff who come along, for places that existing jobs move to; not applicable elsewhere."""
    return _when_moving(question, codes, "follow_share", "follow_audited")


def double_staffing(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Years of double staffing, where existing jobs move."""
    return _when_moving(question, codes, "double_staffing", "double_staffing_planned")


def _area(question: Question) -> Range | None:
    if question.total_jobs is None:
        return None
    return _times(question.total_jobs, _range(in_case("area_per_post", question.assumed)))


def area(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Square metres of office the jobs need."""
    bounds = _area(question)
    if bounds is None:
        return nowhere(codes, Told("m2", missing=UNKNOWN))
    source = in_case("area_per_post", question.assumed).source()
    return [_assumed("m2", bounds, (source,), _note(question, "area_per_post", "area_norm"))] * len(codes)


def rent(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """NOK of the price year in rent per year: area × rent per m², the case's own where it states one.

    Any other place is computed with the national mean and says so.
    """
    bounds = _area(question)
    if bounds is None:
        return nowhere(codes, Told("NOK_per_year", missing=UNKNOWN))
    space = in_case("area_per_post", question.assumed).source()
    mean = in_case("rent_per_m2", question.assumed)
    yearly = _times(bounds, _mean_rent(question))
    usual = _assumed(
        "NOK_per_year",
        yearly,
        (space, mean.source()),
        _note(question, "rent_per_m2", "national_rent", "stated_rent"),
    )
    stated = {
        code: _assumed("NOK_per_year", _times(bounds, each), (space,), "indicators:stated_rent")
        for code, each in (question.rents or {}).items()
    }
    return [stated.get(code, usual) for code in codes]
