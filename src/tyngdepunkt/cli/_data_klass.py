"""`tyngdepunkt data klass`: code lists, changes and a correspondence, for the builder of snapshots."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import cyclopts
import msgspec

from tyngdepunkt import settings
from tyngdepunkt.cli._data_view import AsJson, Lang, print_json, say


def klass(
    folder: Path,
    *,
    only: tuple[str, ...] = (),
    base: str = "",
    day: dt.date | None = None,
    dry_run: Annotated[bool, cyclopts.Parameter(negative="")] = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Fetch code lists and changes from Klass, for `data build`.

    Args:
        folder: folder of official files; those of Klass go into `klass` in it.
        only: names of the files that are wanted, as `klass/131`; those of the builder when left out. Counties
            (`klass/104`), economic regions (`klass/108`) and occupations (`klass/7`) only when named.
        base: another address of Klass.
        day: the day that codes shall be in force, YYYY-MM-DD; today when left out.
        dry_run: only say what would be fetched.
        lang: language of the messages.
        as_json: print one JSON document and nothing else.
    """
    from tyngdepunkt.sources.http import Client
    from tyngdepunkt.sources.klass_service import ACCEPT, BASE, collect, plan

    wanted = lang or settings.language()
    with Client(base or BASE, accept=ACCEPT) as client:
        planned = plan(client, day or dt.date.today(), only)  # noqa: DTZ011
        if dry_run:
            files = [
                {"name": each.name, "version": each.version, "address": each.address(client)}
                for each in planned
            ]
        else:
            files = [msgspec.to_builtins(each) for each in collect(client, planned, folder)]
    if as_json:
        print_json({"files": files, "written": not dry_run})
        return
    for each in files:
        print(say(f"data.klass.{each.get('state', 'planned')}", wanted, **each))
    if not dry_run:
        print(say("data.klass.next", wanted, folder=folder))
