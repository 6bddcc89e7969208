"""What the fields of a case mean: which places, which rules, which figures they refer to.

Each function takes the checked shape and the context, notes what is wrong, and returns a part
of the case. Where a field is missing or wrong it returns what an empty field would give, so
that the rest of the file can still be judged.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from tyngdepunkt.analyses.location.input.case_schema import JobShape
from tyngdepunkt.analyses.location.input.model import (
    DEFAULT_WINDOW_YEARS,
    Alternative,
    Costs,
    Covers,
    Decision,
    Job,
    MovedFrom,
    MustHave,
    Span,
    Staff,
    Unit,
    WeightLogEntry,
)
from tyngdepunkt.analyses.location.input.weights import read_weights
from tyngdepunkt.analyses.state_jobs.effect import years_before
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.indicators.prices import index
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.checked import check
from tyngdepunkt.inputs.field_types import no_empty_number, span
from tyngdepunkt.inputs.indicator_limits import limit
from tyngdepunkt.inputs.numbers import is_unknown
from tyngdepunkt.inputs.occupations import occupation_names
from tyngdepunkt.inputs.parse_context import ParseContext
from tyngdepunkt.inputs.reading import Steps
from tyngdepunkt.inputs.text import is_blank
from tyngdepunkt.rules.case_facts import CityList

if TYPE_CHECKING:
    from tyngdepunkt.inputs.checked import ParsedFields
    from tyngdepunkt.rules import RuleSet

MOST_JOBS = 200  # different occupations in one unit


def rules_of(shape: ParsedFields, ctx: ParseContext) -> RuleSet | None:
    """The rule set the case names, else the one in force on its date."""
    from tyngdepunkt import rules

    if shape.guidelines is not None:
        return _asked(ctx, ("guidelines",), lambda: rules.rule_set(shape.guidelines))
    if shape.date is None:
        return None
    return _asked(ctx, ("date",), lambda: rules.rule_set_on(shape.date))


def consideration_ids(rule_set: RuleSet | None) -> tuple[str, ...]:
    """The considerations weights can be about; where no rule set could be found, those of all.

    The second is only so that weights can be checked beside a date that is wrong.
    """
    from tyngdepunkt import rules

    sets = [rule_set] if rule_set else [rules.rule_set(version) for version in rules.versions()]
    return tuple(dict.fromkeys(each.id for found in sets for each in found.considerations))


def compare_parts(alternatives: Sequence[Alternative], unit: Unit, ctx: ParseContext) -> None:
    """The parts of a split unit have as many jobs as the unit, where both are known."""
    for alternative in alternatives:
        counted = numbers.total(part.jobs for part in alternative.parts)
        if alternative.kind != "split" or counted is None or unit.total_jobs is None:
            continue
        if not (counted[0] <= unit.total_jobs[1] and unit.total_jobs[0] <= counted[1]):
            values = {"counted": numbers.written(counted), "total": numbers.written(unit.total_jobs)}
            ctx.fault("parts_differ", ("alternatives",), name=alternative.name, **values)


def also_rules(shape: ParsedFields, ctx: ParseContext) -> tuple[str, ...]:
    """Rule sets the case is to be judged by as well."""
    from tyngdepunkt import rules

    named = list(dict.fromkeys(shape.also_guidelines))
    found = [_asked(ctx, ("also_guidelines",), partial(rules.rule_set, name)) for name in named]
    return tuple(each.version for each in found if each is not None)


def _asked(ctx: ParseContext, steps: Steps, ask: Callable[[], RuleSet]) -> RuleSet | None:
    try:
        return ask()
    except UserError as error:
        where = ctx.located.where(steps)
        ctx.faults.extend(Fault(fault.key, fault.values, where) for fault in error.faults)
        return None


def unit_of(shape: ParsedFields, ctx: ParseContext) -> Unit:
    """The unit, its occupations and its number of jobs."""
    if shape.unit is None:
        return Unit("")
    written, total, jobs = shape.unit.jobs, shape.unit.total_jobs, None
    if isinstance(written, list) and not (
        len(written) == 2 and not any(isinstance(e, dict) for e in written)
    ):
        jobs = _jobs(written, ctx)
    elif not is_unknown(written) or (ctx.by_program and isinstance(written, str) and is_blank(written)):
        stated = _plain_total(written, ctx)
        total = total or stated
    counted = numbers.total(job.count for job in jobs or ())
    if total and counted and not (counted[0] <= total[1] and total[0] <= counted[1]):
        ctx.fault(
            "total_differs",
            ("unit", "total_jobs"),
            total=numbers.written(total),
            counted=numbers.written(counted),
        )
    return Unit(shape.unit.name, shape.unit.agency, jobs, total or counted)


def _plain_total(written: Any, ctx: ParseContext) -> Span | None:
    from pydantic_core import PydanticCustomError

    try:
        return span(no_empty_number(written) if ctx.by_program else written)
    except PydanticCustomError as error:
        told = {name: value for name, value in (error.context or {}).items() if name != "key"}
        if error.type == "inputs:not_a_number_or_range":
            ctx.fault("jobs_kind", ("unit", "jobs"), **told)
        else:
            ctx.fault(error.type, ("unit", "jobs"), **told)
        return None


def _jobs(written: list[Any], ctx: ParseContext) -> tuple[Job, ...] | None:
    if len(written) > MOST_JOBS:
        ctx.fault("too_long_list", ("unit", "jobs"), given=len(written), limit=MOST_JOBS)
        return None
    known = occupation_names(ctx.places)
    found: dict[str, Job] = {}
    for at, item in enumerate(written):
        steps = ("unit", "jobs", at)
        shape = check(JobShape, item, ctx, steps)
        if shape is None:
            continue
        if known and shape.occupation not in known:
            near = [
                f"{code} {name}" for code, name in sorted(known.items()) if code[:3] == shape.occupation[:3]
            ]
            fault = "unknown_occupation_near" if near else "unknown_occupation"
            ctx.fault(fault, steps, code=shape.occupation, near=near)
        elif shape.occupation in found:
            ctx.fault("occupation_twice", steps, code=shape.occupation, name=known.get(shape.occupation, ""))
        found[shape.occupation] = Job(shape.occupation, shape.count)
    return tuple(found.values())


def cities_of(shape: ParsedFields, name: str, ctx: ParseContext) -> CityList | None:
    """A list of cities as numbers, with the reason (empty where the case gives none)."""
    written = getattr(shape, name)
    if written is None:
        return None
    steps: Steps = (name,) if isinstance(ctx.located.data[name], list) else (name, "places")
    return CityList(ctx.places_of(written.places, steps), written.reason or "")


def decision_of(shape: ParsedFields, ctx: ParseContext) -> Decision | None:
    """The decision, its place resolved."""
    written = shape.decision
    if written is None:
        if ctx.located.data.get("decision") is not None:
            ctx.place_in_faulty(("decision",))
        return None
    if shape.date is not None and written.date < shape.date:
        ctx.notice("decided_before_case", decided=written.date, date=shape.date)
    code = ctx.place(written.place, ("decision", "place"))
    return Decision(code, written.date, written.reason or "") if code else None


def moved_from(shape: ParsedFields, ctx: ParseContext) -> tuple[MovedFrom, ...]:
    """Where jobs leave; the same place twice is a fault."""
    found: dict[str, MovedFrom] = {}
    for at, item in enumerate(shape.moved_from):
        if item is None:
            ctx.place_in_faulty(("moved_from", at))
        code = ctx.place(item.place, ("moved_from", at)) if item is not None else None
        if code is None:
            continue
        if code in found:
            ctx.fault(
                "place_twice", ("moved_from", at), place=ctx.name_of(code), first=_first(ctx, found, code)
            )
        found.setdefault(code, MovedFrom(code, item.jobs))
    return tuple(found.values())


def _first(ctx: ParseContext, found: dict[str, MovedFrom], code: str) -> int | None:
    return ctx.located.line(("moved_from", list(found).index(code)))


def must_haves(shape: ParsedFields, known: Sequence[str], ctx: ParseContext) -> tuple[MustHave, ...]:
    """Thresholds on indicators that exist, with a limit that can be met."""
    found = []
    for at, item in enumerate(shape.must_have):
        if item is None:
            continue
        steps = ("must_have", at)
        if item.indicator not in known:
            ctx.unknown_name("unknown_indicator", item.indicator, known, steps)
        before = len(list(ctx.faults))
        reader = partial(_limit, indicator=item.indicator, ctx=ctx)
        low = ctx.read(reader, item.min, (*steps, "min"))
        high = ctx.read(reader, item.max, (*steps, "max"))
        if len(list(ctx.faults)) > before:
            continue
        if low is None and high is None:
            ctx.fault("must_have_limit", steps, indicator=item.indicator)
        elif low is not None and high is not None and low > high:
            ends = {"low": numbers.written(low), "high": numbers.written(high)}
            ctx.fault("inputs:turned_numbers", steps, **ends)
        found.append(MustHave(item.indicator, low, high))
    return tuple(found)


def _limit(written: Any, indicator: str, ctx: ParseContext) -> float | None:
    if ctx.by_program and isinstance(written, str) and is_blank(written):
        raise UserError(Fault("inputs:not_a_number", {"given": ""}))
    return limit(written, indicator)


def explanations(shape: ParsedFields, ctx: ParseContext) -> dict[str, str]:
    """Reasons given for rules that are not met; the rule has to exist in some rule set."""
    from tyngdepunkt import rules

    written = ctx.located.data.get("explanations")
    if not isinstance(written, dict):
        return {}
    known = {rule.id for version in rules.versions() for rule in rules.rule_set(version).rules}
    ordered = sorted(known, key=lambda rule: int(rule[1:]))
    for name in written:  # also where a reason is wrong: both are said at once
        if name not in known:
            ctx.unknown_name("unknown_rule", name, ordered, ("explanations", name))
    return dict(shape.explanations)


def weight_log(shape: ParsedFields, ids: Sequence[str], ctx: ParseContext) -> tuple[WeightLogEntry, ...]:
    """The log of weights, in the order of the file."""
    return tuple(
        WeightLogEntry(
            item.role,
            item.date,
            read_weights(item.weights, ids, ctx, ("weight_log", at, "weights")),
            item.reason or "",
            item.scores_seen,
        )
        for at, item in enumerate(shape.weight_log)
        if item is not None
    )


def window_of(shape: ParsedFields, ctx: ParseContext) -> tuple[tuple[dt.date, dt.date], bool]:
    """First and last day the ledger is summed over, and whether the case states them."""
    end = shape.date or dt.date(2000, 1, 1)  # a missing date has been noted already
    if shape.window is not None and shape.window_years is not None:
        ctx.fault("two_windows", ("window",))
    if shape.window is not None:
        if shape.window.from_ > shape.window.to:
            ctx.fault("turned_window", ("window",), start=shape.window.from_, end=shape.window.to)
        return (shape.window.from_, shape.window.to), True
    years = shape.window_years or DEFAULT_WINDOW_YEARS
    return (years_before(end, years), end), shape.window_years is not None


def covers_of(shape: ParsedFields, ctx: ParseContext) -> Covers | None:
    """What the ledger declares that it covers."""
    written = shape.ledger_covers
    if written is None:
        return None
    if written.from_ > written.to:
        ctx.fault("turned_window", ("ledger_covers",), start=written.from_, end=written.to)
    places = ctx.places_of(written.places, ("ledger_covers", "places"))
    return Covers(written.from_, written.to, places, tuple(written.agencies))


def staff_of(shape: ParsedFields) -> Staff:
    """Those who hold the posts today, and the share that follows."""
    return Staff() if shape.staff is None else Staff(shape.staff.current, shape.staff.follow_share)


def assumptions_of(shape: ParsedFields) -> dict[str, Span]:
    """The assumptions the case sets itself, by id."""
    written = {} if shape.assumptions is None else shape.assumptions.model_dump()
    return {name: span for name, span in written.items() if span is not None}


def costs_of(shape: ParsedFields, ctx: ParseContext) -> Costs:
    """Cost figures of the case, and the year whose kroner they are in."""
    written = shape.costs
    if written is None:
        return Costs()
    known = index()
    if written.price_year is not None and written.price_year not in known:
        years = {"first": str(min(known)), "last": str(max(known))}
        ctx.fault("no_price_year", ("costs", "price_year"), given=str(written.price_year), **years)
    return Costs(
        written.one_off_per_job,
        written.area_per_employee,
        written.rent_per_m2,
        written.double_staffing_years,
        written.source or "",
        written.price_year,
    )
