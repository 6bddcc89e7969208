"""What the need for desks is: typed structs that are the JSON of the command and of the API."""

from __future__ import annotations

import msgspec

from tyngdepunkt.analyses.contract import Made, Notice


class FullHouse(msgspec.Struct, frozen=True):
    """The chance that more come on the busiest weekday than there are desks."""

    desks: int
    chance: float


class Range(msgspec.Struct, frozen=True):
    """The least and the most, by the lowest and the highest shares."""

    low: float
    high: float


class PlaceNeed(msgspec.Struct, frozen=True):
    """The need at one place, by the middle of the shares.

    Args:
        posts: all there are.
        people: those who want a desk here at all, as an expectation.
        expected: people on an average weekday.
        peak_weekday: people expected on the busiest weekday.
        full_house: for each number of desks that is neither sure to do nor sure not to.
        desks_needed: the least number that keeps the chance.
        expected_range: `expected` by the lowest and the highest shares.
        desks_range: `desks_needed` by the lowest and the highest shares.
        experience: desks by what shared offices elsewhere have for each person who uses them.
    """

    place: str
    posts: int
    people: float
    expected: float
    peak_weekday: float
    full_house: list[FullHouse]
    desks_needed: int
    expected_range: Range
    desks_range: Range
    experience: Range


class DeskNeed(msgspec.Struct, frozen=True):
    """Every place of the list.

    Args:
        chance: that more come than there are desks, at most.
        busiest: share of the days of a week that falls on its busiest weekday.
    """

    places: list[PlaceNeed]
    chance: float
    busiest: float
    notices: list[Notice]
    made: Made


Result = DeskNeed
