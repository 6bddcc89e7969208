"""A case has no parameters; its fields stand in the file."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Question(BaseModel):
    """Nothing is asked beside the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Case(BaseModel):
    """The fields of the file: a venue has a mark for each of the weights, in their order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    weights: dict[str, float] = Field(min_length=1)
    venues: dict[str, list[float]] = Field(min_length=1)
    weight_log: list[str] = []
    lang: Literal["nb", "nn", "en"] | None = None


Body = dict[str, object]
