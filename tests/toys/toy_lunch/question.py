"""A case has no parameters; its fields stand in the file."""

from pydantic import BaseModel, ConfigDict, Field


class Question(BaseModel):
    """Nothing is asked beside the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Case(BaseModel):
    """The fields of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    people: int = Field(ge=1)
    menus: dict[str, float] = Field(min_length=1)


Body = dict[str, object]
