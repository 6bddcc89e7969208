"""The p-median against pbp-pmedian and spopt: equal objective first, then CPU seconds and memory, in one run.

    python bench/siting.py [--size N] [--seeds K]
    python bench/siting.py --nation S [--towns] | --large [TIMES] [--draw D] | --growth [S] [--p P]

Random points, as many sites as demands. Each solver runs in a process of its own, ours once on a small
problem before so that compiling is not counted (it is told).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from statistics import median

CASES = [(200, 10), (500, 10), (500, 50), (1000, 10), (1000, 50)]
CHILD = """
import json, resource, sys, time
import numpy as np
who, n, p, seed = sys.argv[1], *map(int, sys.argv[2:5])
xy = np.random.default_rng(seed).random((n, 2)) * 1000
costs = np.sqrt(((xy[:, None] - xy[None]) ** 2).sum(-1))
made = time.process_time()
if who == "ours":
    from tyngdepunkt.methods.siting.p_median import p_median
    from tyngdepunkt.methods.siting.problem import Problem
    p_median(Problem(costs[:60, :60].copy(), np.ones(60), p=4))
    began = time.process_time()
    answer = p_median(Problem(costs, np.ones(n), p=p))
    value, proved, kernel = answer.objective, answer.status == "optimal", "numba"
elif who == "spopt":
    import pulp
    from spopt.locate import PMedian
    began = time.process_time()
    model = PMedian.from_cost_matrix(costs, np.ones(n), p_facilities=p)
    model = model.solve(pulp.HiGHS(msg=False, gapRel=0.0))
    value, kernel = model.problem.objective.value(), "HiGHS"
    proved = model.problem.status == pulp.LpStatusOptimal
else:
    import pbp_pmedian
    from pbp_pmedian import core_c
    began = time.process_time()
    value, _, _, status, engine = pbp_pmedian.solve(costs, p)
    kernel = f"{engine}, C kernel {'in use' if core_c.HAVE_C else 'absent'}"
    proved = str(status).lower() in ("optimal", "0", "true")
cpu = time.process_time() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
said = dict(value=float(value), cpu=cpu, proved=proved, kernel=kernel, ready=began - made, mb=peak)
print(json.dumps(said))
"""


PEERS = {"pbp": ("pbp_pmedian", "pbp-pmedian"), "spopt": ("spopt", "spopt")}
LONGEST = 300.0
"""Seconds a peer gets; spopt's own limit is neither kept nor told."""


def run(who: str, n: int, p: int, seed: int) -> dict[str, object] | None:
    """One solver on one instance, in a process of its own; None when it was ended."""
    command = [sys.executable, "-c", CHILD, who, str(n), str(p), str(seed)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=LONGEST)  # noqa: S603
    except subprocess.TimeoutExpired:
        return None
    return json.loads(done.stdout.strip().splitlines()[-1])


def compare(n: int, p: int, seeds: range, peers: list[str]) -> None:
    """All solvers, turn about; equal objectives or the bench ends."""
    ratios: dict[str, list[float]] = {who: [] for who in peers}
    for seed in seeds:
        ours = run("ours", n, p, seed)
        assert ours is not None, (n, p, seed)
        assert ours["proved"], (n, p, seed, ours)
        told = f"{ours['value']:.4f}; ours {ours['cpu']:.3f} s CPU, {ours['mb']:.0f} MB"
        print(f"n {n:5d}  p {p:3d}  seed {seed}: {told}", flush=True)
        for who in peers:
            against(who, ours, run(who, n, p, seed), ratios[who])
    for who, times in ratios.items():
        if times:
            name = PEERS[who][1]
            print(f"n {n:5d}  p {p:3d}: {name}: median {median(times):.0f} times, least {min(times):.0f}")


def in_turn(seeds: range, size: int | None) -> None:
    """All cases, or those of one size, against the peers that are installed."""
    peers = [who for who, (module, _) in PEERS.items() if find_spec(module)]
    for who in PEERS:
        if who not in peers:
            print(f"{PEERS[who][1]} is left out: it is not installed and not in requirements/tools.txt")
    for n, p in CASES:
        if size in (None, n):
            compare(n, p, seeds, peers)


