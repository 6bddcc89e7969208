"""Numbers, shares and days as options: read as everywhere else (`inputs`), with the option in the fault.

What the library of the command line would make of them is not enough: it takes `100.000` for a hundred, and
rounds `1.9` where a whole number is asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import cyclopts

from tyngdepunkt.errors import UserError

Converter = Callable[[Any, Sequence[cyclopts.Token]], Any]


def reader(name: str) -> Converter:
    """Make a converter for an option that is a number, so that numbers are read as everywhere else.

    Args:
        name: `number`, `whole` or `share`: a function of `inputs.numbers`.

    Returns:
        A converter of cyclopts. It raises `UserError`, with the option as its place, where the text is no
        such number, a range, or a word for unknown.
    """

    def read(_kind: Any, tokens: Sequence[cyclopts.Token]) -> float:
        from tyngdepunkt.inputs import numbers
        from tyngdepunkt.inputs.text import refused, shown

        written, option = tokens[0].value, str(tokens[0].keyword or "")
        try:
            found: float | None = getattr(numbers, name)(written)
        except UserError as error:
            raise error.at(option) from None
        if found is None:
            raise refused("not_one_number", given=shown(written)).at(option)
        return found

    return read


def day(_kind: Any, tokens: Sequence[cyclopts.Token]) -> dt.date:
    """A converter of cyclopts for an option that is a date.

    Returns:
        The day.

    Raises:
        UserError: the text is no date; the option is the place of the fault.
    """
    from tyngdepunkt.inputs import dates

    try:
        return dates.date(tokens[0].value)
    except UserError as error:
        raise error.at(str(tokens[0].keyword or "")) from None


Number = Annotated[float | None, cyclopts.Parameter(converter=reader("number"))]
Share = Annotated[float | None, cyclopts.Parameter(converter=reader("share"))]
Whole = Annotated[int, cyclopts.Parameter(converter=reader("whole"))]
Day = Annotated[dt.date | None, cyclopts.Parameter(converter=day)]
