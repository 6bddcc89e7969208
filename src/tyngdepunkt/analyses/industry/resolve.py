"""Reading a table of industries and what is asked of it: every fault is found before anything is said."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

from tyngdepunkt.analyses.contract import Brought, Made, Setting
from tyngdepunkt.analyses.industry import ANALYSIS
from tyngdepunkt.analyses.industry.question import Question
from tyngdepunkt.analyses.industry.read import ROOM, read
from tyngdepunkt.analyses.industry.table import IndustryTable, some, table_of
from tyngdepunkt.errors import Faults
from tyngdepunkt.texts import Term

_NEEDS_OTHERS = ("relatedness", "density", "complexity", "ellison-glaeser")
_NEEDS_INDUSTRIES = ("relatedness", "density", "complexity")


@dataclass(frozen=True, slots=True)
class Asked:
    """A table that has passed its checks, and what is asked of it.

    Args:
        table: the table.
        question: the parameters.
        place: position of the place asked for; None for all.
        reference: position of the reference; None for the sum of all.
        start: position of the first period.
        end: position of the last period, which measures of one moment take.
        made: the head of the answer.
    """

    table: IndustryTable
    question: Question
    place: int | None
    reference: int | None
    start: int
    end: int
    made: Made


def resolve(brought: Mapping[str, Brought], question: Question, setting: Setting) -> Asked:
    """Read and check a table and the names in the question.

    Args:
        brought: `table`, CSV or XLSX with `place`, `industry`, `value`, and `period` and `plant` if wanted.
        question: what is asked.
        setting: how parameters are called where they were written.

    Raises:
        UserError: everything that is wrong, each fault with its line or its parameter.
    """
    rows = read(brought["table"])
    table = table_of(rows)
    faults = Faults()
    place = _position(question.place, table.places, "place", setting, faults)
    reference = _position(question.reference, table.places, "reference", setting, faults)
    start = _position(question.start, table.periods, "from", setting, faults)
    end = _position(question.end, table.periods, "to", setting, faults)
    start = 0 if start is None else start
    end = len(table.periods) - 1 if end is None else end
    if question.measure == "shift-share":
        _check_periods(table, start, end, question, setting, faults)
    if question.measure == "ellison-glaeser" and not rows.has_plants:
        faults.add(f"{ROOM}:no_plants")
    counted = set(range(len(table.places))) - table.sums - {reference}
    if question.measure in _NEEDS_OTHERS and len(counted) < 2:
        title = f"{ROOM}:fields.measure.choices.{question.measure.replace('-', '_')}"
        faults.add(f"{ROOM}:one_place", measure=Term(question.measure, title))
    if question.measure in _NEEDS_INDUSTRIES and len(table.industries) < 2:
        title = f"{ROOM}:fields.measure.choices.{question.measure}"
        faults.add(f"{ROOM}:one_industry", measure=Term(question.measure, title))
    faults.raise_if_any()
    return Asked(table, question, place, reference, start, end, ANALYSIS.made(brought, question))


def _position(
    given: str | None, names: tuple[str, ...], parameter: str, setting: Setting, faults: Faults
) -> int | None:
    if given is None:
        return None
    word = " ".join(given.split())
    if word in names:
        return names.index(word)
    folded = [name.casefold() for name in names]
    if folded.count(word.casefold()) == 1:
        return folded.index(word.casefold())
    if not any(names):
        faults.add(f"{ROOM}:no_periods", setting.named(parameter), given=given[:60])
        return None
    near = difflib.get_close_matches(word, names, n=5, cutoff=0.5) or some(names)
    kind = "unknown_period" if parameter in ("from", "to") else "unknown_place"
    told = {"given": given[:60], "known": [each or "–" for each in near]}
    faults.add(f"{ROOM}:{kind}", setting.named(parameter), **told)
    return None


def _check_periods(
    table: IndustryTable, start: int, end: int, question: Question, setting: Setting, faults: Faults
) -> None:
    if len(table.periods) < 2:
        faults.add(f"{ROOM}:one_period")
    elif end <= start:
        where = setting.named("from" if question.start is not None else "to")
        told = {"first": table.periods[start], "last": table.periods[end]}
        faults.add(f"{ROOM}:turned_periods", where, **told)
