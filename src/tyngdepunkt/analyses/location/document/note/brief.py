"""The answer in short, for one screen: what, why, what would change it, who is left out, what is unknown.

Each part has the same condition as in the first two pages of the document; only its words are fewer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tyngdepunkt.analyses.location.document.note import changing, matter, speaking, unknown
from tyngdepunkt.analyses.location.document.view import View

ROOM = "note:brief"
REASONS = 2
"""Reasons each way."""
SAID = 2
"""Sentences of each other part; that there are more is told."""


@dataclass(frozen=True, slots=True)
class Part:
    """A question and its answer in short: `name` is why, changing, left_out or unknown."""

    name: str
    title: str
    points: tuple[str, ...]


def parts(view: View) -> tuple[Part, ...]:
    """The four questions beside the answer itself, each with at most a few short sentences."""
    found = {
        "why": _why(view),
        "changing": _changing(view),
        "left_out": _left_out(view),
        "unknown": _unknown(view),
    }
    titles = {"unknown": view.say(f"{unknown.ROOM}.title")}
    return tuple(
        Part(name, titles.get(name) or view.say(f"{ROOM}.{name}"), tuple(points))
        for name, points in found.items()
    )


def _why(view: View) -> list[str]:
    if len(view.ranked) < 2:
        return [view.say(f"{ROOM}.only_way")]
    ahead, behind = speaking.reasons(view, REASONS)
    said = []
    for way, found in (("more", ahead), ("less", behind)):
        none = view.say(f"{ROOM}.none_{way}", bound=speaking.TELLING)
        said += [speaking.short(view, each) for each in found] or [none]
    return said


def _changing(view: View) -> list[str]:
    if len(view.ranked) < 2:
        return [view.say(f"{ROOM}.only_way")]
    settling = [view.say(f"{ROOM}.settling")] if view.ready("settling") else []
    return _few(view, [*settling, *changing.points(view, f"{ROOM}.level_if")])


def _left_out(view: View) -> list[str]:
    found = matter.why_left_out(view)
    if found:
        return _few(view, found)
    return [view.say(f"{ROOM}.left_out_{'same' if view.unranked else 'none'}")]


def _unknown(view: View) -> list[str]:
    found = [each.short or each.what for each in unknown.gaps(view)]
    return _few(view, found) if found else [view.say(f"{unknown.ROOM}.nothing")]


def _few(view: View, said: Sequence[str]) -> list[str]:
    rest = len(said) - SAID
    return [*said[:SAID], *([view.say(f"{ROOM}.more", count=rest)] if rest > 0 else [])]
