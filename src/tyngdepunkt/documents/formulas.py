"""Formulas of a spreadsheet: sums by weight, and values read off points that are drawn.

Where all weights are nought there is nothing to divide by: the cell is then empty and a sentence says why,
for an error cell tells nobody anything.
"""

from __future__ import annotations

from dataclasses import dataclass

from tyngdepunkt.documents.document import Formula


def letters(column: int) -> str:
    """The letters of a column, counted from 0.

    >>> [letters(column) for column in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    name = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        name = chr(ord("A") + rest) + name
        column -= 1
    return name


def filled(whole: str, worth: str) -> str:
    """A formula that divides by a sum of weights, empty where the sum is nought."""
    return f'=IF({whole}=0,"",{worth})'


def warned(whole: str, said: str, now: bool) -> Formula:
    """A sentence that stands there while a sum of weights is nought."""
    return Formula(f'=IF({whole}=0,"{said}","")', said if now else None)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Where a drawn function stands: its sheet, the columns of figures and of values, first and last row."""

    sheet: str
    figures: str
    values: str
    first: int
    last: int

    def areas(self) -> tuple[str, str]:
        """The cells of its figures, and those of its values."""
        rows = (self.first, self.last)
        return area(self.sheet, self.figures, rows), area(self.sheet, self.values, rows)


def step(figure: str, drawn: Drawn) -> str:
    """The value at the last drawn point that is not above a figure; at the first one below them all."""
    x, y = drawn.areas()
    return f"INDEX({y},MAX(1,SUMPRODUCT(--({x}<={figure}))))"


def line(figure: str, drawn: Drawn) -> str:
    """The value on the line between the two drawn points around a figure; flat outside them all."""
    x, y = drawn.areas()
    held = f"MEDIAN({figure},MIN({x}),MAX({x}))"
    if drawn.last - drawn.first == 1:
        return f"FORECAST({held},{y},{x})"
    inner = area(drawn.sheet, drawn.figures, (drawn.first + 1, drawn.last - 1))
    passed = f"SUMPRODUCT(--({inner}<={figure}))"
    y, x = (f"INDEX({part},1+{passed}):INDEX({part},2+{passed})" for part in (y, x))
    return f"FORECAST({held},{y},{x})"


def area(sheet: str, column: str, rows: tuple[int, int]) -> str:
    """The cells of a column from the first row to the last, as rows are counted there."""
    return f"'{sheet}'!{column}${rows[0]}:{column}${rows[1]}"


def weighted_sum(weights: str, points: str, count: int) -> str:
    """The weighted sum, empty where there are no weights or points that count are lacking."""
    lacking = f"SUMPRODUCT({weights},--ISTEXT({points}))"
    return f'=IF(COUNT({weights})<{count},"",IF({lacking}<>0,"",SUMPRODUCT({weights},{points})))'
