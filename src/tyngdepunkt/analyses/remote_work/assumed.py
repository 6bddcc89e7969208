"""What is assumed of the wish: what whoever asks sets, else a range from a source."""

from __future__ import annotations

from typing import Literal

from tyngdepunkt.analyses.remote_work.question import Question
from tyngdepunkt.analyses.remote_work.result import StatedAssumption
from tyngdepunkt.indicators.assumptions import assumption


def ranges(question: Question) -> dict[str, tuple[float, float]]:
    """Assumption → the range that holds."""
    shown = assumption("desks_per_person")
    return {
        "wish_for_desk": (question.wish_low, question.wish_high),
        "days_at_desk": (question.days, question.days),
        "desks_per_person": (shown.low, shown.high),
    }


def is_own(name: str, ends: tuple[float, float]) -> bool:
    """Whether the range is another than that of the source."""
    known = assumption(name)
    return ends != (known.low, known.high)


def assumptions_of(question: Question, lang: str) -> list[StatedAssumption]:
    """Every assumption that the answer rests on, in the order of the question."""
    return [_assumed(name, ends, lang) for name, ends in ranges(question).items()]


def _assumed(name: str, ends: tuple[float, float], lang: str) -> StatedAssumption:
    known, own = assumption(name), is_own(name, ends)
    set_by: Literal["source", "own"] = "own" if own else "source"
    return StatedAssumption(
        id=name,
        title=known.title[lang],
        low=ends[0],
        high=ends[1],
        unit=known.unit,
        set_by=set_by,
        year="" if own else known.year,
        source="" if own else known.reference[lang],
        note="" if own else known.note[lang],
    )
