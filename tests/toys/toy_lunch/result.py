"""The answer."""

import msgspec

from tyngdepunkt.analyses.contract import Made, Notice


class LunchResult(msgspec.Struct, frozen=True):
    """The cheapest menu and what it costs."""

    title: str
    menu: str
    kroner: float
    made: Made
    notices: list[Notice] = []


Result = LunchResult
