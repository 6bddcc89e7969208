"""From a file to a `LocationCase`, with all faults of the file at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tyngdepunkt import settings
from tyngdepunkt.analyses.location.input import ROOM
from tyngdepunkt.analyses.location.input.model import OFFICE_TRIGGERS, Answers, LocationCase, Sender, Span
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs.numbers import is_number
from tyngdepunkt.inputs.parse_context import ParseContext
from tyngdepunkt.inputs.reading import Located, located, parse_mapping, read_mapping
from tyngdepunkt.inputs.text import shown
from tyngdepunkt.rules.case_facts import Trigger

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.input.alternatives import Around
    from tyngdepunkt.analyses.state_jobs.events import LedgerEvent, Row
    from tyngdepunkt.analyses.state_jobs.import_file import LedgerFile
    from tyngdepunkt.inputs.checked import ParsedFields
    from tyngdepunkt.places import Places
    from tyngdepunkt.rules import RuleSet


def read_case(path: str | Path, places: Places, lang: str | None = None) -> LocationCase:
    """Read a case file.

    Args:
        path: YAML or JSON, at most 1 MB.
        places: the store that resolves the places.
        lang: language of the names the program gives to alternatives; else that of the
            case, else the setting.

    Raises:
        UserError: everything that is wrong with the file, each fault with its line.
    """
    return _build(read_mapping(path), places, lang)


def case_from_text(
    text: str,
    places: Places,
    path: str | Path | None = None,
    *,
    by_program: bool = False,
    lang: str | None = None,
) -> LocationCase:
    """As `read_case`, for text that is not (yet) a file.

    `path` is where it would stand, with its ledger beside it. Without, the text comes from
    elsewhere, and no file of this machine is opened for it. What a program has written
    (`by_program`) is held to the schema: no habits of people are read into it.
    """
    written = parse_mapping(text, Path("case.yaml" if path is None else path))
    return _build(written, places, lang, beside=path is not None, by_program=by_program)


def case_from_content(content: Mapping[str, Any], places: Places) -> LocationCase:
    """As `case_from_text`, for the fields of a draft: nothing is written out and parsed again."""
    return _build(located(content, Path("case.yaml")), places, None, beside=False)


def _build(
    written: Located,
    places: Places,
    lang: str | None,
    *,
    beside: bool = True,
    by_program: bool = False,
) -> LocationCase:
    from tyngdepunkt.analyses.location.input.case_schema import parse_case

    ctx = ParseContext(written, ROOM, places, _language(written, lang), beside=beside, by_program=by_program)
    shape = parse_case(ctx)
    case = _case(shape, ctx)
    if ctx.faults:
        raise UserError(*sorted(ctx.faults, key=_line_of))
    assert case is not None  # noqa: S101 - without a trigger, date or rule set there is a fault
    return case


def _language(written: Located, lang: str | None) -> str:
    stated = written.data.get("lang")
    return lang or (stated if stated in settings.LANGUAGES else settings.language())


def _case(shape: ParsedFields, ctx: ParseContext) -> LocationCase | None:
    from tyngdepunkt.analyses.location.input import resolve
    from tyngdepunkt.analyses.location.input.alternatives import read_alternatives
    from tyngdepunkt.analyses.location.input.indicator_overrides import indicator_choices
    from tyngdepunkt.analyses.location.input.weights import read_weights

    rule_set = resolve.rules_of(shape, ctx)
    ids = resolve.consideration_ids(rule_set)
    indicators = _measured(rule_set)
    unit = resolve.unit_of(shape, ctx)
    structure = ctx.places_of(shape.regional_structure, ("regional_structure",))
    leaving = resolve.moved_from(shape, ctx)
    around = _around(shape, structure, {each.code: each.jobs for each in leaving}, (*ids, *indicators))
    alternatives, auto = read_alternatives(shape.alternatives, ctx, around)
    resolve.compare_parts(alternatives, unit, ctx)
    window, window_stated = resolve.window_of(shape, ctx)
    parts = {
        "weights": read_weights(shape.weights, ids, ctx, ("weights",)),
        "weight_log": resolve.weight_log(shape, ids, ctx),
        "largest_cities": resolve.cities_of(shape, "largest_cities", ctx),
        "oslo_area": resolve.cities_of(shape, "oslo_area", ctx),
        "decision": resolve.decision_of(shape, ctx),
        "explanations": resolve.explanations(shape, ctx),
        "must_have": resolve.must_haves(shape, indicators, ctx),
        "sites": ctx.places_of(shape.sites, ("sites",)),
        "ledger_covers": resolve.covers_of(shape, ctx),
        "ledger": _ledger(shape, ctx),
        "indicators": indicator_choices(shape, indicators, ctx),
        "also_guidelines": resolve.also_rules(shape, ctx),
        "staff": resolve.staff_of(shape),
        "costs": resolve.costs_of(shape, ctx),
        "assumptions": resolve.assumptions_of(shape),
    }
    if ctx.faults or rule_set is None:
        return None
    return LocationCase(
        title=shape.title,
        date=shape.date,
        trigger=Trigger(shape.trigger),
        unit=unit,
        rules_version=rule_set.version,
        alternatives=alternatives,
        window=window,
        auto=auto,
        guidelines=shape.guidelines,
        notified=dict(shape.notified),
        informed=dict(shape.informed),
        regional_structure=structure,
        moved_from=leaving,
        window_stated=window_stated,
        ledger_file=shape.ledger if isinstance(shape.ledger, str) else "",
        access_consequences=shape.access_consequences or "",
        jobs_consequences=shape.jobs_consequences or "",
        conflicts_handled=shape.conflicts_handled or "",
        answers=_answers(shape),
        sources=tuple(shape.sources),
        not_public=shape.not_public,
        sender=Sender(shape.sender or "", shape.department or "", shape.case_number or ""),
        lang=shape.lang,
        stem=_stem(ctx.located.path),
        notices=tuple(ctx.notices),
        **parts,  # type: ignore[arg-type]  # each by its name, typed where it is made
    )


def _measured(rule_set: RuleSet | None) -> tuple[str, ...]:
    """The indicators the rule set has a consideration for: a demand on any other would never be tried."""
    from tyngdepunkt.indicators import all_indicators

    return tuple(
        name
        for name, known in sorted(all_indicators().items())
        if rule_set is None or rule_set.version in known.considerations
    )


def _around(
    shape: ParsedFields,
    structure: tuple[str, ...],
    leaving: dict[str, Span | None],
    gradable: tuple[str, ...],
) -> Around:
    from tyngdepunkt.analyses.location.input.alternatives import Around

    return Around(shape.trigger in OFFICE_TRIGGERS, structure, leaving, gradable)


def _answers(shape: ParsedFields) -> Answers:
    texts = {name: getattr(shape, name) or "" for name in Answers.__dataclass_fields__ if name != "affected"}
    return Answers(affected=shape.affected.written() if shape.affected else {}, **texts)


def _line_of(fault: Fault) -> tuple[bool, int]:
    """Faults are shown from the top of the file; those of another file come last."""
    found = re.match(r"line (\d+)", fault.where)
    return (found is None, int(found[1]) if found else 0)


def _stem(path: Path) -> str:
    """A name for the documents: letters, digits, dash and underscore only."""
    kept = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in path.stem)
    return kept.strip("-") or "case"


def _ledger(shape: ParsedFields, ctx: ParseContext) -> tuple[LedgerEvent, ...] | None:
    """The events written in the case, or in the file it names, relative to it; else those kept here.

    None where there is neither: then nothing is known, which is not the same as no events.
    """
    if shape.ledger is None:
        return _kept(ctx)
    if isinstance(shape.ledger, list):
        return _written(shape.ledger, ctx)
    if not ctx.beside:
        ctx.fault("ledger_elsewhere", ("ledger",), file=Path(shape.ledger).name)
        return ()
    from tyngdepunkt.analyses.state_jobs.import_file import read_file

    file = ctx.located.path.parent / shape.ledger
    try:
        return _of_file(read_file(file, ctx.places), ctx)
    except UserError as error:
        name = Path(shape.ledger).name
        here = ctx.located.where(("ledger",))
        for each in error.faults:
            where = f"{name}, {each.where}" if each.where else here
            ctx.faults.extend([Fault(each.key, each.values, where)])
        return ()


def _of_file(found: LedgerFile, ctx: ParseContext) -> tuple[LedgerEvent, ...]:
    """The events of a file, with what was left out, filled in or hidden in it kept for the reader."""
    from tyngdepunkt.inputs.told import worded

    for notice in found.read:
        ctx.keep(worded(notice, ctx.lang))
    return _events(found.rows, ctx)


def _written(items: list[Any], ctx: ParseContext) -> tuple[LedgerEvent, ...]:
    """The events that stand in the case itself, each fault at its row."""
    from tyngdepunkt.analyses.state_jobs.import_file import rows_of

    where = [ctx.located.where(("ledger", at)) for at in range(len(items))]
    if ctx.by_program:
        _refuse_serials(items, where, ctx)
    try:
        return _events(rows_of(list(zip(where, items, strict=True)), ctx.places), ctx)
    except UserError as error:
        ctx.faults.extend(error.faults)
        return ()


def _refuse_serials(items: list[Any], where: list[str], ctx: ParseContext) -> None:
    """A day of an event is no number in JSON, but for a year."""
    from tyngdepunkt.analyses.state_jobs.import_file import field_of

    for at, item in zip(where, items, strict=True):
        for name, value in item.items():
            days = value if isinstance(value, list) else [value]
            if field_of(str(name)) in ("date", "period", "start", "end"):
                wrong = [day for day in days if is_number(day) and not 1000 <= day <= 9999]
                ctx.faults.extend(Fault("inputs:day_of_program", {"given": shown(day)}, at) for day in wrong)


def _events(rows: Iterable[Row], ctx: ParseContext) -> tuple[LedgerEvent, ...]:
    """The events, with what must be told of their places kept for the reader."""
    found = tuple(rows)
    for row in found:
        if row.notice:
            ctx.keep(row.notice)
    return tuple(row.event for row in found)


def _kept(ctx: ParseContext) -> tuple[LedgerEvent, ...] | None:
    from tyngdepunkt.analyses.state_jobs.current_ledger import kept_events
    from tyngdepunkt.analyses.state_jobs.today import events_today

    try:
        events = events_today(kept_events(), ctx.places)
    except UserError as error:
        ctx.faults.extend(error.faults)
        return None
    if events:
        ctx.notice("kept_ledger", events=len(events))
    return events or None
