"""What one can ask of a table of industries: which measure, of which place, against which reference."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Measure = Literal[
    "lq", "krugman", "gini", "herfindahl", "hoover", "entropy", "ellison-glaeser", "shift-share",
    "relatedness", "density", "complexity",
]  # fmt: skip
Proximity = Literal["minimum", "conditional", "cosine", "jaccard", "association", "correlation"]
ShiftForm = Literal["dunn", "esteban-marquillas", "dynamic"]


class Question(BaseModel):
    """Parameters; titles and help stand in `texts.yaml` under `fields`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    measure: Measure = "lq"
    place: str | None = None
    reference: str | None = None
    start: str | None = Field(default=None, alias="from")
    end: str | None = Field(default=None, alias="to")
    method: ShiftForm = "dunn"
    form: Literal["multiplicative", "additive"] = "multiplicative"
    proximity: Proximity = "minimum"
    total: Literal["parts", "stated"] = "parts"
