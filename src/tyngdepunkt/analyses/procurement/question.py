"""What one can ask of a notice: the place that is asked from, and the day the rules are read on."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict


class Question(BaseModel):
    """Parameters of a check; titles and help stand in `texts.yaml` under `fields`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    place: str | None = None
    as_of: dt.date | None = None
