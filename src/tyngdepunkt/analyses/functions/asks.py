"""The questions as a form: what a page asks of each function, and what was answered there."""

from __future__ import annotations

import json
from collections.abc import Mapping

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Asked, Brought
from tyngdepunkt.analyses.functions.bound import ASKED, NEEDS
from tyngdepunkt.analyses.functions.coded import ROOM
from tyngdepunkt.analyses.functions.result import Function, Functions

MOST = 40
"""Functions that a page asks about, those with most posts; the workbook asks about all."""
REST = "rest"
"""The item that says no to all others."""
UNNEEDED = "unneeded"
"""The item that says no to the needs alone, which raises the band and frees nothing."""


def asks(result: Functions, given: Mapping[str, str], lang: str) -> list[Asked]:
    """A group of items for each function, with what was ticked before.

    The order does not hang on the answers, so that nothing moves while somebody answers.

    Args:
        result: the answer so far.
        given: what was sent with the form, name → text.
        lang: language.
    """
    ticked = _ticked(given)
    functions = sorted(result.functions, key=lambda each: (-each.posts, each.unit, each.occupation))
    words = [(each, texts.text(f"{ROOM}:item.{each}", lang)) for each in ASKED]
    words.append((UNNEEDED, texts.text(f"{ROOM}:asks.unneeded", lang)))
    words.append((REST, texts.text(f"{ROOM}:asks.rest", lang)))
    found = []
    for each in functions[:MOST]:
        own = ticked.get((each.unit, each.occupation), set())
        items = tuple((name, said, name in own) for name, said in words)
        found.append(Asked(f"{each.occupation} {each.unit}", _title(each, lang), items))
    return found


def _title(each: Function, lang: str) -> str:
    title = f"{each.occupation} {each.name}".strip()
    return texts.text(f"{ROOM}:asks.function", lang, unit=each.unit, occupation=title, posts=each.posts)


def answered(given: Mapping[str, str]) -> Brought | None:
    """What was ticked, as a file of its own; None where nothing was."""
    rows = [
        {"unit": unit, "occupation": code, "ticked": sorted(items)}
        for (unit, code), items in sorted(_ticked(given).items())
    ]
    return Brought("form", json.dumps(rows, ensure_ascii=False).encode()) if rows else None


def _ticked(given: Mapping[str, str]) -> dict[tuple[str, str], set[str]]:
    """(unit, occupation) → the items ticked; functions without one are left out."""
    found: dict[tuple[str, str], set[str]] = {}
    for at in range(MOST):
        of = given.get(f"ask-{at}", "")
        code, _, unit = of.partition(" ")
        items = {name for name in (*ASKED, UNNEEDED, REST) if given.get(f"ask-{at}-{name}") == "yes"}
        if unit and items:
            found[unit, code] = items
    return found


def answers_in(form: Brought) -> dict[tuple[str, str], dict[str, bool]]:
    """(unit, occupation) → item → yes or no, of what `answered` wrote; else it is left open."""
    found = {}
    for row in json.loads(form.content):
        ticked = set(row["ticked"])
        no = {*(ASKED if REST in ticked else ()), *(NEEDS if UNNEEDED in ticked else ())} - ticked
        found[row["unit"], row["occupation"]] = {
            **dict.fromkeys(no, False),
            **dict.fromkeys(ticked & {*ASKED}, True),
        }
    return found
