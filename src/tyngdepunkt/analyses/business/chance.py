"""Ranges of a profile: what its figures would be if the counts behind them were a little other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from tyngdepunkt.analyses.business.result import PoissonRange
from tyngdepunkt.methods import industry
from tyngdepunkt.methods.validation import Floats

Measures = Callable[[Floats], Mapping[str, Floats]]
"""(n, cells) counts to (n,) figures by name: all at once, so that what they share is worked out once."""
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
        measures: what is made of the counts, at least one figure.
        counts: (cells,) persons.
    """
    row = np.asarray(counts, dtype=np.float64)
    found = measures(row[None])
    spreads = industry.spread(lambda rows: np.stack(list(measures(rows).values()), axis=-1), row)
    held = {}
    for (name, value), spread in zip(found.items(), spreads, strict=True):
        bounds = _BOUNDS.get(name, (-np.inf, np.inf))
        held[name] = industry.between(float(np.asarray(value)[0]), float(spread), *bounds)
    return {name: PoissonRange(*ends) for name, ends in held.items() if ends is not None}


def ranges_of_each(
    name: str, measure: Callable[[Floats], Floats], counts: npt.ArrayLike
) -> list[PoissonRange | None]:
    """The range of a measure of each cell; None where it has no answer.

    Args:
        name: whose bounds hold.
        measure: (n, cells) counts to (n, cells) figures.
        counts: (cells,) persons.
    """
    row = np.asarray(counts, dtype=np.float64)
    values, spreads = np.asarray(measure(row[None]))[0], industry.spread(measure, row)
    bounds = _BOUNDS[name]
    held = (industry.between(float(v), float(s), *bounds) for v, s in zip(values, spreads, strict=True))
    return [None if each is None else PoissonRange(*each) for each in held]


def of_share(part: float, whole: float) -> tuple[float | None, float | None]:
    """Ends of the range of a part of a whole; None where there is no whole."""
    if whole <= 0:
        return None, None
    spread = industry.spread(lambda rows: rows[:, 0] / rows.sum(axis=1), [part, max(whole - part, 0.0)])
    held = industry.between(part / whole, float(spread), *_SHARE)
    return held if held is not None else (None, None)
