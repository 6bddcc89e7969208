"""Where to put p houses: exact siting models, each answer with the bound that says how good it is.

`solve(costs, weights, model, p=…)` asks for any of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__all__ = ["BadProblemError", "CutLists", "solve"]

_FOUND_IN = {"solve": "solving", "CutLists": "problem", "BadProblemError": "problem"}


def __getattr__(name: str) -> Any:
    """Load what is asked for by name when it is, so that importing one loop does not import all."""
    if name not in _FOUND_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_FOUND_IN[name]}"), name)
