"""Published results of many agencies, joined: structs that are the JSON of the command and of the API."""

from __future__ import annotations

import msgspec

from tyngdepunkt.analyses.contract import Made, Notice
from tyngdepunkt.json_types import Source


class SuppressionRule(msgspec.Struct, frozen=True):
    """The rule that all the tables keep to; as in the results of the agencies."""

    version: str
    below: int
    width: int
    least: int


class Count(msgspec.Struct, frozen=True):
    """Posts of one agency: what it has published, or the least and the most its own tables let one know.

    Args:
        table: `place`, `group`, or `all` for all posts.
        place: number of the municipality, empty for posts without one; None where it is no place.
        group: first digit of the occupation; None where it is no group.
        name: the place or the group in words.
        high: None where the tables set no upper end.
        suppressed: whether the agency has hidden it.
    """

    agency: str
    table: str
    place: str | None
    group: str | None
    name: str
    low: int
    high: int | None
    suppressed: bool


class JoinedSum(msgspec.Struct, frozen=True):
    """Posts of all agencies: the sum of their least, and of their most.

    Args:
        agencies: how many have posts in it.
        hidden: how many of these have hidden theirs; `low` and `high` are the same where it is 0.
    """

    table: str
    place: str | None
    group: str | None
    name: str
    low: int
    high: int | None
    agencies: int
    hidden: int


class Agency(msgspec.Struct, frozen=True):
    """What came from one agency: its posts, and how many counts it published and hid."""

    agency: str
    low: int
    high: int | None
    counts: int
    hidden: int


class Joined(msgspec.Struct, frozen=True):
    """All agencies: sums by place and by occupation group, the largest first, and what they are made of."""

    agencies: list[Agency]
    total: JoinedSum
    places: list[JoinedSum]
    groups: list[JoinedSum]
    counts: list[Count]
    rule: SuppressionRule
    sources: list[Source]
    notices: list[Notice]
    made: Made


Result = Joined
