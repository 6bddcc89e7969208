"""What two answers are made of, where they differ: the weights, the points and the figures behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.documents import figure_words as words

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.result import AlternativeResult, Assessment
    from tyngdepunkt.places import Places

MOST = 60  # rows of figures
DECIMALS = 1
Key = tuple[str, int]
"""An alternative: its name, and which of those with that name."""


@dataclass(frozen=True, slots=True)
class Weight:
    """A consideration's weight on each side in per cent; None where the side does not weigh it."""

    title: str
    a: float | None
    b: float | None

    @property
    def differs(self) -> bool:
        """Whether it differs as it is shown."""
        return _shown(self.a, "nb") != _shown(self.b, "nb")


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure, or the points under a consideration, of an alternative on both sides, in words."""

    alternative: str
    title: str
    a: str
    b: str


def by_name(found: Assessment | None) -> dict[Key, AlternativeResult]:
    """The alternatives by name; two of the same name are told apart by their order."""
    seen: Counter[str] = Counter()
    placed: dict[Key, AlternativeResult] = {}
    for each in found.alternatives if found else ():
        seen[each.name] += 1
        placed[each.name, seen[each.name]] = each
    return placed


def weights(a: Assessment | None, b: Assessment | None) -> tuple[Weight, ...]:
    """Every consideration that either side weighs; none where a side has no answer."""
    if a is None or b is None:
        return ()
    names = dict.fromkeys([*a.weights, *b.weights])
    return tuple(
        Weight(_title(name, a, b), _share(a.weights, name), _share(b.weights, name)) for name in names
    )


def figures(a: Assessment | None, b: Assessment | None, places: Places) -> tuple[Pair, ...]:
    """Points and figures that differ, of the alternatives that are on both sides."""
    if a is None or b is None:
        return ()
    views = View.of(a, places), View.of(b, places)
    left, right = by_name(a), by_name(b)
    return tuple(
        pair
        for key, item in right.items()
        if key in left
        for pair in (*_points(left[key], item, a, b), *_figures(left[key], item, views))
        if pair.a != pair.b
    )


def marks(pairs: Iterable[Pair], lang: str) -> str:
    """What the marks that some figures carry mean; only those that are there."""
    said = "".join(pair.a + pair.b for pair in pairs)
    used = [quality for quality, mark in words.MARKS.items() if mark in said]
    return " ".join(words.meaning(quality, lang) for quality in used)


def _points(one: AlternativeResult, other: AlternativeResult, a: Assessment, b: Assessment) -> Iterator[Pair]:
    for name in dict.fromkeys([*one.scores, *other.scores]):
        yield Pair(
            other.name,
            _title(name, a, b),
            _shown(one.scores.get(name), b.lang),
            _shown(other.scores.get(name), b.lang),
        )


def _figures(one: AlternativeResult, other: AlternativeResult, views: tuple[View, View]) -> Iterator[Pair]:
    for name in dict.fromkeys([*one.measurements, *other.measurements]):
        said = [
            words.phrase(item.measurements[name].figure, view.decimals(name), view.lang)
            if name in item.measurements
            else ""
            for view, item in zip(views, (one, other), strict=True)
        ]
        yield Pair(other.name, views[1].indicator_title(name), *said)


def _title(name: str, *found: Assessment) -> str:
    for each in found:
        for consideration in each.rule_set.considerations:
            if consideration.id == name:
                return consideration.title[each.lang]
    return name


def _share(given: Mapping[str, float], name: str) -> float | None:
    return 100 * given[name] if name in given else None


def _shown(value: float | None, lang: str) -> str:
    return "" if value is None else texts.number(value, DECIMALS, lang)
