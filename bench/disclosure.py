"""Cell suppression on generated staff lists: does an attacker with linear programming get anything?

    python bench/disclosure.py [--lists 1000] [--national]

Every list is attacked with all its tables at once: two linear programs per hidden cell. Printed are the
cells recovered, the cells whose interval breaks the rule, and how many cells were hidden for others (share
of the cells that are not 0). `--national` measures 60,000 posts in three tables.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

from tyngdepunkt.methods.disclosure.audit import feasible_intervals
from tyngdepunkt.methods.disclosure.structure import build
from tyngdepunkt.methods.disclosure.suppress import suppress

TABLES = ([(0, 1)], [(0, 1), (0, 2)], [(0, 1), (0, 2), (1, 2)])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lists", type=int, default=1000)
    parser.add_argument("--national", action="store_true")
    given = parser.parse_args()
    attacked(given.lists)
    if given.national:
        national()


def attacked(lists: int) -> None:
    """Attack generated lists of 80 to 800 posts."""
    recovered, broken, unproved, eased, shares, hidden, begun = 0, 0, 0, 0, [], 0, time.perf_counter()
    for seed in range(lists):
        random = np.random.default_rng(seed)
        size = (int(random.integers(80, 801)), *(int(random.integers(*r)) for r in ((3, 9), (4, 16), (3, 9))))
        structure = build(staff(*size, seed), TABLES[seed % 3])
        result = suppress(structure)
        found = feasible_intervals(structure, result.hidden, least=result.rule.least)
        low, high = found.low[result.hidden], found.high[result.hidden]
        recovered += int((high - low < 1e-6).sum())
        small = structure.parts() < result.rule.below
        must = (small & (result.rule.low_everywhere | result.primary))[result.hidden]
        broken += int((~((high - low >= 5 - 1e-6) & (~must | (low <= 4 + 1e-6)))).sum())
        eased += not result.rule.low_everywhere
        unproved += int((~result.safe[result.hidden]).sum())
        hidden += int(result.hidden.sum())
        shares.append(result.secondary_share)
    at = np.quantile(shares, [0.5, 0.9, 0.99, 1.0])
    print(f"{lists} lists, {hidden:,} hidden cells, {time.perf_counter() - begun:.0f} s")
    print(f"  recovered {recovered}, interval breaks the rule {broken}, not proved by whole lists {unproved}")
    print(f"  lists where cells hidden for others need only be wide: {eased}")
    print("  secondary share: median {:.1%}, 90 % {:.1%}, 99 % {:.1%}, most {:.1%}".format(*at), end="")
    print(f"; above 30 %: {int((np.array(shares) > 0.3).sum())} lists")


def national() -> None:
    """The time of 60,000 posts."""
    structure = build(staff(60_000, 100, 357, 60, 0), TABLES[2])
    begun = time.perf_counter()
    result = suppress(structure)
    print(f"60,000 posts, {len(structure.values):,} cells: {time.perf_counter() - begun:.0f} s", end="")
    print(f", protected {result.protected}, secondary share {result.secondary_share:.1%}")


def staff(posts: int, units: int, places: int, functions: int, seed: int) -> np.ndarray:
    """Made-up posts (posts, 3): skewed sizes, each unit in some of the places with some of the functions."""
    random = np.random.default_rng(seed)
    share, pull = random.lognormal(0, 1.3, units), random.lognormal(0, 1.5, places)
    unit = random.choice(units, posts, p=share / share.sum())
    out = np.column_stack([unit, unit, unit])
    for one in range(units):
        who = np.flatnonzero(unit == one)
        many = min(places, max(1, int(random.lognormal(2.5, 1))))
        where = random.choice(places, many, replace=False, p=pull / pull.sum())
        out[who, 1] = where[_drawn(random, pull[where] * random.lognormal(0, 0.5, many), len(who))]
        what = random.choice(functions, min(functions, max(1, int(random.lognormal(2, 0.6)))), replace=False)
        out[who, 2] = what[_drawn(random, random.lognormal(0, 1, len(what)), len(who))]
    return out


def _drawn(random: np.random.Generator, weight: np.ndarray, number: int) -> np.ndarray:
    return random.choice(len(weight), number, p=weight / weight.sum())


if __name__ == "__main__":
    main()
