"""How firmly a place belongs to its region when the flows are drawn again."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tyngdepunkt.methods.labour_markets.flows import Flows, from_cells
from tyngdepunkt.methods.validation import Floats, Ints, generator


def stays(
    flows: Flows,
    delineation: Callable[[Flows], Ints],
    draws: int,
    seed: int | np.random.Generator,
    before: Ints | None = None,
) -> Floats:
    """Share of drawn matrices in which each place stays in its region.

    Each flow is drawn anew from a Poisson distribution with the flow itself as its mean: the noise of
    counting persons, not of their choices. A region is taken to be the same as before when each of the
    two shares more employed residents with the other than with any other region.

    Args:
        flows: between all places.
        delineation: gives the region of each place, negative for none.
        draws: how many matrices, at least 1.
        seed: the same seed gives the same answer.
        before: (places,) the regions to stay in, where they are known already.

    Returns:
        (places,) shares from 0 to 1; not a number for places that have no region to stay in.

    Raises:
        ValueError: fewer than one draw.
    """
    if draws < 1:
        raise ValueError("at least one draw is needed")
    random = generator(seed)
    before = delineation(flows) if before is None else before
    table = flows.matrix.tocoo()
    kept = np.zeros(flows.places)
    for _ in range(draws):
        drawn = from_cells(table.row, table.col, random.poisson(table.data), flows.places)
        kept += same_region(before, delineation(drawn), flows.living)
    return np.where(before >= 0, kept / draws, np.nan)


def same_region(before: Ints, after: Ints, persons: Floats) -> Ints:
    """Which places are in the same region as before, whatever the regions are called.

    Args:
        before: (places,) region of each place, negative for none.
        after: likewise.
        persons: (places,) what a place weighs when regions are compared.

    Returns:
        (places,) 1 where it is, else 0.
    """
    placed = (before >= 0) & (after >= 0)
    result = np.zeros(len(before), dtype=np.int64)
    if placed.any():
        old, old_at = np.unique(before[placed], return_inverse=True)
        new, new_at = np.unique(after[placed], return_inverse=True)
        shared = np.zeros((len(old), len(new)))
        np.add.at(shared, (old_at, new_at), persons[placed])
        there, back = shared.argmax(axis=1), shared.argmax(axis=0)
        result[placed] = (there[old_at] == new_at) & (back[new_at] == old_at)
    return result
