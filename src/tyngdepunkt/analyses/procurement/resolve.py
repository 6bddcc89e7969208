"""Reading what is brought: the notice, the place that asks, and the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tyngdepunkt.analyses.contract import Brought, Made, Setting, analysis
from tyngdepunkt.analyses.procurement.model import Source
from tyngdepunkt.analyses.procurement.national import applies, set_on
from tyngdepunkt.analyses.procurement.question import Question
from tyngdepunkt.analyses.procurement.read import read
from tyngdepunkt.errors import Faults, UserError


@dataclass(frozen=True, slots=True)
class Asked:
    """A notice that could be read, and how it is asked about.

    Args:
        source: the notice.
        as_of: the day it is read on.
        question: what was asked of it.
        place: answers how near the work is, or None where no place asks.
        rules: the set of national rules that holds for it; None where none is stored or none applies.
        made: the head of the answer.
    """

    source: Source
    question: Question
    as_of: dt.date
    place: Any
    rules: Mapping[str, Any] | None
    made: Made


def resolve(brought: Mapping[str, Brought], question: Question, setting: Setting) -> Asked:
    """Read a notice.

    Raises:
        UserError: the file cannot be read, or the place is unknown; each fault with its file.
    """
    faults = Faults()
    file = brought["notice"]
    source = place = None
    try:
        source = read(file)
    except UserError as error:
        faults.extend(replace(each, where=_where(file.name, each.where)) for each in error.faults)
    if question.place is not None:
        from tyngdepunkt.analyses.procurement.distance import Near

        try:
            place = Near.of(question.place, setting)
        except UserError as error:
            faults.extend(replace(each, where=setting.named("place")) for each in error.faults)
    faults.raise_if_any()
    assert source is not None  # noqa: S101  # no fault, so there is one
    as_of = question.as_of or dt.datetime.now(dt.UTC).date()
    rules = set_on(source, as_of) if applies(source) else None
    made = analysis("procurement").made(
        brought,
        question,
        snapshot=place.places.snapshot.id if place else None,
        rule_set=rules["id"] if rules else None,
    )
    return Asked(source, question, as_of, place, rules, made)


def _where(name: str, where: str) -> str:
    return f"{name}, {where}" if where and name not in where else where or name
