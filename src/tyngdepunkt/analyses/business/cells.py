"""Persons of one year by municipality and industry, as an array: sums of an area are rows added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tyngdepunkt.methods.validation import Floats


@dataclass(frozen=True)
class Cells:
    """The cells of one year.

    Args:
        at: municipality → its row.
        values: (municipalities, industries) persons; NaN where there is no figure.
    """

    at: Mapping[str, int]
    values: Floats

    @classmethod
    def of(cls, figures: Mapping[str, Mapping[str, float | None]], industries: Sequence[str]) -> Cells:
        """The cells of municipality → industry → persons; what is not there is missing, and no zero."""
        rows = [[own.get(industry) for industry in industries] for own in figures.values()]
        values = np.array(rows, dtype=np.float64).reshape(len(rows), len(industries))
        return cls({code: i for i, code in enumerate(figures)}, values)

    def total(self, members: Iterable[str]) -> Floats | None:
        """(industries,) persons of an area; None where a municipality or a cell of it is missing."""
        wanted = list(members)
        rows = [self.at[code] for code in wanted if code in self.at]
        if len(rows) < len(wanted):
            return None
        found: Floats = self.values[rows].sum(axis=0)
        return None if np.isnan(found).any() else found

    @cached_property
    def whole(self) -> list[str]:
        """Municipalities with every figure."""
        return [code for code, i in self.at.items() if np.isfinite(self.values[i]).all()]
