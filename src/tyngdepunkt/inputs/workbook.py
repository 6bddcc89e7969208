"""XLSX read as a stream: what stands in the cells, which sheets and rows are hidden, what is merged.

Libraries for spreadsheets build what a file claims before it can be counted: a sheet whose only cell stands
in row 999 999 999 fills the memory. Here each part goes through a parser piece by piece, nothing is built
but the cells that hold something, and a budget counts all that is read.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs.budget import Budget, Metered
from tyngdepunkt.inputs.dates import From1904, MomentFrom1904
from tyngdepunkt.inputs.delimited import Record

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_MOST_MEMBERS = 5_000
_MOST_MERGED = 20_000
_LONGEST_TEXT = 131_072
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)))
_NOT_OF_THE_FORMAT = re.compile(r'"[^"]*"|\\.|\[(?![hms]+\])[^\]]*\]|_.|\*.', re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_EPOCHS = (dt.datetime(1899, 12, 30), dt.datetime(1904, 1, 1))  # noqa: DTZ001 - days without a zone
_BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, expat.ExpatError, EOFError, KeyError, ValueError,
    OverflowError, NotImplementedError, RuntimeError, OSError, IndexError, TypeError, AttributeError,
)  # fmt: skip

Attributes = dict[str, str]


class Broken(str):
    """A cell without a value: what a formula says that went wrong, or a formula that nobody reckoned."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its name, whether it is shown, and the part it is in."""

    name: str
    visible: bool
    part: str


@dataclass(slots=True)
class Content:
    """What stands in a sheet.

    Args:
        records: rows that hold something, each with its number.
        hidden: numbers of those that are hidden.
        merged: first row, last row and column (from 0) of cells that are merged downwards.
        hidden_columns: first and last (from 0) of columns side by side that are hidden.
    """

    records: list[Record] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


