"""State jobs that came and went: row by row, or from a file that is shown before it is taken."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from anyio.to_thread import run_sync
from litestar import Request, Response, post
from litestar.params import FromPath

from tyngdepunkt.analyses.state_jobs.events import EventKind, LedgerEvent
from tyngdepunkt.analyses.state_jobs.files import LedgerFile, field_of
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.told import told
from tyngdepunkt.places import Places
from tyngdepunkt.web.pages.case import _asked as asked
from tyngdepunkt.web.pages.case._asked import Ask
from tyngdepunkt.web.pages.case._desk import Around, Changes, Form, Step, day_shown
from tyngdepunkt.web.parts import N_
from tyngdepunkt.web.read import uploaded
from tyngdepunkt.web.read.said import in_file
from tyngdepunkt.web.rendering import Page
from tyngdepunkt.web.sent import clean, parsed, whole
from tyngdepunkt.web.worker import is_busy, workers
from tyngdepunkt.workspace.drafts import Drafts

LARGEST_FILE = 1_000_000
SPARE = 2
TOLD = 100
SHOWN = 10  # rows of a file that are shown before it is taken
NO_FILE = N_("Choose a file first: CSV, XLSX, YAML or JSON, at most 1 MB.")
COLUMNS = ("kind", "agency", "place", "jobs", "date", "source")
KINDS = {
    EventKind.ESTABLISHED: N_("Established here"),
    EventKind.MOVED_IN: N_("Moved in"),
    EventKind.MOVED_OUT: N_("Moved out"),
    EventKind.CLOSED: N_("Closed down"),
}
WINDOW = (
    Ask("window_years", N_("Years before the date of the case that are summed"), "range",
        N_("Ten, where nothing is written.")),
    Ask("window.from", N_("Or a period of its own: first day"), "date",
        N_("Day, month and year, for instance 23.11.2026.")),
    Ask("window.to", N_("Last day"), "date"),
)  # fmt: skip


def _events(content: Mapping[str, Any]) -> list[Any]:
    written = content.get("ledger")
    return written if isinstance(written, list) else []


def _parse(form: Form, around: Around) -> Changes:
    content = around.draft.content
    if form.has("rows"):  # a file that was shown and is now taken
        return {"ledger": [*_events(content), *_rows_shown(form.text("rows"))]}
    changes = asked.parse(WINDOW, form, around)
    rows = zip(form.all("at"), *(form.all(name) for name in COLUMNS), strict=False)
    kept = [row for at, *cells in rows if (row := _row(at, cells, content, form)) is not None]
    if kept or _events(content) or form.has("drop"):
        changes["ledger"] = kept or None
    return changes


def _rows_shown(text: str) -> list[Any]:
    rows = parsed(text)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _row(at: str, cells: list[str], content: Mapping[str, Any], form: Form) -> Any:
    """One event: as it was where it stands as it was shown, None where it is removed or blank."""
    written = _events(content)
    number = whole(at, len(written))
    was = written[number] if number < len(written) else None
    if (at and at in form.all("remove")) or (not at and not any(cells[1:])):
        return None
    if was is not None and [clean(each) for each in _cells(was)] == [clean(each) for each in cells]:
        return was
    found: dict[str, Any] = dict(zip(COLUMNS, cells, strict=True))
    found["jobs"] = numbers.answer(found["jobs"]) if found["jobs"] else ""
    if ";" in found["agency"]:
        found["agency"] = [part.strip() for part in found["agency"].split(";") if part.strip()]
    return {name: value for name, value in found.items() if value != ""}


def _cells(row: Any) -> list[str]:
    """An event as text in the order of the columns, whatever the columns were called in the file."""
    cells = {field_of(str(name)): value for name, value in row.items()} if isinstance(row, dict) else {}
    low, high = cells.get("jobs_low"), cells.get("jobs_high")
    jobs = cells.get("jobs") if low is None else [low, low if high is None else high]
    date = cells.get("date") or cells.get("period")
    if date is None and cells.get("start") is not None:
        date = [each for each in (cells["start"], cells.get("end")) if each is not None]
    agency = cells.get("agency")
    return [
        str(cells.get("kind") or ""),
        "; ".join(map(str, agency)) if isinstance(agency, list) else str(agency or ""),
        str(cells.get("place") or ""),
        numbers.written(jobs),
        "/".join(map(day_shown, date)) if isinstance(date, list) else day_shown(date),
        str(cells.get("source") or ""),
    ]


def _context(around: Around) -> Mapping[str, Any]:
    content, say = around.draft.content, around.page.gettext
    rows = [(str(at), _cells(row)) for at, row in enumerate(_events(content))]
    file = content.get("ledger")
    return {
        **asked.context(WINDOW, around),
        "rows": rows + [("", [""] * len(COLUMNS))] * SPARE,
        "kinds": [(str(kind), say(name)) for kind, name in KINDS.items()],
        "file": file if isinstance(file, str) else "",
        "preview": None,
        "every": "",
        "file_errors": [],
    }


@post("/case/{draft_id:str}/ledger-file")  # under /ledger/ it would hide the page itself from the router
async def upload(
    request: Request[Any, Any, Any], page: Page, places: Places, drafts: Drafts, draft_id: FromPath[str]
) -> Response[Any]:
    """Show what a file would add. Nothing is saved until the person says so.

    `every` is what happened in every row, for a file that does not say.
    """
    form = await request.form()
    file, every = form.get("file"), Form(form).text("every")
    every = every if every in list(EventKind) else ""
    name, content = "", b""
    if file is not None and not isinstance(file, str):
        name, content = str(file.filename or ""), await file.read(LARGEST_FILE + 1)
    name = name.replace("\\", "/").rpartition("/")[2][:200]

    def around() -> Around:
        return Around(drafts.get(draft_id), places, page)

    def refused(errors: list[str]) -> Response[str]:
        return _refused(errors, every, around())

    if not name:
        return await run_sync(refused, [page.gettext(NO_FILE)])
    try:
        if len(content) > LARGEST_FILE:
            values = {"path": name, "size": len(content) / 1e6, "limit": LARGEST_FILE / 1e6}
            raise UserError(Fault("inputs:too_large", values))
        found = await workers.run(uploaded.ledger_file, str(places.folder), name, content, every)
    except UserError as error:
        if is_busy(error):
            raise
        return await run_sync(refused, [in_file(fault, page.lang) for fault in error.faults])
    return await run_sync(lambda: _preview(found, name, around()))


def _refused(errors: list[str], every: str, around: Around) -> Response[str]:
    from tyngdepunkt.web.pages.case import walk

    return walk.shown(STEP, around, status=422, file_errors=errors, every=every)


def _preview(found: LedgerFile, name: str, around: Around) -> Response[str]:
    from tyngdepunkt.web.pages.case import walk

    return walk.shown(STEP, around, preview=_summary(found, name, around))


def _summary(found: LedgerFile, name: str, around: Around) -> dict[str, Any]:
    """What a file holds, what was taken for what in it, and its rows as we write them ourselves."""
    known = {event.fingerprint for event in _known(around)}
    new = [row.event for row in found.rows if row.event.fingerprint not in known]
    rows = [_written(event) for event in new]
    return {
        "name": name,
        "told": [told(notice, around.page.lang) for notice in found.notices[:TOLD]],
        "count": len(new),
        "known": len(found.rows) - len(new),
        "change": numbers.written([sum(e.change[0] for e in new), sum(e.change[1] for e in new)]),
        "rows": [_cells(row) for row in rows[:SHOWN]],
        "text": json.dumps(rows, ensure_ascii=False),
    }


def _known(around: Around) -> tuple[LedgerEvent, ...]:
    """The events of the case already; those with faults are left out."""
    from tyngdepunkt.analyses.state_jobs.files import events_of

    try:
        return events_of([("", row) for row in _events(around.draft.content)], around.places)
    except (UserError, AttributeError):
        return ()


def _written(event: LedgerEvent) -> dict[str, Any]:
    whole = [int(each) if each == int(each) else each for each in (event.low, event.high)]
    days = [event.start.isoformat(), event.end.isoformat()]
    return {
        "kind": str(event.kind),
        "agency": event.agencies[0] if len(event.agencies) == 1 else list(event.agencies),
        "place": event.place,
        "jobs": whole[0] if whole[0] == whole[1] else whole,
        "date": days[0] if days[0] == days[1] else days,
        "source": event.source,
    }


STEP = Step(
    "ledger", N_("Which state jobs have come and gone?"), ("ledger", "window", "window_years"),
    _parse, _context, more=True,
)  # fmt: skip
handlers: list[Any] = [upload]
