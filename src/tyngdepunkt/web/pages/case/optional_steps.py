"""What a case can say beside the seven steps: today, background, costs, conflicts and the decision."""

from __future__ import annotations

from tyngdepunkt.web.pages.case._simple_fields import FieldSpec, asked
from tyngdepunkt.web.parts import N_

_ONE_A_LINE = N_("One on each line.")
_NUMBER = N_("A number, or a range such as 10–15.")
_DAY = N_("Day, month and year, for instance 23.11.2026.")

TODAY = (
    FieldSpec("regional_structure", "lines", _ONE_A_LINE),
    FieldSpec("sites", "lines", _ONE_A_LINE),
    FieldSpec("staff.current", "range", _NUMBER),
    FieldSpec("staff.follow_share", "percent",
        N_("Per cent: a number, or a range such as 20–40.")),
)  # fmt: skip
BACKGROUND = (
    FieldSpec("problem", "area"),
    FieldSpec("goal", "area"),
    FieldSpec("principles", "area"),
    FieldSpec("why_these", "area"),
    FieldSpec("preconditions", "area"),
    FieldSpec("sender"),
    FieldSpec("department"),
    FieldSpec("case_number"),
    FieldSpec("sources", "lines", _ONE_A_LINE),
    FieldSpec("not_public", "truth"),
    FieldSpec("lang", "choice", "",
        (("", N_("Not chosen")), ("nb", N_("Bokmål")), ("nn", N_("Nynorsk")), ("en", N_("English")))),
)  # fmt: skip
AFFECTED = (
    FieldSpec("affected.staff", "area"),
    FieldSpec("affected.users", "area"),
    FieldSpec("affected.host", "area"),
    FieldSpec("affected.donor", "area"),
    FieldSpec("affected.region", "area"),
    FieldSpec("affected.others", "area"),
    FieldSpec("staff_process", "area"),
    FieldSpec("plan", "area"),
    FieldSpec("follow_up", "area"),
)
COSTS = (
    FieldSpec("costs.one_off_per_job", "range", _NUMBER),
    FieldSpec("costs.area_per_employee", "range", _NUMBER),
    FieldSpec("costs.rent_per_m2", "range", _NUMBER),
    FieldSpec("costs.double_staffing_years", "range", _NUMBER),
    FieldSpec("costs.price_year", "range",
        N_("The last year of the consumer price index, where nothing is written.")),
    FieldSpec("costs.source"),
)  # fmt: skip
CONFLICTS = (
    FieldSpec("conflicts_handled", "area"),
    FieldSpec("access_consequences", "area"),
    FieldSpec("jobs_consequences", "area"),
    FieldSpec("explanations", "pairs",
        N_("One rule on each line: its number, a colon and the reason. Example: R17: The unit is small.")),
)  # fmt: skip
DECISION = (
    FieldSpec("decision.place"),
    FieldSpec("decision.date", "date", _DAY),
    FieldSpec("decision.reason", "area"),
    FieldSpec("notified.ministry", "day", _DAY),
    FieldSpec("notified.government", "day", _DAY),
    FieldSpec("informed.municipalities", "day", _DAY),
    FieldSpec("informed.counties", "day", _DAY),
)
ASKS = (*TODAY, *BACKGROUND, *AFFECTED, *COSTS, *CONFLICTS, *DECISION)

BACKGROUND_STEP = asked("background", N_("Why is this being considered?"), BACKGROUND)
TODAY_STEP = asked("today", N_("What is there today?"), TODAY)
AFFECTED_STEP = asked("affected", N_("Who is affected, and what happens next?"), AFFECTED)
COSTS_STEP = asked("costs", N_("What does it cost?"), COSTS)
CONFLICTS_STEP = asked("conflicts", N_("How were conflicts and consequences handled?"), CONFLICTS)
DECISION_STEP = asked("decision", N_("What has been decided, and who was told?"), DECISION)
