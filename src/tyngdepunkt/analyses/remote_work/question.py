"""What one can assume of the country: who wants a desk, how often, and how full a house may be."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from tyngdepunkt.analyses.parameters import ReadAs
from tyngdepunkt.indicators.assumptions import assumption

WEEK = 5
EVEN = 1 / WEEK
Level = Literal["municipality", "region", "county"]
_Share = Annotated[float, ReadAs("share"), Field(gt=0, le=1)]


class Question(BaseModel):
    """Parameters; titles and help stand in `texts.yaml` under `fields`. Defaults are those of the sources."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    level: Level = "municipality"
    wish_low: _Share = assumption("wish_for_desk").low
    wish_high: _Share = assumption("wish_for_desk").high
    days: Annotated[float, Field(gt=0, le=WEEK)] = assumption("days_at_desk").middle
    chance: Annotated[float, ReadAs("share"), Field(gt=0, lt=1)] = 0.05
    busiest: Annotated[float, ReadAs("share"), Field(ge=EVEN, le=1)] = EVEN
