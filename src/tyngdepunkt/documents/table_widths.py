"""How wide the columns of a table on paper should be, and how small its letters."""

from __future__ import annotations

from collections.abc import Sequence

from tyngdepunkt.documents.layout import Item

SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
"""Sizes of letters tried, in points; the first at which no word must be cut is taken."""

_PADDING = 2.2
_ROWS_SEEN = 60
_LONGEST_CELL_WORD = 24
_ROW_HEAD = 18
_BOLD = 1.12
_FEW_ROWS = 10
_SHORT_CELL = 120


def fit(
    columns: Sequence[Item], rows: Sequence[Sequence[str]], points: float, *, head: int, letter: float
) -> tuple[float, list[float]]:
    """Choose the size of letters and the widths of columns for a table.

    Args:
        columns: the columns' titles and whether they are numeric.
        rows: the cells as text.
        points: the width there is.
        head: the longest piece of a word in the head that cannot be broken, in letters.
        letter: width of a letter of the font, as a share of its size.

    Returns:
        Size in points, the largest of `SIZES` with room for every column or else the smallest; and each
        column's share of the width (summing to 1).
    """
    least = [_least(place, column, rows, head) for place, column in enumerate(columns)]
    for size in SIZES:
        room = points / (size * letter)
        if sum(least) <= room:
            break
    return size, _shares(least, rows, room)


def fits(
    columns: Sequence[Item], rows: Sequence[Sequence[str]], points: float, *, head: int, letter: float
) -> bool:
    """Whether a table can be set without cut words in some size of letters above the smallest.

    Returns:
        True where it can in the smallest size but one. Arguments are as for `fit`.
    """
    least = [_least(place, column, rows, head) for place, column in enumerate(columns)]
    return sum(least) <= points / (SIZES[-2] * letter)


def longest(rows: Sequence[Sequence[str]]) -> int:
    """Letters in the longest cell."""
    return max((len(cell) for row in rows for cell in row), default=0)


def short(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table is so short that it should stay whole on its page."""
    return len(rows) <= _FEW_ROWS and longest(rows) <= _SHORT_CELL


def _least(place: int, column: Item, rows: Sequence[Sequence[str]], head: int) -> float:
    heads = [_BOLD * min(len(word), head) for word in column["title"].split()]
    if column["numeric"]:
        cells = [min(len(row[place]), _LONGEST_CELL_WORD) for row in rows]
    else:
        cells = [min(len(word), _LONGEST_CELL_WORD) for row in rows for word in row[place].split()]
    if place == 0 and rows:
        usual = sorted(len(row[place]) for row in rows)[int(0.7 * len(rows))]
        cells.append(min(usual, _ROW_HEAD))
    return max([3, *heads, *cells]) + _PADDING


def _shares(least: Sequence[float], rows: Sequence[Sequence[str]], room: float) -> list[float]:
    """What is left over goes, a letter at a time, to the column that makes the rows high."""
    widths = list(least)
    lengths = [[len(cell) + _PADDING for cell in row] for row in rows[:_ROWS_SEEN]]
    for _ in range(int(room - sum(least))):
        pressure = _pressure(lengths, widths)
        if not any(pressure):
            break
        widths[pressure.index(max(pressure))] += 1
    return [width / sum(widths) for width in widths]


def _pressure(lengths: Sequence[Sequence[float]], widths: Sequence[float]) -> list[float]:
    """How many lines too many each column causes: those beyond the first, in the rows it makes highest."""
    pressure = [0.0] * len(widths)
    for row in lengths:
        lines = [length / width for length, width in zip(row, widths, strict=True)]
        highest = max(lines)
        if highest > 1:
            pressure[lines.index(highest)] += highest - 1
    return pressure
