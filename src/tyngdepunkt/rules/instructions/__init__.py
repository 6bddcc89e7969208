"""The six questions of utredningsinstruksen, which order every study and so our documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tyngdepunkt.rules.loader import sources
from tyngdepunkt.texts import read_yaml


@dataclass(frozen=True, slots=True)
class StudyQuestion:
    """One of the six questions.

    Args:
        id: problem, measures, principles, effects, recommendation, preconditions.
        title: a heading in nb, nn, en.
        asks: what the question asks of a location case, in nb, nn, en.
        rules: rules whose findings answer it; a rule may serve two questions. The mapping is
            ours: no official one for location cases was found.
        reference: citation of the instruction.
    """

    id: str
    number: int
    title: Mapping[str, str]
    asks: Mapping[str, str]
    rules: tuple[str, ...]
    reference: str
    valid_from: dt.date
    valid_to: dt.date | None


@cache
def study_questions() -> tuple[StudyQuestion, ...]:
    """The six questions in their order, as they have stood since 1 March 2016."""
    entry = read_yaml("tyngdepunkt.rules", "instructions/utredningsinstruksen.yaml")
    reference = sources()[entry["source"]].citation
    return tuple(
        StudyQuestion(
            id=item["id"],
            number=number,
            title=item["title"],
            asks=item["asks"],
            rules=tuple(item["rules"]),
            reference=reference,
            valid_from=entry["valid_from"],
            valid_to=entry["valid_to"],
        )
        for number, item in enumerate(entry["questions"], start=1)
    )
