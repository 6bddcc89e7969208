"""Which row of a table names its columns, and which field each column holds.

The words that are understood are data: a YAML file of each analysis, field → spellings in Bokmål, Nynorsk
and English, with those of Statistics Norway and of common registers. They are compared without case,
blanks, dashes and brackets, so that `Antall ansatte (2009)` and `antall_ansatte` are the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Any, NamedTuple

from tyngdepunkt.errors import Fault
from tyngdepunkt.inputs.delimited import Record

HEAD_ROWS = 60
"""Rows that are looked at for headings: titles and blank lines can stand above them."""

_YEAR_LAST = re.compile(r"(?:19|20)[0-9]{2}$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:\.0)?")
_OF_PLACES = ("from", "to", "place", "place_number", "municipality")
_SOME_NUMBER = re.compile(r"[0-9]")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_TOTAL = re.compile(
    r"(?:sum|summen|total|totalt|totals|i ?alt|til ?saman|til ?sammen|heile landet|hele landet|altogether"
    r"|in all|grand total|totalsum)\b"
)
_NOTE = re.compile(
    r"(?:\*|[0-9¹²³]\)|kilde|kjelde|source|merknad|merk\b|note|fotnote|sist oppdatert|tabell|table|"
    r"utarbeid|henta|hentet|©)"
)


@dataclass(frozen=True)
class Form:
    """What a table is to hold.

    Args:
        words: every word that is understood, plain → the field it stands for.
        required: groups of fields of which one each must be there.
    """

    words: Mapping[str, str]
    required: tuple[tuple[str, ...], ...]

    def field_of(self, heading: Any) -> str | None:
        """The field of a column by its heading; None where it is none of ours.

        A year after the name and what stands in brackets are left out only where the whole is not known.
        """
        if not isinstance(heading, str) or len(heading) > 200:
            return None
        short = plain(_BRACKETS.sub("", heading))
        for word in (plain(heading), short, _YEAR_LAST.sub("", short)):
            if word in self.words:
                return self.words[word]
        return None

    def fields_in(self, cells: Sequence[Any]) -> set[str]:
        """The fields that a row would name if it were the headings."""
        return {field for cell in cells if (field := self.field_of(cell))}

    def twice(self, headings: Sequence[Any], where: str) -> list[Fault]:
        """A fault for each field that stands in two columns.

        Args:
            headings: the cells of the row.
            where: the row, as faults tell of it.

        Returns:
            A fault per column after the first of its field; none where each stands once.
        """
        first: dict[str, Any] = {}
        found = []
        for heading in headings:
            field = self.field_of(heading)
            if field in first:
                found.append(Fault("inputs:column_twice", {"first": first[field], "second": heading}, where))
            elif field is not None:
                first[field] = heading
        return found

    def missing(self, fields: Any) -> list[str]:
        """The first field of each group of which none is there."""
        return [group[0] for group in self.required if not any(field in fields for field in group)]


@cache
def form_of(package: str, group: str, required: tuple[tuple[str, ...], ...]) -> Form:
    """The form in a room's `words.yaml`.

    Args:
        package: for instance `tyngdepunkt.analyses.state_jobs`.
        group: the name of the list of fields in that file.
        required: groups of fields of which one each must be there.
    """
    from tyngdepunkt.texts import read_yaml

    lists: dict[str, list[str]] = read_yaml(package, "words.yaml")[group]
    words = {plain(word): name for name, spellings in lists.items() for word in [name, *spellings]}
    return Form(words, required)


def plain(word: str) -> str:
    """A word without case, blanks, dashes and underscores.

    >>> plain(" Moved-in "), plain("moved_in")
    ('movedin', 'movedin')
    """
    even = unicodedata.normalize("NFC", word).casefold()
    return "".join(sign for sign in even if sign.isalnum())


class Head(NamedTuple):
    """The headings of a table.

    Args:
        at: position of their row among the records; of the lower one where there are two.
        named: how many fields they name.
        cells: the headings.
        upper: line or row above it that some of them stand in; 0 where they stand in one row.
    """

    at: int
    named: int
    cells: Sequence[Any] = ()
    upper: int = 0


def head_of(records: Sequence[Record], form: Form) -> Head:
    """The row that names most fields, the first of several, or two rows that do so together.

    Above the headings there may be a row that names groups of them (`Stillinger` over `Lavest` and `Høyest`).
    The two are read as one where only both together name all that is asked for. Where none names any,
    the first row of several cells is taken, so that it can be told what stands there.
    """
    named = [len(form.fields_in(cells)) for _, cells in records]
    most = max(named, default=0)
    if not most:
        filled = [sum(cell is not None and cell != "" for cell in cells) for _, cells in records]
        at = next((at for at, count in enumerate(filled) if count > 1), 0)
        return Head(at, 0, records[at][1] if records else ())
    at = named.index(most)
    if named[at + 1 : at + 2] == [most] and _is_under(records, at + 1):
        # groups above the headings that bear the names of fields themselves
        at += not form.missing(form.fields_in(records[at + 1][1]))
    best = Head(at, most, records[at][1])
    for lower in range(1, len(records)):
        if named[lower - 1] and _is_under(records, lower):
            cells = _joined(records[lower - 1][1], records[lower][1], form)
            fields = form.fields_in(cells)
            if len(fields) > best.named and not form.missing(fields):
                best = Head(lower, len(fields), cells, records[lower - 1][0])
    return best


def years_under(records: Sequence[Record], at: int, form: Form) -> tuple[str, list[tuple[int, int, str]]]:
    """A heading that stands over columns of several years, with the row, the column and the year of each.

    Such a table has a number for each year, and nothing says which of them is meant. Numbers of
    municipalities look like years, so a heading of places is none.

    Returns:
        The heading, and per column: the line of the years in the file, the position of the column from 0, the
        year as written. An empty heading and nothing where there is no such table.
    """
    for lower in (at, at + 1):
        if 0 < lower < len(records) and records[lower - 1][0] + 1 == records[lower][0]:
            (_, above), (row, below) = records[lower - 1 : lower + 1]
            filled = [cell for cell in below if cell is not None and cell != ""]
            if all(_is_year(cell) or form.field_of(cell) for cell in filled):
                for group, columns in _groups(above, len(below)):
                    found = [(row, i, str(below[i]).strip()) for i in columns if _is_year(below[i])]
                    if len(found) > 1 and form.field_of(group) not in (None, *_OF_PLACES):
                        return str(group), found
    return "", []


def _groups(above: Sequence[Any], width: int) -> list[tuple[Any, list[int]]]:
    """Each heading with its own column and the bare ones to the right of it."""
    found: list[tuple[Any, list[int]]] = []
    for column in range(width):
        cell = above[column] if column < len(above) else None
        if cell is not None and cell != "":
            found.append((cell, []))
        if found:
            found[-1][1].append(column)
    return found


def _is_year(cell: Any) -> bool:
    return not isinstance(cell, bool) and _YEAR.fullmatch(str(cell).strip()) is not None


def _is_under(records: Sequence[Record], lower: int) -> bool:
    """Whether a row can be the lower of two rows of headings: right under the other, and words or years."""
    filled = [cell for cell in records[lower][1] if cell is not None and cell != ""]
    return records[lower - 1][0] + 1 == records[lower][0] and all(map(_is_heading, filled))


def _is_heading(cell: Any) -> bool:
    return isinstance(cell, str) and (not _SOME_NUMBER.search(cell) or bool(_YEAR_LAST.search(cell.strip())))


def _joined(upper: Sequence[Any], lower: Sequence[Any], form: Form) -> list[Any]:
    """Of each column both headings where they name a field together, else the lower where it names one.

    Else it is the upper, where there is one. A group stands over its first column alone (`Stillinger` over
    `Lav` and `Høy`), so it is tried with the headings to the right of it too.
    """
    found, group = [], ""
    for above, below in zip_longest(upper, lower):
        bare = above is None or above == ""
        group = group if bare else above
        both = f"{group} {below}" if isinstance(group, str) and group and isinstance(below, str) else None
        if both is not None and below and form.field_of(both) is not None:
            found.append(both)
        else:
            found.append(below if bare or form.field_of(below) is not None else above)
    return found


def says_total(cell: Any) -> bool:
    """Whether a cell begins as the sum under a table does.

    >>> says_total("I alt"), says_total("Totalt, alle etater"), says_total("Sumatra"), says_total("Altinn")
    (True, True, False, False)
    """
    return isinstance(cell, str) and _TOTAL.match(" ".join(cell.casefold().split())) is not None


def says_note(cell: Any) -> bool:
    """Whether a lone cell reads as a note under a table: a source, a remark, a sentence with a colon."""
    if not isinstance(cell, str):
        return False
    return ":" in cell or _NOTE.match(cell.casefold().strip()) is not None
