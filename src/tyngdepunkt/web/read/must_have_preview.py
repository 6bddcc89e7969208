"""Must-haves tried on every centre before the rest of the case is written: who is left, and why so few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tyngdepunkt import rules
from tyngdepunkt.errors import UserError

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.input.model import LocationCase
    from tyngdepunkt.analyses.location.result import MustHaveOutcome
    from tyngdepunkt.places import Places
    from tyngdepunkt.workspace.drafts import Draft

_LET_BE = ("date", "guidelines", "must_have", "unit", "trigger")
_NAMED = 30
"""As many names as one can take in."""


@dataclass(frozen=True, slots=True)
class Survivors:
    """The centres that meet the must-haves.

    Args:
        names: of those that are known to: what cannot be tried is not passed, as in `alternatives: auto`.
        all: how many centres were tried.
        alone: per demand, in the order of the case: how many are known to meet that one.
        unknown: how many fail none, and are not known to meet them all.
    """

    names: tuple[str, ...]
    all: int
    alone: tuple[int, ...] = ()
    unknown: int = 0

    @property
    def listed(self) -> tuple[str, ...]:
        """The names, where they are few enough to be read."""
        return self.names if len(self.names) <= _NAMED else ()


def case_so_far(content: Mapping[str, Any], places: Places, also: Sequence[str] = ()) -> LocationCase | None:
    """What has been written of a case so far, with placeholders for what is not, so that it can be checked.

    Args:
        content: the draft.
        places: the snapshot.
        also: more fields that matter than the unit, the date, the trigger and the must-haves.

    Returns:
        The case without alternatives; None where what is written has faults.
    """
    from tyngdepunkt.analyses.location.input.read import case_from_content

    asked = {"title": "-", "date": rules.newest().version, "trigger": "new_agency", "unit": {"name": "-"}}
    kept = {name: content[name] for name in (*_LET_BE, *also) if content.get(name)}
    written = {**asked, **kept, "alternatives": ["0301", "4601"]}
    try:
        case = case_from_content(written, places)
    except UserError:
        return None
    return replace(case, alternatives=())


def survivors(draft: Draft, places: Places) -> Survivors | None:
    """Which centres of labour-market regions meet the must-haves of a draft.

    Returns:
        The names of those that are known to meet all, and counts; None where the must-haves have faults.
    """
    from tyngdepunkt.analyses.location.assess import tried
    from tyngdepunkt.analyses.location.auto_alternatives import centres

    case = _readable(draft.content, places)
    if case is None:
        return None
    everyone = centres(places)
    outcomes = tried(replace(case, alternatives=everyone), places, everyone)
    answers = [_all(found) for found in outcomes]
    names = [each.name for each, answer in zip(everyone, answers, strict=True) if answer]
    alone = [sum(each.passed is True for each in demand) for demand in zip(*outcomes, strict=True)]
    return Survivors(tuple(names), len(everyone), tuple(alone), answers.count(None))


def meets(draft: Draft, places: Places, codes: Sequence[str]) -> dict[str, bool | None]:
    """Whether each municipality meets the must-haves of a draft.

    Args:
        draft: the draft.
        places: the snapshot.
        codes: numbers of the municipalities.

    Returns:
        Number → True, False, or None where a figure is missing. Empty where the draft has no must-haves, or
        has faults in them.
    """
    from tyngdepunkt.analyses.location.assess import tried
    from tyngdepunkt.analyses.location.input.model import Alternative, Part

    case = _readable(draft.content, places) if codes and draft.content.get("must_have") else None
    if case is None:
        return {}
    distinct = list(dict.fromkeys(codes))
    here = tuple(Alternative(code, "place", (Part(code, code, 1.0),)) for code in distinct)
    outcomes = tried(replace(case, alternatives=here), places, here)
    return {code: _all(outcome) for code, outcome in zip(distinct, outcomes, strict=True)}


def _all(outcome: Sequence[MustHaveOutcome]) -> bool | None:
    passed = [each.passed for each in outcome]
    return False if False in passed else None if None in passed else True


def _readable(content: Mapping[str, Any], places: Places) -> LocationCase | None:
    """The demands must be right; what is wrong with the rest of the case is said where it is asked."""
    found = case_so_far(content, places)
    if found is None:
        found = case_so_far({"must_have": content.get("must_have")}, places)
    return found
