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
    """A spreadsheet formula for a value that is divided by a sum of weights.

    Args:
        whole: the cell or expression of the sum.
        worth: the expression of the value.

    Returns:
        A formula that shows nothing where the sum is 0.
    """
    return f'=IF({whole}=0,"",{worth})'


def warned(whole: str, said: str, now: bool) -> Formula:
    """A spreadsheet formula that shows a sentence as long as a sum of weights is 0.

    Args:
        whole: the cell or expression of the sum.
        said: the sentence, without quotation marks.
        now: whether the sum is 0 in the workbook as it is written.

    Returns:
        The formula with the value it has now.
    """
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
    """A spreadsheet expression for a value function that is drawn as steps.

    Args:
        figure: the cell of the figure.
        drawn: where the drawn points stand, in rising order of their figures.

    Returns:
        An expression without `=`: the value at the last point whose figure is not above the cell; at the
        first point where all are above it.
    """
    x, y = drawn.areas()
    return f"INDEX({y},MAX(1,SUMPRODUCT(--({x}<={figure}))))"


def line(figure: str, drawn: Drawn) -> str:
    """A spreadsheet expression for a value function that is drawn as lines between points.

    Args:
        figure: the cell of the figure.
        drawn: where the drawn points stand, at least two, in rising order of their figures.

    Returns:
        An expression without `=`: the value between the two nearest points; below the first and above the
        last point, the value of that point.
    """
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
    """A spreadsheet formula for a weighted sum.

    Args:
        weights: the range of the weights.
        points: the range of what is weighed; missing points are texts.
        count: how many weights there have to be.

    Returns:
        A formula that shows nothing where weights are missing, or where points are whose weight is not 0.
    """
    lacking = f"SUMPRODUCT({weights},--ISTEXT({points}))"
    return f'=IF(COUNT({weights})<{count},"",IF({lacking}<>0,"",SUMPRODUCT({weights},{points})))'
