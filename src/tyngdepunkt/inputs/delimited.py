"""CSV as programs and people save it: encodings, marks between cells, line ends of any kind."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs.budget import Budget

DELIMITERS = (";", "\t", ",", "|")
Record = tuple[int, list[Any]]
"""Line or row it begins on, and its cells."""

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_UTF8_LETTER = re.compile(rb"[\xc3-\xc5][\x80-\xbf]|\xe2\x80[\x80-\xbf]")
_OTHER_CODE_PAGE = re.compile(r"[^\W\d_][†›¿¾‘][^\W\d_]|(?<!\w)[†›¿¾][^\W\d_]")
_SEPARATOR_LINE = re.compile(r'\ufeff?"?sep=(.)"?[ ;,\t]*(\r\n|\r|\n|$)', re.IGNORECASE)
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x1d-\x1f\ufffd\ufffe\uffff]")


def decoded(content: bytes, path: str) -> tuple[str, str]:
    """The text of a file and the encoding it was taken to have.

    UTF-8 and UTF-16, with or without a byte order mark, else Windows-1252, which older spreadsheets write.

    Raises:
        UserError: bytes that are no text in the encoding the rest is in: nothing is left out or replaced.

    Returns:
        The text without its byte order mark, and the name of the encoding, as `utf-8`.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding, path), encoding
    if wide := _utf16_without_mark(content):
        return _strictly(content, wide, path), wide
    try:
        return _sound(content.decode("utf-8"), path), "utf-8"
    except UnicodeDecodeError as error:
        if _UTF8_LETTER.search(content):  # mostly UTF-8: the odd byte is damage, not another encoding
            raise _undecodable(content, error.start, path) from error
    text = _strictly(content, "cp1252", path)
    if found := _OTHER_CODE_PAGE.search(text):  # letters of MS-DOS or of old Macintosh files
        raise _undecodable(content, found.start(), path)
    return text, "cp1252"


def _strictly(content: bytes, encoding: str, path: str) -> str:
    try:
        return _sound(content.decode(encoding), path)
    except UnicodeDecodeError as error:
        raise _undecodable(content, error.start, path) from error


def _sound(text: str, path: str) -> str:
    """The text with letters in one piece; refused where it has signs that stand for lost ones."""
    if found := _NO_TEXT.search(text):
        values = {"path": path, "code": f"U+{ord(found[0]):04X}"}
        raise UserError(Fault("inputs:lost_sign", values, f"line {_line_at(text, found.start())}"))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _line_at(text: str, at: int) -> int:
    before = text[:at]
    return 1 + before.count("\n") + before.count("\r") - before.count("\r\n")


def _undecodable(content: bytes, at: int, path: str) -> UserError:
    line = _line_at(content[:at].decode("latin-1"), at)
    return UserError(Fault("inputs:undecodable", {"path": path}, f"line {line}"))


def _utf16_without_mark(content: bytes) -> str | None:
    """UTF-16 shows by its zeros: every other byte of plain letters."""
    head = content[:2000]
    if len(head) < 4 or len(content) % 2 or b"\0" not in head:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) * 0.3 or min(even, odd) > len(head) * 0.02:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def separator_line(text: str) -> tuple[str | None, int]:
    """The mark that a first line `sep=;` names, and where the text goes on.

    Returns:
        The mark (None without such a line), and the position in `text` of the first character after it.
    """
    found = _SEPARATOR_LINE.match(text)
    return (found[1], found.end()) if found else (None, 0)


def records(text: str, delimiter: str, budget: Budget, first_line: int = 1) -> Iterator[Record]:
    """Each record with the line it begins on; a quoted cell can run over several lines.

    Raises:
        UserError: a quotation mark that is never closed, or a cell longer than any text.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = first_line
    try:
        for record in reader:
            budget.row(len(record))
            yield line, record
            line = first_line + reader.line_num
    except csv.Error as error:
        name = "long_cell" if "field larger" in str(error) else "open_quote"
        raise UserError(Fault(f"inputs:{name}", {"path": budget.path}, f"line {line}")) from error


def head_records(text: str, delimiter: str, budget: Budget, most: int, first_line: int = 1) -> list[Record]:
    """The first records that are not blank, as far as they can be read: to see what the marks are."""
    found: list[Record] = []
    looked_at = Budget(budget.limits, budget.path, started=budget.started)
    try:
        for line, record in records(text, delimiter, looked_at, first_line):
            if any(cell.strip() for cell in record):
                found.append((line, record))
            if len(found) >= most:
                break
    except UserError:
        pass
    return found
