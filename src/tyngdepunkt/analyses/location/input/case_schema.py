"""The shape of a case file: which fields there are and what kind of value each takes.

One model per group of fields. Every field of the case is checked by itself, and every item of a
list by itself, so that one fault does not hide the others. What a value *means* (is there
such a place, do the weights add up) is not asked here.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, WithJsonSchema

from tyngdepunkt.analyses.location.input.model import Kind
from tyngdepunkt.inputs.checked import ParsedFields, parse_fields
from tyngdepunkt.inputs.field_types import (
    NUMBER_SCHEMA,
    Change,
    Date,
    Occupation,
    Place,
    PositiveRange,
    Range,
    Score,
    Share,
    ShareRange,
    Text,
    Truth,
    Weight,
    Year,
    Years,
    by_program,
    wrong,
)
from tyngdepunkt.inputs.numbers import is_unknown
from tyngdepunkt.inputs.parse_context import ParseContext
from tyngdepunkt.inputs.text import shown

Limit = Annotated[Any, WithJsonSchema({"anyOf": [*NUMBER_SCHEMA["anyOf"], {"type": "null"}]})]
Names = Annotated[list[Place], Field(max_length=400)]
Texts = Annotated[list[Text], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]


class Shape(BaseModel):
    """A group of fields; a field that is not known is a fault, never silently dropped.

    What each field is called and means stands in `fields.yaml`, by its path: `at` and its name.
    """

    at: ClassVar[str] = ""
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class JobShape(Shape):
    """Posts in one occupation."""

    at = "unit.jobs"
    occupation: Occupation
    count: Range = None


class UnitShape(Shape):
    """What is to be placed. `jobs` is read item by item."""

    at = "unit"
    name: Text
    agency: Text | None = None
    jobs: Any = None
    total_jobs: Range = None


class OfficeShape(Shape):
    """One office of an alternative."""

    at = "alternatives.parts"
    place: Place
    jobs: Range = None
    share: Share = None
    jobs_before: Range = None
    jobs_after: Range = None
    jobs_change: Change = None
    rent_per_m2: Range = None


class GradeShape(Shape):
    """A judgement in numbers and the words that anchor it."""

    at = "alternatives.grades"
    value: Score
    anchor: Text


class AffectedShape(Shape):
    """Who notices, and how: a text for each group."""

    at = "affected"
    staff: Text | None = None
    users: Text | None = None
    host: Text | None = None
    donor: Text | None = None
    region: Text | None = None
    others: Text | None = None

    def written(self) -> dict[str, str]:
        """The groups that something is said of."""
        return {name: text for name in type(self).model_fields if (text := getattr(self, name))}


class AlternativeShape(Shape):
    """One alternative written out."""

    at = "alternatives"
    place: Place | None = None
    kind: Kind | None = None
    name: Text | None = None
    offices: list[OfficeShape] | None = None
    parts: list[OfficeShape] | None = None
    places: Names | None = None
    description: Text | None = None
    affected: AffectedShape | None = None
    measures: Texts = []
    rent_per_m2: Range = None
    grades: dict[str, GradeShape] = {}


class CityListShape(Shape):
    """A list of places and why they are on it."""

    at = "largest_cities"
    places: Names
    reason: Text | None = None


class DecisionShape(Shape):
    """The decision."""

    at = "decision"
    place: Place
    date: Date
    reason: Text | None = None


class MustHaveShape(Shape):
    """A threshold. Its limits are read by `meaning`, as what they can be depends on the indicator."""

    at = "must_have"
    indicator: str
    min: Limit = None
    max: Limit = None


class MovedFromShape(Shape):
    """Where jobs leave."""

    at = "moved_from"
    place: Place
    jobs: Range = None


class LogShape(Shape):
    """An entry of the weight log. `weights` is read with the other weights."""

    at = "weight_log"
    role: Text
    date: Date
    weights: Any
    reason: Text | None = None
    scores_seen: Truth | None = None


class WindowShape(Shape):
    """The first and last day of the window."""

    at = "window"
    from_: Annotated[Date, Field(alias="from")]
    to: Date


class CoversShape(Shape):
    """What the ledger declares that it covers: a period, places (all where none are named), agencies."""

    at = "ledger_covers"
    from_: Annotated[Date, Field(alias="from")]
    to: Date
    places: Names = []
    agencies: Texts = []


class StaffShape(Shape):
    """Those who hold the posts today."""

    at = "staff"
    current: Range = None
    follow_share: ShareRange = None


class CostsShape(Shape):
    """Cost figures of the case."""

    at = "costs"
    one_off_per_job: Range = None
    area_per_employee: Range = None
    rent_per_m2: Range = None
    double_staffing_years: Range = None
    price_year: Year | None = None
    source: Text | None = None


class AssumptionsShape(Shape):
    """What the case takes for granted in place of what is assumed otherwise; each by its id."""

    at = "assumptions"
    recruits_per_job: Range = None
    recruits_steady: Range = None
    usable_professionals: ShareRange = None
    usable_technicians: ShareRange = None
    usual_professionals: ShareRange = None
    usual_technicians: ShareRange = None
    usual_clerks: ShareRange = None
    flight_to_capital: Range = None
    cost_period: PositiveRange = None
    screen_need: ShareRange = None
    screen_jobs: ShareRange = None


class IndicatorShape(Shape):
    """What the case changes about an indicator. `value` is read by itself."""

    at = "indicators"
    off: Truth = False
    direction: Literal["min", "max"] | None = None
    value: Any = None
    weight: Weight | None = None
    reason: Text | None = None


MOST_EVENTS = 5_000


def _ledger(value: Any) -> Any:
    """The name of a file, or the events themselves."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise wrong("ledger_kind", given=shown(value))
    if len(value) > MOST_EVENTS:
        raise wrong("too_long_list", given=len(value), limit=MOST_EVENTS)
    return value


