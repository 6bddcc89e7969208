"""Siting by road at national size: minutes from cells to the offices within a limit, and covering by them.

    python bench/siting_roads.py [--minutes 45] [--seconds 60] [--p 20 50 100] [--median]

Minutes are made as the stored README tells of its own travel times: the public road network at 1:1,000,000,
a speed for each kind of road, ferries at 18 km/h after 10 minutes' wait, ends within 150 m joined and ferry
ends within 1.5 km, and 35 km/h over 1.3 times the straight line to the nearest road. Municipal and private
roads are only partly there, so this measures the solver on costs of the right kind; it settles no case.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

SHARED = Path(__file__).parents[1].parent / "shared" / "data"
ROADS = SHARED / "reisetid" / "veglenker_n1000.parquet"
GRID = SHARED / "virksomheter" / "bedrifter_250m_2025.parquet"
OFFICES = SHARED / "statlige_enheter" / "statlige_enheter_2014_etatsbasen.csv"
SPEED = "case when typeVeg = 'bilferje' then 18 when motorvegtype = 'motorveg' then 100 when motorvegtype = \
'motortrafikkveg' then 80 when vegkategori in ('E', 'R') then 68 when vegkategori = 'F' then 58 when \
vegkategori = 'K' then 40 else 30 end"
TO_ROAD = 1.3 / (35_000 / 60)
"""Minutes for each metre off the network."""


def main() -> None:
    """Make the costs, then cover."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=45.0)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--p", type=int, nargs="*", help="20 50 100, with --median 10 50 200 500")
    parser.add_argument("--median", action="store_true", help="p-medians in place of coverings")
    given = parser.parse_args()
    missing = [path.name for path in (ROADS, GRID, OFFICES) if not path.is_file()]
    if missing:
        print(f"by road: skipped, needs {', '.join(missing)} in ../shared/data")
        return
    cpu = time.process_time()
    costs, weights = within(given.minutes)
    print(
        f"{costs.shape[0]:,} cells x {costs.shape[1]:,} offices within {given.minutes:.0f} minutes by road: "
        f"{len(costs.site):,} pairs, {np.mean(np.diff(costs.start) == 0):.1%} of the cells have none, "
        f"{time.process_time() - cpu:.1f} CPU s"
    )
    if given.median:
        medians(costs, weights, given.p or [10, 50, 200, 500], given.minutes, given.seconds)
        return
    for p in given.p or [20, 50, 100]:
        solve(costs, weights, given.minutes, p, given.seconds)


def medians(costs: Any, weights: np.ndarray, sizes: list[int], minutes: float, seconds: float) -> None:
    """P-medians with the limit as the most that a cell can cost, and strictly within it where p may do.

    Strictly there is no plan of fewer offices than it takes to serve all cells, so that number is told.
    With a site more that is always open and takes every cell at the limit's cost, a plan is there for
    every p: minutes to the nearest open office, counted as the limit where it is further.
    """
    from tyngdepunkt.methods.siting.p_median import p_median
    from tyngdepunkt.methods.siting.problem import CutLists, Problem
    from tyngdepunkt.methods.siting.result import Deadline
    from tyngdepunkt.methods.siting.set_cover import solve_lscp

    p_median(Problem(np.random.default_rng(0).random((60, 60)), np.ones(60), p=4))
    served = np.flatnonzero(np.diff(costs.start) > 0)
    rows = np.repeat(np.arange(len(served)), np.diff(costs.start)[served])
    strict = CutLists(
        np.append(0, np.cumsum(np.diff(costs.start)[served])), costs.site, costs.cost, costs.shape[1]
    )
    site = np.full(len(rows) + len(served), costs.shape[1])
    cost = np.full(len(site), minutes)
    inner = np.arange(len(rows)) + rows
    site[inner], cost[inner] = costs.site, costs.cost
    capped = CutLists(strict.start + np.arange(len(strict.start)), site, cost, costs.shape[1] + 1)
    outside = np.append(np.zeros(costs.shape[1], bool), True)
    share = weights[served].sum() / weights.sum()
    print(f"  {len(served):,} cells have an office within the limit: {share:.2%} of the employees")
    fewest = solve_lscp(Problem(strict, weights[served], radius=minutes), Deadline(seconds))
    print(f"  serving them all takes at least {fewest.bound:.0f} offices ({fewest.status})", flush=True)
    for p in sizes:
        asked = [("capped", Problem(capped, weights[served], p=p + 1, fixed=outside))]
        if fewest.bound is None or p >= fewest.bound:
            asked.append(("strict", Problem(strict, weights[served], p=p)))
        for name, problem in asked:
            cpu, wall = time.process_time(), time.monotonic()
            answer = p_median(problem, Deadline(seconds))
            peak, child = (
                resource.getrusage(who).ru_maxrss / 1024
                for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
            )
            told = "no plan" if answer.objective is None else f"{answer.objective:.1f}, gap {answer.gap:.6%}"
            print(
                f"  p = {p:3d} {name}: {answer.status}, {told}, {time.process_time() - cpu:.1f} CPU s in "
                f"{time.monotonic() - wall:.1f} s, {answer.nodes} nodes, peak {peak:.0f} MB "
                f"and {child:.0f} MB in HiGHS",
                flush=True,
            )


