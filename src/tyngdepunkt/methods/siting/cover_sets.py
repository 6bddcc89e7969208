"""Which sites cover which demands, made as small as it can be without losing an optimum.

Demands that the same sites cover count as one (their weights added); a site whose demands another site
covers too, at no higher cost, is never needed. On real settlement the two together take a national
instance from 54,840 demands to some thousand classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from tyngdepunkt.methods.siting.problem import Costs, CutLists
from tyngdepunkt.methods.validation import Bools, Floats, Ints

DENSE_WORK = 3e8
"""Multiplications up to which a dense product is quicker than going through the lists."""
_ROWS_AT_ONCE = 4_000_000


@dataclass(frozen=True, eq=False)
class Cover:
    """Classes of demands and the sites that cover them.

    Attributes:
        matrix: (classes, sites) sparse rows of ones, in the order of sites, none empty.
        weights: (classes,) weight of each class.
    """

    matrix: Any
    weights: Floats

    @property
    def classes(self) -> int:
        """How many classes."""
        return int(self.matrix.shape[0])

    @property
    def sites(self) -> int:
        """How many sites."""
        return int(self.matrix.shape[1])

    @cached_property
    def turned(self) -> Any:
        """(sites, classes) the same by site."""
        return self.matrix.T.tocsr()

    def covered(self, plan: Ints) -> Bools:
        """(classes,) what the sites of a plan cover."""
        found = np.zeros(self.classes, bool)
        by_site = self.turned
        for site in plan:
            found[by_site.indices[by_site.indptr[site] : by_site.indptr[site + 1]]] = True
        return found

    def value(self, plan: Ints) -> float:
        """Weight covered by the sites of a plan."""
        return float(self.weights[self.covered(plan)].sum())


def within(costs: Costs, radius: float) -> Any:
    """(demands, sites) sparse ones where a site lies within the radius of a demand."""
    from scipy import sparse

    n, m = costs.shape
    radius = min(radius, float(np.finfo(np.float32).max))  # an infinite cost forbids the pair at any radius
    if isinstance(costs, CutLists):
        near = costs.cost <= radius
        start = np.concatenate([[0], np.cumsum(near)])[costs.start]
        site = costs.site[near].astype(np.int32)
        return _sorted(sparse.csr_array((np.ones(len(site)), site, start), shape=(n, m)))
    step = max(1, _ROWS_AT_ONCE // m)
    counts, found = [], []
    for at in range(0, n, step):
        near = costs[at : at + step] <= radius
        counts.append(near.sum(axis=1))
        found.append(np.nonzero(near)[1].astype(np.int32))
    start = np.concatenate([[0], np.cumsum(np.concatenate(counts))])
    site = np.concatenate(found)
    return sparse.csr_array((np.ones(len(site)), site, start), shape=(n, m))


def within_distance(demands: Floats, sites: Floats, radius: float) -> Any:
    """As `within`, for points in the plane, without ever making the table of all distances.

    Args:
        demands: (demands, 2) coordinates.
        sites: (sites, 2) coordinates in the same unit.
        radius: covered up to and including it.
    """
    from scipy import sparse
    from scipy.spatial import cKDTree

    tree = cKDTree(demands)
    lists = [np.sort(near) for near in tree.query_ball_point(sites, radius, return_sorted=False)]
    start = np.concatenate([[0], np.cumsum([len(near) for near in lists])])
    row = np.concatenate([np.asarray(near, np.int32) for near in lists])
    by_site = sparse.csr_array((np.ones(len(row)), row, start), shape=(len(sites), len(demands)))
    return _sorted(by_site.T.tocsr())


def merged(matrix: Any, weights: Floats) -> tuple[Cover, Ints]:
    """Demands with the same sites as one class; those no site covers, or that weigh nothing, are left out.

    Returns:
        the classes, and (demands,) the class of each demand, −1 where it is left out.
    """
    lengths = np.diff(matrix.indptr)
    some = np.flatnonzero((lengths > 0) & (weights > 0))
    if not len(some):
        return Cover(matrix[:0], np.empty(0)), np.full(len(lengths), -1, np.int64)
    keys = _fingerprints(matrix, some)
    _, first, inside = np.unique(keys, return_index=True, return_inverse=True)
    classes = np.full(len(lengths), -1, np.int64)
    classes[some] = inside
    rows = matrix[some[first]]
    _refuse_collisions(matrix, some, first, inside)
    return Cover(_sorted(rows), _summed(inside, weights[some], len(first))), classes


def _summed(places: Ints, values: Floats, length: int) -> Floats:
    return np.asarray(np.bincount(places, values, minlength=length), np.float64)


def _fingerprints(matrix: Any, some: Ints) -> Any:
    """One number per row that is the same for rows with the same sites: the sum of the sites' own numbers."""
    drawn = np.random.default_rng(20_190_801).integers(1, 2**63, matrix.shape[1], dtype=np.uint64)
    return _row_sums(drawn[matrix.indices], matrix, some)


