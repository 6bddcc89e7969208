"""Combinations of codes: which are possible, and where one is in a list."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tyngdepunkt.methods.validation import Ints


def positions(wanted: Ints, listed: Ints) -> Ints:
    """Where each row of `wanted` is among the distinct rows of `listed`; -1 where it is not."""
    if not len(listed):
        return np.full(len(wanted), -1, dtype=np.int64)
    both = np.concatenate([listed, wanted])
    _, where = np.unique(both, axis=0, return_inverse=True)
    where = where.ravel()
    at = np.full(int(where.max()) + 1, -1, dtype=np.int64)
    at[where[: len(listed)]] = np.arange(len(listed))
    return np.asarray(at[where[len(listed) :]], dtype=np.int64)


def possible_cells(occupied: Ints, groups: Sequence[Sequence[int]], most: int) -> Ints | None:
    """All combinations whose part in every group of dimensions occurs: the natural join.

    Args:
        occupied: (combinations, dimensions) codes that occur.
        groups: lists of dimensions; a dimension in none of them takes every code it has.
        most: the most combinations to make, here and on the way.

    Returns:
        (combinations, dimensions), or None when there would be more than `most`.
    """
    width = occupied.shape[1]
    alone = [[d] for d in range(width) if not any(d in group for group in groups)]
    left = [sorted(group) for group in [*groups, *alone]]
    left.sort(key=lambda group: -len(group))
    dims = left.pop(0)
    made = np.unique(occupied[:, dims], axis=0)
    while left:
        left.sort(key=lambda group: -len(set(group) & set(dims)))
        other = left.pop(0)
        joined = _join(made, dims, np.unique(occupied[:, other], axis=0), other, most)
        if joined is None:
            return None
        made, dims = joined
    return np.unique(made[:, np.argsort(dims)], axis=0) if len(made) <= most else None


def _join(
    one: Ints, dims: list[int], two: Ints, others: list[int], most: int
) -> tuple[Ints, list[int]] | None:
    common = [d for d in others if d in dims]
    new = [d for d in others if d not in dims]
    key_one, key_two = one[:, [dims.index(d) for d in common]], two[:, [others.index(d) for d in common]]
    if common:
        _, keys = np.unique(np.concatenate([key_one, key_two]), axis=0, return_inverse=True)
        keys = keys.ravel()
    else:
        keys = np.zeros(len(one) + len(two), dtype=np.int64)
    first, second = keys[: len(one)], keys[len(one) :]
    order = np.argsort(second, kind="stable")
    begin = np.searchsorted(second[order], first, side="left")
    many = np.searchsorted(second[order], first, side="right") - begin
    # One table less than ten times the limit on the way may still be narrowed below it by the next.
    if int(many.sum()) > 10 * most:
        return None
    rows = np.repeat(np.arange(len(one)), many)
    step = np.arange(len(rows)) - np.repeat(np.cumsum(many) - many, many)
    partner = order[np.repeat(begin, many) + step]
    added = two[partner][:, [others.index(d) for d in new]]
    return np.column_stack([one[rows], added]), [*dims, *new]
