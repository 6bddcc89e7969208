"""Own answers to the published task items: per occupation, and per unit where one is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Brought, Notice, Setting
from tyngdepunkt.analyses.functions.bound import ASKED, NEEDS, TASKS
from tyngdepunkt.analyses.functions.coded import ROOM, Occupations, is_personal
from tyngdepunkt.analyses.functions.staff import LIMITS, MOST_FAULTS, PACKAGE, column, table_of, unit_of
from tyngdepunkt.analyses.functions.template import is_example, question_sheets
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs.faults import FileFaults
from tyngdepunkt.inputs.headings import form_of
from tyngdepunkt.inputs.tables import Row, table_in
from tyngdepunkt.inputs.told import told
from tyngdepunkt.inputs.truth import truth

ALL_UNITS = ""
REQUIRED = (("occupation",), ASKED)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an agency's answers decide of a function.

    Args:
        yes: the items that were answered yes, any of which binds; none where nothing binds.
        free: whether all fifteen tasks were answered no, and no need yes.
    """

    yes: tuple[str, ...]
    free: bool

    @property
    def decides(self) -> bool:
        """Whether the answers come in place of the methods; else they raise the lower end of the band."""
        return self.free or bool(self.yes)


def answer_of(given: Mapping[str, bool | None]) -> Answer | None:
    """What answers to the items decide; None where they decide nothing.

    >>> answer_of({"security": True}), answer_of({"security": False})
    (Answer(yes=('security',), free=False), None)
    >>> answer_of(dict.fromkeys(NEEDS, False))
    Answer(yes=(), free=False)
    >>> answer_of(dict.fromkeys(TASKS, False)).free
    True
    """
    yes = tuple(name for name in ASKED if given.get(name))
    free = not yes and all(given.get(name) is False for name in TASKS)
    unneeded = all(given.get(name) is False for name in NEEDS)
    return Answer(yes, free) if yes or free or unneeded else None


@dataclass
class Answers:
    """(unit, occupation) → its answer; the unit is empty where the answer holds for all."""

    given: dict[tuple[str, str], Answer] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)

    def of(self, unit: str, occupation: str) -> Answer | None:
        """The answer for a unit, or else the one for all units; None where there is none."""
        found = self.given.get((unit, occupation))
        return self.given.get((ALL_UNITS, occupation)) if found is None else found


def read_answers(file: Brought, setting: Setting, known: Occupations, faults: FileFaults) -> Answers:
    """Read a table of answers: one yes binds, only no to all fifteen tasks sets free.

    No to meetings, security and equipment, where the tasks were not answered, raises the band's lower end.

    What is not answered wholly, and without a yes, decides nothing, and is told.

    Args:
        file: CSV or XLSX with `occupation`, perhaps `unit`, and tasks and needs as columns of yes and no.
        setting: the language.
        known: reads occupations.
        faults: takes everything that is wrong.
    """
    table = table_of(file, form_of(PACKAGE, "questions", REQUIRED), faults)
    found, undecided = Answers(), 0
    for row in table.rows(faults) if not faults else ():
        if faults.count >= MOST_FAULTS:
            faults.give_up(row.where, faults.count)
        if is_example(row.cells.get("unit")):
            continue
        before = faults.count
        key = _key(row, known, faults)
        tasks = {task: _truth(row, task, setting.lang, faults) for task in ASKED}
        if key is None or faults.count > before:
            continue
        if key in found.given:
            faults.add(f"{ROOM}:answered_twice", row.where, unit=key[0] or "–", occupation=key[1])
        answer = answer_of(tasks)
        if answer is not None:
            found.given[key] = answer
        elif any(each is not None for each in tasks.values()):
            undecided += 1
    found.notices = [Notice(each.key, told(each, setting.lang)) for each in table.notices]
    if undecided:
        said = texts.text(f"{ROOM}:notice.undecided", setting.lang, count=undecided)
        found.notices.append(Notice("undecided", said))
    return found


def questions_in(file: Brought) -> bool:
    """Whether a list of posts is a workbook with a sheet of questions, as the template is."""
    if not file.content.startswith(b"PK"):
        return False
    try:
        table = table_in(file.content, Path(file.name), form_of(PACKAGE, "questions", REQUIRED), LIMITS)
    except UserError:  # the reader of the list says what is wrong
        return False
    return table.sheet in question_sheets() and not table.form.missing(table.fields)


def _key(row: Row, known: Occupations, faults: FileFaults) -> tuple[str, str] | None:
    unit, given = row.cells.get("unit"), row.cells.get("occupation")
    if is_personal(unit) or is_personal(given):
        faults.add(f"{ROOM}:person_in_cell", row.where, name=column("unit"))
        return None
    if given is None:
        faults.add(f"{ROOM}:cell_missing", row.where, name=column("occupation"))
        return None
    code = known.read(given, None)
    if isinstance(code, Fault):
        faults.extend([Fault(code.key, code.values, row.where)])
        return None
    return unit_of(unit) or ALL_UNITS, code


def _truth(row: Row, task: str, lang: str, faults: FileFaults) -> bool | None:
    given: Any = row.cells.get(task)
    if given is None:
        return None
    try:
        return truth(given)
    except UserError as error:
        # Many columns are alike, so the row alone does not say where to look.
        heading = texts.text(f"{ROOM}:item.{task}", lang)
        faults.extend(error.at(f"{row.where}, {heading}").faults)
        return None


def unused(answers: Answers, present: Mapping[tuple[str, str], int]) -> list[tuple[str, str]]:
    """Answers about units or occupations that the list of posts has not."""
    occupations = {code for _, code in present}
    return [
        (unit, code)
        for unit, code in answers.given
        if (code not in occupations if unit == ALL_UNITS else (unit, code) not in present)
    ]
