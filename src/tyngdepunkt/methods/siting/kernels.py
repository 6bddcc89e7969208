"""Which inner loops run: compiled where Numba is there, else the same in plain NumPy."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

PLAIN = "numpy"
COMPILED = "numba"


_PLAIN_HERE = ContextVar("_PLAIN_HERE", default=False)


@contextmanager
def uncompiled() -> Iterator[None]:
    """NumPy's loops inside, for short work: to compile them once takes longer than it may."""
    before = _PLAIN_HERE.set(True)
    try:
        yield
    finally:
        _PLAIN_HERE.reset(before)


def kernels() -> Any:
    """The module of inner loops: `kernels_numba`, or `kernels_numpy` without Numba."""
    name = PLAIN if _PLAIN_HERE.get() else which()
    return importlib.import_module(f"tyngdepunkt.methods.siting.kernels_{name}")


@cache
def which() -> str:
    """`numba` or `numpy`."""
    try:
        importlib.import_module("numba")
    except ImportError:
        return PLAIN
    return COMPILED
