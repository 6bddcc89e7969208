"""Any table of alternatives in, its ranking out: the document of `tyngdepunkt rank --json`."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired, TypedDict

from msgspec import Meta


class Criterion(TypedDict):
    """A column of the table."""

    id: str
    direction: Literal["max", "min"]
    value: Annotated[Any, Meta(description="`identity`, `minmax`, or points and steps of your own.")]
    title: NotRequired[str]
    unit: NotRequired[str]


class RankingTable(TypedDict):
    """A table to be ranked."""

    criteria: list[Criterion]
    alternatives: Annotated[
        dict[str, dict[str, float]], Meta(description="Alternative → criterion → figure.")
    ]
    weights: NotRequired[Annotated[Any, Meta(description="Numbers, ranges, an order, or `none`.")]]
    title: NotRequired[str]
    description: NotRequired[str]
    source: NotRequired[str]


class Ranked(TypedDict):
    """An alternative in its place."""

    alternative: str
    value: float
    partial: Annotated[dict[str, float], Meta(description="What each criterion gives of the value.")]
    rank: int
    tied: bool


class Change(TypedDict):
    """The smallest change of weights at which another alternative draws level."""

    to: str
    weights: dict[str, float]
    distance: float


class Outranking(TypedDict):
    """The cross-check by another method."""

    method: str
    net_flow: dict[str, float]


class Ranking(TypedDict):
    """A ranked table, and how much the ranking can take."""

    title: str
    method: str
    ranking: list[Ranked]
    rank_acceptability: dict[str, list[float]]
    rank_acceptability_any_weights: dict[str, list[float]]
    smallest_weight_change: Change | None
    weight_changes: list[Change]
    measured_from: str
    weights: str
    weights_used: dict[str, float]
    central_weights: dict[str, dict[str, float] | None]
    confidence: dict[str, float | None]
    pairwise: dict[str, dict[str, float]] | None
    dominated: dict[str, list[str]]
    outranking: Outranking
    notices: list[dict[str, Any]]
    draws: int
    seed: int
