"""`tyngdepunkt case new | check | schema`: make a case file, check one, or describe them all.

`list | export | import` are of the cases that are kept here: `_case_kept`.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import cyclopts

from tyngdepunkt import settings, texts
from tyngdepunkt.cli import _case_kept
from tyngdepunkt.cli._help import help_of, told
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs import numbers

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.input.model import LocationCase
    from tyngdepunkt.places import Places

app = cyclopts.App(name="case", help_format="plaintext")
app.command(_case_kept.list_cases, name="list", help=help_of("list", "case"))
app.command(_case_kept.export, help=help_of("export", "case"))
app.command(_case_kept.import_case, name="import", help=help_of("import", "case"))
ROOM = "analyses.location.input"
Lang = Literal["nb", "nn", "en"]
Json = Annotated[bool, cyclopts.Parameter(name="--json", negative="")]


@app.command(help=help_of("new", "case"))
@told("new", "case")
def new(file: Path | None = None, *, lang: Lang | None = None) -> None:
    """Ask for a case and write it as a commented YAML file.

    Args:
        file: where to write it; by default a name made from the title.
        lang: language of the questions and the comments.
    """
    from tyngdepunkt.analyses.location.input.interactive import CasePrompt
    from tyngdepunkt.analyses.location.input.serialise_yaml import as_yaml
    from tyngdepunkt.places import open_places

    wanted = lang or settings.language()
    if file is not None:
        _may_write(file, wanted)
    with open_places() as places:
        told = CasePrompt(_answer, _say, places, wanted).case(dt.date.today())  # noqa: DTZ011 - the day on the wall
        target = file or _free(Path(f"{_slug(told.title)}.yaml"))
        _write(target, as_yaml(told, wanted), places)
    print(texts.text(f"{ROOM}:ask.written", wanted, path=str(target)))


@app.command(help=help_of("check", "case"))
@told("check", "case")
def check(file: Path, *, as_json: Json = False, lang: Lang | None = None) -> int:
    """Check a case file: all its faults, or what it says in short.

    Args:
        file: the case file.
        as_json: print one JSON document, with the faults if there are any.
        lang: language of the messages.
    """
    from tyngdepunkt.analyses.location.input.read import read_case
    from tyngdepunkt.places import open_places

    wanted = lang or settings.language()
    with open_places() as places:
        try:
            case = read_case(file, places, lang)
        except UserError as error:
            if not as_json:
                raise
            faults = [{"key": each.key, **texts.fault_lines(each, wanted)} for each in error.faults]
            _print_json({"valid": False, "faults": faults})
            return error.exit_code
    if as_json:
        _print_json({"valid": True, **_summary(case, wanted)})
    else:
        _show(case, wanted)
    return 0


@app.command(help=help_of("schema", "case"))
@told("schema", "case")
def schema(*, lang: Lang | None = None) -> None:
    """Print the JSON Schema of a case file, for editors.

    Args:
        lang: language of the descriptions.
    """
    from tyngdepunkt.analyses.location.input.json_schema import json_schema

    _print_json(json_schema(lang or settings.language()))


def _answer() -> str | None:
    """The next line of stdin; None when there are no more."""
    return sys.stdin.readline() or None


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _may_write(file: Path, lang: str) -> None:
    """Ask before a file is overwritten; refuse where the folder is not there."""
    if not file.parent.is_dir() or file.is_dir():
        values = {"path": str(file), "reason": os.strerror(21 if file.is_dir() else 2)}
        raise UserError(Fault(f"{ROOM}:cannot_write", values))
    if not file.exists():
        return
    _say(texts.text(f"{ROOM}:ask.overwrite", lang, path=str(file)))
    if (_answer() or "").strip().casefold() not in ("ja", "j", "yes", "y"):
        raise UserError(Fault(f"{ROOM}:file_exists", {"path": str(file)}))


def _free(file: Path) -> Path:
    """The file, or the same name with a number where it is taken."""
    number, found = 2, file
    while found.exists():
        found, number = file.with_stem(f"{file.stem}-{number}"), number + 1
    return found


def _slug(title: str) -> str:
    """A file name out of a title."""
    plain = title.casefold().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    kept = "".join(sign if sign.isalnum() else "-" for sign in plain)
    return "-".join(part for part in kept.split("-") if part)[:60] or "case"


def _write(file: Path, text: str, places: Places) -> None:
    """Read back what was made before anything is written; then write beside and swap."""
    from tyngdepunkt.analyses.location.input.read import case_from_text

    case_from_text(text, places, file)
    beside = file.with_name(f".{file.name}.part")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        values = {"path": str(file), "reason": error.strerror or str(error)}
        raise UserError(Fault(f"{ROOM}:cannot_write", values)) from error


def _summary(case: LocationCase, lang: str) -> dict[str, Any]:
    return {
        "title": case.title,
        "date": case.date.isoformat(),
        "trigger": str(case.trigger),
        "rules": case.rules_version,
        "total_jobs": case.unit.total_jobs,
        "auto": case.auto,
        "alternatives": [
            {"name": each.name, "kind": each.kind, "places": list(each.codes)} for each in case.alternatives
        ],
        "weights": case.weights.kind,
        "notices": [texts.text(each.key, lang, **each.values) for each in case.notices],
    }


def _show(case: LocationCase, lang: str) -> None:
    from tyngdepunkt.analyses.location.input.fields import known

    def say(name: str) -> str:
        return texts.text(f"{ROOM}:check.{name}", lang)

    jobs = case.unit.total_jobs
    counted = say("unknown") if jobs is None else numbers.written(jobs)
    names = (
        known("alternatives").choice("auto", lang)
        if case.auto
        else "; ".join(each.name for each in case.alternatives)
    )
    print(say("fine"))
    print(f"  {say('case')}: {case.title}, {texts.date(case.date, lang)}")
    print(f"  {say('rules')}: {case.rules_version}")
    print(f"  {say('jobs')}: {counted}")
    print(f"  {say('alternatives')}: {names}")
    print(f"  {say('weights')}: {say(f'weight_kinds.{case.weights.kind}')}")
    for notice in case.notices:
        print(f"  · {texts.text(notice.key, lang, **notice.values)}")


def _print_json(content: dict[str, Any]) -> None:
    json.dump(content, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
