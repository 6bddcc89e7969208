"""The shape of a case file: which fields there are and what kind of value each takes.

One model per group of fields. Every field of the case is checked by itself, and every item of a
list by itself, so that one fault does not hide the others. What a value *means* (is there
such a place, do the weights add up) is not asked here.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from types import SimpleNamespace
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
)

from tyngdepunkt.analyses.location.input.field_types import (
    BY_PROGRAM,
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
from tyngdepunkt.analyses.location.input.model import Kind
from tyngdepunkt.analyses.location.input.parse_context import ParseContext
from tyngdepunkt.inputs.numbers import is_unknown
from tyngdepunkt.inputs.reading import Steps
from tyngdepunkt.inputs.text import shown

Limit = Annotated[Any, WithJsonSchema({"anyOf": [*NUMBER_SCHEMA["anyOf"], {"type": "null"}]})]
Names = Annotated[list[Place], Field(max_length=400)]
Texts = Annotated[list[Text], BeforeValidator(lambda value: [value] if isinstance(value, str) else value)]


class Shape(BaseModel):
    """A group of fields; a field that is not known is a fault, never silently dropped."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class JobShape(Shape):
    """Posts in one occupation."""

    occupation: Occupation
    count: Range = None


class UnitShape(Shape):
    """What is to be placed. `jobs` is read item by item."""

    name: Text
    agency: Text | None = None
    jobs: Any = None
    total_jobs: Range = None


class OfficeShape(Shape):
    """One office of an alternative."""

    place: Place
    jobs: Range = None
    share: Share = None
    jobs_before: Range = None
    jobs_after: Range = None
    jobs_change: Change = None
    rent_per_m2: Range = None


class GradeShape(Shape):
    """A judgement in numbers and the words that anchor it."""

    value: Score
    anchor: Text


class AffectedShape(Shape):
    """Who notices, and how: a text for each group."""

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

    places: Names
    reason: Text | None = None


class DecisionShape(Shape):
    """The decision."""

    place: Place
    date: Date
    reason: Text | None = None


class MustHaveShape(Shape):
    """A threshold. Its limits are read by `meaning`, as what they can be depends on the indicator."""

    indicator: str
    min: Limit = None
    max: Limit = None


class MovedFromShape(Shape):
    """Where jobs leave."""

    place: Place
    jobs: Range = None


class LogShape(Shape):
    """An entry of the weight log. `weights` is read with the other weights."""

    role: Text
    date: Date
    weights: Any
    reason: Text | None = None
    scores_seen: Truth | None = None


class WindowShape(Shape):
    """The first and last day of the window."""

    from_: Annotated[Date, Field(alias="from")]
    to: Date


class CoversShape(Shape):
    """What the ledger declares that it covers: a period, places (all where none are named), agencies."""

    from_: Annotated[Date, Field(alias="from")]
    to: Date
    places: Names = []
    agencies: Texts = []


class StaffShape(Shape):
    """Those who hold the posts today."""

    current: Range = None
    follow_share: ShareRange = None


class CostsShape(Shape):
    """Cost figures of the case."""

    one_off_per_job: Range = None
    area_per_employee: Range = None
    rent_per_m2: Range = None
    double_staffing_years: Range = None
    price_year: Year | None = None
    source: Text | None = None


class AssumptionsShape(Shape):
    """What the case takes for granted in place of what is assumed otherwise; each by its id."""

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


class ParsedFields(SimpleNamespace):
    """The fields of a `CaseShape` that had the right shape.

    A required field that is missing or wrong is None, and so is an item of a list that is
    wrong, so that positions stay those of the file.
    """


