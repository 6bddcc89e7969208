"""What a change of the method means for a case of which no earlier answer was kept.

The web keeps what is asked, never what was answered: figures, verdicts and places in the order of the
earlier method cannot be shown beside those of this one. What can be said is which of its changes apply to
the case, each a sentence beside its condition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location.assess import METHOD_VERSION
from tyngdepunkt.analyses.location.narrative import say
from tyngdepunkt.texts import inside

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.result import Assessment, UsedIndicator

FEW = 5  # ranked alternatives below which there is no coefficient of conflict


@dataclass(frozen=True, slots=True)
class Changed:
    """That the method has changed, the changes that apply to the case, and all there are."""

    head: str
    here: tuple[str, ...]
    all: tuple[str, ...]


def since(assessment: Assessment, saved_under: str | None) -> Changed | None:
    """What has changed for a case since it was saved; None where the method is the same.

    Args:
        assessment: the answer by this version of the method.
        saved_under: the version of the method it was last saved under; None where that was not kept.
    """
    if saved_under == METHOD_VERSION:
        return None
    kind = "unknown" if saved_under is None else "saved"
    known = {"version": saved_under, "now": METHOD_VERSION}
    return Changed(
        say(f"changed.{kind}", assessment.lang, **known),
        tuple(_applying(assessment)),
        tuple(say(f"changed.all.{name}", assessment.lang) for name in (*APPLIES, *NAMED)),
    )


def _applying(assessment: Assessment) -> Iterable[str]:
    for name, applies in APPLIES.items():
        if applies(assessment):
            yield say(f"changed.all.{name}", assessment.lang)
    for name, picked in NAMED.items():
        titles = [inside(used.indicator.title[assessment.lang]) for used in picked(assessment)]
        if titles:
            yield say(f"changed.named.{name}", assessment.lang, names=titles)


def _counting(assessment: Assessment) -> list[UsedIndicator]:
    return [each for each in assessment.indicators if each.weight > 0]


def _counts(name: str) -> Callable[[Assessment], bool]:
    return lambda assessment: any(each.indicator.id == name for each in _counting(assessment))


def _few(assessment: Assessment) -> bool:
    return 1 < len(assessment.ranked) < FEW


def _offices(assessment: Assessment) -> bool:
    return any(item.is_offices for item in assessment.case.alternatives)


def _undeclared(assessment: Assessment) -> bool:
    return assessment.case.ledger is not None and assessment.case.ledger_covers is None


def _equal(assessment: Assessment) -> list[UsedIndicator]:
    """Those that count and are the same for all that are ranked, known for each."""
    found = []
    for used in _counting(assessment):
        values = [item.measurements[used.indicator.id].figure.value for item in assessment.ranked]
        if len(values) > 1 and None not in values and len(set(values)) == 1:
            found.append(used)
    return found


def _lacking(assessment: Assessment) -> list[UsedIndicator]:
    """Those that count and that some ranked alternative has no figure for."""
    lacking = {name for item in assessment.ranked for name in item.assumed}
    return [used for used in _counting(assessment) if used.indicator.id in lacking]


APPLIES: dict[str, Callable[[Assessment], bool]] = {
    "need": _counts("recruitment_need"),
    "lack": _counts("contribution_lack"),
    "cost": _counts("cost_per_post"),
    "few": _few,
    "offices": _offices,
    "ledger": _undeclared,
    "screen": lambda assessment: bool(assessment.case.auto),
}
NAMED: dict[str, Callable[[Assessment], list[UsedIndicator]]] = {"equal": _equal, "lacking": _lacking}
