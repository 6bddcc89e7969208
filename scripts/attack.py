"""Attack the published tables of generated staff lists with linear programming, and count what is recovered.

    python scripts/attack.py --lists 1000 --seconds 360

Each list is published as two linked tables (unit by place and unit by occupation group) with all totals. The
attacker has both, knows that a hidden count is at least 1, and asks for the least and the most each hidden
count can be. A count is recovered where these are the same; it is too narrow where they are less than the
rule's width apart. Ends with 1 where any count is recovered or too narrow, or where too much was hidden.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass

import numpy as np

from tyngdepunkt.methods.disclosure.audit import feasible_intervals
from tyngdepunkt.methods.disclosure.structure import build
from tyngdepunkt.methods.disclosure.suppress import SMALL, suppress
from tyngdepunkt.methods.validation import Ints

TABLES = [(0, 1), (0, 2)]
UNITS, PLACES, GROUPS, POSTS = (2, 9), (2, 13), (2, 8), (20, 400)
NOTHING = 1e-6
MOST_SECONDARY = 0.3


@dataclass(frozen=True)
class Attack:
    """What an attacker got out of the tables of one staff list.

    Args:
        cells: counts that are not 0.
        primary: hidden since they are small.
        secondary: hidden since others could be worked out from them.
        recovered: hidden counts that the attacker knows exactly.
        narrow: hidden counts whose interval is narrower than the rule says.
        given_up: whether large counts that are hidden may be seen to be large.
        proved: whether the publication calls itself safe; it is not published where not.
        over: whether it is proved that no fewer than too many can be hidden under the rule it was kept to.
        refused: whether it is proved that large counts cannot be hidden as such without hiding too many.
    """

    cells: int
    primary: int
    secondary: int
    recovered: int
    narrow: int
    given_up: bool
    proved: bool
    over: bool
    refused: bool

    @property
    def share(self) -> float:
        """Of all counts, those that are hidden beyond the small ones."""
        return self.secondary / self.cells


def staff(seed: int) -> Ints:
    """(posts, 3) unit, place and occupation group of each post, uneven as in an agency."""
    random = np.random.default_rng(seed)
    many = [int(random.integers(*ends)) for ends in (UNITS, PLACES, GROUPS)]
    posts = int(random.integers(*POSTS))
    weights = [random.lognormal(0, 1, each) for each in many]
    return np.column_stack([random.choice(len(w), posts, p=w / w.sum()) for w in weights])


def attack(seed: int, largest: int = SMALL) -> Attack:
    """Publish one list, and attack it; the fewest cells are looked for in tables of at most `largest`."""
    structure = build(staff(seed), TABLES)
    made = suppress(structure, largest=largest)
    known = feasible_intervals(structure, made.hidden, least=made.rule.least)
    width = (known.high - known.low)[made.hidden]
    return Attack(
        cells=len(structure.values),
        primary=int(made.primary.sum()),
        secondary=int(made.secondary.sum()),
        recovered=int((~(width > NOTHING)).sum()),
        narrow=int((~(width >= made.rule.width - NOTHING)).sum()),
        given_up=not made.rule.low_everywhere,
        proved=made.protected,
        over=made.over,
        refused=made.low_refused,
    )


def told(found: list[Attack], seconds: float) -> str:
    """The figures of all lists."""
    shares = np.array([each.share for each in found])
    pooled = sum(each.secondary for each in found) / sum(each.cells for each in found)
    hidden = sum(each.primary + each.secondary for each in found)
    over = shares > MOST_SECONDARY
    proved = sum(each.over for each, more in zip(found, over, strict=True) if more)
    given_up = [each for each in found if each.given_up]
    refused = sum(each.refused for each in given_up)
    of_lists = f"of a list: median {np.median(shares):.1%}, most {shares.max():.1%}"
    return "\n".join(
        [
            f"lists attacked                   {len(found)} in {seconds:.0f} s",
            f"counts published or hidden       {sum(each.cells for each in found)}, {hidden} of them hidden",
            f"recovered                        {sum(each.recovered for each in found)}",
            f"narrower than the rule           {sum(each.narrow for each in found)}",
            f"hidden beyond the small ones     {pooled:.1%} of all counts; {of_lists}",
            f"lists with more than {MOST_SECONDARY:.0%}         {int(over.sum())}, {proved} of them must",
            f"lists kept to width alone        {len(given_up)}, {refused} of them must",
            f"lists that cannot be published   {sum(not each.proved for each in found)}",
        ]
    )


def main(arguments: list[str]) -> int:
    """Attack lists until there are enough, or the time is up."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lists", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="the seed of the first list")
    parser.add_argument("--seconds", type=float, default=3600.0)
    parser.add_argument("--largest", type=int, default=SMALL, help="cells of tables searched for the fewest")
    given = parser.parse_args(arguments)
    begun, found = time.monotonic(), []
    for seed in range(given.first, given.first + given.lists):
        if found and time.monotonic() - begun > given.seconds:
            break
        found.append(attack(seed, given.largest))
        if sys.stderr.isatty():
            print(f"\r{len(found)}", end="", file=sys.stderr)
    print(told(found, time.monotonic() - begun))
    leaked = sum(
        each.recovered + each.narrow for each in found if each.proved
    )  # the others are not published
    pooled = sum(each.secondary for each in found) / sum(each.cells for each in found)
    return int(leaked > 0 or pooled > MOST_SECONDARY)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
