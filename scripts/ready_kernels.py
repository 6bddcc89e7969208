"""Compile the loops of the siting engine once and keep the code: not each process of the tests does it then.

    python scripts/ready_kernels.py

It takes 15 s of a processor where nothing is stored, and a second where all is.
"""

from __future__ import annotations

import sys

import numpy as np

from tyngdepunkt.methods.siting import kernels, solve

POINTS = 60


def main() -> int:
    """Exit code 0; without Numba there is nothing to do."""
    if kernels.which() == kernels.COMPILED:
        where = np.random.default_rng(1).random((POINTS, 2))
        costs = np.hypot(*(where[:, None] - where[None, :]).T)
        solve(costs, np.ones(POINTS), model="p-median", p=3)
        solve(costs, np.ones(POINTS), model="mclp", p=3, radius=0.1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
