"""What one can ask of a list of posts: how full a house may be, and how uneven the week is."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tyngdepunkt.analyses.parameters import ReadAs

EVEN = 0.2


class Question(BaseModel):
    """Parameters; titles and help stand in `texts.yaml` under `fields`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    chance: Annotated[float, ReadAs("share"), Field(gt=0, lt=1)] = 0.05
    busiest: Annotated[float, ReadAs("share"), Field(ge=EVEN, le=1)] = EVEN
