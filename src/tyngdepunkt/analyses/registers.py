"""What the command of a register is made from: how its records are read from files, and how they are told.

The folder of an analysis with `Brings.REGISTER` holds `register.py` with `REGISTER`, a `RegisterCommand`.
Its command has what every register has: import, list and undo. What one alone has stands in its `verbs`.
Texts of each: under `view`, `imported`, `would_import`, `undone`, `ignored`, `empty`, `nothing_here` and
`head.<column>`, with `head.import` and `head.by`; `options.<verb>.<name>` and `verbs.<verb>` of options and
verbs of its own; beside them `who_too_long`, and the messages of `Declared`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict

from tyngdepunkt import texts
from tyngdepunkt.workspace.register import Booked, Declared, Record

if TYPE_CHECKING:
    from tyngdepunkt.places import Places
    from tyngdepunkt.places.models import Notice

Span = tuple[float, float]
Table = list[list[str]]
_Record = TypeVar("_Record", bound=Record)
_Seen = TypeVar("_Seen", bound=Record, contravariant=True)


class Options(BaseModel):
    """Options of one verb. Without fields: none of its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Context:
    """Where a verb is called.

    Args:
        places: an open snapshot.
        lang: language of what is told.
        warn: told, in words, what is no part of the answer.
    """

    places: Places
    lang: str
    warn: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class RecordsRead(Generic[_Record]):
    """Records that were read and may be booked.

    Args:
        rows: where each stands, and what it says.
        file_name: what they come from is called.
        sha256: of its content.
        notices: what was taken for what, and what was left out.
        ignored: columns that are no part of a record.
    """

    rows: Sequence[tuple[str, _Record]]
    file_name: str
    sha256: str
    notices: Sequence[Notice] = ()
    ignored: Sequence[str] = ()


class RecordView(Protocol[_Seen]):
    """How records are told."""

    def as_json(self, record: _Seen) -> dict[str, Any]:
        """What the JSON of a record says, but how it was booked."""

    def cells(self, record: _Seen, lang: str) -> Sequence[str]:
        """A record as a row of the list, under the `columns` of its register."""


@dataclass(frozen=True, slots=True)
class VerbAnswer:
    """An answer.

    Args:
        content: as JSON.
        parts: the same as lines and tables, a table's head first.
    """

    content: Mapping[str, Any]
    parts: Sequence[str | Table]


@dataclass(frozen=True)
class Verb(Generic[_Record]):
    """What only one register can be asked.

    Args:
        name: the word on the command line.
        options: what may be asked.
        answer: all that holds, the options and the context → what is told.
    """

    name: str
    options: type[Options]
    answer: Callable[[Sequence[Booked[_Record]], Any, Context], VerbAnswer]


def _every(options: Any, context: Context) -> Callable[[Any], bool]:
    """The choice of a list that has no options."""
    return lambda record: True


def _no_sums(records: Sequence[Any]) -> dict[str, Span]:
    """The sums of a register whose records are only counted."""
    return {}


@dataclass(frozen=True)
class RegisterCommand(Generic[_Record]):
    """What a register's command is made from.

    Args:
        declared: the register.
        records: what its records are called in the JSON.
        read: file, import options and context → what is to be booked; raises every fault at once.
        view: records that are listed → how they are told.
        columns: those of the list, between the number of the import and who booked it.
        needs_file: whether there is nothing to book without a file.
        import_options: what may be said of a file.
        list_options: by what the list is narrowed.
        chosen: list options and context → which records are listed.
        sums: of records: name → lowest and highest; in the JSON and the words of an import.
        verbs: what only this one has.
    """

    declared: Declared[_Record]
    records: str
    read: Callable[[Path | None, Any, Context], RecordsRead[_Record]]
    view: Callable[[Sequence[_Record], Places], RecordView[_Record]]
    columns: tuple[str, ...]
    needs_file: bool = True
    import_options: type[Options] = Options
    list_options: type[Options] = Options
    chosen: Callable[[Any, Context], Callable[[_Record], bool]] = _every
    sums: Callable[[Sequence[_Record]], Mapping[str, Span]] = _no_sums
    verbs: tuple[Verb[_Record], ...] = ()

    def say(self, name: str, lang: str, /, **values: Any) -> str:
        """A sentence or word of its view."""
        return texts.text(f"{self.declared.room}:view.{name}", lang, **values)


def span(bounds: Span, lang: str) -> str:
    """A sum with its sign, or its two ends.

    >>> span((-3, -3), "en"), span((1, 2.5), "en")
    ('−3', '+1 … +2.5')
    """
    low, high = bounds
    ends = [texts.number(end, 0 if end == int(end) else 1, lang, sign=True) for end in bounds]
    return ends[0] if low == high else " … ".join(ends)
