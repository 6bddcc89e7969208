"""What can be brought to be joined: the published results of agencies."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Question(BaseModel):
    """There is nothing to set: what the files say is joined."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def PublishedResults() -> dict[str, Any]:  # noqa: N802  # the name it has among the schemas
    """The published results of one agency, or `results` of many, each as `functions --out` writes it."""
    text = {"type": ["string", "null"]}
    cell = {
        "type": "object",
        "properties": {
            "table": {"enum": ["unit_place", "unit_group"]},
            **dict.fromkeys(("unit", "place", "group"), text),
            "count": {"type": ["integer", "null"], "minimum": 1},
            "suppressed": {"type": "boolean"},
        },
        "required": ["table", "unit", "place", "group", "count", "suppressed"],
    }
    numbers = {name: {"type": "integer", "minimum": 1} for name in ("below", "width", "least")}
    rule = {"type": "object", "properties": {"version": {"type": "string"}, **numbers}}
    one = {
        "type": "object",
        "properties": {"agency": text, "rule": rule, "published": {"type": "array", "items": cell}},
        "required": ["rule", "published"],
    }
    several = {
        "type": "object",
        "properties": {"results": {"type": "array", "items": one}},
        "required": ["results"],
    }
    said = "What one agency publishes of its functions, or the results of several agencies."
    return {"description": said, "anyOf": [several, one]}


Body = PublishedResults
