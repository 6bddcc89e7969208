"""Which alternatives there are, and which of them can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location.case import Alternative, Part
from tyngdepunkt.errors import Fault, UserError

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.case import LocationCase
    from tyngdepunkt.analyses.location.result import MustHaveOutcome
    from tyngdepunkt.figures import Figure
    from tyngdepunkt.indicators import Indicator
    from tyngdepunkt.places import Places, Region


def centres(places: Places) -> tuple[Alternative, ...]:
    """Every centre of a labour-market region as an alternative, by number.

    Two regions (Årdal, Målselv) have no centre in the list they come from; there the
    municipality the region is named for stands in.
    """
    codes = sorted(
        code for region in places.regions.values() for code in region.centres or _namesakes(region, places)
    )
    return tuple(
        Alternative(places.municipalities[code].name, "place", (Part(code, code, share=1.0),))
        for code in codes
    )


def _namesakes(region: Region, places: Places) -> tuple[str, ...]:
    return tuple(code for code in region.members if region.name in places.municipalities[code].names)


def filled_in(case: LocationCase, passing: Sequence[Alternative]) -> LocationCase:
    """The case with `alternatives: auto` replaced by the centres that pass the must-haves.

    Raises:
        UserError: no centre passes.
    """
    if not passing:
        raise UserError(Fault("analyses.location:no_candidates"))
    return replace(case, alternatives=tuple(passing))


def why_unscored(
    alternative: Alternative,
    outcomes: Sequence[MustHaveOutcome],
    row: dict[str, Figure],
    indicators: Sequence[Indicator],
) -> str:
    """Text key that says why an alternative is not compared; empty where it is."""
    if not alternative.parts:
        return "unscored.no_place"
    if any(outcome.passed is False for outcome in outcomes):
        return "unscored.must_have"
    # What is added is 0 where nothing moves, whatever is known of the offices: that alone is no figure.
    scored = [each.id for each in indicators if each.scored and each.aggregate != "sum"]
    return "" if any(row[key].value is not None for key in scored if key in row) else "unscored.no_figures"
