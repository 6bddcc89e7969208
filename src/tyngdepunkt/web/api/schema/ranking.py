"""Any table of alternatives in, its ranking out: the document of `tyngdepunkt rank --json`."""

from __future__ import annotations

from typing import Annotated, Any, TypedDict

from msgspec import Meta

_NUMBER = {"type": "number", "minimum": -1e15, "maximum": 1e15}
_PAIR = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}


def _drawn(name: str, least: int) -> dict[str, Any]:
    points = {"type": "array", "items": _PAIR, "minItems": least}
    return _closed({name: points}, [name])


def _closed(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object", "properties": properties, "required": required, "additionalProperties": False,
    }  # fmt: skip


def RankingTable() -> dict[str, Any]:  # noqa: N802  # the name it has among the schemas
    """A table to be ranked. That every alternative has every criterion is for the reader to say."""
    text = {"type": ["string", "null"]}
    known = {"id": {"type": "string", "minLength": 1}, "title": text, "unit": text}
    best, drawn = {"enum": ["max", "min"]}, {"anyOf": [_drawn("points", 2), _drawn("step", 1)]}
    named = {**known, "direction": best, "value": {"enum": ["identity", "minmax"]}}
    own = {**known, "direction": {"enum": ["max", "min", None]}, "value": drawn}
    row = {"type": "object", "additionalProperties": _NUMBER}
    table = {
        "criteria": {
            "type": "array",
            "items": {"anyOf": [_closed(named, ["id", "direction", "value"]), _closed(own, ["id", "value"])]},
            "minItems": 1,
            "maxItems": 200,
        },
        "alternatives": {
            "type": "object",
            "additionalProperties": row,
            "minProperties": 2,
            "maxProperties": 2000,
            "description": "Alternative → criterion → figure.",
        },
        "weights": {
            "anyOf": [{"enum": ["none", None]}, {"type": "object"}],
            "description": "Numbers, ranges, an order, or `none`.",
        },
        **dict.fromkeys(("title", "description", "source"), text),
    }
    return {"description": "A table to be ranked.", **_closed(table, ["criteria", "alternatives"])}


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
