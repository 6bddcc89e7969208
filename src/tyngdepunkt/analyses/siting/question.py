"""What one can ask of an instance: the model, how many sites, how near is near enough, and what beside."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Model = Literal["p-median", "mclp", "lscp", "p-center", "cflp", "cpmp"]
MOST_NEAR = 100
MOST_CURVE = 200
Amount = Annotated[float | None, Field(json_schema_extra={"minimum": 0})]


class Question(BaseModel):
    """Parameters; titles and help stand in `texts.yaml` under `fields`.

    Their bounds are held in `resolve`, where what is wrong with the files is told beside them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: Model = "p-median"
    p: Annotated[int | None, Field(json_schema_extra={"minimum": 1})] = None
    radius: Amount = None
    time_limit: Annotated[float | None, Field(json_schema_extra={"exclusiveMinimum": 0})] = None
    near_best: Annotated[int, Field(json_schema_extra={"minimum": 0, "maximum": MOST_NEAR})] = 0
    curve: str | None = None
    existing_first: bool = False
    budget: Amount = None
    single_source: bool = False
