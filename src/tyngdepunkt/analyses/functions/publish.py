"""Tables of posts that can be published: units by places and by occupation groups, small counts hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from tyngdepunkt.analyses.functions.result import Cell, Hiding, Protection
from tyngdepunkt.analyses.functions.staff import Key
from tyngdepunkt.methods.disclosure.search import Rule
from tyngdepunkt.methods.disclosure.structure import TOTAL, Structure, build
from tyngdepunkt.methods.disclosure.suppress import Suppression, suppress

UNIT, PLACE, GROUP = 0, 1, 2
TABLES = {"unit_place": (UNIT, PLACE), "unit_group": (UNIT, GROUP)}
_ARMED_FORCES = ("01", "02", "03")
RULE_VERSION = "1"
"""Changes whenever another set of counts may be hidden by principle, or a hidden one be less safe."""
WIDTH_ONLY = 1000
"""Cells from which a cell that is hidden for others need only be wide: to ask more takes minutes."""


@dataclass(frozen=True, slots=True)
class Published:
    """The cells, and what is to be told of them.

    Args:
        safe: whether every hidden cell is proved safe; there are no cells where not.
        hidden: how many of `cells` are hidden.
        rule: what they keep to.
        cut: whether there was no time to look for the fewest cells to hide.
        hiding: how much is hidden beyond the small counts, and whether that is proved to be needed.
    """

    cells: list[Cell]
    safe: bool
    hidden: int
    rule: Protection
    cut: bool
    hiding: Hiding


def published(
    posts: Iterable[tuple[Key, int]],
    named: Callable[[str | None, str | None], str],
    seconds: float | None = None,
) -> Published:
    """Both tables with all totals, so hidden that nothing hidden can be worked out.

    Args:
        posts: (unit, occupation, place) with its count.
        named: the words for a place and a group, each None where it is all of them.
        seconds: the most the search for the fewest cells to hide may take.
    """
    rows = [((unit, place, group_of(code)), count) for (unit, code, place), count in posts]
    codes = [sorted({key[at] for key, _ in rows}) for at in (UNIT, PLACE, GROUP)]
    number = [{code: at for at, code in enumerate(each)} for each in codes]
    keys = np.array([[number[at][key[at]] for at in (UNIT, PLACE, GROUP)] for key, _ in rows])
    structure = build(np.repeat(keys, [count for _, count in rows], axis=0), list(TABLES.values()))
    asked = Rule(low_everywhere=len(structure.values) < WIDTH_ONLY)
    found = suppress(structure, asked, seconds=seconds)
    kept = found.rule
    rule = Protection(RULE_VERSION, kept.below, kept.width, kept.least, kept.low_everywhere)
    if not found.protected:
        return Published([], False, 0, rule, found.cut, Hiding(None, None, None))
    cells = list(_cells(structure, found, codes, named))
    hidden = sum(cell.suppressed for cell in cells)
    return Published(cells, True, hidden, rule, found.cut, _hiding(asked, found))


def _hiding(asked: Rule, found: Suppression) -> Hiding:
    over = found.secondary_share > found.rule.most_secondary
    return Hiding(
        share=found.secondary_share,
        over=("proved" if found.over else "unknown") if over else None,
        large=None
        if found.rule.low_everywhere or not found.hidden.any()
        else "not_asked"
        if not asked.low_everywhere
        else "proved"
        if found.low_refused
        else "unknown",
    )


def group_of(occupation: str) -> str:
    """The first digit of an occupation; the armed forces are in group 3, as in Statistics Norway's counts.

    >>> group_of("2422"), group_of("0310")
    ('2', '3')
    """
    return "3" if occupation.startswith(_ARMED_FORCES) else occupation[0]


def _cells(
    structure: Structure,
    found: Suppression,
    codes: Sequence[Sequence[str]],
    named: Callable[[str | None, str | None], str],
) -> Iterable[Cell]:
    """The entries by table, totals last."""
    entries = zip(structure.keys.tolist(), structure.cell.tolist(), strict=True)
    for key, cell in sorted(entries, key=lambda entry: _order(entry[0])):
        unit, place, group = (None if at == TOTAL else codes[d][at] for d, at in enumerate(key))
        hidden = bool(found.hidden[cell])
        count = None if hidden else int(structure.values[cell])
        table = "unit_place" if group is None else "unit_group"
        yield Cell(table, unit, place, group, count, hidden, named(place, group))


def _order(key: Sequence[int]) -> tuple[bool, list[tuple[bool, int]]]:
    return key[GROUP] != TOTAL, [(at == TOTAL, at) for at in key]
