"""What one asks of a town: which, and whether its municipalities are listed too."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Question(BaseModel):
    """Parameters; titles and help stand in `texts.yaml` under `fields`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    place: Annotated[str, Field(min_length=1, max_length=200)] = "Norge"
    every: Annotated[bool, Field(alias="all")] = False
