"""A case has no parameters beside it: its fields stand in the file."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Question(BaseModel):
    """Nothing is asked beside the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def Case() -> dict[str, Any]:  # noqa: N802  # the name it has among the schemas
    """The fields of a case file: the schema that editors check it by."""
    from tyngdepunkt.analyses.location.input.json_schema import json_schema

    return json_schema("en")


Body = Case
