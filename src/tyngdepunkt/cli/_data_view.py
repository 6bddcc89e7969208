"""The snapshot on a terminal, one line per table, and what all of `data` says things with."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import cyclopts
from rich.console import Console
from rich.table import Table

from tyngdepunkt import texts
from tyngdepunkt.places import Snapshot
from tyngdepunkt.places.record import read_record

Lang = Literal["nb", "nn", "en"] | None
AsJson = Annotated[bool, cyclopts.Parameter(name="--json", negative="")]
_COLUMNS = (("table", "left"), ("rows", "right"), ("years", "left"), ("source", "left"), ("licence", "left"))
_WRAPPED = ("source", "licence")


def show_status(found: Snapshot, folder: Path, built: list[str], lang: str) -> None:
    """Print the snapshot in use and the others there are."""
    console = Console(highlight=False, markup=False, emoji=False)
    console.print(say("data.heading", lang, id=found.id, built=found.built), style="bold")
    console.print(say("data.folder", lang, folder=folder), soft_wrap=True)
    console.print(_tables(found, lang))
    for table, reason in accepted(folder).items():
        console.print(say("data.accepted", lang, table=table, reason=reason), soft_wrap=True)
    others = [name for name in built if name != found.id]
    if others:
        console.print(say("data.others", lang, ids=others))


def accepted(folder: Path) -> dict[str, str]:
    """The tables that a person accepted although `data refresh` had stopped because of them.

    Args:
        folder: of the snapshot.

    Returns:
        Table → the reason that was given; empty where none was.
    """
    return {name: str(told.get("reason", "")) for name, told in read_record(folder)["accepted"].items()}


def _tables(found: Snapshot, lang: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for key, side in _COLUMNS:
        title = say(f"data.columns.{key}", lang)
        table.add_column(title, justify="right" if side == "right" else "left", no_wrap=key not in _WRAPPED)
    for info in found.tables:
        years = _span(info.years) or info.date[lang]
        told = (info.reference[lang], info.licence[lang])
        table.add_row(info.name, texts.number(info.rows, lang=lang), years, *told)
    return table


def _span(years: tuple[int, ...]) -> str:
    if len(years) < 2:
        return "".join(str(year) for year in years)
    return f"{years[0]}–{years[-1]}"


def print_json(document: dict[str, Any]) -> None:
    """One JSON document on stdout."""
    json.dump(document, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def say(key: str, lang: str, **values: object) -> str:
    """A sentence of the room of places."""
    return texts.text(f"places:{key}", lang, **values)
