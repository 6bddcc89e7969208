"""Reading text files of any size a person may drop in a folder, with clear faults."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.sources.contract import MAX_BYTES


def read_bytes(file: Path) -> bytes:
    """The file as it is, if it can be read and is not too large."""
    try:
        if file.stat().st_size > MAX_BYTES:
            limit = MAX_BYTES // 1024 // 1024
            raise UserError(Fault("sources:too_large", {"file": file.name, "limit": limit}, str(file)))
        return file.read_bytes()
    except OSError as error:
        values = {"file": file.name, "reason": error.strerror or ""}
        raise UserError(Fault("sources:unreadable", values, str(file))) from error


def read_text(file: Path) -> str:
    """The file as text: UTF-8, else ISO 8859-1 as the providers write when not asked otherwise."""
    content = read_bytes(file)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("iso-8859-1")


def read_json(file: Path) -> Any:
    """The file as JSON; a body that was cut off is told as such."""
    text = read_text(file)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        values = {"file": file.name, "reason": getattr(error, "msg", str(error))}
        raise UserError(Fault("sources:not_json", values, f"{file}, line {line}")) from error


def read_csv(file: Path) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a CSV file with comma, semicolon or tab; every row as long as the header.

    Raises:
        UserError: no rows, or rows that are too short or too long (a body that was cut off).
    """
    lines = [line for line in read_text(file).splitlines() if line.strip()]
    if len(lines) < 2:
        raise UserError(Fault("sources:empty_file", {"file": file.name}, str(file)))
    separator = max(",;\t", key=lines[0].count)
    header, *rows = list(csv.reader(lines, delimiter=separator))
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            values = {"file": file.name, "found": len(row), "expected": len(header)}
            raise UserError(Fault("sources:wrong_row", values, f"{file}, line {number}"))
    return header, rows