def solve(costs: Any, weights: np.ndarray, minutes: float, p: int, seconds: float) -> None:
    """One covering, and its line."""
    from tyngdepunkt.methods.siting.covering import solve_mclp
    from tyngdepunkt.methods.siting.problem import Problem
    from tyngdepunkt.methods.siting.result import Deadline

    cpu, wall = time.process_time(), time.monotonic()
    answer = solve_mclp(Problem(costs, weights, p, radius=minutes), Deadline(seconds))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(
        f"  p = {p:3d}: {answer.objective / weights.sum():.5f} covered, {answer.status}, "
        f"gap {100 * answer.gap:.4f} %, {time.process_time() - cpu:.1f} CPU s in "
        f"{time.monotonic() - wall:.1f} s, {answer.nodes} nodes, peak {peak:.0f} MB",
        flush=True,
    )


def within(minutes: float) -> tuple[Any, np.ndarray]:
    """Cut lists of minutes from every cell with employees to the offices within a limit, and employees."""
    import duckdb
    from pyproj import Transformer
    from scipy.spatial import cKDTree

    flat = Transformer.from_crs(4326, 25833, always_xy=True)
    xy, graph = network(flat)
    cells = duckdb.sql(
        f"select x_utm33 + 125.0 x, y_utm33 + 125.0 y, ansatte w from '{GRID}' where ansatte > 0"
    ).fetchnumpy()
    offices = duckdb.sql(f"select distinct lat, lon from '{OFFICES}' where lat is not null").fetchnumpy()
    points = np.column_stack([cells["x"], cells["y"]])
    sites = np.column_stack(flat.transform(offices["lon"], offices["lat"]))
    tree = cKDTree(xy)
    return pairs(graph, tree.query(points), tree.query(sites), minutes), cells["w"].astype(float)


def pairs(graph: Any, cells: Any, offices: Any, minutes: float) -> Any:
    """From each office as far as the limit goes, a few hundred offices at a time."""
    from scipy.sparse.csgraph import dijkstra

    from tyngdepunkt.methods.siting.problem import CutLists

    (cell_off, cell_node), (site_off, site_node) = cells, offices
    demand, site, cost = [], [], []
    for at in range(0, len(site_node), 200):
        part = slice(at, at + 200)
        way = dijkstra(graph, directed=False, indices=site_node[part], limit=minutes)
        way = way[:, cell_node] + site_off[part, None] * TO_ROAD + cell_off * TO_ROAD
        which, where = np.nonzero(way <= minutes)
        demand.append(where)
        site.append(which + at)
        cost.append(way[which, where])
    rows = np.concatenate(demand)
    order = np.argsort(rows, kind="stable")
    start = np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=len(cell_node)))))
    return CutLists(start, np.concatenate(site)[order], np.concatenate(cost)[order], len(site_node))


def network(flat: Any) -> tuple[np.ndarray, Any]:
    """Metres of each vertex, and minutes between neighbours as a sparse matrix."""
    import duckdb
    from scipy import sparse

    links = duckdb.sql(
        f"select lon, lat, km, {SPEED} speed, typeVeg = 'bilferje' ferry from '{ROADS}'"
    ).fetchall()
    size = np.array([len(link[0]) for link in links])
    lonlat = np.column_stack([np.concatenate([np.asarray(link[k]) for link in links]) for k in (0, 1)])
    places, vertex = np.unique(lonlat, axis=0, return_inverse=True)
    xy = np.column_stack(flat.transform(*places.T))
    ends = np.cumsum(size)
    inner = np.delete(np.arange(len(vertex)), ends - 1)
    a, b = vertex[inner], vertex[inner + 1]
    link = np.repeat(np.arange(len(links)), size - 1)
    straight = np.hypot(*(xy[a] - xy[b]).T)
    whole = np.bincount(link, straight, minlength=len(links))
    km, speed = (np.array([each[k] for each in links], float) for k in (2, 3))
    ferry = np.array([each[4] for each in links], bool)
    minutes = (km * 60 / speed + 10.0 * ferry)[link] * straight / np.maximum(whole, 1e-9)[link]
    edges = [(a, b, minutes), *joined(xy, vertex[ends - 1], vertex[ends - size], ferry)]
    i, j, cost = (np.concatenate(parts) for parts in zip(*edges, strict=True))
    order = np.lexsort((cost, j, i))
    i, j, cost = i[order], j[order], cost[order]
    first = np.append(True, (i[1:] != i[:-1]) | (j[1:] != j[:-1]))
    graph = sparse.csr_matrix((np.maximum(cost, 1e-6)[first], (i[first], j[first])), shape=(len(xy),) * 2)
    return xy, graph


def joined(xy: np.ndarray, last: np.ndarray, first: np.ndarray, ferry: np.ndarray) -> list[Any]:
    """Short ways between an end and the vertices nearest it: ends stop short of each other in the network."""
    from scipy.spatial import cKDTree

    tree = cKDTree(xy)
    made = []
    for reach, which in ((150.0, np.ones(len(ferry), bool)), (1500.0, ferry)):
        end = np.unique(np.concatenate((last[which], first[which])))
        far, near = tree.query(xy[end], k=8, distance_upper_bound=reach)
        row, k = np.nonzero(np.isfinite(far) & (far > 0))
        made.append((end[row], near[row, k], far[row, k] * TO_ROAD))
    return made


if __name__ == "__main__":
    main()
