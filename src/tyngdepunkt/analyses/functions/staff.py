"""Reading a list of posts: what is needed is counted, and nothing of a person is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Brought, Notice, Setting
from tyngdepunkt.analyses.functions.coded import ROOM, Occupations, is_personal
from tyngdepunkt.analyses.functions.template import is_example, question_sheets
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.budget import MOST_POSTS, MOST_SIGNS, Limits
from tyngdepunkt.inputs.faults import FileFaults
from tyngdepunkt.inputs.headings import Form, form_of, plain
from tyngdepunkt.inputs.tables import Row, Table, table_in
from tyngdepunkt.inputs.told import told
from tyngdepunkt.places import Places
from tyngdepunkt.texts import Term

PACKAGE = f"tyngdepunkt.{ROOM}"
OCCUPATION = ("occupation", "occupation_name")
PLACE = ("municipality_number", "municipality", "place")
REQUIRED = (("unit",), (*OCCUPATION, "title"))
LIMITS = Limits(size=20_000_000, rows=200_000, cells=8_000_000, seconds=30.0)
MOST_FAULTS = 200
NO_PLACE = ""
_LISTED = 10

Key = tuple[str, str, str]


@dataclass
class Staff:
    """Posts by unit, occupation and municipality (empty where none is given), and what is told of them."""

    posts: Counter[Key] = field(default_factory=Counter)
    notices: list[Notice] = field(default_factory=list)
    place_names: dict[str, str] = field(default_factory=dict)


def column(name: str) -> Term:
    """A field, said by the heading that people write."""
    return Term(name, f"{ROOM}:columns.{name}")


def table_of(file: Brought, form: Form, faults: FileFaults) -> Table:
    """The table in a file, with a fault for each column that is lacking or there twice."""
    table = table_in(file.content, Path(file.name), form, LIMITS)
    faults.extend(table.form.twice(table.headings, table.where))
    for name in table.form.missing(table.fields):
        faults.add(f"{ROOM}:missing_column", table.where, name=column(name))
    return table


def read_staff(file: Brought, setting: Setting, known: Occupations, faults: FileFaults) -> Staff:
    """Read and check a list of posts.

    Args:
        file: CSV or XLSX with `unit`, `occupation` (or `title`), and perhaps `municipality` and `count`.
        setting: gives the places.
        known: reads occupations.
        faults: takes everything that is wrong, each with its line or row.
    """
    table = table_of(file, form_of(PACKAGE, "columns", REQUIRED), faults)
    reader = _Reader(setting, known, faults)
    if not faults:
        reader.take(table)
    read = [
        Notice(each.key, told(each, setting.lang)) for each in table.notices if not _is_of_questions(each)
    ]
    reader.staff.notices = [*read, *_of_columns(table, setting.lang), *reader.staff.notices]
    if not faults and not reader.staff.posts:
        faults.add(f"{ROOM}:no_rows", table.where)
    return reader.staff


def _is_of_questions(notice: Any) -> bool:
    """Whether it says that there are other sheets, where these are the questions."""
    return notice.key.endswith("other_sheets") and question_sheets().issuperset(notice.values["sheets"])


def _of_columns(table: Table, lang: str) -> list[Notice]:
    """What is told of columns that are not read; none of them is kept, those of persons are named as such."""
    words = form_of(PACKAGE, "person", ()).words
    personal = [each for each in table.ignored if plain(each) in words]
    others = [each for each in table.ignored if each not in personal and not is_personal(each)]
    found = []
    for key, names in (("person_columns", personal), ("other_columns", others)):
        if names:
            said = texts.text(f"{ROOM}:notice.{key}", lang, names=names[:_LISTED])
            found.append(Notice(key, said, table.where))
    return found


@dataclass
class _Reader:
    """Rows into counts; what is wrong with a row is a fault with its place."""

    setting: Setting
    known: Occupations
    faults: FileFaults
    staff: Staff = field(default_factory=Staff)
    _municipalities: dict[Any, str | UserError] = field(default_factory=dict)
    _without: list[str] = field(default_factory=list)
    _personal_titles: int = 0
    _examples: int = 0

    @cached_property
    def places(self) -> Places:
        return self.setting.open_places()

    def take(self, table: Table) -> None:
        """Every sound row."""
        for row in table.rows(self.faults):
            if self.faults.count >= MOST_FAULTS:
                self.faults.give_up(row.where, self.faults.count)
            if is_example(row.cells.get("unit")):
                self._examples += 1
                continue
            self._count(row)
        if sum(self.staff.posts.values()) > MOST_POSTS:
            self.faults.add(f"{ROOM}:too_many_posts", table.where, most=MOST_POSTS)
        if self._examples:
            self._tell("example_row")
        if self._without:
            self._tell("no_place", rows=self._without[:_LISTED], count=len(self._without))
        if self.known.by_catalogue:
            self._tell("seven_digits")
        if self._personal_titles:
            self._tell("person_titles", count=self._personal_titles)

    def _tell(self, key: str, /, **values: Any) -> None:
        lang = self.setting.lang
        if "rows" in values:
            values["rows"] = [texts.localised(each, lang) for each in values["rows"]]
        self.staff.notices.append(Notice(key, texts.text(f"{ROOM}:notice.{key}", lang, **values)))

    def _count(self, row: Row) -> None:
        cells, where = dict(row.cells), row.where
        if is_personal(cells.get("title")):
            cells["title"] = None
            self._personal_titles += 1
        personal = [name for name, cell in cells.items() if is_personal(cell)]
        for name in personal:
            self.faults.add(f"{ROOM}:person_in_cell", where, name=column(name))
        if personal:
            return
        unit, code = self._unit(cells, where), self._occupation(cells, where)
        place, posts = self._place(cells, where), self._posts(cells, where)
        if unit is not None and code is not None and place is not None and posts is not None:
            self.staff.posts[unit, code, place] += posts

    def _unit(self, cells: dict[str, Any], where: str) -> str | None:
        found = unit_of(cells.get("unit"))
        if not found:
            self._lacks("unit", where)
        if len(found) > MOST_SIGNS:
            self.faults.add(f"{ROOM}:unit_too_long", where, length=len(found), most=MOST_SIGNS)
            return None
        return found or None

    def _lacks(self, name: str, where: str) -> None:
        self.faults.add(f"{ROOM}:cell_missing", where, name=column(name))

    def _occupation(self, cells: dict[str, Any], where: str) -> str | None:
        given, title = _first(cells, OCCUPATION), cells.get("title")
        if given is None and title is None:
            self._lacks("occupation", where)
            return None
        found = self.known.read(given, title)
        if isinstance(found, Fault):
            self.faults.extend([Fault(found.key, found.values, where)])
            return None
        return found

    def _place(self, cells: dict[str, Any], where: str) -> str | None:
        given = _first(cells, PLACE)
        if given is None:
            self._without.append(where)
            return NO_PLACE
        if given not in self._municipalities:
            self._municipalities[given] = self._resolved(given, where)
        found = self._municipalities[given]
        if isinstance(found, UserError):
            self.faults.extend(found.at(where).faults)
            return None
        return found

    def _resolved(self, given: Any, where: str) -> str | UserError:
        try:
            found = self.places.resolve(given if isinstance(given, int) else str(given), where)
        except UserError as error:
            return error
        if found.notice is not None:
            self.staff.notices.append(Notice("place_read_as", told(found.notice, self.setting.lang), where))
        self.staff.place_names[found.municipality.code] = found.municipality.name
        return found.municipality.code

    def _posts(self, cells: dict[str, Any], where: str) -> int | None:
        if "count" not in cells:
            return 1
        try:
            found = numbers.whole(cells["count"])
        except UserError as error:
            self.faults.extend(error.at(where).faults)
            return None
        if found is None:
            self._lacks("count", where)
            return None
        if not 1 <= found <= MOST_POSTS:
            self.faults.add(f"{ROOM}:count_outside", where, given=numbers.written(found))
            return None
        return found


def _first(cells: dict[str, Any], names: tuple[str, ...]) -> Any:
    """What stands in the first of these fields that is filled."""
    return next((cell for name in names if (cell := cells.get(name)) is not None), None)


def unit_of(value: Any) -> str:
    """The name of a unit, with single blanks; empty where there is none."""
    return "" if value is None else " ".join(str(value).split())
