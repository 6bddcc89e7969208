"""Relatedness, density and complexity of 400 places x 600 industries, against ecomplexity in the same run.

    python bench/industry.py [--large]

The answers are compared first, to 1e-10. Both start from the same table of employment in memory: ecomplexity
from the data frame it asks for, without its check of log-supermodularity, which is no part of the answer.
Each takes turns and is judged by its fastest turn. Plain NumPy is the same calculation as anybody would write
it, with the general eigenvalue solver. `--large` measures growth, up to 100,000 places x 1,000 industries,
2 % filled, each in a process of its own, and its peak memory.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is imported

import numpy as np

from tyngdepunkt.methods.industry import density, specialised
from tyngdepunkt.methods.industry.complexity import complexity_of
from tyngdepunkt.methods.industry.relatedness import proximity_of
from tyngdepunkt.methods.validation import Floats

PLACES, INDUSTRIES, TURNS = 400, 600, 3
GROWTH = [(1000, 500), (10_000, 1000), (30_000, 1000), (100_000, 1000)]
FILLED = 0.02
CHILD = """
import resource, sys, time
import numpy as np
from scipy import sparse
from tyngdepunkt.methods.industry import density, specialised
from tyngdepunkt.methods.industry.complexity import complexity_of
from tyngdepunkt.methods.industry.relatedness import proximity_of
places, industries, filled = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
rng = np.random.default_rng(20190101)
cells = int(places * industries * filled)
values = np.ceil(rng.lognormal(3, 2, cells))
at = rng.integers(0, places, cells), rng.integers(0, industries, cells)
table = sparse.coo_matrix((values, at), shape=(places, industries)).tocsr()
began = time.perf_counter()
present = specialised(table)
near = proximity_of(present)
dense = density(present, near)
found = complexity_of(present)
seconds = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
print(f"{places:>8} x {industries:<5} {seconds:8.2f} s   peak {peak:.2f} GB   determined {found.determined}")
"""


def main() -> None:
    """Measure, check and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true")
    large = parser.parse_args().large
    values = employment()
    frame = as_frame(values)
    ways: dict[str, Callable[[], tuple[Floats, ...]]] = {
        "ours": lambda: ours(values),
        "plain NumPy": lambda: plain(values),
        "ecomplexity": lambda: theirs(frame),
    }
    answers, fastest = {}, dict.fromkeys(ways, float("inf"))
    for _ in range(TURNS):
        for name, way in ways.items():
            began = time.perf_counter()
            answers[name] = way()
            fastest[name] = min(fastest[name], time.perf_counter() - began)
    for name in ("plain NumPy", "ecomplexity"):
        off = max(float(np.abs(a - b).max()) for a, b in zip(answers["ours"], answers[name], strict=True))
        if not off < 1e-10:
            sys.exit(f"the answers differ from {name} by {off}")
    print(f"{PLACES} places x {INDUSTRIES} industries: equal answers, fastest of {TURNS} turns")
    for name, seconds in fastest.items():
        print(f"  {name:<12} {seconds:8.3f} s   {seconds / fastest['ours']:6.1f} x")
    if large:
        print(f"growth, {FILLED:.0%} filled:")
        for places, industries in GROWTH:
            command = [sys.executable, "-c", CHILD, str(places), str(industries), str(FILLED)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
            print("  " + done.stdout.strip())


def employment() -> Floats:
    """Employment as it is: many zeros, few large values; no row and no column is empty."""
    rng = np.random.default_rng(20190101)
    values = np.floor(rng.lognormal(3, 2, (PLACES, INDUSTRIES)))
    values *= rng.random((PLACES, INDUSTRIES)) < 0.3
    values[np.arange(PLACES), rng.integers(0, INDUSTRIES, PLACES)] += 5
    values[rng.integers(0, PLACES, INDUSTRIES), np.arange(INDUSTRIES)] += 5
    return values


def as_frame(values: Floats) -> Any:
    """The same as a data frame of rows."""
    import pandas

    place, industry = np.indices(values.shape)
    columns = {"year": 2020, "place": place.ravel(), "industry": industry.ravel(), "value": values.ravel()}
    return pandas.DataFrame(columns)


def ours(values: Floats) -> tuple[Floats, ...]:
    """Density, complexity of places and of industries."""
    present = specialised(values)
    found = complexity_of(present)
    return density(present, proximity_of(present)), found.places, found.industries


def plain(values: Floats) -> tuple[Floats, ...]:
    """The same calculation in a few lines of NumPy."""
    quotients = values / values.sum(1, keepdims=True) / (values.sum(0) / values.sum())
    present = (quotients >= 1).astype(float)
    diversity, ubiquity = present.sum(1), present.sum(0)
    near = present.T @ present / np.maximum.outer(ubiquity, ubiquity)
    industries = (present / ubiquity).T @ (present / diversity[:, None])
    roots, vectors = np.linalg.eig(industries)
    vector = np.real(vectors[:, roots.argsort()[-2]])
    places = present @ vector / diversity
    sign = np.sign(np.corrcoef(places, diversity)[0, 1]) / places.std()
    return present @ (near / near.sum(0)), (places - places.mean()) * sign, (vector - places.mean()) * sign


def theirs(frame: Any) -> tuple[Floats, ...]:
    """ecomplexity, from its rows back to arrays."""
    from ecomplexity import ecomplexity

    columns = {"time": "year", "loc": "place", "prod": "industry", "val": "value"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = ecomplexity(frame, columns, check_logsupermodularity=False, verbose=False)
    shape = (PLACES, INDUSTRIES)
    dense, places, industries = (found[name].to_numpy().reshape(shape) for name in ("density", "eci", "pci"))
    return dense, places[:, 0], industries[0]


if __name__ == "__main__":
    main()
