"""Ranges of a profile: what its figures would be if the counts behind them were a little other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from tyngdepunkt.analyses.business.result import PoissonRange
from tyngdepunkt.methods import industry
from tyngdepunkt.methods.arrays import Floats

Measures = Mapping[str, Callable[[Floats], Floats]]
"""Name → (n, cells) counts to (n,) figures."""
_SHARE = (0.0, 1.0)
_BOUNDS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        **dict.fromkeys(("hoover", "gini", "herfindahl", "out_share", "in_share", "integration"), _SHARE),
        "krugman": (0.0, 2.0),
        "equivalent": (1.0, np.inf),
        **dict.fromkeys(("variety", "unrelated", "related", "quotient"), (0.0, np.inf)),
    }
)
"""Bounds of the measures; a figure without an entry has none."""


def ranges(measures: Measures, counts: npt.ArrayLike) -> dict[str, PoissonRange]:
    """Name of each measure that has an answer → its range.

    Args:
        measures: what is made of the counts.
        counts: (cells,) persons.
    """
    row = np.atleast_2d(np.asarray(counts, dtype=np.float64))
    found = {}
    for name, measure in measures.items():
        value = float(np.asarray(measure(row))[0])
        bounds = _BOUNDS.get(name, (-np.inf, np.inf))
        held = industry.between(value, float(industry.spread(measure, row[0])), *bounds)
        if held is not None:
            found[name] = PoissonRange(*held)
    return found


def of_share(part: float, whole: float) -> tuple[float | None, float | None]:
    """Ends of the range of a part of a whole; None where there is no whole."""
    if whole <= 0:
        return None, None
    spread = industry.spread(lambda rows: rows[:, 0] / rows.sum(axis=1), [part, max(whole - part, 0.0)])
    held = industry.between(part / whole, float(spread), *_SHARE)
    return held if held is not None else (None, None)
