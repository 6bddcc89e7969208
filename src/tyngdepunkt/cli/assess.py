"""`tyngdepunkt assess CASE.yaml`: a case in, a documented assessment out."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import cyclopts

from tyngdepunkt import settings, texts
from tyngdepunkt.errors import Fault, UserError

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.result import Assessment
    from tyngdepunkt.places import Places

app = cyclopts.App(name="assess", help_format="plaintext")
FORMATS = ("docx", "pdf", "html", "xlsx", "json")


@app.default
def assess_case(
    case: Path,
    *,
    out: Path | None = None,
    formats: Annotated[str, cyclopts.Parameter(name="--format")] = ",".join(FORMATS),
    lang: Literal["nb", "nn", "en"] | None = None,
    template: Path | None = None,
    as_json: Annotated[bool, cyclopts.Parameter(name="--json", negative="")] = False,
    quiet: Annotated[bool, cyclopts.Parameter(negative="")] = False,
) -> None:
    """Assess a location case; with --out, write its documents too.

    Args:
        case: the case file (YAML or JSON).
        out: folder for the documents; without it no file is written.
        formats: comma-separated: docx, pdf, html, xlsx, json.
        lang: language of the assessment; default is that of the case, else the setting TYNGDEPUNKT_LANG.
        template: a Word template of your own for the docx.
        as_json: print the assessment as one JSON document and nothing else.
        quiet: no progress on stderr.
    """
    from tyngdepunkt.analyses.location.assess import assess
    from tyngdepunkt.analyses.location.case import read_case
    from tyngdepunkt.analyses.location.earlier import held_against
    from tyngdepunkt.places import open_places

    chosen = _formats(formats)
    with open_places() as places:
        located = read_case(case, places, lang)
        wanted = lang or located.lang or settings.language()
        with _progress(wanted, quiet, 4 if out else 3) as progress:
            assessment = assess(located, places, wanted, progress)
            if out:
                assessment = held_against(assessment, out / f"{located.stem}-{wanted}.json")
            written = _write(assessment, places, out, (chosen, template, progress)) if out else []
    _show(assessment, written, as_json)


def _formats(text: str) -> tuple[str, ...]:
    chosen = tuple(part.strip() for part in text.split(",") if part.strip())
    unknown = [part for part in chosen if part not in FORMATS]
    if unknown or not chosen:
        raise UserError(Fault("cli:unknown_format", {"given": text, "known": FORMATS}))
    return chosen


@contextmanager
def _progress(lang: str, quiet: bool, steps: int) -> Iterator[Callable[[str], None]]:
    """What tells of each step as it begins: a bar on stderr where somebody looks at it, else nothing."""
    if quiet or not sys.stderr.isatty():
        yield lambda _step: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=steps)
        begun = 0

        def tell(step: str) -> None:
            nonlocal begun
            description = texts.text(f"analyses.location:progress.{step}", lang)
            shown.update(task, completed=begun, description=description, refresh=True)
            begun += 1

        yield tell
        shown.update(task, completed=steps)


def _write(
    assessment: Assessment,
    places: Places,
    folder: Path,
    how: tuple[tuple[str, ...], Path | None, Callable[[str], None]],
) -> list[Path]:
    """The documents, the JSON and the memory of the weights shown: all of them or none."""
    from tyngdepunkt import documents
    from tyngdepunkt.analyses.location import earlier, narrative, weight_change_guard
    from tyngdepunkt.analyses.location.document import location_document
    from tyngdepunkt.documents.files import put_in_place

    formats, template, progress = how
    case, lang = assessment.case, assessment.lang
    stem, memory = f"{case.stem}-{lang}", f"{case.stem}.weights.json"
    earlier.keep(folder / f"{stem}.json", assessment.method_version)
    shown = narrative.weighting(case.weights, assessment.title_of, lang)
    weight_change_guard.refuse_silent_change(case, shown, folder / memory, dt.date.today())  # noqa: DTZ011
    progress("documents")
    # the memory is in place before any scores can be seen, whenever this is stopped
    first = {memory: weight_change_guard.memory(case, shown)}
    if "json" in formats:
        first[f"{stem}.json"] = _json(assessment).encode()
    printed = tuple(each for each in formats if each != "json")
    if not printed:
        return put_in_place(folder, first)[1:]
    document = location_document(replace(assessment, computed=dt.date.today()), places)  # noqa: DTZ011
    return documents.write(document, folder, printed, stem, template, first)[1:]


def _json(assessment: Assessment) -> str:
    from tyngdepunkt.analyses.location.as_json import as_json

    return json.dumps(as_json(assessment), ensure_ascii=False, indent=2) + "\n"


def _show(assessment: Assessment, written: list[Path], as_json: bool) -> None:
    if as_json:
        sys.stdout.write(_json(assessment))
        return
    from tyngdepunkt.cli._assessment_view import show

    show(assessment, written)
