"""`tyngdepunkt site INSTANCE`: where to put p houses, and how good the answer is proved to be."""

from __future__ import annotations

import math
import os
import sys
import time
from pathlib import Path
from typing import Annotated, Literal

import cyclopts

from tyngdepunkt import settings
from tyngdepunkt.cli import _clock
from tyngdepunkt.cli._numbers import Number, Whole, WholeOrNone
from tyngdepunkt.errors import Faults

app = cyclopts.App(name="site", help_format="plaintext")
Model = Literal["p-median", "mclp", "lscp", "p-center", "cflp", "cpmp"]
_Flag = cyclopts.Parameter(negative="")


@app.default
def site(
    instance: Path,
    *,
    model: Model = "p-median",
    p: WholeOrNone = None,
    radius: Number = None,
    time_limit: Number = None,
    near_best: Whole = 0,
    curve: str | None = None,
    existing_first: Annotated[bool, _Flag] = False,
    budget: Number = None,
    forbid: Path | None = None,
    costs: Path | None = None,
    single_source: Annotated[bool, _Flag] = False,
    out: Path | None = None,
    lang: Literal["nb", "nn", "en"] | None = None,
    as_json: Annotated[bool, cyclopts.Parameter(name="--json", negative="")] = False,
) -> None:
    """Find the sites that serve best, with a bound on how much better any plan could be.

    Args:
        instance: an OR-Library file, or CSV or Parquet of points (id,x,y,demand and more) or of pairs
            (from,to,cost).
        model: p-median (least weighted distance), mclp (most within the radius), lscp (fewest sites for all),
            p-center (smallest largest distance), cflp (with costs and capacities) or cpmp (p-median with
            capacities).
        p: how many sites to open; default is what the file says.
        radius: how far is near enough, in the unit of the distances.
        time_limit: seconds of wall-clock time from the start of the command, reading included.
        near_best: how many plans next to the best to show.
        curve: P1:P2, the best objective for each number of sites from P1 to P2.
        existing_first: open a new site only where no set of existing ones serves as well.
        budget: most the open sites may cost together.
        forbid: a file of pairs (from,to) that may not go together.
        costs: a file of pairs (from,to,cost) that count in place of the distances between points.
        single_source: in cflp, do not split a demand between sites.
        out: a folder to write assignment and sites to, as CSV and GeoJSON.
        lang: language of what is printed; default is the setting TYNGDEPUNKT_LANG.
        as_json: print one JSON document and nothing else.
    """
    began = _clock.began()
    # Many small products: threads that wait for each other cost more than they give on a busy machine.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from tyngdepunkt.analyses.siting import as_json as to_json
    from tyngdepunkt.analyses.siting import ask_of, write_files
    from tyngdepunkt.analyses.siting import site as solve

    faults = Faults()
    given = {
        "p": p,
        "radius": radius,
        "near_best": near_best,
        "existing_first": existing_first,
        "budget": budget,
        "single_source": single_source,
    }
    ask = ask_of(model, given, curve, faults)
    if time_limit is not None and not (math.isfinite(time_limit) and time_limit > 0):
        faults.add("analyses.siting:time_limit_least", "--time-limit", given=time_limit)
        time_limit = None
    left = None if time_limit is None else max(0.0, time_limit - (time.monotonic() - began))
    found = solve(instance, ask, faults, seconds=left, costs=costs, forbid=forbid)
    written = [] if out is None else write_files(found, out)
    if as_json:
        import msgspec  # tens of thousands of rows: the standard library takes seconds over them

        sys.stdout.write(msgspec.json.format(msgspec.json.encode(to_json(found)), indent=2).decode() + "\n")
        return
    from tyngdepunkt.cli._site_view import show

    show(found, written, lang or settings.language())
