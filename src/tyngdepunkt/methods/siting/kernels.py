"""Which inner loops run: compiled where Numba is there, else the same in plain NumPy."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

PLAIN = "numpy"
COMPILED = "numba"


@cache
def kernels() -> Any:
    """The module of inner loops: `kernels_numba`, or `kernels_numpy` without Numba."""
    return importlib.import_module(f"tyngdepunkt.methods.siting.kernels_{which()}")


@cache
def which() -> str:
    """`numba` or `numpy`."""
    try:
        importlib.import_module("numba")
    except ImportError:
        return PLAIN
    return COMPILED
