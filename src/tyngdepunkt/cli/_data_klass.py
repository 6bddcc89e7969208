"""`tyngdepunkt data klass`: code lists, changes and a correspondence, for the builder of snapshots."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import cyclopts
import msgspec

from tyngdepunkt import settings
from tyngdepunkt.cli._data_view import AsJson, Lang, print_json, say
from tyngdepunkt.cli._help import told


@told("klass")
def klass(
    folder: Path | None = None,
    *,
    only: Annotated[tuple[str, ...], cyclopts.Parameter(negative="")] = (),
    base: str = "",
    day: dt.date | None = None,
    dry_run: Annotated[bool, cyclopts.Parameter(negative="")] = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Fetch code lists and changes from Klass, for `data build`.

    Args:
        folder: folder of official files for `data build`; those of Klass go into `klass` in it. When left
            out, where `data refresh` finds them.
        only: names of the files that are wanted, as `klass/131`; those that a table is made of when left out.
            The lists of economic regions (`klass/108`) and industries (`klass/6`) only when named.
        base: another address of Klass.
        day: the day that codes shall be in force, YYYY-MM-DD; today when left out.
        dry_run: only say what would be fetched.
        lang: language of the messages.
        as_json: print one JSON document and nothing else.
    """
    from tyngdepunkt.sources.answers import klass_folder
    from tyngdepunkt.sources.http import Client
    from tyngdepunkt.sources.klass_service import ACCEPT, BASE, collect, plan

    place = folder or klass_folder(settings.data_folder())
    wanted = lang or settings.language()
    with Client(base or BASE, accept=ACCEPT) as client:
        planned = plan(client, day or dt.date.today(), only)  # noqa: DTZ011
        if dry_run:
            files = [
                {"name": each.name, "version": each.version, "address": each.address(client)}
                for each in planned
            ]
        else:
            files = [msgspec.to_builtins(each) for each in collect(client, planned, place)]
    if as_json:
        print_json({"files": files, "written": not dry_run})
        return
    for each in files:
        print(say(f"data.klass.{each.get('state', 'planned')}", wanted, **each))
    if not dry_run:
        key = "next" if folder else "next_refresh"
        print(say(f"data.klass.{key}", wanted, folder=place))
