"""What one can ask of commuting: the method, its limits, the year, and how often to draw again."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tyngdepunkt.analyses.labour_market_regions.parameters import MOST_DRAWS, SEED, Method
from tyngdepunkt.analyses.parameters import ReadAs

Size = Annotated[float | None, Field(json_schema_extra={"exclusiveMinimum": 0})]
Share = Annotated[
    float | None, ReadAs("share"), Field(json_schema_extra={"exclusiveMinimum": 0, "maximum": 1})
]


class Question(BaseModel):
    """Parameters; titles and help stand in `texts.yaml` under `fields`.

    Their bounds are held in `resolve`, where what is wrong with the files is told beside them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    method: Method | None = None
    min_size: Size = None
    target_size: Size = None
    min_self_containment: Share = None
    target_self_containment: Share = None
    year: int | None = None
    draws: Annotated[int, Field(json_schema_extra={"minimum": 0, "maximum": MOST_DRAWS})] = 0
    seed: Annotated[int, Field(ge=0, le=2**53 - 1)] = SEED
