"""The steps that a case can do without, in the order they are offered."""

from __future__ import annotations

from tyngdepunkt.web.pages.case import figures, judgements, ledger, optional_steps
from tyngdepunkt.web.pages.case._step_context import Step

MORE: tuple[Step, ...] = (
    optional_steps.BACKGROUND_STEP,
    optional_steps.TODAY_STEP,
    judgements.STEP,
    optional_steps.AFFECTED_STEP,
    figures.STEP,
    optional_steps.COSTS_STEP,
    ledger.STEP,
    optional_steps.CONFLICTS_STEP,
    optional_steps.DECISION_STEP,
)
