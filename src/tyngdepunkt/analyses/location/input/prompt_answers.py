"""What has been answered of a case, question by question."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from tyngdepunkt.inputs.numbers import Span


@dataclass(slots=True)
class PromptAnswers:
    """What has been answered; the fields are those of a case file."""

    title: str = ""
    date: dt.date = dt.date.min
    trigger: str = ""
    guidelines: str = ""
    name: str = ""
    jobs: list[tuple[str, str, Span | None]] = field(default_factory=list)
    total_jobs: Span | None = None
    moved_from: list[str] = field(default_factory=list)
    alternatives: list[str] = field(default_factory=list)
    offices: list[tuple[str, list[tuple[str, Span | None, Span | None]]]] = field(default_factory=list)
    largest_cities: tuple[list[str], str] = ((), "")  # type: ignore[assignment]  # an empty list, never changed
    oslo_area: tuple[list[str], str] = ((), "")  # type: ignore[assignment]
    weights: dict[str, float] = field(default_factory=dict)
    by_questions: bool = False
    order: list[list[str]] = field(default_factory=list)
