"""Which cells of linked tables to hide so that every hidden cell is safe, and as few as can be."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from tyngdepunkt.methods.disclosure.fewest import Choices
from tyngdepunkt.methods.disclosure.search import BLOCK, Rule, Search
from tyngdepunkt.methods.disclosure.structure import Structure
from tyngdepunkt.methods.validation import Bools, Ints

ROUNDS = 4
"""Ways of cutting the tables in parts that help less than one cell in fifty before more is hidden."""

MANY, FEW = 60, 4
"""Cells left from which more than one is paid for at a time, and about how many then in one part."""

SMALL, CHOICES = 80, 50
"""Cells of tables for which the fewest are looked for where the heuristic hides too many; choices tried."""

TRIES = 24
"""Cells that publishing another may leave to be proved anew; with more of them that other stays hidden."""


@dataclass(frozen=True)
class Suppression:
    """What is hidden, and how far each hidden cell is proved to reach.

    Attributes:
        primary: (cells,) hidden because they are small.
        secondary: (cells,) hidden because others could be worked out from them.
        low: (cells,) a count the cell has in some staff list that gives the same publication; the lowest
            seen, so the attacker's interval goes at least so far down.
        high: (cells,) the same upwards.
        safe: (cells,) hidden and low, high meet the rule. A hidden cell that is not safe is not proved so.
        programs: how many programs were solved.
        rule: the limits that `safe` speaks of; `low_everywhere` is False in it where it had to be given up.
        fewest: whether it is proved that no safe choice hides fewer cells under this rule.
        cut: whether the time was up before the fewest were found: as safe, but more may be hidden.
        over: whether it is proved that no safe choice under this rule hides at most its `most_secondary`.
        low_refused: whether the same is proved of the rule with `low_everywhere`, where that was given up.
    """

    primary: Bools
    secondary: Bools
    low: Ints
    high: Ints
    safe: Bools
    programs: int
    rule: Rule
    fewest: bool = False
    cut: bool = False
    over: bool = False
    low_refused: bool = False

    @property
    def hidden(self) -> Bools:
        """(cells,) primary or secondary."""
        return self.primary | self.secondary

    @property
    def protected(self) -> bool:
        """Whether every hidden cell is proved safe."""
        return bool(self.safe[self.hidden].all())

    @property
    def secondary_share(self) -> float:
        """Secondary cells among all cells that are not 0."""
        return float(self.secondary.mean())


class _Time:
    """How much of the processor's time the search for the fewest may take in all; no end where None."""

    def __init__(self, seconds: float | None) -> None:
        self._until = None if seconds is None else time.process_time() + seconds
        self.cut = False

    def left(self) -> float:
        return float("inf") if self._until is None else max(0.0, self._until - time.process_time())

    def is_up(self) -> bool:
        self.cut |= self.left() <= 0
        return self.cut


def suppress(
    structure: Structure,
    rule: Rule | None = None,
    seed: int = 1,
    seconds: float | None = None,
    largest: int = SMALL,
) -> Suppression:
    """Hide small counts, and what more is needed so that no hidden cell can be worked out.

    First witnesses are looked for with the small counts alone hidden. For each cell left without, the move
    that gives it room at the least price says what more to hide (the linear programming heuristic for the
    cell suppression problem: Kelly, Golden and Assad 1992; Fischetti and Salazar 2000). Last, each cell that
    was hidden for others is published if all others can be proved without it.

    Args:
        structure: the tables.
        rule: the limits.
        seed: of the order of trials; the same seed gives the same answer, but for `seconds`.
        seconds: the most the search for the fewest takes of the processor's time. Where it is up, the answer
            is that of the heuristic, as safe, and `cut` says so.
        largest: cells of tables for which the fewest are looked for.
    """
    rule, clock = rule or Rule(), _Time(seconds)
    small = len(structure.values) <= largest
    found, refused = _suppressed(structure, rule, seed), False
    if _is_good(found):
        return found
    if rule.low_everywhere:
        if small:
            exact, refused = _with_fewest(structure, rule, seed, rule.most_secondary, clock)
            if exact is not None:
                return exact
        # `low_everywhere` may be out of reach too: what is published can keep a sum of few cells large.
        rule = replace(rule, low_everywhere=False)
        found = _suppressed(structure, rule, seed)
        if _is_good(found):
            return replace(found, cut=clock.cut, low_refused=refused)
    if not small:
        return found
    exact, over = _with_fewest(structure, rule, seed, 1.0, clock)
    return replace(exact or replace(found, cut=clock.cut), over=over, low_refused=refused)


def _is_good(found: Suppression) -> bool:
    return found.protected and found.secondary_share <= found.rule.most_secondary


