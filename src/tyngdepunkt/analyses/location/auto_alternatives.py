"""Which alternatives there are, and which of them can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location.input.model import Alternative, Part
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.indicators import get as indicator
from tyngdepunkt.indicators.assumptions import in_case
from tyngdepunkt.places import Notice

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.input.model import LocationCase
    from tyngdepunkt.analyses.location.result import MustHaveOutcome
    from tyngdepunkt.figures import Figure
    from tyngdepunkt.indicators import Indicator, Question
    from tyngdepunkt.places import Places


def centres(places: Places) -> tuple[Alternative, ...]:
    """Every centre of a labour-market region as an alternative, by number."""
    return tuple(
        Alternative(places.municipalities[code].called, "place", (Part(code, code, share=1.0),))
        for code in places.centres_of_regions()
    )


def filled_in(case: LocationCase, passing: Sequence[Alternative], screened: Notice) -> LocationCase:
    """The case with `alternatives: auto` replaced by the centres that pass; says how they were screened.

    Raises:
        UserError: no centre passes.
    """
    if not passing:
        raise UserError(Fault("analyses.location:no_candidates"))
    tried = "_must_have" if case.must_have else ""
    said = Notice(screened.key + tried, {**screened.values, "passed": len(passing)})
    return replace(case, alternatives=tuple(passing), notices=(*case.notices, said))


def screened(
    places: Places, question: Question, listed: Sequence[Alternative]
) -> tuple[list[Alternative], Notice]:
    """The centres that are large enough for the unit and not swamped by it, and the sentence that says so.

    A long list needs a screen, or the smallest places come first: half of the recruitment need once
    the unit is built up, and posts of at most three per cent of the region's employed. Both are
    assumptions; a place the case names is never screened.
    """
    if question.total_jobs is None:
        return list(listed), Notice("analyses.location:auto_not_screened", {"total": len(listed)})
    codes = [each.codes[0] for each in listed]
    steady = in_case("recruits_steady", question.assumed)
    need = replace(
        question,
        assumed={**(question.assumed or {}), "recruits_per_job": (steady.low, steady.high, steady.id)},
    )
    covered = indicator("recruitment_need").compute(places, need, codes)
    extent = indicator("contribution_extent").compute(places, question, codes)
    least, most = (in_case(name, question.assumed).middle for name in ("screen_need", "screen_jobs"))
    passing = [
        each
        for each, enough, part in zip(listed, covered, extent, strict=True)
        if (enough.value is None or enough.value >= least) and (part.value is None or part.value <= most)
    ]
    values = {"passed": len(passing), "total": len(listed), "need": least, "jobs": most}
    return passing, Notice("analyses.location:auto_screened", values)


def why_unscored(
    alternative: Alternative,
    outcomes: Sequence[MustHaveOutcome],
    row: dict[str, Figure],
    indicators: Sequence[Indicator],
    emptied: bool = False,
) -> str:
    """Text key that says why an alternative is not compared; empty where it is.

    `emptied` says that it closes every office, so that no place holds its posts.
    """
    if not alternative.parts:
        return "unscored.no_place"
    if emptied:
        return "unscored.no_office"
    if any(outcome.passed is False for outcome in outcomes):
        return "unscored.must_have"
    # What is added is 0 where nothing moves, whatever is known of the offices: that alone is no figure.
    scored = [each.id for each in indicators if each.scored and each.aggregate not in ("spread", "gain")]
    return "" if any(row[key].value is not None for key in scored if key in row) else "unscored.no_figures"
