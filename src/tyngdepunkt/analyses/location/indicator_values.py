"""What the indicators say of each alternative.

An alternative is one place or an arrangement over several. Figures that describe a place
are averaged by jobs; contributions are added up. Jobs that stay where they are contribute
nothing new, by definition.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tyngdepunkt.figures import Figure, Quality
from tyngdepunkt.indicators import Indicator, Question, alternative_figure, reach_of_offices
from tyngdepunkt.inputs import numbers

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.input.model import Alternative, LocationCase, Span
    from tyngdepunkt.indicators import StateJobEvent
    from tyngdepunkt.places import Places

UNCHANGED = frozenset({"zero", "stay"})  # kinds in which no job moves
STANDING = UNCHANGED | {"existing_structure"}  # kinds that are offices as they are
ACCESS_KEPT = "access_kept"
OF_RENT = frozenset({"cost_per_post", "rent_per_year"})
OF_CLOSURES = frozenset({"spread", "union"})  # what a closed office leaves behind: posts lost, access lost
LIMITS = {"users_60": 60, "users_90": 90}


def question_of(case: LocationCase, alternatives: Sequence[Alternative]) -> Question:
    """What the indicators may know of the case."""
    jobs = case.unit.jobs or ()
    counted = {job.occupation: job.count for job in jobs if job.count is not None}
    moved = {
        each.code: (each.jobs[0] + each.jobs[1]) / 2 for each in case.moved_from if each.jobs is not None
    }
    return Question(
        date=case.date,
        jobs=counted if jobs and len(counted) == len(jobs) else None,
        total_jobs=case.unit.total_jobs or _in_offices(alternatives),
        moved_from=moved or None,
        sites=case.sites,
        events=_events(case),
        window=case.window,
        occupations=tuple(job.occupation for job in jobs),
        assumed=_own_ranges(case) or None,
        standing=case.regional_structure,
        covered=_covered(case),
        price_year=case.costs.price_year,
    )


def _covered(case: LocationCase) -> Callable[[str], bool] | None:
    """Whether the ledger declares that it covers a place the whole window; None where it declares nothing."""
    covers = case.ledger_covers
    return None if covers is None else lambda code: covers.holds(code, case.window)


def _in_offices(alternatives: Sequence[Alternative]) -> Span | None:
    """Jobs of a unit that does not state them: what its offices hold today; None where one does not say."""
    held = {part.code: part.jobs_before for each in alternatives if each.is_offices for part in each.parts}
    return numbers.total(held.values())


def _own_ranges(case: LocationCase) -> dict[str, tuple[float, float, str]]:
    """The ranges the case puts in place of the assumptions, by the assumption's id."""
    costs = case.costs
    stated = {
        "cost_per_post": costs.one_off_per_job,
        "area_per_post": costs.area_per_employee,
        "rent_per_m2": costs.rent_per_m2,
        "double_staffing": costs.double_staffing_years,
        "follow_share": case.staff.follow_share,
    }
    found = {key: (*span, costs.source or case.title) for key, span in stated.items() if span is not None}
    return found | {key: (*span, case.title) for key, span in case.assumptions.items()}


def figures_of(
    question: Question, places: Places, indicators: Sequence[Indicator], alternatives: Sequence[Alternative]
) -> list[dict[str, Figure]]:
    """One mapping indicator id → figure per alternative, same order."""
    found: list[dict[str, Figure]] = [{} for _ in alternatives]
    emptied = [leaves_no_office(question.standing, alternatives, each) for each in alternatives]
    for indicator in indicators:
        one = _AGGREGATES.get(indicator.aggregate, _described)
        figures = one(indicator, places, question, alternatives)
        for row, figure, nowhere in zip(found, figures, emptied, strict=True):
            of_place = nowhere and indicator.aggregate not in OF_CLOSURES
            row[indicator.id] = _no_office(indicator) if of_place else figure
    return found


def leaves_no_office(
    standing: Sequence[str], alternatives: Sequence[Alternative], alternative: Alternative
) -> bool:
    """Whether the alternative closes every office there is today, and opens none.

    Nobody works anywhere then: what describes the place of the posts describes nothing, and a
    figure drawn from the country instead would be one that the alternative can never have.
    """
    if not alternative.is_offices or not alternative.parts:
        return False
    return not offices_then(alternative, offices_today(standing, alternatives))


def _no_office(indicator: Indicator) -> Figure:
    return Figure(None, indicator.unit, Quality.NOT_APPLICABLE, note="analyses.location:no_office_left")


