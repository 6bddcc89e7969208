"""Counting ranks over very many draws of weights, fast and exactly.

What costs is neither the product of values and weights nor the counting, but the sort. NumPy
sorts 32-bit whole numbers several times as fast as it can sort positions by a 64-bit key.
So each value is rounded down to a whole number in the upper bits of such a number, and the
alternative's position is put in the lower bits: one plain sort in place then gives the whole
order. Rounding down never turns an order round, it only makes neighbours equal; those (about
one pair in ten draws of 357 alternatives) are compared again by their full values. The counts
are therefore the same as those of a stable sort of the values themselves.

Blocks of draws fit the processor's cache, and each thread takes one share of the draws after another:
product and sort let go of the interpreter's lock. The product is taken in slices that are too
small for the linear algebra library to start threads of its own, which would fight with ours.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.validation import Floats, Ints

Order: TypeAlias = npt.NDArray[np.signedinteger[Any]]
_CELLS = 1 << 17
_COUNTED = 8
_PRODUCT = 1 << 18
_MOST_IN_32_BITS = 1024
_SHARE = 1 << 14
_WORTH_A_THREAD = 1 << 22


class Tally(NamedTuple):
    """Counts over draws.

    Attributes:
        ranks: (alternatives, ranks) how often each alternative took each rank.
        first: (alternatives, criteria) sum of the weights of the draws each alternative won.
    """

    ranks: Ints
    first: Floats


def tally(values: Floats, weights: Floats, threads: int | None = None) -> Tally:
    """Count ranks over draws of weights; ties go to the lower position.

    Args:
        values: (alternatives, criteria), finite, higher is better.
        weights: (draws, criteria), at least 0, rows sum to 1.
        threads: how many; by default as many as the processors this program may use, and one
            where the work is small. The answer does not depend on it.
    """
    workers = threads or (_processors() if len(values) * len(weights) > _WORTH_A_THREAD else 1)
    shares = [weights[start : start + _SHARE] for start in range(0, len(weights), _SHARE)]
    with ThreadPoolExecutor(workers) if workers > 1 else nullcontext() as pool:
        counted = (pool.map if pool else map)(lambda share: _share(values, share), shares)
        return _sum(counted)


def _sum(parts: Iterator[Tally]) -> Tally:
    """Sum in the order of the draws: the last digits do not hang on how many threads there were."""
    ranks, first = next(parts)
    for part in parts:
        ranks += part.ranks
        first += part.first
    return Tally(ranks, first)


def _processors() -> int:
    try:
        return max(1, len(os.sched_getaffinity(0)))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def _share(values: Floats, weights: Floats) -> Tally:
    n, criteria = values.shape
    block = max(1, min(_CELLS // n, len(weights)))
    many = min(_COUNTED * block, len(weights))
    in_order = _Sorter(values, block)
    rows = np.arange(n, dtype=np.int64) * n
    cells = np.empty((many, n), dtype=np.int64)  # the width bincount wants
    winners = np.empty(len(weights), dtype=np.int64)
    counts = np.zeros(n * n, dtype=np.int64)
    for start in range(0, len(weights), many):
        part = weights[start : start + many]
        for at in range(0, len(part), block):
            order = in_order(part[at : at + block])
            winners[start + at : start + at + len(order)] = order[:, 0]
            np.add(order, rows, out=cells[at : at + len(order)])
        # each count fills a table of its own, which is as large as a block: so several blocks at once
        counts += np.bincount(cells[: len(part)].ravel(), minlength=n * n)
    first = [np.bincount(winners, weights=weights[:, k], minlength=n) for k in range(criteria)]
    return Tally(np.ascontiguousarray(counts.reshape(n, n).T), np.stack(first, axis=1))


class _Sorter:
    """Positions from best to worst for each draw of a block.

    The buffers, and with them the answer, are used again for the next block: fresh memory for
    every block would cost as much as the sort.
    """

    def __init__(self, values: Floats, block: int) -> None:
        n = len(values)
        small = n <= _MOST_IN_32_BITS
        self.whole = np.int32 if small else np.int64
        self._bits = max(1, (n - 1).bit_length())
        _, exponent = math.frexp(max(float(np.abs(values).max()) * 1.000001, 1e-300))
        # A power of two times a float is exact: the scaled product orders exactly as the plain one.
        scale = (31 if small else 62) - self._bits - exponent
        self._scaled = np.ascontiguousarray(-np.ldexp(values, scale).T)
        self._position = np.arange(n, dtype=self.whole)
        self._product = np.empty((block, n))
        self._keys: Order = np.empty((block, n), dtype=self.whole)
        self._upper: Order = np.empty(block * n, dtype=self.whole)
        self._equal = np.empty(block * n, dtype=np.bool_)

    def __call__(self, weights: Floats) -> Order:
        product, keys = self._product[: len(weights)], self._keys[: len(weights)]
        self._multiply(weights, product)
        np.copyto(keys, product, casting="unsafe")  # rounds towards 0, which turns no order round
        np.left_shift(keys, self._bits, out=keys)
        np.bitwise_or(keys, self._position, out=keys)
        keys.sort(axis=1)
        close = self._close(keys)
        np.bitwise_and(keys, (1 << self._bits) - 1, out=keys)
        if len(close):
            _settle(keys, product, close)
        return keys

    def _multiply(self, weights: Floats, product: Floats) -> None:
        criteria, n = self._scaled.shape
        rows = max(1, _PRODUCT // (n * criteria))
        whole = len(weights) // rows * rows
        if whole:
            stacked = product[:whole].reshape(-1, rows, n)
            np.matmul(weights[:whole].reshape(-1, rows, criteria), self._scaled, out=stacked)
        if whole < len(weights):
            np.matmul(weights[whole:], self._scaled, out=product[whole:])

    def _close(self, keys: Order) -> Ints:
        """Places, counted through the block, whose key is as good as the next one's."""
        upper = self._upper[: keys.size]
        np.right_shift(keys.ravel(), self._bits, out=upper)
        equal = self._equal[: keys.size - 1]
        np.equal(upper[1:], upper[:-1], out=equal)
        return np.flatnonzero(equal)


