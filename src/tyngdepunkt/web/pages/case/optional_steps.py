"""What a case can say beside the seven steps: today, background, costs, conflicts and the decision."""

from __future__ import annotations

from tyngdepunkt.web.pages.case._simple_fields import FieldSpec, asked
from tyngdepunkt.web.parts import N_

_ONE_A_LINE = N_("One on each line.")
_NUMBER = N_("A number, or a range such as 10–15.")
_DAY = N_("Day, month and year, for instance 23.11.2026.")

TODAY = (
    FieldSpec("regional_structure", N_("Where the agency has offices today"), "lines", _ONE_A_LINE),
    FieldSpec("sites", N_("Places the unit must often travel to"), "lines", _ONE_A_LINE),
    FieldSpec("staff.current", N_("Number of staff today"), "range", _NUMBER),
    FieldSpec("staff.follow_share", N_("Share of the staff expected to move along"), "percent",
        N_("Per cent: a number, or a range such as 20–40.")),
)  # fmt: skip
BACKGROUND = (
    FieldSpec("problem", N_("What is the problem?"), "area"),
    FieldSpec("goal", N_("What is to be achieved?"), "area"),
    FieldSpec("principles", N_("Which questions of principle does the case raise?"), "area"),
    FieldSpec("why_these", N_("Why were these alternatives chosen?"), "area"),
    FieldSpec("preconditions", N_("What must be in place for it to succeed?"), "area"),
    FieldSpec("sender", N_("The agency that answers for the study")),
    FieldSpec("department", N_("The department that made it")),
    FieldSpec("case_number", N_("Case number")),
    FieldSpec("sources", N_("Where the facts of the case come from"), "lines", _ONE_A_LINE),
    FieldSpec("not_public", N_("The study is withheld from the public"), "truth"),
    FieldSpec("lang", N_("Language of the case"), "choice", "",
        (("", N_("Not chosen")), ("nb", N_("Bokmål")), ("nn", N_("Nynorsk")), ("en", N_("English")))),
)  # fmt: skip
AFFECTED = (
    FieldSpec("affected.staff", N_("How do those who do the work today notice?"), "area"),
    FieldSpec("affected.users", N_("How do those who use the services notice?"), "area"),
    FieldSpec("affected.host", N_("How does the municipality that gets the jobs notice?"), "area"),
    FieldSpec("affected.donor", N_("How does the place the jobs leave notice?"), "area"),
    FieldSpec("affected.region", N_("How does the region notice?"), "area"),
    FieldSpec("affected.others", N_("Does anybody else notice?"), "area"),
    FieldSpec("staff_process", N_("The process with staff and their representatives"), "area"),
    FieldSpec("plan", N_("What is to happen after the decision, when and by whom?"), "area"),
    FieldSpec("follow_up", N_("What is to be followed up afterwards, and when?"), "area"),
)
COSTS = (
    FieldSpec("costs.one_off_per_job", N_("One-off cost per post, NOK"), "range", _NUMBER),
    FieldSpec("costs.area_per_employee", N_("Square metres per employee"), "range", _NUMBER),
    FieldSpec("costs.rent_per_m2", N_("Rent per square metre and year, NOK"), "range", _NUMBER),
    FieldSpec("costs.double_staffing_years", N_("Years of double staffing"), "range", _NUMBER),
    FieldSpec("costs.price_year", N_("The year the amounts are in kroner of"), "range",
        N_("The last year of the consumer price index, where nothing is written.")),
    FieldSpec("costs.source", N_("Where the cost figures come from")),
)  # fmt: skip
CONFLICTS = (
    FieldSpec("conflicts_handled", N_("How conflicts between the considerations were handled"), "area"),
    FieldSpec("access_consequences", N_("What the change means for people's access to the services"), "area"),
    FieldSpec("jobs_consequences", N_("What the change means for the jobs"), "area"),
    FieldSpec("explanations", N_("Reasons for rules that are not followed"), "pairs",
        N_("One rule on each line: its number, a colon and the reason. Example: R17: The unit is small.")),
)  # fmt: skip
DECISION = (
    FieldSpec("decision.place", N_("Place decided on")),
    FieldSpec("decision.date", N_("Date of the decision"), "date", _DAY),
    FieldSpec("decision.reason", N_("Reason for the decision"), "area"),
    FieldSpec("notified.ministry", N_("The ministry was notified"), "day", _DAY),
    FieldSpec("notified.government", N_("The government was notified"), "day", _DAY),
    FieldSpec("informed.municipalities", N_("The municipalities were informed"), "day", _DAY),
    FieldSpec("informed.counties", N_("The counties were informed"), "day", _DAY),
)
ASKS = (*TODAY, *BACKGROUND, *AFFECTED, *COSTS, *CONFLICTS, *DECISION)

BACKGROUND_STEP = asked("background", N_("Why is this being considered?"), BACKGROUND)
TODAY_STEP = asked("today", N_("What is there today?"), TODAY)
AFFECTED_STEP = asked("affected", N_("Who is affected, and what happens next?"), AFFECTED)
COSTS_STEP = asked("costs", N_("What does it cost?"), COSTS)
CONFLICTS_STEP = asked("conflicts", N_("How were conflicts and consequences handled?"), CONFLICTS)
DECISION_STEP = asked("decision", N_("What has been decided, and who was told?"), DECISION)
