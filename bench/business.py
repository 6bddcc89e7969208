"""The profile of all 357 municipalities in one go, against reading the tables it is made of.

    python bench/business.py

First the answers: the row of a place in the list is the row of its own profile. Then wall and CPU seconds and
peak memory, each in a process of its own, with the figures of the snapshot and with jobs by industry for
every municipality, as where they have been fetched: those of Telemark dealt out to all, which gives the
work of the whole country and says nothing of any place. The floor reads the same tables and asks nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is imported

PLACES = ("Tinn", "Fyresdal", "Røros", "Oslo", "Utsira")
TURNS = 3
CHILD = """
import resource, sys, time
from functools import partial
from itertools import cycle
from tyngdepunkt.analyses.business.tables import Tables
from tyngdepunkt.analyses.contract import Setting, analysis
from tyngdepunkt.analyses.parameters import read_parameters
from tyngdepunkt.indicators.columns import remember
from tyngdepunkt.places import open_places

what, dealt, names = sys.argv[1], sys.argv[2] == "dealt", sys.argv[3:]
made_for = analysis("business")

def ask(places, **given):
    return made_for.answer({}, read_parameters(made_for, given, str), Setting("en", lambda: places))

def read(tables, places):
    for name in ("jobs", "industry_names", "sizes", "sectors", "employed", "estimated", "stayers"):
        getattr(tables, name)
    for code in places.municipalities:
        tables.population(code)

with open_places("embedded") as places:
    tables = remember(places, ("analyses.business",), partial(Tables, places))
    for figures in tables.jobs.values() if dealt else ():
        known = cycle([figures[code] for code in sorted(figures)])
        figures.update({code: next(known) for code in places.municipalities})
    if what == "equal":
        rows = {each.code: each for each in ask(places, place="Norge", all="true").places}
        found = [ask(places, place=name).alike[0] for name in names]
        sys.exit(next((f"{own.name} differs" for own in found if rows[own.code] != own), 0))
    wall, cpu = time.perf_counter(), time.process_time()
    if what == "floor":
        read(Tables(places), places)
    else:
        assert len(ask(places, place="Norge", all="true").places) == len(places.municipalities)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
print(wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def main() -> None:
    """Measure, check and print."""
    for figures in ("stored", "dealt"):
        told = run("equal", figures, *PLACES)
        if told:
            sys.exit(told)
    same = ", ".join(PLACES)
    print(f"profile of all 357 municipalities: equal to their own for {same}; fastest of {TURNS} turns")
    rows = {
        "floor: the tables read alone": ("floor", "stored"),
        "all, figures of the snapshot": ("all", "stored"),
        "all, industries of every municipality": ("all", "dealt"),
    }
    for name, (what, figures) in rows.items():
        turns = [tuple(map(float, run(what, figures).split())) for _ in range(TURNS)]
        wall, cpu, memory = (min(each) for each in zip(*turns, strict=True))
        print(f"  {name:<38} {wall:6.2f} s wall  {cpu:6.2f} s CPU  peak {memory:4.0f} MB")


def run(what: str, figures: str, *names: str) -> str:
    """What a process of its own prints; what is wrong, where it says so."""
    command = [sys.executable, "-c", CHILD, what, figures, *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode and what != "equal":
        sys.exit(done.stderr)
    return done.stderr.strip() if done.returncode else done.stdout.strip()


if __name__ == "__main__":
    main()
