"""What it takes for the answer to be another: weights, places and figures, the nearest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.documents.document import Bullets, Paragraph, Section
from tyngdepunkt.texts import inside

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.answer import WeightChange
    from tyngdepunkt.analyses.location.result import AlternativeResult

ROOM = "note:changing"
MOST = 3
ALMOST = 0.01
"""A change of weights smaller than one percentage point is not worth a number on the first page."""


def section(view: View) -> tuple[Section, ...]:
    """The rivals and the weights at which they draw level; then what leaving one thing out does."""
    if len(view.ranked) < 2 or view.first is None:
        return ()
    settling = (view.say("note:brief.settling"),) if view.ready("settling") else ()
    said = (*settling, *points(view))
    rest = [text for text in (view.ready("uncertainty"), view.ready("leave_out")) if text]
    blocks = ([Bullets(said)] if said else []) + [Paragraph(" ".join(rest))] * bool(rest)
    return (Section(view.say(f"{ROOM}.title"), tuple(blocks)),) if blocks else ()


def points(view: View, key: str = f"{ROOM}.level_if") -> tuple[str, ...]:
    """The rivals and the weights at which each draws level, the nearest first; then those no weights help.

    Args:
        view: what is told of.
        key: the sentence of one such weight.
    """
    beaten = {item.name for item in view.ranked[1:] if _beaten(view, item)}
    found = [each for each in view.assessment.robustness.changes if each.to not in beaten]
    changes = sorted(found, key=lambda each: each.distance)
    level = [said for change in changes[:MOST] if (said := _level(view, change, key))]
    return (*dict.fromkeys(level), *_never(view, {each.to for each in found}))


def _level(view: View, change: WeightChange, key: str) -> str:
    """The smallest change of weights in one breath: the weight that must grow the most."""
    if change.distance == 0:
        return view.ready("flip")
    before = view.assessment.weights
    name = max(change.weights, key=lambda each: change.weights[each] - before.get(each, 0.0))
    if change.weights[name] - before.get(name, 0.0) < ALMOST:
        return view.say(f"{ROOM}.level_almost", rival=change.to)
    weights = {"before": before.get(name, 0.0), "after": change.weights[name]}
    return view.say(key, rival=change.to, name=inside(view.title(name)), **weights)


def _beaten(view: View, item: AlternativeResult) -> bool:
    """Whether it is nowhere better than the first: weights can then draw it level, never put it before."""
    first = view.ranked[0]
    pairs = [(item.scores.get(each), first.scores.get(each)) for each in view.considerations]
    return all(own is not None and other is not None and own <= other for own, other in pairs)


def _never(view: View, reached: set[str]) -> list[str]:
    """Those no weights can put before the first."""
    names = [item.name for item in view.ranked[1:] if item.name not in reached]
    if not names or view.first is None:
        return []
    if len(names) > MOST:
        key = f"{ROOM}.never_{'all' if len(names) == len(view.ranked) - 1 else 'count'}"
        return [view.say(key, count=len(names), first=view.first.name)]
    return [view.say(f"{ROOM}.never", names=names, first=view.first.name)]
