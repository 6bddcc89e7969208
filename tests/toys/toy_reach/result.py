"""The answer."""

import msgspec

from tyngdepunkt.analyses.contract import Made, Notice


class Reached(msgspec.Struct, frozen=True):
    """A place and how far it is."""

    place: str
    minutes: float


class ReachResult(msgspec.Struct, frozen=True):
    """The places within reach."""

    within: list[Reached]
    made: Made
    notices: list[Notice]


Result = ReachResult
