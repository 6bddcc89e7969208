"""What one can ask of a list of posts: from which difference methods are said to disagree."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tyngdepunkt.analyses.parameters import ReadAs


class Question(BaseModel):
    """Parameters; titles and help stand in `texts.yaml` under `fields`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    disagreement: Annotated[float, ReadAs("share"), Field(gt=0, le=1)] = 0.5
