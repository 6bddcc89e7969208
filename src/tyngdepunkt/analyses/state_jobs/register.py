"""The ledger as a register that people keep from the command line."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field

from tyngdepunkt import texts
from tyngdepunkt.analyses.registers import (
    Context,
    Options,
    RecordsRead,
    RegisterCommand,
    Verb,
    VerbAnswer,
    span,
)
from tyngdepunkt.analyses.state_jobs.effect import Effect, effects, years_before
from tyngdepunkt.analyses.state_jobs.import_file import LedgerFile, read_file
from tyngdepunkt.analyses.state_jobs.initial_data import decision_rows
from tyngdepunkt.analyses.state_jobs.store import LEDGER, change_of
from tyngdepunkt.analyses.state_jobs.today import code_today, events_today, name_today
from tyngdepunkt.errors import Fault, UserError

if TYPE_CHECKING:
    from tyngdepunkt.analyses.state_jobs.events import LedgerEvent
    from tyngdepunkt.places import Municipality, Places
    from tyngdepunkt.workspace.register import Booked

ROOM = LEDGER.room
_LONGEST_SOURCE = 60  # of a source in the list; the JSON has it whole
Period = tuple[dt.date, dt.date]


class ImportOptions(Options):
    """What may be said of a file, or instead of one."""

    kind: str | None = None
    decisions: bool = False


class ListOptions(Options):
    """By what the list is narrowed."""

    place: str | None = None


class EffectOptions(Options):
    """Where and when events are added up."""

    place: str | None = None
    window: int | None = Field(None, ge=1, le=100)


class EventView:
    """Events in the municipalities of the figures in use."""

    def __init__(self, events: Sequence[LedgerEvent], places: Places) -> None:
        self._names = {each.municipality: name_today(each, places) for each in events}

    def as_json(self, event: LedgerEvent) -> dict[str, Any]:
        """Its kind, agencies, place, jobs, period and source."""
        return {
            "kind": str(event.kind),
            "agencies": list(event.agencies),
            "municipality": event.municipality,
            "name": self._names[event.municipality],
            "place": event.place,
            "jobs": [event.low, event.high],
            "change": list(event.change),
            "period": [event.start.isoformat(), event.end.isoformat()],
            "source": event.source,
        }

    def cells(self, event: LedgerEvent, lang: str) -> Sequence[str]:
        """The same in words, the source cut."""
        return (
            "–".join(dict.fromkeys((event.start.isoformat(), event.end.isoformat()))),
            self._names[event.municipality],
            texts.text(f"{ROOM}:kinds.{event.kind}", lang),
            span(event.change, lang),
            ", ".join(event.agencies),
            event.source[:_LONGEST_SOURCE],
        )


def _read(file: Path | None, options: ImportOptions, context: Context) -> RecordsRead[LedgerEvent]:
    """The events of a file, or the decisions of the snapshot."""
    if options.decisions and file is None:
        rows, sha256 = decision_rows(context.places)
        read, name = LedgerFile(tuple(rows)), texts.text(f"{ROOM}:decisions", context.lang)
    elif file is None or options.decisions:
        raise UserError(Fault(f"{ROOM}:file_or_decisions"))
    else:
        read, name = read_file(file, context.places, options.kind), file.name
        sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    named = [(row.where, row.event) for row in read.rows]
    return RecordsRead(named, name, sha256, read.notices, read.ignored)


def _asked(place: str | None, context: Context) -> Municipality | None:
    """The municipality asked for; that a name was taken to another is said beside the answer."""
    if not place:
        return None
    found = context.places.resolve(place)
    if found.notice:
        context.warn(texts.text(found.notice.key, context.lang, **found.notice.values))
    return found.municipality


def _chosen(options: ListOptions, context: Context) -> Callable[[LedgerEvent], bool]:
    """The events of the municipality asked for, under any number it has had."""
    asked = _asked(options.place, context)
    return lambda event: asked is None or code_today(event.municipality, context.places) == asked.code


def _effect(booked: Sequence[Booked[LedgerEvent]], options: EffectOptions, context: Context) -> VerbAnswer:
    """What the events add up to."""
    today = dt.date.today()  # noqa: DTZ011 - the day on the wall
    period = (years_before(today, options.window), today) if options.window else None
    events = events_today((each.record for each in booked), context.places)
    found = effects(events, context.places, period)
    asked = _asked(options.place, context)
    if asked:
        ids = {"municipality": asked.code, "region": str(asked.region)}
        found = tuple(each for each in found if each.id == ids[each.level])
    content = {
        "window": [day.isoformat() for day in period] if period else None,
        "effects": [_effect_json(each) for each in found],
    }
    if not events:
        return VerbAnswer(content, [REGISTER.say("empty", context.lang)])
    if found:
        return VerbAnswer(content, _effect_parts(found, period, context.lang))
    nothing = "nothing_here" if options.place else "nothing_then"
    return VerbAnswer(content, [REGISTER.say(nothing, context.lang, place=options.place)])


def _effect_json(effect: Effect) -> dict[str, Any]:
    return {
        "level": effect.level,
        "id": effect.id,
        "name": effect.name,
        "change": list(effect.before),
        "events": effect.events,
        "losing": list(effect.losing),
        "warning": effect.warning,
    }


def _effect_parts(found: Sequence[Effect], period: Period | None, lang: str) -> list[str | list[list[str]]]:
    """When, a table for each level, and where several agencies take jobs away."""
    say = REGISTER.say
    when = say("window", lang, start=period[0], end=period[1]) if period else say("all_time", lang)
    parts: list[str | list[list[str]]] = [when]
    for level in ("municipality", "region"):
        head = [say(f"head.{name}", lang) for name in (level, "change", "events")]
        rows = [
            [each.name, span(each.before, lang), str(each.events)] for each in found if each.level == level
        ]
        parts += ["", [head, *rows]]
    warned = (each for each in found if each.warning)
    return [*parts, *("! " + say("warning", lang, name=each.name, agencies=each.losing) for each in warned)]


REGISTER = RegisterCommand(
    LEDGER,
    records="events",
    read=_read,
    view=EventView,
    columns=("period", "place", "kind", "jobs", "agency", "source"),
    needs_file=False,
    import_options=ImportOptions,
    list_options=ListOptions,
    chosen=_chosen,
    sums=lambda events: {"change": change_of(events)},
    verbs=(Verb("effect", EffectOptions, _effect),),
)
