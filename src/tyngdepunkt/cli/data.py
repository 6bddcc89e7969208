"""`tyngdepunkt data`: which figures there are, whether they are whole, and building new ones."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import cyclopts

from tyngdepunkt import settings, texts
from tyngdepunkt.cli._data_view import AsJson, Lang, accepted, print_json, say
from tyngdepunkt.cli._help import help_of, told

if TYPE_CHECKING:
    from tyngdepunkt.figures import Phrase
    from tyngdepunkt.places import Snapshot, TableInfo

app = cyclopts.App(name="data", help_format="plaintext")
_ELSEWHERE = {
    "refresh": "_data_refresh:refresh",
    "klass": "_data_klass:klass",
    "register": "_data_register:register",
    "kartverket": "_data_kartverket:kartverket",
    "doffin": "_data_doffin:doffin",
    "vacancies": "_data_vacancies:vacancies",
    "workplaces": "_data_workplaces:workplaces",
    "changes": "_data_changes:changes",
    "search": "_data_search:search",
    "schedule": "_data_schedule:schedule",
    "diff": "_data_kept:diff",
    "use": "_data_kept:use",
    "remove": "_data_kept:remove",
    "export": "_data_kept:export",
    "import": "_data_kept:import_snapshot",
}
for _name, _where in _ELSEWHERE.items():
    app.command(f"tyngdepunkt.cli.{_where}", name=_name, help=help_of(_name))


@app.command(help=help_of("status"))
@told("status")
def status(*, lang: Lang = None, as_json: AsJson = False) -> None:
    """Show the snapshot in use: its tables, their years, sources and licences.

    Args:
        lang: language of the words around the figures.
        as_json: print one JSON document and nothing else.
    """
    from tyngdepunkt.places import snapshot as snapshots

    folder = snapshots.find_folder(None)
    found = snapshots.read_manifest(folder)
    if as_json:
        print_json(_status(found, folder, lang or settings.language()))
        return
    from tyngdepunkt.cli._data_view import show_status

    show_status(found, folder, list(snapshots.built_snapshots()), lang or settings.language())


@app.command(help=help_of("verify"))
@told("verify")
def verify(*, lang: Lang = None, as_json: AsJson = False) -> int:
    """Check the snapshot: checksums, rules and totals of its tables, and what travel times rest on.

    Args:
        lang: language of the messages.
        as_json: print one JSON document and nothing else.
    """
    from tyngdepunkt.places import snapshot as snapshots
    from tyngdepunkt.places.verify import told_of_snapshot, verify_snapshot

    wanted = lang or settings.language()
    folder = snapshots.find_folder(None)
    found = snapshots.read_manifest(folder)
    _progress("data.verifying", wanted, id=found.id)
    faults = [texts.fault_lines(fault, wanted) for fault in verify_snapshot(folder, found)]
    told = [] if faults else [_phrase(part, wanted) for part in told_of_snapshot(folder, found)]
    if as_json:
        print_json({"snapshot": found.id, "sound": not faults, "faults": faults, "unchecked": told})
    else:
        _show_verdict(found, faults, told, wanted)
    return 1 if faults else 0


@app.command(help=help_of("build"))
@told("build")
def build(
    *,
    source: Annotated[Path, cyclopts.Parameter(name="--from")],
    out: Path | None = None,
    dry_run: Annotated[bool, cyclopts.Parameter(negative="")] = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Build a snapshot from a folder of official files; what it lacks is kept from the one in use.

    Args:
        source: the folder with the files.
        out: folder for the snapshot; default is a folder of its own among the built snapshots.
        dry_run: build and check everything, write nothing.
        lang: language of the messages.
        as_json: print one JSON document and nothing else.
    """
    from tyngdepunkt.places.rebuild import rebuild

    wanted = lang or settings.language()
    _progress("data.building", wanted, folder=source)
    folder, found = rebuild(source, out, dry_run=dry_run)
    if as_json:
        print_json({**_status(found, folder, wanted), "written": not dry_run})
        return
    if dry_run:
        print(say("data.would_build", wanted, id=found.id, tables=len(found.tables)))
    else:
        print(say("data.built", wanted, id=found.id, folder=folder))


@app.command(help=help_of("backup"))
@told("backup")
def backup(file: Path, *, lang: Lang = None, as_json: AsJson = False) -> None:
    """Write all cases and the ledger to one file, while others go on working.

    Args:
        file: where to; a file that is there already is not written over.
        lang: language of the messages.
        as_json: print one JSON document and nothing else.
    """
    from tyngdepunkt.workspace import backup as backups

    found = backups.backup(file)
    if as_json:
        print_json({"file": str(file), **asdict(found)})
        return
    print(
        texts.text("workspace:view.backed_up", lang or settings.language(), path=str(file), **asdict(found))
    )


@app.command(help=help_of("restore"))
@told("restore")
def restore(
    file: Path,
    *,
    dry_run: Annotated[bool, cyclopts.Parameter(negative="")] = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Put a backup in the place of the cases and the ledger; what was there is kept beside it.

    Args:
        file: what `data backup` wrote.
        dry_run: only check the file and say what it holds.
        lang: language of the messages.
        as_json: print one JSON document and nothing else.
    """
    from tyngdepunkt.workspace import backup as backups

    wanted = lang or settings.language()
    found = backups.restore(file, dry_run=dry_run)
    told = asdict(found.content)
    if as_json:
        kept = None if found.kept is None else str(found.kept)
        print_json({"file": str(file), "dry_run": dry_run, **told, "kept": kept})
        return
    print(
        texts.text(
            f"workspace:view.{'would_restore' if dry_run else 'restored'}", wanted, path=str(file), **told
        )
    )
    if found.kept:
        print(texts.text("workspace:view.kept", wanted, path=str(found.kept)))


_TOLD = ("name", "rows", "sha256")
_IN_WORDS = ("title", "provider", "reference", "query", "date", "licence", "attribution", "note")


def _status(found: Snapshot, folder: Path, lang: str) -> dict[str, Any]:
    return {
        "id": found.id,
        "built": found.built.isoformat(),
        "folder": str(folder),
        "tables": [_table(table, lang) for table in found.tables],
        "accepted": accepted(folder),
    }


def _table(table: TableInfo, lang: str) -> dict[str, Any]:
    told = {part: getattr(table, part) for part in _TOLD}
    words = {part: getattr(table, part)[lang] for part in _IN_WORDS}
    return {**told, **words, "years": list(table.years)}


def _show_verdict(found: Snapshot, faults: list[dict[str, str]], told: list[str], lang: str) -> None:
    for fault in faults:
        print(f"{fault['what']}\n  {fault['why']}\n  → {fault['do']}", file=sys.stderr)
    if not faults:
        rows = sum(table.rows for table in found.tables)
        print(say("data.sound", lang, id=found.id, tables=len(found.tables), rows=rows))
    if told:
        print(say("data.unchecked", lang))
        print("\n".join(f"  {line}" for line in told))


def _phrase(part: Phrase, lang: str) -> str:
    return texts.text(part.key, lang, **dict(part.values))


def _progress(key: str, lang: str, **values: object) -> None:
    if sys.stderr.isatty():
        print(say(key, lang, **values), file=sys.stderr, flush=True)