class Workbook:
    """An open workbook.

    Args:
        content: the bytes of the file.
        budget: what may be read of it.

    Raises:
        UserError: it is no workbook, is encrypted or broken, or unfolds to too much.
    """

    def __init__(self, content: bytes, budget: Budget) -> None:
        self._budget = budget
        if content.startswith(_OLE):
            raise self._refused("encrypted_or_old")
        self._archive = self._guarded(lambda: zipfile.ZipFile(io.BytesIO(content)))
        names = set(self._archive.namelist()[: _MOST_MEMBERS + 1])
        if len(names) > _MOST_MEMBERS:
            raise self._refused("broken_workbook")
        if any(item.flag_bits & 1 for item in self._archive.infolist()):
            raise self._refused("encrypted_or_old")
        if "xl/workbook.xml" not in names:
            raise self._refused(_what_it_is(names))
        self._names = names
        self._epoch = _EPOCHS[0]
        self._shared: list[str] | None = None
        self._dates: frozenset[int] = frozenset()
        self.sheets: tuple[Sheet, ...] = self._guarded(self._sheets)

    @property
    def path(self) -> str:
        """The file, as messages name it."""
        return self._budget.path

    def read(self, sheet: Sheet, most: int | None = None) -> Content:
        """The content of a sheet; only its first rows that hold something where `most` is given.

        Raises:
            UserError: the sheet is broken, or more than may be read.
        """
        found: Content = self._guarded(lambda: self._read(sheet, most))
        return found

    def _read(self, sheet: Sheet, most: int | None) -> Content:
        if self._shared is None:
            self._shared = self._strings()
            self._dates = self._date_styles()
        reader = _SheetReader(self._budget, self._cell)
        for _ in self._fed(sheet.part, reader.start, reader.end, reader.text):
            if most is not None and len(reader.content.records) >= most:
                break
        return reader.content

    def _guarded(self, run: Callable[[], Any]) -> Any:
        """What a broken file can raise, as a fault."""
        try:
            return run()
        except UserError:
            raise
        except _BROKEN as error:
            raise self._refused("broken_workbook") from error

    def _refused(self, name: str) -> UserError:
        return UserError(Fault(f"inputs:{name}", {"path": self._budget.path}))

    def _fed(self, part: str, start: Any, end: Any, text: Any) -> Iterator[None]:
        """Send a part through the parser, a piece at a time; no document type is taken, so no entities."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = self._no_doctype
        with self._archive.open(part) as stream:
            metered = Metered(stream, self._budget)
            while piece := metered.read():
                parser.Parse(piece, False)
                yield
            parser.Parse(b"", True)
            yield

    def _no_doctype(self, *_: Any) -> None:
        raise self._refused("broken_workbook")

    def _elements(self, part: str) -> Iterator[tuple[str, Attributes]]:
        """Every element of a small part, by its plain name, with its attributes by theirs."""
        found: list[tuple[str, Attributes]] = []

        def start(name: str, attributes: Attributes) -> None:
            self._budget.take_cells(1)
            found.append((_local(name), {_local(key): value for key, value in attributes.items()}))

        for _ in self._fed(part, start, None, None):
            yield from found
            found.clear()

    def _sheets(self) -> tuple[Sheet, ...]:
        targets = {
            each.get("Id", ""): posixpath.normpath(posixpath.join("xl", each.get("Target", "").lstrip("/")))
            if not each.get("Target", "").startswith("/")
            else each["Target"].lstrip("/")
            for name, each in self._elements("xl/_rels/workbook.xml.rels")
            if name == "Relationship"
        }
        found = []
        for name, each in self._elements("xl/workbook.xml"):
            if name == "workbookPr" and each.get("date1904", "0") in ("1", "true"):
                self._epoch = _EPOCHS[1]
            if name == "sheet":
                part = targets.get(each.get("id", ""), "")
                if part in self._names and "/chartsheets/" not in f"/{part}":
                    visible = each.get("state", "visible") == "visible"
                    found.append(Sheet(each.get("name", "?"), visible, part))
        if not found:
            raise self._refused("broken_workbook")
        return tuple(found)

    def _strings(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self._names:
            return []
        reader = _StringReader(self._budget)
        for _ in self._fed("xl/sharedStrings.xml", reader.start, reader.end, reader.text):
            pass
        return reader.found

    def _date_styles(self) -> frozenset[int]:
        """The styles that show a number as a date."""
        if "xl/styles.xml" not in self._names:
            return frozenset()
        own: dict[str, str] = {}
        found, at, inside = set(), 0, False
        for name, each in self._elements("xl/styles.xml"):
            if name == "numFmt":
                own[each.get("numFmtId", "")] = each.get("formatCode", "")
            elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
                inside = name == "cellXfs"
            elif name == "xf" and inside:
                if _shows_dates(each.get("numFmtId", "0"), own):
                    found.add(at)
                at += 1
        return frozenset(found)

    def _cell(self, kind: str, style: str, text: str) -> Any:
        """What a cell holds: text, number, truth, date, or None."""
        assert self._shared is not None  # noqa: S101 - read before any sheet
        if kind == "s":
            if text.strip().startswith("-"):
                raise ValueError("texts are counted from 0")
            return self._shared[int(text)] if text else None
        if kind == "b":
            return text.strip() in ("1", "true")
        if kind == "d":
            return _iso(text)
        if kind == "e":
            return Broken(text)
        if kind in ("str", "inlineStr"):
            return text
        return self._number(text.strip(), style)

    def _number(self, text: str, style: str) -> Any:
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise ValueError("no number as a workbook holds it")
        value = float(text)
        if not math.isfinite(value):
            return text
        if style.isdigit() and int(style[:6]) in self._dates and 1 <= value < 2_958_466:
            early = self._epoch == _EPOCHS[0] and value < 60  # spreadsheets count 29 February 1900 too
            moment = self._epoch + dt.timedelta(days=value + early)
            return moment.date() if moment.time() == dt.time() else moment.replace(microsecond=0)
        late = self._epoch == _EPOCHS[1]
        if not value.is_integer() or abs(value) >= 1e15:
            return MomentFrom1904(value) if late else value
        return From1904(value) if late else int(value)


class _CellText:
    """The text of a cell as it comes, piece by piece; one that is too long is refused at once."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._parts: list[str] = []
        self._size = 0
        self._open, self._spoken = False, False

    def text(self, piece: str) -> None:
        if self._open:
            self._size += len(piece)
            if self._size > _LONGEST_TEXT:
                raise ValueError("a text longer than any cell holds")
            self._parts.append(piece)


