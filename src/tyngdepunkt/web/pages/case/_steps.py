"""The steps that a case can do without, in the order they are offered."""

from __future__ import annotations

from tyngdepunkt.web.pages.case import figures, judgements, ledger, more
from tyngdepunkt.web.pages.case._desk import Step

MORE: tuple[Step, ...] = (
    more.BACKGROUND_STEP,
    more.TODAY_STEP,
    judgements.STEP,
    more.AFFECTED_STEP,
    figures.STEP,
    more.COSTS_STEP,
    ledger.STEP,
    more.CONFLICTS_STEP,
    more.DECISION_STEP,
)