def _described(
    indicator: Indicator, places: Places, question: Question, alternatives: Sequence[Alternative]
) -> list[Figure]:
    """Figures that describe places: one look-up for all, then a mean by jobs for each."""
    codes = sorted({code for each in alternatives for code in each.codes})
    known = dict(zip(codes, indicator.compute(places, question, codes), strict=True))
    return [
        _mean(
            indicator,
            [_own_rent(indicator, places, question, each, code) or known[code] for code in each.codes],
            each,
            [places.municipalities[code].called for code in each.codes],
        )
        for each in alternatives
    ]


def _own_rent(
    indicator: Indicator, places: Places, question: Question, alternative: Alternative, code: str
) -> Figure | None:
    """A cost at the rent the alternative itself states; None where it states none, or cost is not asked for.

    A rent belongs to the alternative it is written under: another one in the same place has its own.
    """
    if indicator.id not in OF_RENT:
        return None
    stated = next((part.rent for part in alternative.parts if part.code == code), None)
    if stated is None:
        return None
    return indicator.compute(places, replace(question, rents={code: stated}), [code])[0]


def _united(
    indicator: Indicator, places: Places, question: Question, alternatives: Sequence[Alternative]
) -> list[Figure]:
    """Who is within reach of any of an alternative's places, and who keeps an office."""
    today = offices_today(question.standing, alternatives)
    codes = sorted({each.codes[0] for each in alternatives if len(each.codes) == 1})
    single = dict(zip(codes, indicator.compute(places, question, codes), strict=True))
    found = []
    for each in alternatives:
        if indicator.id == ACCESS_KEPT:
            figure = (
                reach_of_offices.kept(places, today, offices_then(each, today))
                if today and each.parts
                else reach_of_offices.access_kept(places, question, [""])[0]
            )
        elif len(each.codes) == 1 and not each.is_offices:
            figure = single[each.codes[0]]
        else:
            figure = _reached(indicator, places, each, offices_then(each, today) if today else each.codes)
        found.append(figure)
    return found


def _reached(indicator: Indicator, places: Places, alternative: Alternative, codes: Sequence[str]) -> Figure:
    if not alternative.parts:
        return Figure(None, indicator.unit, Quality.NOT_APPLICABLE)
    return reach_of_offices.within_any(places, codes, LIMITS[indicator.id])


def offices_today(standing: Sequence[str], alternatives: Sequence[Alternative]) -> tuple[str, ...]:
    """Municipalities with an office today, where some alternative is a set of offices; else none.

    Args:
        standing: the case's regional structure, which holds offices the alternatives say nothing of.
        alternatives: those of the case; an office with no jobs before is a new one.
    """
    sets = [each for each in alternatives if each.is_offices]
    stated = {part.code for each in sets for part in each.parts if _stands(part.jobs_before)}
    new = {part.code for each in sets for part in each.parts if part.jobs_before == (0, 0)}
    return tuple(sorted((set(standing) | stated) - new)) if sets else ()


def offices_then(alternative: Alternative, today: Sequence[str]) -> tuple[str, ...]:
    """Municipalities with an office under an alternative: what it does not speak of stays as it is."""
    if not alternative.is_offices:
        return tuple(sorted(set(today))) if alternative.kind in STANDING else alternative.codes
    closed = {part.code for part in alternative.parts if part.jobs_after == (0, 0)}
    return tuple(sorted((set(today) | set(alternative.codes)) - closed))


def _stands(before: Span | None) -> bool:
    return before is None or before[1] > 0


def _each_place(
    indicator: Indicator, places: Places, question: Question, alternatives: Sequence[Alternative]
) -> list[Figure]:
    """Figures that hang on how many posts a place gets: single places are looked up together."""
    arranged = _mean_change if indicator.aggregate == "spread" else _by_own_posts
    single = sorted({each.codes[0] for each in alternatives if _is_plain(each)})
    known = dict(zip(single, indicator.compute(places, question, single), strict=True))
    return [
        known[each.codes[0]] if _is_plain(each) else arranged(indicator, places, question, each)
        for each in alternatives
    ]


