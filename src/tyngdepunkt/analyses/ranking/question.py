"""What one can ask of a ranking: the table, and the parameters beside it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

LEAST, MOST = 100, 10_000_000


class Question(BaseModel):
    """Parameters of a ranking; titles and help stand in `texts.yaml` under `fields`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    draws: Annotated[int, Field(ge=LEAST, le=MOST)] = 100_000
    seed: Annotated[int, Field(ge=0, le=2**53 - 1)] = 20_190_101


_NUMBER = {"type": "number", "minimum": -1e15, "maximum": 1e15}
_TEXT = {"type": "string", "pattern": "^-?[0-9]{1,7}([.,][0-9]{1,2})?$"}
"""A number as text, at its plainest."""
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
    least = {"type": ["number", "null"], "minimum": 0, "maximum": 1e15}
    known |= {"indifference": least, "preference": least}
    named = {**known, "direction": best, "value": {"enum": ["identity", "minmax"]}}
    own = {**known, "direction": {"enum": ["max", "min", None]}, "value": drawn}
    row = {"type": "object", "additionalProperties": {"anyOf": [_NUMBER, _TEXT]}}
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


Body = RankingTable
