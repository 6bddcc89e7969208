"""How wide the columns of a table on paper should be, and how small its letters."""

from __future__ import annotations

from collections.abc import Sequence

from tyngdepunkt.reports.plan import Item

SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
"""Sizes of letters tried, in points; the first at which no word must be cut is taken."""

_PADDING = 2.2
_MOST_WANTED = 46
_LONGEST_CELL_WORD = 24
_ROW_HEAD = 20


def fit(
    columns: Sequence[Item], rows: Sequence[Sequence[str]], points: float, *, head: int, letter: float
) -> tuple[float, list[float]]:
    """Size of the letters in points, and each column's share of the width (summing to 1).

    Args:
        columns: the columns' titles and whether they are numeric.
        rows: the cells as text.
        points: the width there is.
        head: the longest piece of a word in the head that cannot be broken, in letters.
        letter: width of a letter of the font, as a share of its size.
    """
    least = [_least(place, column, rows, head) for place, column in enumerate(columns)]
    wanted = [_wanted(place, column, rows, least[place]) for place, column in enumerate(columns)]
    for size in SIZES:
        room = points / (size * letter)
        if sum(least) <= room:
            break
    return size, _shares(least, wanted, room)


def fits(
    columns: Sequence[Item], rows: Sequence[Sequence[str]], points: float, *, head: int, letter: float
) -> bool:
    """Whether the table can be read at this width: no word cut at the smallest size but one."""
    least = [_least(place, column, rows, head) for place, column in enumerate(columns)]
    return sum(least) <= points / (SIZES[-2] * letter)


def _least(place: int, column: Item, rows: Sequence[Sequence[str]], head: int) -> float:
    heads = [min(len(word), head) for word in column["title"].split()]
    if column["numeric"]:
        cells = [min(len(row[place]), _LONGEST_CELL_WORD) for row in rows]
    else:
        cells = [min(len(word), _LONGEST_CELL_WORD) for row in rows for word in row[place].split()]
    if place == 0:
        cells += [min(len(row[place]), _ROW_HEAD) for row in rows]
    return max([3, *heads, *cells]) + _PADDING


def _wanted(place: int, column: Item, rows: Sequence[Sequence[str]], least: float) -> float:
    longest = max([len(row[place]) for row in rows] or [0])
    return max(least, min(max(longest, len(column["title"]) / 2), _MOST_WANTED) + _PADDING)


def _shares(least: Sequence[float], wanted: Sequence[float], room: float) -> list[float]:
    """What is left over goes to the columns that want more, then to all alike."""
    over = max(room - sum(least), 0)
    missing = [more - low for more, low in zip(wanted, least, strict=True)]
    part = min(over / sum(missing), 1) if sum(missing) else 0
    widths = [low + part * more for low, more in zip(least, missing, strict=True)]
    return [width / sum(widths) for width in widths]