def _row_sums(values: Any, matrix: Any, rows: Ints) -> Any:
    """Sums along rows, none of them empty; those not asked for may be."""
    full = np.flatnonzero(np.diff(matrix.indptr) > 0)
    sums = np.add.reduceat(values, matrix.indptr[full])
    return sums[np.searchsorted(full, rows)]


def _refuse_collisions(matrix: Any, some: Ints, first: Ints, inside: Ints) -> None:
    """Two different rows with one fingerprint are as good as impossible; if it happens it is not hidden."""
    lengths = np.diff(matrix.indptr)
    if not (lengths[some] == lengths[some[first]][inside]).all():
        raise AssertionError("two different cover sets have one fingerprint")
    sums = _row_sums(matrix.indices.astype(np.float64), matrix, some)
    if not (sums == sums[first][inside]).all():
        raise AssertionError("two different cover sets have one fingerprint")


def narrowed(cover: Cover, sites: Ints, without: Bools | None = None) -> tuple[Cover, Ints]:
    """Only some sites, and only the classes not yet covered; classes that have become equal are merged.

    Returns:
        the smaller cover (its sites numbered along `sites`), and (classes,) where each class went, −1 for
        those left out.
    """
    rows = cover.matrix if without is None else cover.matrix[np.flatnonzero(~without)]
    weights = cover.weights if without is None else cover.weights[~without]
    part = rows if len(sites) == cover.sites else rows[:, sites]
    smaller, went = merged(part, weights)
    if without is None:
        return smaller, went
    all_went = np.full(cover.classes, -1, np.int64)
    all_went[~without] = went
    return smaller, all_went


def gram(matrix: Any, scale: Floats) -> Floats:
    """(sites, sites) Σ scale_j · row_j ⊗ row_j: how much weight each pair of sites covers both.

    The upper triangle is right; the lower one is not promised.
    """
    n, m = matrix.shape
    if float(n) * m * m <= DENSE_WORK:
        dense = matrix.toarray()
        return np.asarray((dense * scale[:, None]).T @ dense)
    kernel = _kernel()
    if kernel is None:
        from scipy import sparse

        return np.asarray((matrix.T @ sparse.diags_array(scale) @ matrix).toarray())
    out = np.zeros((m, m))
    kernel(matrix.indptr, matrix.indices, scale, out)
    return out


def dominated(cover: Cover, costs: Floats) -> Bools:
    """(sites,) sites whose demands another site covers too, without being dearer in anything.

    Args:
        cover: classes and sites.
        costs: (sites, kinds) what a site costs, of each kind; of equal sites the first is kept.
    """
    upper = np.triu(gram(cover.matrix, np.ones(cover.classes)))
    both = upper + np.triu(upper, 1).T
    inside = both >= np.diag(both)[:, None] - 0.5
    for kind in costs.T:
        inside &= kind[None, :] <= kind[:, None]
    mutual = inside & inside.T
    later = np.arange(cover.sites)[:, None] > np.arange(cover.sites)[None, :]
    return np.asarray((inside & (~mutual | later)).any(axis=1))


_KERNELS: list[Any] = []


def _kernel() -> Any:
    """The compiled loop where Numba is installed, else None."""
    if not _KERNELS:
        try:
            import numba
        except ImportError:  # pragma: no cover - the plain way gives the same
            _KERNELS.append(None)
        else:
            _KERNELS.append(numba.njit(cache=True)(_add_rows))
    return _KERNELS[0]


def _add_rows(start: Any, site: Any, scale: Any, out: Any) -> None:  # pragma: no cover - compiled
    for j in range(len(start) - 1):
        for a in range(start[j], start[j + 1]):
            for b in range(a, start[j + 1]):
                out[site[a], site[b]] += scale[j]


def _sorted(matrix: Any) -> Any:
    matrix.sort_indices()
    return matrix
