"""What one can ask of a list of posts: when methods disagree, and what is assumed of a move."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from tyngdepunkt.analyses.parameters import ReadAs

_NUMBER = "[0-9]{1,7}([.,][0-9]{1,2})?"
_AT_ITS_PLAINEST = {"type": "string", "pattern": f"^{_NUMBER}(–{_NUMBER})?$"}
"""What programs are told to write; people may write `1 til 3`."""

Range = Annotated[str, Field(min_length=1, max_length=100), WithJsonSchema(_AT_ITS_PLAINEST)] | None
"""A number or a range: `2`, `1–3`."""


class Question(BaseModel):
    """Parameters; titles and help stand in `texts.yaml` under `fields`.

    All from `to` on are of the move of a function. What is not given of them has a default with its source
    (`area`, `rent_to`, `rent_from`), or is missing and makes the sum one of which only the least is known.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    agency: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    disagreement: Annotated[float, ReadAs("share"), Field(gt=0, le=1)] = 0.5
    to: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    travel_days: Range = None
    team_days: Range = None
    day_cost: Range = None
    equipment: Range = None
    double_months: Range = None
    area: Range = None
    rent_to: Range = None
    rent_from: Range = None
    price_year: Annotated[int, Field(ge=1900, le=2100)] | None = None
