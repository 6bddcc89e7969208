"""What a case can say beside the seven steps: today, background, costs, conflicts and the decision."""

from __future__ import annotations

from tyngdepunkt.analyses.location.input.model import GROUPS
from tyngdepunkt.web.pages.case._simple_fields import asked
from tyngdepunkt.web.parts import N_

TODAY = ("regional_structure", "sites", "staff.current", "staff.follow_share")
BACKGROUND = (
    "problem", "goal", "principles", "why_these", "preconditions",
    "sender", "department", "case_number", "sources", "not_public", "lang",
)  # fmt: skip
AFFECTED = (*(f"affected.{group}" for group in GROUPS), "staff_process", "plan", "follow_up")
COSTS = (
    "costs.one_off_per_job", "costs.area_per_employee", "costs.rent_per_m2",
    "costs.double_staffing_years", "costs.price_year", "costs.source",
)  # fmt: skip
CONFLICTS = ("conflicts_handled", "access_consequences", "jobs_consequences", "explanations")
DECISION = (
    "decision.place", "decision.date", "decision.reason",
    "notified.ministry", "notified.government", "informed.municipalities", "informed.counties",
)  # fmt: skip

BACKGROUND_STEP = asked("background", N_("Why is this being considered?"), BACKGROUND)
TODAY_STEP = asked("today", N_("What is there today?"), TODAY)
AFFECTED_STEP = asked("affected", N_("Who is affected, and what happens next?"), AFFECTED)
COSTS_STEP = asked("costs", N_("What does it cost?"), COSTS)
CONFLICTS_STEP = asked("conflicts", N_("How were conflicts and consequences handled?"), CONFLICTS)
DECISION_STEP = asked("decision", N_("What has been decided, and who was told?"), DECISION)
