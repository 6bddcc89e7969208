"""Flows of commuters between places, held sparsely both ways."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import sparse

from tyngdepunkt.methods.validation import Floats, Ints

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Flows:
    """Commuters between places.

    Args:
        matrix: (places, places) persons; row = where they live, column = where they work. Only
            flows above 0 are stored; the diagonal holds those who live and work in the same place.
    """

    matrix: sparse.csr_array

    @property
    def places(self) -> int:
        """How many places."""
        return int(self.matrix.shape[0])

    @cached_property
    def living(self) -> Floats:
        """(places,) employed persons who live in the place."""
        return np.asarray(self.matrix.sum(axis=1), dtype=np.float64).ravel()

    @cached_property
    def working(self) -> Floats:
        """(places,) persons who work in the place."""
        return np.asarray(self.matrix.sum(axis=0), dtype=np.float64).ravel()

    @cached_property
    def within(self) -> Floats:
        """(places,) persons who both live and work in the place."""
        return np.asarray(self.matrix.diagonal(), dtype=np.float64)

    @cached_property
    def inward(self) -> sparse.csc_array:
        """The same flows ordered by where people work."""
        return self.matrix.tocsc()

    def among(self, kept: Ints) -> Flows:
        """The flows between some of the places, in the order given."""
        return Flows(self.matrix[kept][:, kept].tocsr())

    def between(self, labels: Ints, count: int) -> Flows:
        """The flows between groups of places.

        Args:
            labels: (places,) group of each place, 0 … count - 1, or negative for none.
            count: how many groups.
        """
        cells = self.matrix.tocoo()
        rows, columns = labels[cells.row], labels[cells.col]
        inside = (rows >= 0) & (columns >= 0)
        return from_cells(rows[inside], columns[inside], cells.data[inside], count)


def from_cells(home: npt.ArrayLike, work: npt.ArrayLike, persons: npt.ArrayLike, places: int) -> Flows:
    """Flows from a list of cells.

    Args:
        home: (cells,) position of the place lived in.
        work: (cells,) position of the place worked in.
        persons: (cells,) at least 0; cells of the same pair are added.
        places: how many places.

    Raises:
        ValueError: negative or missing numbers, or a position that is no place.
    """
    row = np.asarray(home, dtype=np.int64)
    column = np.asarray(work, dtype=np.int64)
    values = np.asarray(persons, dtype=np.float64)
    if not (row.shape == column.shape == values.shape) or row.ndim != 1:
        raise ValueError("home, work and persons must be lists of the same length")
    if not np.isfinite(values).all() or (values < 0).any():
        raise ValueError("persons must be known and at least 0")
    if len(row) and not (min(row.min(), column.min()) >= 0 and max(row.max(), column.max()) < places):
        raise ValueError(f"a place lies outside 0 to {places - 1}")
    matrix = sparse.coo_array((values, (row, column)), shape=(places, places)).tocsr()
    matrix.eliminate_zeros()
    matrix.sort_indices()
    return Flows(matrix)


def one_sided(flows: Flows) -> Bools:
    """Which places cannot be delineated: nobody lives, nobody works, or nobody crosses the border.

    Taking a place out may leave another without flows, so it is asked again until nothing changes.
    (As in Franconi, D'Alò and Ichim 2016: such places are for the user to place afterwards.)

    Returns:
        (places,) true for those.
    """
    out = np.zeros(flows.places, dtype=bool)
    out[list(why_one_sided(flows))] = True
    return out


OneSided = Literal["no_residents", "no_jobs", "closed"]


def why_one_sided(flows: Flows) -> dict[int, OneSided]:
    """Positions of the places that cannot be delineated, and why: the first of the reasons that holds."""
    why: dict[int, OneSided] = {}
    kept = np.arange(flows.places)
    while True:
        left = flows.among(kept)
        alone = (left.within == left.living) & (left.within == left.working)
        reasons: tuple[tuple[OneSided, Bools], ...] = (
            ("no_residents", left.living == 0),
            ("no_jobs", left.working == 0),
            ("closed", alone),
        )
        faulty = np.zeros(len(kept), dtype=bool)
        for reason, holds in reasons:
            why.update(dict.fromkeys(kept[holds & ~faulty].tolist(), reason))
            faulty |= holds
        if not faulty.any():
            return why
        kept = kept[~faulty]
