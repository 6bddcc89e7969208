"""The answer."""

import msgspec

from tyngdepunkt.analyses.contract import Made, Notice


class VenueResult(msgspec.Struct, frozen=True):
    """The venues, best first, and the weights that made it so."""

    title: str
    lang: str
    order: list[str]
    weights: dict[str, float]
    weight_log: list[str]
    made: Made
    notices: list[Notice] = []


Result = VenueResult
