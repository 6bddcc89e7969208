"""The share of each major occupation group that each published method says can be done from anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np

from tyngdepunkt.indicators.occupations import GROUPS
from tyngdepunkt.methods.validation import Floats
from tyngdepunkt.texts import read_yaml

PACKAGE = "tyngdepunkt.analyses.remote_work"
METHODS = ("dingel_neiman", "sostero", "holgersen")
"""In the order they are shown, as in the analysis of functions."""


@cache
def group_shares() -> Mapping[str, Mapping[str, float]]:
    """Method → major group → share of its wage earners (`scripts/place_independence.py`)."""
    found: dict[str, dict[str, float]] = read_yaml(PACKAGE, "group_shares.yaml")["shares"]
    return {method: {group: float(share) for group, share in found[method].items()} for method in METHODS}


def matrix() -> Floats:
    """(methods, major groups) the same as an array."""
    shares = group_shares()
    return np.array([[shares[method][str(group)] for group in GROUPS] for method in METHODS])
