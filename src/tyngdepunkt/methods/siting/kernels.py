"""Which inner loops run: compiled where Numba is there, else the same in plain NumPy."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from functools import cache
from typing import Any

PLAIN = "numpy"
COMPILED = "numba"
COMPILING = 45.0
"""Seconds that leave room for compiling: it took 15 s of the processor where nothing was stored."""


_PLAIN_HERE = ContextVar("_PLAIN_HERE", default=False)


@contextmanager
def uncompiled() -> Iterator[None]:
    """NumPy's loops inside, for short work: to compile them once takes longer than it may."""
    before = _PLAIN_HERE.set(True)
    try:
        yield
    finally:
        _PLAIN_HERE.reset(before)


def in_time(left: float) -> AbstractContextManager[None]:
    """NumPy's loops inside where compiling would take the time there is: a loop that compiles sees no clock.

    Args:
        left: seconds left; infinite without a limit.
    """
    return uncompiled() if left < COMPILING and which() == COMPILED and not stored() else nullcontext()


def stored() -> bool:
    """Whether the two long loops are compiled, in this process or on disk by an earlier one.

    Numba has no public way to ask. Where its own way is not there, nothing counts as stored: the answer is
    the same, only slower under a short limit.
    """
    compiled = importlib.import_module("tyngdepunkt.methods.siting.kernels_numba")
    try:
        return all(
            bool(loop.signatures or loop._cache._cache_file._load_index())
            for loop in (compiled.ascend, compiled.interchange)
        )
    except (AttributeError, OSError):
        return False


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