Guidelines = Annotated[
    str, BeforeValidator(lambda value: value.isoformat() if isinstance(value, dt.date) else value)
]
Guideline = Annotated[
    list[Guidelines], BeforeValidator(lambda value: value if isinstance(value, list) else [value])
]


def _known_days(value: Any, info: ValidationInfo) -> Any:
    """The days that are known; a program says of the others that they are unknown, and not with nothing."""
    if not isinstance(value, dict):
        return value
    return {k: v for k, v in value.items() if not is_unknown(v) or (by_program(info) and v == "")}


DatesOfPeople = Annotated[dict[str, Date], BeforeValidator(_known_days)]
Cities = Annotated[
    CityListShape, BeforeValidator(lambda value: {"places": value} if isinstance(value, list) else value)
]
Leaving = Annotated[
    MovedFromShape, BeforeValidator(lambda value: value if isinstance(value, dict) else {"place": value})
]


class CaseShape(Shape):
    """All fields of a case file, in the order a person would write them."""

    title: Text
    date: Date
    trigger: Literal["new_agency", "new_unit", "relocation", "closure", "structural_change"]
    unit: UnitShape
    alternatives: Any
    guidelines: Guidelines | None = None
    also_guidelines: Guideline = []
    largest_cities: Cities | None = None
    oslo_area: Cities | None = None
    decision: DecisionShape | None = None
    notified: DatesOfPeople = {}
    informed: DatesOfPeople = {}
    explanations: dict[str, Text] = {}
    must_have: list[MustHaveShape] = []
    weights: Any = None
    weight_log: list[LogShape] = []
    regional_structure: Names = []
    moved_from: list[Leaving] = []
    sites: Names = []
    ledger_covers: CoversShape | None = None
    window_years: Years | None = None
    window: WindowShape | None = None
    ledger: Annotated[Any, BeforeValidator(_ledger)] = None
    indicators: dict[str, IndicatorShape] = {}
    access_consequences: Text | None = None
    jobs_consequences: Text | None = None
    conflicts_handled: Text | None = None
    staff: StaffShape | None = None
    costs: CostsShape | None = None
    assumptions: AssumptionsShape | None = None
    problem: Text | None = None
    goal: Text | None = None
    principles: Text | None = None
    preconditions: Text | None = None
    why_these: Text | None = None
    affected: AffectedShape | None = None
    staff_process: Text | None = None
    plan: Text | None = None
    follow_up: Text | None = None
    sender: Text | None = None
    department: Text | None = None
    case_number: Text | None = None
    sources: Texts = []
    not_public: Truth = False
    lang: Literal["nb", "nn", "en"] | None = None


_BY_ITEM: dict[str, Any] = {
    "must_have": MustHaveShape,
    "weight_log": LogShape,
    "moved_from": Leaving,
}


def parse_case(ctx: ParseContext) -> ParsedFields:
    """Every field that has the right shape; the others are noted as faults and left empty."""
    return parse_fields(CaseShape, ctx, _BY_ITEM)
