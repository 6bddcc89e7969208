"""`tyngdepunkt data refresh` and `data schedule`: this year's figures, now or every week."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import cyclopts

from tyngdepunkt import settings, texts
from tyngdepunkt.cli._data_view import AsJson, Lang, print_json, say
from tyngdepunkt.cli._help import told

if TYPE_CHECKING:
    from tyngdepunkt.places.refresh import Refreshed, Wish
    from tyngdepunkt.sources.answers import Brought
    from tyngdepunkt.sources.collect import Planned

Several = cyclopts.Parameter(consume_multiple=True, negative="")


@told("refresh")
def refresh(
    *,
    only: Annotated[tuple[str, ...], Several] = (),
    accept: Annotated[tuple[str, ...], cyclopts.Parameter(negative="")] = (),
    tables: Path | None = None,
    dry_run: Annotated[bool, cyclopts.Parameter(negative="")] = False,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """Fetch this year's figures, build a snapshot beside the one in use, check it, and use it.

    What `data klass`, `kartverket`, `vacancies` and `register` have brought since is taken in too. What has
    been fetched stays where the command stops, and the next run goes on from there.

    Args:
        only: ids of the tables to fetch, for instance 07459 13470, and answers of other sources to take in,
            for instance klass/7; all of both when left out.
        accept: TABLE=reason, for a table whose figures differ more than they should and are right; the reason
            is kept in the snapshot.
        tables: a file that declares tables, in the place of Tyngdepunkt's own.
        dry_run: ask only how much there is to fetch; nothing is written.
        lang: language of the messages.
        as_json: print one JSON document and nothing else.
    """
    from tyngdepunkt.places.refresh import Wish, plan_refresh
    from tyngdepunkt.places.refresh import refresh as run
    from tyngdepunkt.sources.collect import Services

    wanted = lang or settings.language()
    wish = Wish(only, _reasons(accept), tables)
    with Services() as services:
        if dry_run:
            _show_plan(*plan_refresh(wish, services), wanted, as_json=as_json)
            return
        found = run(wish, services, _teller(wanted))
    _show(found, wish, wanted, as_json=as_json)


def _reasons(accept: tuple[str, ...]) -> dict[str, str]:
    """TABLE=reason as a mapping; without the sign there is no reason."""
    parts = (each.partition("=") for each in accept)
    return {table.strip(): reason.strip() for table, _, reason in parts}


def _teller(lang: str) -> Any:
    is_seen = sys.stderr.isatty()

    def tell(key: str, **values: Any) -> None:
        if key == "data.fetching" and values["done"] < values["of"] and not is_seen:
            return  # a log gets one line for each table
        told = {name: value[lang] if isinstance(value, Mapping) else value for name, value in values.items()}
        print(say(key, lang, **told), file=sys.stderr, flush=True)

    return tell


def _show_plan(planned: list[Planned], taken: list[Brought], lang: str, *, as_json: bool) -> None:
    if as_json:
        brought = [{"name": each.name, "fetched": each.fetched, "sha256": each.sha256} for each in taken]
        tables = [_plan(each, lang) for each in planned]
        print_json({"tables": tables, "brought": brought, "written": False})
        return
    for each in planned:
        print(say("data.planned", lang, **_plan(each, lang)))
    for each_taken in taken:
        print(say("data.taken", lang, name=each_taken.name, day=each_taken.fetched[:10]))
    calls = sum(each.plan.calls for each in planned)
    print(say("data.would_fetch", lang, calls=calls, cells=sum(each.plan.cells for each in planned)))


def _plan(each: Planned, lang: str) -> dict[str, Any]:
    plan = each.plan
    return {
        "table": each.table.id,
        "title": each.table.title[lang],
        "file": f"{each.table.feeds}.json",
        "cells": plan.cells,
        "calls": plan.calls,
        "seconds": plan.seconds,
        "updated": plan.updated[:10] or "–",
        "licence": each.table.licence,
    }


def _show(found: Refreshed, wish: Wish, lang: str, *, as_json: bool) -> None:
    if as_json:
        moved = [
            {"table": each.table, "column": each.column, "years": each.years, "sums": each.sums}
            for each in found.drifts
        ]
        document = {"snapshot": found.snapshot.id, "folder": str(found.folder), "new": found.is_new}
        print_json({**document, "moved": moved, "accepted": dict(found.accepted)})
        return
    if not found.is_new:
        print(say("data.nothing_new", lang, id=found.snapshot.id))
        return
    for each in found.drifts:
        (before, after), (old, new) = each.sums, each.years
        told = {"table": each.table, "column": each.column, "old": old, "new": new}
        print(say("data.moved", lang, **told, before=before, after=after, percent=each.share * 100))
    print(say("data.refreshed", lang, id=found.snapshot.id, folder=found.folder))
    unused = [name for name in wish.accepted if name not in found.accepted]
    if settings.snapshot_choice():
        print(say("data.pinned", lang, id=settings.snapshot_choice()))
    if unused and not found.accepted:
        print(texts.text("places:data.accepted_unneeded", lang, tables=unused))
