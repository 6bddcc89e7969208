"""Who can work from anywhere, municipality by municipality: occupations times shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tyngdepunkt.analyses.remote_work.shares import matrix
from tyngdepunkt.methods.validation import Bools, Floats, Ints


@dataclass(frozen=True, slots=True)
class Counted:
    """Wage earners by residence.

    Attributes:
        everyone: (municipalities,) all of them, NaN where the municipality has no figures.
        by_method: (municipalities, methods) those who can work from anywhere.
        band: (municipalities, 3) the same by the least, the mean and the most of the methods in each group.
    """

    everyone: Floats
    by_method: Floats
    band: Floats

    @property
    def known(self) -> Bools:
        """(municipalities,) which have figures."""
        return np.asarray(np.isfinite(self.everyone), np.bool_)

    def of(self, members: Sequence[int] | Ints) -> Counted:
        """The sums over some municipalities, as one; those without figures are left out."""
        at = np.asarray(members, np.int64)
        at = at[self.known[at]]
        return Counted(
            self.everyone[at].sum(keepdims=True),
            self.by_method[at].sum(axis=0, keepdims=True),
            self.band[at].sum(axis=0, keepdims=True),
        )


def counted(wage_earners: Floats) -> Counted:
    """Those who can, from wage earners by (municipalities, major groups).

    Least and most are taken in each occupation group, so that sums of municipalities are those of counties;
    the band is then at least as wide as between the methods' own sums.
    """
    shares = matrix()
    ends = np.stack([shares.min(axis=0), shares.mean(axis=0), shares.max(axis=0)])
    return Counted(wage_earners.sum(axis=1), wage_earners @ shares.T, wage_earners @ ends.T)