def _with_fewest(
    structure: Structure, rule: Rule, seed: int, most: float, clock: _Time
) -> tuple[Suppression | None, bool]:
    """The fewest cells; none where that is more than `most` of them, or none is found.

    Second whether it is proved that more than the rule's `most_secondary` must be hidden: that the cuts so
    far ask for it, while each of them follows from a program.
    """
    primary = (structure.values > 0) & (structure.values < rule.below)
    choices = Choices(structure, rule, primary, clock.is_up)
    least, over = 0, False
    for _ in range(CHOICES):
        if clock.is_up():
            return None, over
        hidden = choices.next(clock.left())
        clock.cut |= choices.stopped
        over |= not least and _asks_for_more(hidden, choices, primary, rule)
        if hidden is None or (hidden & ~primary).mean() > most:
            return None, over
        if choices.refute(hidden):
            continue
        if clock.is_up():  # not refuted, but not tried in full either
            return None, over
        least = least or int(hidden.sum())
        search = Search(structure, rule, hidden, seed)
        _free(search)
        needing = search.needing()
        if not needing.any():
            safe = hidden & search.safe(search.low, search.high)
            proved = int(hidden.sum()) == least
            return Suppression(
                primary, hidden & ~primary, search.low, search.high, safe, search.programs, rule, proved
            ), over
        choices.bar(hidden, needing)
    return None, over


def _asks_for_more(hidden: Bools | None, choices: Choices, primary: Bools, rule: Rule) -> bool:
    """Whether the least choice that is left hides too much, or none is left at all."""
    if hidden is None:
        return not choices.stopped
    return bool((hidden & ~primary).mean() > rule.most_secondary)


def _suppressed(structure: Structure, rule: Rule, seed: int) -> Suppression:
    primary = (structure.values > 0) & (structure.values < rule.below)
    search = Search(structure, rule, primary, seed)
    _free(search)
    _pay(search)
    _thin(search, primary)
    safe = search.hidden & search.safe(search.low, search.high)
    return Suppression(
        primary, search.hidden & ~primary, search.low, search.high, safe, search.programs, rule
    )


def _free(search: Search) -> None:
    """Witnesses with nothing more hidden, in one cutting of the tables after another."""
    idle = 0
    while idle < ROUNDS:
        before = int(search.needing().sum())
        if not before:
            return
        number = 0
        for part in search.parts():
            number += 1
            part.free()
        gained = before - int(search.needing().sum())
        idle = idle + 1 if gained * 50 < before else 0
        if number == 1 and not gained:
            return


def _pay(search: Search) -> None:
    """Hide more until every hidden cell is proved safe, or nothing helps."""
    _pay_together(search)
    given_up = np.zeros_like(search.hidden)
    while (left := search.needing() & ~given_up).any():
        # The smallest first: what is hidden for them often serves the larger.
        cell = int(np.flatnonzero(left)[np.argmin(search.structure.values[left])])
        given_up[cell] = not _pay_for(search, cell)


def _pay_together(search: Search) -> None:
    """While many are left in large tables: a few of every part at once, and what that gives the others."""
    while search.needing().sum() > MANY and len(search.structure.inner) > 2 * BLOCK:
        before = int(search.needing().sum())
        for part in search.parts():
            needing = part.cells[search.needing()[part.cells]]
            wanted = np.zeros_like(search.hidden)
            wanted[needing[:: max(1, len(needing) // FEW)]] = True
            part.move(search.price, wanted, 0.0)
            part.free()
        if search.needing().sum() >= before:
            return


def _pay_for(search: Search, cell: int) -> bool:
    size = 2 * BLOCK  # too small a part hides more than it must
    wanted = np.zeros_like(search.hidden)
    wanted[cell] = True
    while True:
        part = search.around(cell, size)
        for share_down in (0.0, 1.0):
            part.move(search.price, wanted, share_down)
            if not search.needing()[cell]:
                part.free()
                return True
        if size >= len(search.structure.inner):
            return False
        size *= 4


def _thin(search: Search, primary: Bools) -> None:
    """Publish what need not be hidden, the dearest first."""
    extra = np.flatnonzero(search.hidden & ~primary)
    for cell in extra[np.argsort(-search.price[extra], kind="stable")].tolist():
        _try_publishing(search, cell)


def _try_publishing(search: Search, cell: int) -> None:
    kept = search.hidden, search.low, search.high, search.witnesses
    search.hidden = search.hidden.copy()
    search.hidden[cell] = False
    search.witnesses, values = [], search.structure.values
    search.low, search.high = values.copy(), values.copy()
    for witness in kept[3]:
        if cell not in witness.indices:
            search.learn(witness)
    needing = search.needing()
    # In large tables the programs cost minutes and give back a cell in two hundred.
    tries = TRIES if len(search.structure.inner) <= 2 * BLOCK else 0
    while needing.any() and needing.sum() <= tries:
        one = int(np.flatnonzero(needing)[0])
        search.around(one, BLOCK).free()
        needing = search.needing()
        if needing[one]:
            break
    if needing.any():
        search.hidden, search.low, search.high, search.witnesses = kept
