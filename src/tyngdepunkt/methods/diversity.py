"""How broad a set of jobs is, and how much broader an addition makes it.

Breadth is the exponential of the Shannon entropy, the Hill number of order 1: the number of
equally large groups that would be as diverse (Hill 1973; Jost 2006). Unlike the entropy it
doubles when two equally diverse sets with nothing in common are put together, so a relative
rise can be read as one reads a percentage.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tyngdepunkt.methods.validation import Floats


def effective_number(counts: npt.ArrayLike) -> Floats:
    """Effective number of groups (Hill number of order 1), from 1 to the number of groups.

    Args:
        counts: (..., groups), persons or jobs, at least 0 and not all 0.

    Returns:
        (...,) effective number of groups.

    Raises:
        ValueError: a missing or negative count, or a set with nothing in it.
    """
    known = _counts(counts)
    total = known.sum(axis=-1, keepdims=True)
    if (total <= 0).any():
        raise ValueError("diversity of nothing is not defined")
    shares = known / total
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    return np.asarray(np.exp(-(shares * logs).sum(axis=-1)), dtype=np.float64)


def breadth(counts: npt.ArrayLike, added: npt.ArrayLike) -> Floats:
    """Relative rise in the effective number of groups when counts are added.

    0.01 means one per cent broader; negative when the addition makes the set more one-sided.

    Args:
        counts: (..., groups) what is there.
        added: (..., groups) what comes, or goes where negative; broadcasts against `counts`. A group
            cannot lose more than it has.

    Raises:
        ValueError: a missing or negative count, or a set with nothing in it.
    """
    there, comes = _counts(counts), np.asarray(added, dtype=np.float64)
    after = effective_number(np.maximum(there + comes, 0.0))
    return np.asarray(after / effective_number(there) - 1.0, dtype=np.float64)


def _counts(counts: npt.ArrayLike) -> Floats:
    known = np.asarray(counts, dtype=np.float64)
    if not np.isfinite(known).all() or (known < 0).any():
        raise ValueError("counts must be known and at least 0")
    return known
