"""State jobs that came and went: row by row, or from a file that is shown before it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tyngdepunkt.analyses.state_jobs.events import EventKind
from tyngdepunkt.analyses.state_jobs.import_file import field_of
from tyngdepunkt.inputs import numbers
from tyngdepunkt.web.pages.case import _simple_fields as asked
from tyngdepunkt.web.pages.case._step_context import Changes, Form, Step, StepContext, day_shown
from tyngdepunkt.web.parts import N_
from tyngdepunkt.web.request_values import clean, parsed, whole

SPARE = 2
COLUMNS = ("kind", "agency", "place", "jobs", "date", "source")
KINDS = {
    EventKind.ESTABLISHED: N_("Established here"),
    EventKind.MOVED_IN: N_("Moved in"),
    EventKind.MOVED_OUT: N_("Moved out"),
    EventKind.CLOSED: N_("Closed down"),
}
WINDOW = ("window_years", "window.from", "window.to")


def events_written(content: Mapping[str, Any]) -> list[Any]:
    """The events as they are written in a case."""
    written = content.get("ledger")
    return written if isinstance(written, list) else []


def _parse(form: Form, around: StepContext) -> Changes:
    content = around.draft.content
    if form.has("rows"):  # a file that was shown and is now taken
        return {"ledger": [*events_written(content), *_rows_shown(form.text("rows"))]}
    changes = asked.parse(WINDOW, form, around)
    rows = zip(form.all("at"), *(form.all(name) for name in COLUMNS), strict=False)
    kept = [row for at, *cells in rows if (row := _row(at, cells, content, form)) is not None]
    if kept or events_written(content) or form.has("drop"):
        changes["ledger"] = kept or None
    return changes


def _rows_shown(text: str) -> list[Any]:
    rows = parsed(text)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _row(at: str, cells: list[str], content: Mapping[str, Any], form: Form) -> Any:
    """One event: as it was where it stands as it was shown, None where it is removed or blank."""
    written = events_written(content)
    number = whole(at, len(written))
    was = written[number] if number < len(written) else None
    if (at and at in form.all("remove")) or (not at and not any(cells[1:])):
        return None
    if was is not None and [clean(each) for each in cells_of(was)] == [clean(each) for each in cells]:
        return was
    found: dict[str, Any] = dict(zip(COLUMNS, cells, strict=True))
    found["jobs"] = numbers.answer(found["jobs"]) if found["jobs"] else ""
    if ";" in found["agency"]:
        found["agency"] = [part.strip() for part in found["agency"].split(";") if part.strip()]
    return {name: value for name, value in found.items() if value != ""}


def cells_of(row: Any) -> list[str]:
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


def _context(around: StepContext) -> Mapping[str, Any]:
    content, say = around.draft.content, around.page.gettext
    rows = [(str(at), cells_of(row)) for at, row in enumerate(events_written(content))]
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


STEP = Step(
    "ledger", N_("Which state jobs have come and gone?"), ("ledger", "window", "window_years"),
    _parse, _context, more=True,
)  # fmt: skip
