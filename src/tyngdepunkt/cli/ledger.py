"""`tyngdepunkt ledger import | list | effect | undo`: state jobs that came and went."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import cyclopts

from tyngdepunkt import settings, texts
from tyngdepunkt.cli._numbers import Whole, reader
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs import told as notices

if TYPE_CHECKING:
    from tyngdepunkt.analyses.state_jobs.effect import Effect
    from tyngdepunkt.analyses.state_jobs.events import LedgerEvent
    from tyngdepunkt.analyses.state_jobs.import_file import LedgerFile
    from tyngdepunkt.analyses.state_jobs.store import ImportSummary
    from tyngdepunkt.places import Municipality, Places
    from tyngdepunkt.workspace.register import Booked

app = cyclopts.App(name="ledger", help_format="plaintext")
ROOM = "analyses.state_jobs"
LONGEST_WHO = 200
Lang = Literal["nb", "nn", "en"]
Flag = Annotated[bool, cyclopts.Parameter(negative="")]
Json = Annotated[bool, cyclopts.Parameter(name="--json", negative="")]


@app.command(name="import")
def import_file(
    file: Path | None = None,
    *,
    dry_run: Flag = False,
    kind: str | None = None,
    decisions: Flag = False,
    by: str = "",
    as_json: Json = False,
    lang: Lang | None = None,
) -> None:
    """Read events from a file (CSV, XLSX, YAML, JSON) into the ledger: all of them, or none.

    Args:
        file: the file.
        dry_run: only say what would be booked.
        kind: what happened in every row, where the file does not say (established, moved_in, moved_out,
            closed).
        decisions: take the location decisions 2005-2016 of the snapshot instead of a file.
        by: who books them, as a role or an office; no name of a person is needed.
        as_json: print one JSON document.
        lang: language of the messages.
    """
    from tyngdepunkt.analyses.state_jobs.store import Ledger
    from tyngdepunkt.places import open_places

    wanted = lang or settings.language()
    with open_places() as places:
        read, name, sha256 = _source(file, decisions, kind, (places, wanted))
    with Ledger() as ledger:
        summary = ledger.add(read.rows, name, sha256, booked_by=_who(by), dry_run=dry_run)
    if as_json:
        found: dict[str, Any] = {"dry_run": dry_run, "import_id": summary.import_id}
        found |= {"events": summary.events, "change": [summary.low, summary.high]}
        found |= {"ignored_columns": list(read.ignored)}
        told = [{**notices.as_json(each), "text": notices.told(each, wanted)} for each in read.notices]
        _print_json({**found, "notices": told})
        return
    _show_import(summary, read, wanted)


@app.command(name="list")
def list_events(*, place: str | None = None, as_json: Json = False, lang: Lang | None = None) -> None:
    """Show the events that hold.

    Args:
        place: only those in this municipality.
        as_json: print one JSON document.
        lang: language of the messages.
    """
    from tyngdepunkt.analyses.state_jobs.store import Ledger
    from tyngdepunkt.analyses.state_jobs.today import code_today, name_today
    from tyngdepunkt.places import open_places

    wanted = lang or settings.language()
    with open_places() as places:
        asked = _asked(place, places, wanted)
        code = asked.code if asked else None
        with Ledger() as ledger:
            booked = [
                each
                for each in ledger.booked()
                if code in (None, code_today(each.record.municipality, places))
            ]
        names = {each.record.municipality: name_today(each.record, places) for each in booked}
    if as_json:
        _print_json({"events": [_event_json(each, names) for each in booked]})
    elif not booked:
        print(_say("nothing_here", wanted, place=place) if place else _say("empty", wanted))
    else:
        _table(_list_rows(booked, names, wanted))


def _asked(place: str | None, places: Places, lang: str) -> Municipality | None:
    """The municipality asked for; that a name was taken to another is said beside the answer."""
    if not place:
        return None
    found = places.resolve(place)
    if found.notice:
        print(texts.text(found.notice.key, lang, **found.notice.values), file=sys.stderr)
    return found.municipality


@app.command
def effect(
    *,
    place: str | None = None,
    window: Annotated[
        int | None,
        cyclopts.Parameter(converter=reader("whole"), validator=cyclopts.validators.Number(gte=1, lte=100)),
    ] = None,
    as_json: Json = False,
    lang: Lang | None = None,
) -> None:
    """Add the events up, per municipality and per labour-market region.

    Args:
        place: only this municipality and its region.
        window: only the last so many years.
        as_json: print one JSON document.
        lang: language of the messages.
    """
    from tyngdepunkt.analyses.state_jobs.effect import effects, years_before
    from tyngdepunkt.analyses.state_jobs.store import Ledger
    from tyngdepunkt.analyses.state_jobs.today import events_today
    from tyngdepunkt.places import open_places

    wanted = lang or settings.language()
    today = dt.date.today()  # noqa: DTZ011 - the day on the wall
    period = (years_before(today, window), today) if window else None
    with open_places() as places, Ledger() as ledger:
        events = events_today((each.record for each in ledger.booked()), places)
        found = effects(events, places, period)
        asked = _asked(place, places, wanted)
        if asked:
            found = tuple(
                each
                for each in found
                if each.id == (asked.code if each.level == "municipality" else str(asked.region))
            )
    if as_json:
        _print_json(_effects_json(found, period))
    elif not events:
        print(_say("empty", wanted))
    elif not found:
        print(_say("nothing_here", wanted, place=place) if place else _say("nothing_then", wanted))
    else:
        _show_effects(found, period, wanted)


@app.command
def undo(import_id: Whole, *, as_json: Json = False, lang: Lang | None = None) -> None:
    """Reverse an import: every event gets a counter-entry, and none is removed.

    Args:
        import_id: the number of the import.
        as_json: print one JSON document.
        lang: language of the messages.
    """
    from tyngdepunkt.analyses.state_jobs.store import Ledger

    with Ledger() as ledger:
        count = ledger.undo(import_id)
    if as_json:
        _print_json({"undone": import_id, "events": count})
        return
    print(_say("undone", lang or settings.language(), id=import_id, events=count))


def _source(
    file: Path | None, decisions: bool, kind: str | None, around: tuple[Places, str]
) -> tuple[LedgerFile, str, str]:
    """What is to be booked, its name and its checksum."""
    from tyngdepunkt.analyses.state_jobs.import_file import LedgerFile, read_file

    places, lang = around
    if decisions and file is None:
        from tyngdepunkt.analyses.state_jobs.initial_data import decision_rows

        rows, sha256 = decision_rows(places)
        return LedgerFile(tuple(rows)), texts.text(f"{ROOM}:decisions", lang), sha256
    if file is None or decisions:
        raise UserError(Fault(f"{ROOM}:file_or_decisions"))
    return read_file(file, places, kind), file.name, hashlib.sha256(file.read_bytes()).hexdigest()


def _say(name: str, lang: str, /, **values: Any) -> str:
    return texts.text(f"{ROOM}:view.{name}", lang, **values)


def _who(written: str) -> str:
    """Who books, in one line.

    Raises:
        UserError: it is longer than the ledger keeps.
    """
    who = " ".join(written.split())
    if len(who) > LONGEST_WHO:
        raise UserError(Fault(f"{ROOM}:who_too_long", {"most": LONGEST_WHO, "count": len(who)}, "--by"))
    return who


def _show_import(summary: ImportSummary, read: LedgerFile, lang: str) -> None:
    values = {
        "events": summary.events,
        "id": summary.import_id,
        "change": _span((summary.low, summary.high), lang),
    }
    print(_say("would_import" if summary.import_id is None else "imported", lang, **values))
    if read.ignored:
        print(_say("ignored", lang, columns=read.ignored))
    for each in read.notices:
        print(notices.told(each, lang))


def _event_json(each: Booked[LedgerEvent], names: dict[str, str]) -> dict[str, Any]:
    event = each.record
    return {
        "import_id": each.import_id,
        "kind": str(event.kind),
        "agencies": list(event.agencies),
        "municipality": event.municipality,
        "name": names[event.municipality],
        "place": event.place,
        "jobs": [event.low, event.high],
        "change": list(event.change),
        "period": [event.start.isoformat(), event.end.isoformat()],
        "source": event.source,
        "position": each.position,
        "file": each.file_name,
        "imported_at": each.imported_at.isoformat(),
        "booked_by": each.booked_by or None,
    }


def _list_rows(booked: Sequence[Booked[LedgerEvent]], names: dict[str, str], lang: str) -> list[list[str]]:
    named = any(each.booked_by for each in booked)
    heads = ("import", "period", "place", "kind", "jobs", "agency", "source", *(["by"] if named else []))
    rows = [[_say(f"head.{name}", lang) for name in heads]]
    for each in booked:
        event = each.record
        period = dict.fromkeys((event.start.isoformat(), event.end.isoformat()))
        kind = texts.text(f"{ROOM}:kinds.{event.kind}", lang)
        agencies = ", ".join(event.agencies)
        row = [str(each.import_id), "–".join(period), names[event.municipality], kind]
        last = [each.booked_by] if named else []
        rows.append([*row, _span(event.change, lang), agencies, event.source[:60], *last])
    return rows


def _effects_json(found: Sequence[Effect], period: tuple[dt.date, dt.date] | None) -> dict[str, Any]:
    rows = [
        {
            "level": each.level,
            "id": each.id,
            "name": each.name,
            "change": list(each.before),
            "events": each.events,
            "losing": list(each.losing),
            "warning": each.warning,
        }
        for each in found
    ]
    return {"window": [day.isoformat() for day in period] if period else None, "effects": rows}


def _show_effects(found: Sequence[Effect], period: tuple[dt.date, dt.date] | None, lang: str) -> None:
    print(_say("window", lang, start=period[0], end=period[1]) if period else _say("all_time", lang))
    for level in ("municipality", "region"):
        rows = [
            [each.name, _span(each.before, lang), str(each.events)] for each in found if each.level == level
        ]
        head = [_say(f"head.{name}", lang) for name in (level, "change", "events")]
        print()
        _table([head, *rows])
    for each in found:
        if each.warning:
            print("! " + _say("warning", lang, name=each.name, agencies=each.losing))


def _span(bounds: tuple[float, float], lang: str) -> str:
    low, high = bounds
    ends = [texts.number(end, 0 if end == int(end) else 1, lang, sign=True) for end in bounds]
    return ends[0] if low == high else " … ".join(ends)


def _table(rows: list[list[str]]) -> None:
    """Columns as wide as their widest cell."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _print_json(content: dict[str, Any]) -> None:
    json.dump(content, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