def parse_case(desk: ParseContext) -> ParsedFields:
    """Every field that has the right shape; the others are noted as faults and left empty."""
    data = desk.located.data
    values: dict[str, Any] = {}
    for name, field in CaseShape.model_fields.items():
        if name not in data:
            values[name] = None if field.is_required() else field.get_default()
            if field.is_required():
                desk.fault("missing_field", (), field=name)
        elif data[name] is None:  # its name, and nothing behind it
            values[name] = _without(name)
            if field.is_required():
                desk.fault("missing_field", (name,), field=name)
        elif name in _BY_ITEM and isinstance(data[name], list):
            values[name] = [
                check(_BY_ITEM[name], item, desk, (name, at)) for at, item in enumerate(data[name])
            ]
        else:
            taken = check(_kind_of(name), data[name], desk, (name,))
            values[name] = _without(name) if taken is None else taken
    for name in data:
        if name not in CaseShape.model_fields:
            desk.unknown_name("unknown_field", name, CaseShape.model_fields, (name,))
    return ParsedFields(**values)


def check(kind: Any, value: Any, desk: ParseContext, steps: Steps) -> Any:
    """`value` as `kind`, or None with a fault for everything that is wrong with it."""
    try:
        return _adapter(kind).validate_python(value, context={BY_PROGRAM: desk.by_program})
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            _note(problem, desk, steps)
        return None


def _without(name: str) -> Any:
    """What an optional field is when the file says null, or something that is wrong."""
    field = CaseShape.model_fields[name]
    return None if field.is_required() else field.get_default()


def _note(problem: Any, desk: ParseContext, steps: Steps) -> None:
    """One problem that pydantic found, in our own words."""
    found = (*steps, *(step for step in problem["loc"] if step != "[key]"))
    kind, values = problem["type"], problem.get("ctx", {})
    if kind == "missing":
        desk.fault("missing_field", found[:-1], field=str(found[-1]))
    elif kind == "extra_forbidden":
        desk.unknown_name("unknown_field", str(found[-1]), _fields_near(desk, found), found)
    elif kind == "literal_error":
        choices = str(values["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        desk.unknown_name("unknown_choice", shown(problem["input"]), choices, found)
    elif "key" in values:
        told = {name: value for name, value in values.items() if name != "key"}
        desk.noted(kind, found, **told)
    else:
        desk.fault(_OURS.get(kind, "wrong_kind"), found, given=shown(problem["input"]), **_limits(values))


_OURS = {
    "greater_than_equal": "out_of_bounds",
    "less_than_equal": "out_of_bounds",
    "list_type": "not_a_list",
    "too_long": "too_long_list",
    "model_type": "not_a_group",
    "model_attributes_type": "not_a_group",
    "dict_type": "not_a_group",
}


def _limits(values: dict[str, Any]) -> dict[str, Any]:
    limit = values.get("ge", values.get("le", values.get("max_length", 0)))
    return {"limit": limit}


def _fields_near(desk: ParseContext, steps: Steps) -> list[str]:
    """The names a field could have had, found by the group it stands in."""
    group = _GROUPS.get(str(steps[0])) if steps else None
    names = group.model_fields if group else {}
    if steps and steps[0] in ("alternatives", "unit") and len(steps) > 3:
        names = OfficeShape.model_fields if steps[0] == "alternatives" else JobShape.model_fields
        names = GradeShape.model_fields if "grades" in steps else names
        names = AffectedShape.model_fields if "affected" in steps else names
    return [field.alias or name for name, field in names.items()]


_GROUPS: dict[str, type[Shape]] = {
    "unit": UnitShape,
    "affected": AffectedShape,
    "alternatives": AlternativeShape,
    "largest_cities": CityListShape,
    "oslo_area": CityListShape,
    "decision": DecisionShape,
    "must_have": MustHaveShape,
    "weight_log": LogShape,
    "moved_from": MovedFromShape,
    "window": WindowShape,
    "ledger_covers": CoversShape,
    "staff": StaffShape,
    "costs": CostsShape,
    "assumptions": AssumptionsShape,
    "indicators": IndicatorShape,
}


@cache
def _kind_of(name: str) -> Any:
    field = CaseShape.model_fields[name]
    return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