def _settle(order: Order, product: Floats, close: Ints) -> None:
    """Put right the neighbours whose keys were equal, by their full values (low product is best).

    A lone pair is swapped where it stands the wrong way; a longer run is sorted anew.
    """
    n = order.shape[1]
    row, place = np.divmod(close, n)
    inside = place < n - 1  # the last of a draw and the first of the next are no neighbours
    row, place = row[inside], place[inside]
    before, after = order[row, place], order[row, place + 1]
    swap = product[row, before] > product[row, after]
    run = np.flatnonzero((row[1:] == row[:-1]) & (place[1:] == place[:-1] + 1))
    if len(run):  # seldom: in most blocks every pair is a lone one
        differs = product[row, before] != product[row, after]
        in_run = np.concatenate((run, run + 1))
        long = np.unique(row[in_run][differs[in_run]])
        order[long] = np.argsort(product[long], axis=1, kind="stable")
        swap &= ~np.isin(row, long)
    order[row[swap], place[swap]] = after[swap]
    order[row[swap], place[swap] + 1] = before[swap]


def wins(values: Floats, weights: Floats) -> Ints:
    """How often the row's alternative has more value than the column's, over the draws.

    Takes every pair of alternatives in every draw: meant for some tens of alternatives, or few draws.

    Args:
        values: (alternatives, criteria), finite, higher is better.
        weights: (draws, criteria).

    Returns:
        (alternatives, alternatives) counts where the column comes after the row in the table, else 0:
        each pair is compared once.
    """
    n = len(values)
    counts = np.zeros((n, n), dtype=np.int64)
    block = max(1, _CELLS // n)
    for start in range(0, len(weights), block):
        totals = np.ascontiguousarray((weights[start : start + block] @ values.T).T)
        for i in range(n - 1):
            counts[i, i + 1 :] += np.count_nonzero(totals[i] > totals[i + 1 :], axis=1)
    return counts
