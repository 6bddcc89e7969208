"""`tyngdepunkt case list | export | import`: the cases that are kept here."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import cyclopts

from tyngdepunkt import settings, texts
from tyngdepunkt.cli._help import told
from tyngdepunkt.errors import Fault, UserError

if TYPE_CHECKING:
    from tyngdepunkt.workspace.drafts import Draft

ROOM = "workspace.drafts"
Lang = Literal["nb", "nn", "en"]
Json = Annotated[bool, cyclopts.Parameter(name="--json", negative="")]
Flag = Annotated[bool, cyclopts.Parameter(negative="")]
# one in 64 ids begins with a hyphen: it is no option for that
DraftId = Annotated[str, cyclopts.Parameter(allow_leading_hyphen=True)]


@told("list", "case")
def list_cases(*, deleted: Flag = False, as_json: Json = False, lang: Lang | None = None) -> None:
    """Show the cases that are kept here, the one changed last first.

    Args:
        deleted: those that were deleted, and can be taken back.
        as_json: print one JSON document.
        lang: language of the messages.
    """
    from tyngdepunkt.workspace.drafts import Drafts

    wanted = lang or settings.language()
    drafts = Drafts()
    found = drafts.list(deleted=deleted, most=None)
    drafts.close()
    if as_json:
        _print_json({"cases": [_as_json(each) for each in found]})
    elif not found:
        print(_say("none", wanted))
    else:
        rows = [[_say(f"head.{name}", wanted) for name in ("id", "changed", "version", "title")]]
        for each in found:
            day = texts.date(each.changed_at.date(), wanted)
            rows.append([each.id, day, str(each.version), _title(each, wanted)])
        _table(rows)


@told("export", "case")
def export(case: DraftId, file: Path, *, as_json: Json = False, lang: Lang | None = None) -> None:
    """Write one case with all its versions and its log of weights to a file, to be taken in elsewhere.

    Args:
        case: its ID, as `case list` shows it.
        file: where to; a file that is there already is not written over.
        as_json: print one JSON document.
        lang: language of the messages.
    """
    from tyngdepunkt.workspace.drafts import Drafts
    from tyngdepunkt.workspace.drafts.carry import exported

    wanted = lang or settings.language()
    drafts = Drafts()
    text, draft = exported(drafts, case), drafts.get(case)
    drafts.close()
    _write(file, text)
    if as_json:
        _print_json({**_as_json(draft), "file": str(file)})
        return
    print(_say("exported", wanted, title=_title(draft, wanted), path=str(file), versions=draft.version))


@told("import", "case")
def import_case(
    file: Path, *, dry_run: Flag = False, as_json: Json = False, lang: Lang | None = None
) -> None:
    """Take in a case that `case export` wrote; nothing that is here is written over.

    Args:
        file: the file.
        dry_run: only check the file and say what would be taken in.
        as_json: print one JSON document.
        lang: language of the messages.
    """
    from tyngdepunkt.workspace.drafts import Drafts
    from tyngdepunkt.workspace.drafts.carry import imported

    wanted = lang or settings.language()
    drafts = Drafts()
    found = imported(drafts, file, dry_run=dry_run)
    drafts.close()
    if as_json:
        _print_json({**_as_json(found.draft), "dry_run": dry_run, "renamed": found.renamed})
        return
    values = {"title": _title(found.draft, wanted), "versions": found.versions, "id": found.draft.id}
    print(_say("would_import" if dry_run else "imported", wanted, **values))
    if found.renamed:
        print(_say("renamed", wanted))


def _write(file: Path, text: str) -> None:
    """A file of one's own, which is whole when it has its name."""
    if file.exists():
        raise UserError(Fault("workspace:file_exists", {"path": str(file)}))
    beside = file.with_name(f".{file.name}.part")
    try:
        with open(
            os.open(beside, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8"
        ) as new:
            new.write(text)
            new.flush()
            os.fsync(new.fileno())
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        values = {"path": str(file), "reason": error.strerror or str(error)}
        raise UserError(Fault("workspace:cannot_write", values)) from error


def _as_json(draft: Draft) -> dict[str, Any]:
    return {
        "id": draft.id,
        "kind": draft.kind,
        "title": draft.title,
        "version": draft.version,
        "changed_at": draft.changed_at.isoformat(),
    }


def _title(draft: Draft, lang: str) -> str:
    return draft.title or texts.text(f"{ROOM}:said.untitled", lang)


def _say(name: str, lang: str, /, **values: Any) -> str:
    return texts.text(f"{ROOM}:view.{name}", lang, **values)


def _table(rows: list[list[str]]) -> None:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _print_json(content: dict[str, Any]) -> None:
    json.dump(content, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
