"""What is left of a p-median when most sites are settled, as a small program for HiGHS.

Hammer (1968) and Beresnev (1973): a demand pays the cost of its nearest candidate, and for each further one
the difference, if none of those before is open. So the objective is a constant and, for each set of sites,
a price that is paid when all of the set are closed. Demands in one place, and demands that differ only in
their order of the nearest sites, share sets (AlBdaiwi, Ghosh and Goldengorin 2011): the 54,840 cells of the
country with 556 sites left at p = 200 have 17,580. HiGHS proves in seconds what branching on sites does not.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.siting.lists import Lists, shortened
from tyngdepunkt.methods.siting.programs import Program, solve_program
from tyngdepunkt.methods.siting.result import Deadline
from tyngdepunkt.methods.validation import Bools, Floats, Ints

MOST_TERMS = 3_000_000
"""Most sites in all sets together for which HiGHS is asked."""


_PART, _SURE, _ENOUGH = 32, 1.5, 1000
"""Sets looked at to judge how many there are: one in so many; refused only when surely too many."""


class Terms(NamedTuple):
    """Minimise constant + Σ price of the sets of which every site is closed.

    Attributes:
        constant: what is paid in any case.
        price: (sets,) above 0.
        sets: (sets, sites) 0/1, compressed by row; sites by the number in the lists.
    """

    constant: float
    price: Floats
    sets: Any


class Settled(NamedTuple):
    """What the program proved.

    Attributes:
        bound: no plan within the state costs less by the lists; infinite where there is none.
        open: (sites,) the best plan found; None without one.
    """

    bound: float
    open: Bools | None


def terms(lists: Lists, state: np.ndarray) -> Terms | None:
    """The sets of a state of the sites: a list ends at its first site that is open for good.

    None where all sets together would have more than `MOST_TERMS` sites; that is counted before they are
    written out, since long lists have sets whose sizes grow with the square of their length.
    """
    alive = state != -1
    short = shortened(lists, alive)
    names = np.flatnonzero(alive)
    site = names[short.site]
    sure = state[site] == 1
    size = np.diff(short.start)
    demand = np.repeat(np.arange(short.demands), size)
    last = np.append(short.cost[1:], 0.0)
    ends = short.start[1:][size > 0] - 1
    last[ends] = short.beyond[size > 0]
    seen = np.cumsum(sure)
    before = np.concatenate(([0], seen))[short.start[:-1]]
    free = seen == before[demand]  # no sure site up to here
    first = short.beyond.copy()
    first[size > 0] = short.cost[short.start[:-1][size > 0]]
    paid = free & (last > short.cost)
    entries = np.flatnonzero(paid).astype(np.int64)
    size = entries - short.start[demand[entries]] + 1
    sums = _sums(short.start, site, demand, paid)
    if _all_sizes(sums, size) > MOST_TERMS:
        return None
    first_of, together = _same_sets(sums, (last - short.cost)[entries])
    rows, price = entries[first_of], together
    if int(size[first_of].sum()) > MOST_TERMS:
        return None
    return Terms(float(first.sum()), price, _sparse(short.start, site, demand, rows, len(state)))


_Sums: TypeAlias = "tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]"


def _sums(start: Ints, site: Ints, demand: Ints, paid: Bools) -> _Sums:
    """(paid entries,) two random sums of 64 bits, by which sets are told apart."""
    random = np.random.default_rng(1)

    def one() -> npt.NDArray[np.uint64]:
        marks = random.integers(0, 2**64, int(site.max(initial=0)) + 1, dtype=np.uint64)
        total = np.concatenate((np.zeros(1, np.uint64), np.cumsum(marks[site], dtype=np.uint64)))
        return np.asarray((total[1:] - total[start[demand]])[paid])

    return one(), one()


def _all_sizes(sums: _Sums, size: Ints) -> float:
    """About how many sites all different sets have together, by a chance part of the sets: in a moment."""
    part = sums[0] % np.uint64(_PART) == 0
    _, first_of = np.unique(sums[0][part], return_index=True)
    return float(size[part][first_of].sum()) * _PART / _SURE if part.sum() > _ENOUGH else 0.0


def _same_sets(sums: _Sums, price: Floats) -> tuple[Ints, Floats]:
    """One entry for each different set, and the prices of equal sets together."""
    order = np.lexsort((sums[1], sums[0]))
    a, b = sums[0][order], sums[1][order]
    new = np.ones(len(order), bool)
    new[1:] = (a[1:] != a[:-1]) | (b[1:] != b[:-1])
    group = np.cumsum(new) - 1
    together = np.bincount(group, price[order], minlength=int(new.sum()))
    return order[new].astype(np.int64), together.astype(np.float64)


def _sparse(start: Ints, site: Ints, demand: Ints, rows: Ints, sites: int) -> Any:
    from scipy import sparse

    begin = start[demand[rows]]
    size = rows - begin + 1
    indptr = np.concatenate((np.zeros(1, np.int64), np.cumsum(size)))
    take = np.repeat(begin - indptr[:-1], size) + np.arange(indptr[-1])
    return sparse.csr_array((np.ones(len(take)), site[take], indptr), shape=(len(rows), sites))


def settle(
    lists: Lists, state: np.ndarray, p: int, deadline: Deadline, known: Bools | None = None
) -> Settled | None:
    """The best plan within a state, by HiGHS.

    Args:
        lists: of the sites left.
        state: (sites,) open (1) and closed (-1) for good.
        p: sites to open, those open for good included.
        deadline: when to hand over.
        known: (sites,) a plan known already; used where it keeps to the state.

    Returns:
        None where the program would be too large.
    """
    from scipy import sparse

    left = terms(lists, state)
    if left is None:
        return None
    count, sites = len(left.price), len(state)
    rows = sparse.vstack(
        [
            sparse.hstack([left.sets, sparse.eye_array(count)]),
            sparse.csr_array(np.append(np.ones(sites), np.zeros(count))[None, :]),
        ],
        format="csr",
    )
    unit = float(left.price.mean()) if count else 1.0
    program = Program(
        np.append(np.zeros(sites), left.price / unit),
        np.append((state == 1).astype(float), np.zeros(count)),
        np.append((state != -1).astype(float), np.ones(count)),
        np.append(np.ones(sites, bool), np.zeros(count, bool)),
        rows,
        np.append(np.ones(count), float(p)),
        np.append(np.full(count, np.inf), float(p)),
    )
    solved = solve_program(program, deadline, _start(left, state, p, known))
    if solved.x is None:
        return Settled(np.inf if solved.state == "infeasible" else left.constant + unit * solved.bound, None)
    opened = solved.x[:sites] > 0.5
    value = left.constant + float(left.price[np.asarray(left.sets @ opened.astype(float)) < 0.5].sum())
    bound = value if solved.state == "optimal" else min(value, left.constant + unit * solved.bound)
    return Settled(bound, opened)


def _start(left: Terms, state: np.ndarray, p: int, known: Bools | None) -> Floats | None:
    if known is None or known.sum() != p or known[state == -1].any() or not known[state == 1].all():
        return None
    plan = known.astype(float)
    return np.append(plan, np.asarray(left.sets @ plan) < 0.5)