def against(who: str, ours: dict[str, object], theirs: dict[str, object] | None, ratios: list[float]) -> None:
    """One peer's line, once its objective is seen to be equal."""
    name = PEERS[who][1]
    if theirs is None:
        print(f"    {name}: ended after {LONGEST:.0f} s without an answer", flush=True)
        return
    apart = abs(ours["value"] - theirs["value"]) / theirs["value"]
    assert apart < 1e-6, (who, ours, theirs)
    ratios.append(theirs["cpu"] / ours["cpu"])
    print(
        f"    equal objective; {name} ({theirs['kernel']}) {theirs['cpu']:.2f} s CPU, {theirs['mb']:.0f} MB: "
        f"{ratios[-1]:.0f} times",
        flush=True,
    )


NATION = """
import csv, json, resource, sys, time
from pathlib import Path
import duckdb, numpy as np, pyproj
from tyngdepunkt.methods.siting.p_median import p_median
from tyngdepunkt.methods.siting.problem import Problem
from tyngdepunkt.methods.siting.result import Deadline
data, p, seconds, towns = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4] == "towns"
cells = data / "virksomheter" / "bedrifter_250m_2025.parquet"
table = duckdb.sql(f"select x_utm33 + 125.0, y_utm33 + 125.0, ansatte from '{cells}' where ansatte > 0")
x, y, weights = (np.asarray(column, float) for column in table.fetchnumpy().values())
with open(data / "statlige_enheter" / "statlige_enheter_2014_etatsbasen.csv", encoding="utf-8") as file:
    rows = [row for row in csv.DictReader(file) if row["lat"] and row["lon"]]
if towns:
    with open(data / "tettsteder" / "tettsteder_osm_ssb_2024.csv", encoding="utf-8") as file:
        rows += [row for row in csv.DictReader(file) if row["lat"] and row["lon"]]
places = np.unique([(float(row["lon"]), float(row["lat"])) for row in rows], axis=0)
to_x, to_y = pyproj.Transformer.from_crs(4326, 25833, always_xy=True).transform(*places.T)
costs = np.empty((len(x), len(to_x)), np.float32)
for at in range(0, len(x), 5000):
    part = slice(at, at + 5000)
    costs[part] = np.hypot(x[part, None] - to_x, y[part, None] - to_y) / 1000
p_median(Problem(costs[:60, :60].copy(), np.ones(60), p=4))
cpu, wall = time.process_time(), time.monotonic()
answer = p_median(Problem(costs, weights, p=p), Deadline(seconds))
done = resource.getrusage(resource.RUSAGE_CHILDREN)
said = dict(
    demands=len(x), sites=len(to_x), status=answer.status, objective=answer.objective, gap=answer.gap,
    nodes=answer.nodes, cpu=time.process_time() - cpu + done.ru_utime + done.ru_stime,
    wall=time.monotonic() - wall, mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    child_mb=done.ru_maxrss / 1024,
)
print(json.dumps(said))
"""


