"""What one can ask of a ranking: the table, and the parameters beside it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, NotRequired, TypedDict

from msgspec import Meta
from pydantic import BaseModel, ConfigDict, Field

LEAST, MOST = 100, 10_000_000


class Question(BaseModel):
    """Parameters of a ranking; titles and help stand in `texts.yaml` under `fields`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    draws: Annotated[int, Field(ge=LEAST, le=MOST)] = 100_000
    seed: int = 20_190_101


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


Body = RankingTable