def _mean_change(
    indicator: Indicator, places: Places, question: Question, alternative: Alternative
) -> Figure:
    """Each place's change against its own labour market, a mean by size: shares are never added."""
    if not alternative.parts:
        return Figure(None, indicator.unit, Quality.NOT_APPLICABLE)
    if alternative.kind in UNCHANGED:
        return Figure(0.0, indicator.unit, Quality.MEASURED)
    figures, sizes, names = [], [], []
    for part, share in zip(alternative.parts, alternative.shares, strict=True):
        change = part.change(share, question.total_jobs, alternative.is_offices)
        leaving = None if alternative.is_offices else _scaled_moves(question, share)
        own = replace(_seen_from(question, change), moved_from=leaving)
        figures += indicator.compute(places, own, [part.code])
        names.append(places.municipalities[part.code].called)
        sizes.append(None if change is None else abs(sum(change)) / 2)
    if all(size == 0 for size in sizes):
        return Figure(0.0, indicator.unit, Quality.MEASURED)
    return alternative_figure(indicator, figures, sizes, names)


def _by_own_posts(
    indicator: Indicator, places: Places, question: Question, alternative: Alternative
) -> Figure:
    """Each place by the posts it holds, then a mean by posts."""
    if indicator.aggregate == "gain" and alternative.kind in UNCHANGED:
        return Figure(0.0, indicator.unit, Quality.MEASURED)
    weights = _job_weights(alternative) if len(alternative.parts) > 1 else [1.0]
    if not alternative.parts or weights is None:
        quality = Quality.NOT_STATED if alternative.parts else Quality.NOT_APPLICABLE
        note = "analyses.location:jobs_per_office" if alternative.parts else ""
        return Figure(None, indicator.unit, quality, note=note)
    figures, counted, names = [], [], []
    for part, weight in zip(alternative.parts, weights, strict=True):
        if weight > 0:  # an office that closes needs nobody
            held = part.jobs_after if alternative.is_offices else part.jobs
            own = _seen_from(question, held or _part_of(question.total_jobs, weight))
            figures += indicator.compute(places, own, [part.code])
            counted.append(weight)
            names.append(places.municipalities[part.code].called)
    return alternative_figure(indicator, figures, counted, names)


def _part_of(total: Span | None, weight: float) -> Span | None:
    return None if total is None else (total[0] * weight, total[1] * weight)


def _mean(
    indicator: Indicator, figures: list[Figure], alternative: Alternative, names: Sequence[str]
) -> Figure:
    if not figures:
        return Figure(None, indicator.unit, Quality.NOT_APPLICABLE)
    if len(figures) == 1:
        return figures[0]
    weights = _job_weights(alternative)
    if weights is None:
        return Figure(None, indicator.unit, Quality.NOT_STATED, note="analyses.location:jobs_per_office")
    return alternative_figure(indicator, figures, weights, names)


def _job_weights(alternative: Alternative) -> list[float] | None:
    """How much each place counts: jobs there afterwards, else stated shares, else equally.

    None for offices that stand, or a set of offices, where some office's jobs are unknown: a
    mean over the others, or over all alike, would describe another set than the one there is.
    """
    spans = [part.jobs_after if alternative.is_offices else part.jobs for part in alternative.parts]
    known = [sum(span) / 2 for span in spans if span is not None]
    if len(known) == len(spans) and sum(known) > 0:
        return [count / sum(known) for count in known]
    stated = all(part.share is not None for part in alternative.parts)
    standing = alternative.is_offices or alternative.kind in STANDING
    return None if standing and not stated else list(alternative.shares)


_AGGREGATES = {"own": _each_place, "gain": _each_place, "spread": _each_place, "union": _united}


def _is_plain(alternative: Alternative) -> bool:
    """One place that gets all the jobs of the case."""
    part = alternative.parts[0] if len(alternative.parts) == 1 else None
    return (
        part is not None
        and alternative.kind not in UNCHANGED
        and not alternative.is_offices
        and part.jobs is None
    )


def _scaled_moves(question: Question, share: float) -> dict[str, float] | None:
    moved = question.moved_from
    return None if moved is None else {code: jobs * share for code, jobs in moved.items()}


def _seen_from(question: Question, jobs: Span | None) -> Question:
    """The question as one place sees it: its own jobs, in the case's mix of occupations."""
    total = question.total_jobs
    if jobs is None or question.jobs is None or total is None or sum(total) == 0:
        return replace(question, total_jobs=jobs, jobs=None)
    scale = sum(jobs) / sum(total)
    mix = {code: _scaled(span, scale) for code, span in question.jobs.items()}
    return replace(question, total_jobs=jobs, jobs=mix)


def _scaled(span: Span, scale: float) -> Span:
    low, high = sorted((span[0] * scale, span[1] * scale))
    return (low, high)


def _events(case: LocationCase) -> tuple[StateJobEvent, ...] | None:
    if case.ledger is None:
        return None
    from tyngdepunkt.analyses.state_jobs.effect import as_state_job_events

    return as_state_job_events(case.ledger, case.window)
