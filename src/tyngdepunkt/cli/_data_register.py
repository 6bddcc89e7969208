"""`tyngdepunkt data register`: the nightly files of Enhetsregisteret, as tables without names of persons."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import cyclopts
import msgspec

from tyngdepunkt import settings
from tyngdepunkt.cli._data_view import AsJson, Lang, print_json, say
from tyngdepunkt.cli._help import told

if TYPE_CHECKING:
    from tyngdepunkt.sources.register_files import Outcome

_SECONDS = 3600.0


@told("register")
def register(
    kind: Literal["entities", "workplaces"],
    *,
    source: Annotated[Path | None, cyclopts.Parameter(name="--from")] = None,
    base: str = "",
    most: Annotated[int, cyclopts.Parameter(validator=cyclopts.validators.Number(gte=1))] = 5_000_000,
    dry_run: Annotated[bool, cyclopts.Parameter(negative="")] = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Make a table of a nightly file of Enhetsregisteret, without names of persons.

    Args:
        kind: main entities, or the workplaces under them.
        source: a nightly file that was fetched before; it is fetched when left out.
        base: another address of the register.
        most: entities there may be at most.
        dry_run: fetch and check, and write nothing.
        lang: language of the messages.
        as_json: print one JSON document and nothing else.
    """
    from tyngdepunkt.sources.register_files import table

    wanted = lang or settings.language()
    folder = settings.data_folder() / "registers"
    found = _outcome(kind, source, base, folder, most, dry_run=dry_run)
    if as_json:
        held = None if found.read is None else asdict(found.read)
        print_json({**msgspec.to_builtins(found.logged), "read": held, "written": not dry_run})
        return
    _show(found, wanted)
    print(say("data.register.trial", wanted) if dry_run else _lies(table(folder, kind), wanted))


def _outcome(kind: str, source: Path | None, base: str, folder: Path, most: int, *, dry_run: bool) -> Outcome:
    from tyngdepunkt.sources.http import Client, Limits
    from tyngdepunkt.sources.register_files import BASE, fetch, take

    if source:
        at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        return take(kind, source, at, folder, dry_run=dry_run, most=most)
    with Client(base or BASE, limits=Limits(seconds=_SECONDS)) as client:
        return fetch(kind, client, folder, dry_run=dry_run, most=most)


def _show(found: Outcome, lang: str) -> None:
    logged, held = found.logged, found.read
    if held is None:
        print(say("data.register.skipped", lang, kind=logged.kind, rows=logged.rows))
        return
    told = {"unknown": held.unknown_employees, "nameless": held.without_name, "deleted": held.deleted}
    print(say("data.register.read", lang, kind=logged.kind, rows=held.rows, **told))


def _lies(file: Path, lang: str) -> str:
    return say("data.register.lies", lang, file=file)
