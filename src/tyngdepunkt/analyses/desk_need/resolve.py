"""Reading a list of posts: every fault is found before anything is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from tyngdepunkt.analyses.contract import Brought, Made, Notice, Setting
from tyngdepunkt.analyses.desk_need import ANALYSIS
from tyngdepunkt.analyses.desk_need.question import Question
from tyngdepunkt.errors import Faults, UserError
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.budget import MOST_POSTS, Limits
from tyngdepunkt.inputs.faults import FileFaults
from tyngdepunkt.inputs.headings import form_of
from tyngdepunkt.inputs.tables import Row, Table, table_in
from tyngdepunkt.inputs.told import told
from tyngdepunkt.places import Places
from tyngdepunkt.texts import Term

ROOM = "analyses.desk_need"
REQUIRED = (("place", "home"), ("posts",), ("days",), ("share_low", "share_high"))
LIMITS = Limits(size=10_000_000, rows=100_000)
MOST_FAULTS = 200
WEEK = 5
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Group:
    """Posts that want the same: how many, days a week, and the share that will want a desk."""

    place: str
    posts: int
    days: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Asked:
    """A list that has passed its checks, and what is asked of it."""

    groups: tuple[Group, ...]
    question: Question
    notices: list[Notice]
    made: Made


def resolve(brought: Mapping[str, Brought], question: Question, setting: Setting) -> Asked:
    """Read and check a list of posts.

    Args:
        brought: `table`, CSV or XLSX with `place` or `home`, `posts`, `days`, `share_low`, `share_high`.
        question: what is asked.
        setting: gives the places where homes are named.

    Raises:
        UserError: everything that is wrong, each fault with its line or row.
    """
    file, found = brought["table"], Faults()
    faults = FileFaults(found)
    form = form_of(f"tyngdepunkt.{ROOM}", "columns", REQUIRED)
    table = table_in(file.content, Path(file.name), form, LIMITS)
    faults.extend(table.form.twice(table.headings, table.where))
    for name in table.form.missing(table.fields):
        faults.add(f"{ROOM}:missing_column", table.where, name=column(name))
    reader = _Reader(setting, faults)
    if not faults:
        reader.take(table)
    if sum(group.posts for group in reader.groups) > MOST_POSTS:
        faults.add(f"{ROOM}:too_many_posts", table.where, most=MOST_POSTS)
    faults.close()
    found.raise_if_any()
    if not reader.groups:
        found.add(f"{ROOM}:no_rows", table.where)
        found.raise_if_any()
    notices = [Notice(each.key, told(each, setting.lang)) for each in table.notices] + reader.notices
    snapshot = reader.places.snapshot.id if reader.asked_places else None
    made = ANALYSIS.made(brought, question, snapshot=snapshot)
    return Asked(tuple(reader.groups), question, notices, made)


def column(name: str) -> Term:
    """A field, said by the heading that people write."""
    return Term(name, f"{ROOM}:columns.{name}")


@dataclass
class _Reader:
    """Rows into groups; what is wrong with a row is a fault with its place."""

    setting: Setting
    faults: FileFaults
    groups: list[Group] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    asked_places: bool = False

    @cached_property
    def places(self) -> Places:
        """The store that knows the homes."""
        self.asked_places = True
        return self.setting.open_places()

    def take(self, table: Table) -> None:
        """Every sound row."""
        for row in table.rows(self.faults):
            if self.faults.count >= MOST_FAULTS:
                self.faults.give_up(row.where, self.faults.count)
            before = self.faults.count
            group = self._group(row)
            if group is not None and self.faults.count == before:
                self.groups.append(group)

    def _group(self, row: Row) -> Group | None:
        place = self._place(row)
        posts = self._value(row, "posts", numbers.number, lambda n: 1 <= n <= MOST_POSTS and n == int(n))
        days = self._value(row, "days", numbers.number, lambda n: 0 < n <= WEEK)
        names = [name for name in ("share_low", "share_high") if row.cells.get(name) is not None]
        shares = [self._value(row, name, numbers.share, lambda _: True) for name in names or ("share_low",)]
        if place is None or posts is None or days is None or None in shares:
            return None
        low, high = shares[0], shares[-1]
        assert low is not None  # noqa: S101 - told above
        assert high is not None  # noqa: S101
        if low > high:
            self.faults.add(f"{ROOM}:turned_shares", row.where, low=low, high=high)
        return Group(place, int(posts), days, low, high)

    def _place(self, row: Row) -> str | None:
        place, home = (row.cells.get(name) for name in ("place", "home"))
        if place is not None:
            return " ".join(str(place).split())
        if home is None:
            self.faults.add(f"{ROOM}:cell_missing", row.where, name=column("place"))
            return None
        try:
            resolved = self.places.resolve(home if isinstance(home, int) else str(home), row.where)
        except UserError as error:
            self.faults.extend(error.faults)
            return None
        if resolved.notice is not None:
            self.notices.append(Notice("place_read_as", told(resolved.notice, self.setting.lang), row.where))
        return resolved.municipality.name

    def _value(
        self,
        row: Row,
        name: str,
        read: Callable[[Any], float | None],
        fits: Callable[[float], bool],
    ) -> float | None:
        given = row.cells.get(name)
        try:
            found = read(given)
        except UserError as error:
            self.faults.extend(error.at(row.where).faults)
            return None
        if found is None:
            self.faults.add(f"{ROOM}:cell_missing", row.where, name=column(name))
        elif not fits(found):
            self.faults.add(f"{ROOM}:{name}_outside", row.where, given=numbers.written(found))
        else:
            return found
        return None
