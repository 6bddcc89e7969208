"""`tyngdepunkt data diff | use | remove | export | import`: the snapshots that are kept on this machine."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import cyclopts

from tyngdepunkt import settings
from tyngdepunkt.cli._data_view import AsJson, Lang, print_json, say
from tyngdepunkt.cli._help import told

if TYPE_CHECKING:
    from tyngdepunkt.places.differences import Difference


@told("diff")
def diff(a: str, b: str, *, lang: Lang = None, as_json: AsJson = False) -> None:
    """Show what differs between two snapshots, in words and numbers.

    Args:
        a: id of the one before, or `embedded`.
        b: id of the one after.
        lang: language of the words.
        as_json: print one JSON document and nothing else.
    """
    from tyngdepunkt.places.difference_words import difference_in_words
    from tyngdepunkt.places.differences import differences
    from tyngdepunkt.places.snapshot import find_folder

    wanted = lang or settings.language()
    old, new, found = differences(find_folder(a), find_folder(b))
    if as_json:
        print_json({"before": old.id, "after": new.id, "tables": [_as_json(each) for each in found]})
        return
    print(say("data.diff.heading", wanted, old=old.id, new=new.id, count=len(found)))
    for each in found:
        print("\n".join(difference_in_words(each, wanted).lines()))


@told("use")
def use(identity: Annotated[str, cyclopts.Parameter(name="ID")], *, lang: Lang = None) -> None:
    """Have a snapshot used from now on: its id, `embedded`, or `newest`.

    Args:
        identity: which.
        lang: language of the messages.
    """
    from tyngdepunkt.places import keep
    from tyngdepunkt.places.snapshot import read_manifest

    wanted = lang or settings.language()
    folder = keep.use(identity)
    print(say("data.refreshed", wanted, id=read_manifest(folder).id, folder=folder))
    _tell_pinned(wanted)


@told("remove")
def remove(
    identity: Annotated[str, cyclopts.Parameter(name="ID")],
    *,
    dry_run: Annotated[bool, cyclopts.Parameter(negative="")] = False,
    lang: Lang = None,
) -> None:
    """Take a snapshot that is not in use away for good.

    Args:
        identity: its id.
        dry_run: only say what hangs on it.
        lang: language of the messages.
    """
    from tyngdepunkt.places import keep

    wanted = lang or settings.language()
    hanging = _saved_meanwhile(identity)
    if not dry_run:
        folder = keep.remove(identity)
        print(say("data.removed", wanted, id=identity, folder=folder))
    print(say("data.hanging", wanted, id=identity, count=len(hanging)))
    for title in hanging:
        print(f"  {title or say('data.untitled', wanted)}")


@told("export")
def export(file: Path, *, snapshot: str = "", lang: Lang = None) -> None:
    """Write a snapshot to one file, for a machine without a network.

    Args:
        file: where to; a file that is there already is not written over.
        snapshot: id of the snapshot; the one in use when left out.
        lang: language of the messages.
    """
    from tyngdepunkt.places import keep
    from tyngdepunkt.places.snapshot import find_folder

    found = keep.export(find_folder(snapshot or None), file)
    size = file.stat().st_size / 1024**2
    print(say("data.exported", lang or settings.language(), id=found.id, file=file, size=size))


@told("import")
def import_snapshot(file: Path, *, lang: Lang = None) -> None:
    """Put a snapshot from a file of `data export` among the others, when every check passes.

    Args:
        file: what `data export` wrote.
        lang: language of the messages.
    """
    from tyngdepunkt.places import keep
    from tyngdepunkt.places.snapshot import find_folder, read_manifest

    wanted = lang or settings.language()
    folder, found = keep.take_in(file)
    print(say("data.imported", wanted, id=found.id, folder=folder))
    used = read_manifest(find_folder(None)).id
    print(say("data.used" if used == found.id else "data.not_used", wanted, id=found.id, used=used))


def _saved_meanwhile(identity: str) -> list[str]:
    """Titles of the cases that were last changed while this was the newest snapshot there was.

    A case is assessed with the snapshot in use and keeps none, so that more cannot be known.
    """
    from tyngdepunkt.places.snapshot import MANIFEST, built_snapshots

    url = settings.database_url()
    built = built_snapshots()
    if identity not in built or (url.startswith("sqlite:///") and not Path(url[10:]).is_file()):
        return []
    from tyngdepunkt.workspace.drafts import Drafts

    names = list(built)
    since = _moment(built[identity] / MANIFEST)
    later = names[names.index(identity) + 1 :]
    until = _moment(built[later[0]] / MANIFEST) if later else dt.datetime.max.replace(tzinfo=dt.UTC)
    drafts = Drafts()
    try:
        return [draft.title for draft in drafts.list(most=None) if since <= draft.changed_at < until]
    finally:
        drafts.close()


def _moment(file: Path) -> dt.datetime:
    return dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)


def _tell_pinned(lang: str) -> None:
    if settings.snapshot_choice():
        print(say("data.pinned", lang, id=settings.snapshot_choice()))


def _as_json(each: Difference) -> dict[str, Any]:
    moved = [
        {
            "column": drift.column,
            "years": list(drift.years),
            "sums": list(drift.sums),
            "places": drift.places,
            "moved": [asdict(place) for place in drift.moved],
        }
        for drift in each.moved
    ]
    whole = {"table": each.table, "state": each.state, "rows": list(each.rows), "new": each.new}
    rest = {"lost": each.lost, "changed": each.changed, "years_new": list(each.years_new)}
    return {**whole, **rest, "years_lost": list(each.years_lost), "moved": moved}
