"""Three parameters of three kinds."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Question(BaseModel):
    """How far is within reach, how many are shown, and in which order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    minutes: Annotated[float, Field(ge=0, le=600)] = 45
    most: Annotated[int, Field(ge=1, le=100)] = 10
    order: Literal["near", "far"] = "near"


Body = dict[str, float]
