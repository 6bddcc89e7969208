"""The p-median against pbp-pmedian: equal objective first, then CPU seconds and memory, in one run.

Random points, as many sites as demands. Each solver runs in a process of its own, ours once on a small
problem before so that compiling is not counted (it is told).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
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


def run(who: str, n: int, p: int, seed: int) -> dict[str, object]:
    """One solver on one instance, in a process of its own."""
    command = [sys.executable, "-c", CHILD, who, str(n), str(p), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return json.loads(done.stdout.strip().splitlines()[-1])


def compare(n: int, p: int, seeds: range) -> None:
    """Both solvers, turn about; equal objectives or the bench ends."""
    ratios = []
    for seed in seeds:
        ours, theirs = run("ours", n, p, seed), run("pbp", n, p, seed)
        apart = abs(ours["value"] - theirs["value"]) / theirs["value"]
        assert ours["proved"], (n, p, seed, ours)
        assert apart < 1e-7, (n, p, seed, ours, theirs)
        ratios.append(theirs["cpu"] / ours["cpu"])
        print(
            f"n {n:5d}  p {p:3d}  seed {seed}: equal objective {ours['value']:.4f}; "
            f"ours {ours['cpu']:7.3f} s CPU, {ours['mb']:.0f} MB; "
            f"pbp-pmedian {theirs['cpu']:7.2f} s CPU, {theirs['mb']:.0f} MB ({theirs['kernel']}); "
            f"{ratios[-1]:.0f} times",
            flush=True,
        )
    print(f"n {n:5d}  p {p:3d}: median {median(ratios):.0f} times, least {min(ratios):.0f}", flush=True)


def main() -> None:
    """Compare on all cases, or on those of one size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--size", type=int, help="only cases of this many points")
    chosen = parser.parse_args()
    try:
        import pbp_pmedian  # noqa: F401
    except ImportError:
        print("pbp-pmedian is not installed: nothing to compare with")
        return
    for n, p in CASES:
        if chosen.size in (None, n):
            compare(n, p, range(chosen.seeds))


if __name__ == "__main__":
    main()
