"""Maximal covering: ours against HiGHS on the plain model, national size on real points, and growth.

    python bench/siting_covering.py [--seconds 60] [--only small national growth]

Each case runs in a process of its own, so that memory is its own; compiled loops are made before the clock
starts. On the small instances both must cover the same before anything is said about time. The national
part needs ../shared/data (a 250 m grid with employees as demand, state offices as candidates) and says so
where it is absent; made-up uniform points, which are harder than a country, are always measured.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

SHARED = Path(__file__).parents[1].parent / "shared" / "data"
GRID = SHARED / "virksomheter" / "bedrifter_250m_2025.parquet"
OFFICES = SHARED / "statlige_enheter" / "statlige_enheter_2014_etatsbasen.csv"
SMALL = ((500, 10), (1000, 10), (2000, 10))
NATIONAL = tuple((km, p) for km in (20, 30, 45) for p in (20, 50, 100))
GROWTH = (10_000, 100_000, 1_000_000)
CANDIDATES, OPEN, RADIUS = 1000, 50, 0.05


def main() -> None:
    """Measure, check and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--only", nargs="*", default=["small", "national", "growth"])
    parser.add_argument("--case", nargs="*", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.case:
        print(json.dumps(CASES[given.case[0]](given.seconds, *map(int, given.case[1:]))))
        return
    print("maximal covering (MCLP); CPU and wall seconds, compiling not counted")
    if "small" in given.only:
        for n, p in SMALL:
            told(f"uniform {n} x {n}, p = {p}", measured(given.seconds, "small", n, p))
    if "national" in given.only:
        national(given.seconds)
    if "growth" in given.only:
        for n in GROWTH:
            told(f"uniform {n:,} x {CANDIDATES:,}, p = {OPEN}", measured(given.seconds, "growth", n, OPEN))


def national(seconds: float) -> None:
    """Real points; 45 km gets twice the time."""
    if not (GRID.is_file() and OFFICES.is_file()):
        print("  national: skipped, needs the stored public files in ../shared/data")
        return
    for km, p in NATIONAL:
        limit = seconds * (2 if km == 45 else 1)
        told(f"nation, {km} km, p = {p}", measured(limit, "nation", km, p))


def measured(seconds: float, *case: str | int) -> dict[str, Any]:
    """One case in a process of its own."""
    arguments = [sys.executable, __file__, "--seconds", str(seconds), "--case", *map(str, case)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(done.stderr)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def told(name: str, result: dict[str, Any]) -> None:
    """One line."""
    outcome = "proved" if result["gap"] == 0 else f"gap {100 * result['gap']:.4f} %"
    print(
        f"  {name:38} {result['share']:.5f} {outcome:14} {result['cpu']:7.2f} CPU s {result['wall']:7.2f} s "
        f"{result['classes']:8,} classes {result['nodes']:4} nodes {result['mb']:6.0f} MB"
        + (f" and {result['helped_mb']:.0f} MB in HiGHS" if result["helped_mb"] else "")
        + (f"   HiGHS {result['peer']:.2f} CPU s" if "peer" in result else ""),
        flush=True,
    )


def solved(points: np.ndarray, weights: np.ndarray, sites: np.ndarray, ask: tuple[float, int, float]) -> Any:
    """What both the points and the time give: from coordinates to a proved plan."""
    from tyngdepunkt.methods.siting import cover_sets
    from tyngdepunkt.methods.siting.covering import solve_mclp
    from tyngdepunkt.methods.siting.problem import CutLists, Problem
    from tyngdepunkt.methods.siting.result import Deadline

    radius, p, seconds = ask
    warm()
    wall, cpu = time.perf_counter(), time.process_time()
    deadline = Deadline(seconds)
    near = cover_sets.within_distance(points, sites, radius)
    lists = CutLists(near.indptr.astype(np.int64), near.indices.astype(np.int64), near.data, len(sites))
    answer = solve_mclp(Problem(lists, weights, p, radius=1.0), deadline)
    helped = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = {
        "objective": answer.objective,
        "share": answer.objective / weights.sum(),
        "gap": answer.gap,
        "nodes": answer.nodes,
        "cpu": time.process_time() - cpu + helped.ru_utime + helped.ru_stime,
        "wall": time.perf_counter() - wall,
        "classes": cover_sets.merged(near, weights)[0].classes,
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
        "helped_mb": helped.ru_maxrss * 1024 / 1e6,
    }
    return result, near


def warm() -> None:
    """Make the compiled loop before the clock starts."""
    from tyngdepunkt.methods.siting import cover_sets

    random = np.random.default_rng(0)
    near = cover_sets.within_distance(random.random((900, 2)), random.random((900, 2)), 0.05)
    cover_sets.gram(near, np.ones(900))


def small(seconds: float, n: int, p: int) -> dict[str, Any]:
    """Uniform points, and the plain model in HiGHS beside ours."""
    random = np.random.default_rng(n)
    points, weights = random.random((n, 2)), random.integers(1, 100, n).astype(float)
    result, near = solved(points, weights, points, (0.1, p, seconds))
    cpu = time.process_time()
    best = plain(near, weights, p)
    result["peer"] = time.process_time() - cpu
    if abs(best - result["objective"]) > 1e-6 * best:
        sys.exit(f"the answers differ: {best} and {result['objective']}")
    return result


def plain(near: Any, weights: np.ndarray, p: int) -> float:
    """The textbook model, nothing merged, solved to the end."""
    from scipy import optimize, sparse

    n, m = near.shape
    rows = sparse.vstack(
        [
            sparse.hstack([-near, sparse.eye_array(n)]),
            sparse.csr_array(np.append(np.ones(m), np.zeros(n))[None, :]),
        ],
        format="csr",
    )
    result = optimize.milp(
        np.append(np.zeros(m), -weights),
        integrality=np.append(np.ones(m), np.zeros(n)),
        bounds=optimize.Bounds(0, 1),
        constraints=optimize.LinearConstraint(rows, -np.inf, np.append(np.zeros(n), p)),
        options={"mip_rel_gap": 0.0},
    )
    return float(-result.fun)


def growth(seconds: float, n: int, p: int) -> dict[str, Any]:
    """Uniform points, many more demands than sites."""
    random = np.random.default_rng(n)
    points, sites = random.random((n, 2)), random.random((CANDIDATES, 2))
    result, _ = solved(points, random.integers(1, 100, n).astype(float), sites, (RADIUS, p, seconds))
    return dict(result)


def nation(seconds: float, km: int, p: int) -> dict[str, Any]:
    """Grid cells with employees, state offices as candidates, straight lines."""
    import duckdb
    from pyproj import Transformer

    cells = duckdb.sql(
        f"select x_utm33 + 125 x, y_utm33 + 125 y, ansatte w from '{GRID}' where ansatte > 0"
    ).fetchnumpy()
    offices = duckdb.sql(f"select distinct lat, lon from '{OFFICES}' where lat is not null").fetchnumpy()
    flat = Transformer.from_crs(4326, 25833, always_xy=True)
    sites = np.column_stack(flat.transform(offices["lon"], offices["lat"]))
    points = np.column_stack([cells["x"], cells["y"]]).astype(float)
    result, _ = solved(points, cells["w"].astype(float), sites, (km * 1000.0, p, seconds))
    return dict(result)


CASES = {"small": small, "growth": growth, "nation": nation}


if __name__ == "__main__":
    main()
