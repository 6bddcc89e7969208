"""`tyngdepunkt assess CASE.yaml`: a case in, a documented assessment out."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import cyclopts

from tyngdepunkt import language, settings
from tyngdepunkt.errors import Fault, UserError

if TYPE_CHECKING:
    from tyngdepunkt.cases.location.result import Assessment
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
        lang: language of the assessment; default is the setting TYNGDEPUNKT_LANG.
        template: a Word template of your own for the docx.
        as_json: print the assessment as one JSON document and nothing else.
        quiet: no progress on stderr.
    """
    from tyngdepunkt.cases.location.assess import assess
    from tyngdepunkt.cases.location.case import read_case
    from tyngdepunkt.places import open_places

    chosen = _formats(formats)
    wanted = lang or settings.language()
    progress = _progress(wanted, quiet)
    with open_places() as places:
        located = read_case(case, places)
        assessment = assess(located, places, wanted, progress)
        written = _write(assessment, places, out, (chosen, template, progress)) if out else []
    _show(assessment, written, as_json)


def _formats(text: str) -> tuple[str, ...]:
    chosen = tuple(part.strip() for part in text.split(",") if part.strip())
    unknown = [part for part in chosen if part not in FORMATS]
    if unknown or not chosen:
        raise UserError(Fault("cli:unknown_format", {"given": text, "known": FORMATS}))
    return chosen


def _progress(lang: str, quiet: bool) -> Callable[[str], None]:
    def tell(step: str) -> None:
        print(language.text(f"cases.location:progress.{step}", lang) + " …", file=sys.stderr, flush=True)

    return (lambda _step: None) if quiet or not sys.stderr.isatty() else tell


def _write(
    assessment: Assessment,
    places: Places,
    folder: Path,
    how: tuple[tuple[str, ...], Path | None, Callable[[str], None]],
) -> list[Path]:
    from tyngdepunkt import reports
    from tyngdepunkt.cases.location import fingerprint
    from tyngdepunkt.cases.location.as_json import as_json as to_json
    from tyngdepunkt.reports.location_case import location_document

    formats, template, progress = how
    stem = f"{assessment.case.stem}-{assessment.lang}"
    memory = folder / f"{assessment.case.stem}.weights.json"
    fingerprint.refuse_silent_change(assessment.case, assessment.weights_text, memory, dt.date.today())  # noqa: DTZ011
    progress("documents")
    document = location_document(assessment, places)
    written = reports.write(
        document, folder, tuple(each for each in formats if each != "json"), stem=stem, template=template
    )
    if "json" in formats:
        written.append(reports.write_json(to_json(assessment), folder, stem))
    fingerprint.remember(assessment.case, assessment.weights_text, memory)
    return written


def _show(assessment: Assessment, written: list[Path], as_json: bool) -> None:
    if as_json:
        from tyngdepunkt.cases.location.as_json import as_json as to_json

        json.dump(to_json(assessment), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
        return
    from tyngdepunkt.cli._assessment_view import show

    show(assessment, written)