class _StringReader(_CellText):
    """Texts that several cells share; what only says how they are pronounced is left out."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(budget)
        self.found: list[str] = []

    def start(self, name: str, _: Attributes) -> None:
        local = _local(name)
        if local == "si":
            self._budget.take_cells(1)
            self._parts, self._size = [], 0
        elif local == "rPh":
            self._spoken = True
        elif local == "t":
            self._open = not self._spoken

    def end(self, name: str) -> None:
        local = _local(name)
        if local == "si":
            self.found.append("".join(self._parts))
        elif local == "rPh":
            self._spoken = False
        elif local == "t":
            self._open = False


class _SheetReader(_CellText):
    """The rows of a sheet as they come; only those that hold something are kept."""

    def __init__(self, budget: Budget, cell: Callable[[str, str, str], Any]) -> None:
        super().__init__(budget)
        self.content = Content()
        self._value = cell
        self._row, self._column, self._hidden = 0, -1, False
        self._cells: dict[int, Any] = {}
        self._kind, self._style = "n", ""
        self._reckoned, self._formula = False, False

    def start(self, name: str, attributes: Attributes) -> None:
        local = _local(name)
        if local == "c":
            self._begin_cell(attributes)
        elif local in ("v", "t"):
            self._open = self._reckoned = not self._spoken
        elif local == "f":
            self._formula = True
        elif local == "row":
            self._begin_row(attributes)
        elif local == "rPh":
            self._spoken = True
        elif local == "col":
            self._column_marked(attributes)
        elif local == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        local = _local(name)
        if local == "c":
            self._end_cell()
        elif local in ("v", "t"):
            self._open = False
        elif local == "row":
            self._end_row()
        elif local == "rPh":
            self._spoken = False

    def _begin_row(self, attributes: Attributes) -> None:
        row = int(attributes["r"][:9]) if "r" in attributes else self._row + 1
        if not self._row < row <= LAST_ROW:
            raise ValueError("rows out of order, or beyond the last a sheet can have")
        self._budget.row(0)
        self._row, self._column, self._cells = row, -1, {}
        self._hidden = attributes.get("hidden", "0") in ("1", "true")

    def _column_marked(self, attributes: Attributes) -> None:
        self._budget.take_cells(1)
        if attributes.get("hidden", "0") in ("1", "true"):
            first, last = (int(attributes[name][:9]) for name in ("min", "max"))
            if not 1 <= first <= last <= LAST_COLUMN or len(self.content.hidden_columns) >= LAST_COLUMN:
                raise ValueError("columns that no sheet can have")
            self.content.hidden_columns.append((first - 1, last - 1))

    def _begin_cell(self, attributes: Attributes) -> None:
        self._budget.take_cells(1)
        found = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column = _column(found[1]) if found else self._column + 1
        if self._column >= LAST_COLUMN:
            raise ValueError("beyond the last column a sheet can have")
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        if self._column in self._cells:
            raise ValueError("a cell that stands twice")
        self._parts, self._size = [], 0
        self._reckoned, self._formula = False, False

    def _end_cell(self) -> None:
        value = self._value(self._kind, self._style, "".join(self._parts))
        if self._formula and not self._reckoned:
            value = Broken("= …")
        if value is not None and value != "":
            self._cells[self._column] = value

    def _end_row(self) -> None:
        if not self._cells:
            return
        width = max(self._cells) + 1
        if width > self._budget.limits.columns:
            raise UserError(
                Fault(
                    "inputs:too_many_columns",
                    {"path": self._budget.path, "limit": self._budget.limits.columns},
                    f"row {self._row}",
                )
            )
        self._budget.take_cells(width)
        self.content.records.append((self._row, [self._cells.get(at) for at in range(width)]))
        if self._hidden:
            self.content.hidden.append(self._row)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if not start or not end or start[2] == end[2]:
            return
        if len(self.content.merged) >= _MOST_MERGED:
            raise ValueError("more merged cells than anybody makes")
        self.content.merged.append((int(start[2]), int(end[2]), _column(start[1])))


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _column(letters: str) -> int:
    """`A` is 0, `AA` is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def letters(column: int) -> str:
    """A column as people name it.

    >>> letters(0), letters(26)
    ('A', 'AA')
    """
    found, left = "", column + 1
    while left:
        left, letter = divmod(left - 1, 26)
        found = chr(65 + letter) + found
    return found


def _shows_dates(number: str, own: dict[str, str]) -> bool:
    if number in own:
        plain = _NOT_OF_THE_FORMAT.sub("", own[number].split(";")[0])
        return re.search("[dy]", plain, re.IGNORECASE) is not None
    return number.isdigit() and int(number[:6]) in _DATE_FORMATS


def _iso(text: str) -> Any:
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return text
    return moment.date() if moment.time() == dt.time() else moment


def _what_it_is(names: set[str]) -> str:
    """Which fault tells what the packed file is instead of a workbook."""
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        return "another_document"
    if "xl/workbook.bin" in names or "content.xml" in names:
        return "other_spreadsheet"
    return "broken_workbook"
