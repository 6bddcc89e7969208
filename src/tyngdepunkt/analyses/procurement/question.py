"""What one can ask of a notice: from where, on which day, and what a firm says of itself."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Question(BaseModel):
    """Parameters of a check; titles and help stand in `texts.yaml` under `fields`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    place: str | None = None
    as_of: dt.date | None = None
    turnover: Annotated[float | None, Field(ge=0, le=1_000_000_000_000)] = None
    staff: Annotated[int | None, Field(ge=0, le=10_000_000)] = None
    references: Annotated[int | None, Field(ge=0, le=10_000)] = None
    guarantee: Literal["yes", "no"] | None = None

    @property
    def own(self) -> bool:
        """Whether a firm says anything of itself, and wants to know whether it is within reach."""
        told = (self.turnover, self.staff, self.references, self.guarantee)
        return any(each is not None for each in told)


def TenderNotice() -> dict[str, Any]:  # noqa: N802  # the name it has among the schemas
    """What can be sent: what is read of each is told in the documentation of the method."""
    told = "A notice: a release of OCDS, an answer of Doffin's search, or a draft under `procurement`."
    return {"description": told, "type": "object"}


Body = TenderNotice