def nation(seconds: float, only: int | None = None, *, towns: bool = False) -> None:
    """P-medians of national size; the share that is proved is told, not asked for.

    Args:
        seconds: limit of each.
        only: this number of open sites alone.
        towns: whether towns are candidates beside the offices.
    """
    data = Path(__file__).parents[2] / "shared" / "data"
    if not data.is_dir():
        print("national size is left out: it needs the stored files in ../shared/data")
        return
    for p in (10, 50, 200, 500):
        if only not in (None, p):
            continue
        command = [
            sys.executable,
            "-c",
            NATION,
            str(data),
            str(p),
            str(seconds),
            "towns" if towns else "offices",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
        said = json.loads(done.stdout.strip().splitlines()[-1])
        print(
            f"{said['demands']} x {said['sites']}, p {p:3d}: {said['status']}, {said['objective']:.1f}, "
            f"gap {said['gap']:.6%}, {said['nodes']} nodes, {said['cpu']:.1f} s CPU in {said['wall']:.1f} s, "
            f"peak {said['mb']:.0f} MB and {said['child_mb']:.0f} MB in HiGHS",
            flush=True,
        )


LARGE = """
import json, resource, sys, time
import numpy as np
from tyngdepunkt.methods.siting.p_median import p_median
from tyngdepunkt.methods.siting.problem import Problem
from tyngdepunkt.methods.siting.result import Deadline
n, m, p, seconds, seed = *map(int, sys.argv[1:4]), float(sys.argv[4]), int(sys.argv[5])
random = np.random.default_rng(seed)
points = random.random((n, 2)) * 1000
sites = points if n == m else random.random((m, 2)) * 1000
costs = np.empty((n, m), np.float64 if n == m else np.float32)
for at in range(0, n, 5000):
    part = slice(at, at + 5000)
    costs[part] = np.hypot(points[part, None, 0] - sites[:, 0], points[part, None, 1] - sites[:, 1])
p_median(Problem(costs[:60, :60].copy(), np.ones(60), p=4))
cpu, wall = time.process_time(), time.monotonic()
child = resource.getrusage(resource.RUSAGE_CHILDREN)
answer = p_median(Problem(costs, np.ones(n), p=p), Deadline(seconds))
done = resource.getrusage(resource.RUSAGE_CHILDREN)
said = dict(
    status=answer.status, objective=answer.objective, gap=answer.gap, nodes=answer.nodes,
    cpu=time.process_time() - cpu + done.ru_utime - child.ru_utime, wall=time.monotonic() - wall,
    mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, child_mb=done.ru_maxrss / 1024,
)
print(json.dumps(said))
"""
LARGE_CASES = [(10, 30), (50, 30), (500, 60)]
"""Open sites and seconds, for 5,000 points that are all candidates."""


def large(n: int, m: int, p: int, seconds: float, seed: int = 0) -> None:
    """One p-median of uniformly random points, which are harder than a country, stopped by time."""
    command = [sys.executable, "-c", LARGE, str(n), str(m), str(p), str(seconds), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    said = json.loads(done.stdout.strip().splitlines()[-1])
    print(
        f"uniform {n:,} x {m:,}, p {p:3d}, {seconds:.0f} s: {said['status']}, {said['objective']:.2f}, "
        f"gap {said['gap']:.5%}, {said['nodes']} nodes, {said['cpu']:.1f} s CPU in {said['wall']:.1f} s, "
        f"peak {said['mb']:.0f} MB and {said['child_mb']:.0f} MB in HiGHS",
        flush=True,
    )


def main() -> None:
    """Compare on all cases, or on those of one size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--size", type=int, help="only cases of this many points")
    parser.add_argument("--nation", type=float, metavar="SECONDS", help="national size only, time for each")
    parser.add_argument(
        "--large",
        type=float,
        nargs="?",
        const=1.0,
        metavar="TIMES",
        help="5,000 uniform points only; the limits times this, where other work shares the machine",
    )
    parser.add_argument(
        "--p", type=int, help="with --nation, --large and --growth: only this many open sites"
    )
    parser.add_argument("--draw", type=int, default=0, help="with --large: another draw of the points")
    parser.add_argument("--towns", action="store_true", help="with --nation: towns are candidates too")
    parser.add_argument(
        "--growth",
        type=float,
        nargs="?",
        const=60.0,
        metavar="SECONDS",
        help="100,000 uniform points by 2,000 sites only",
    )
    chosen = parser.parse_args()
    if chosen.growth is not None:
        for p in (10, 50, 200):
            if chosen.p in (None, p):
                large(100_000, 2_000, p, chosen.growth)
        return
    if chosen.large is not None:
        for p, seconds in LARGE_CASES:
            if chosen.p in (None, p):
                large(5000, 5000, p, seconds * chosen.large, chosen.draw)
        return
    if chosen.nation is not None:
        nation(chosen.nation, chosen.p, towns=chosen.towns)
        return
    in_turn(range(chosen.seeds), chosen.size)


if __name__ == "__main__":
    main()
