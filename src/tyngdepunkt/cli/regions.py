"""`tyngdepunkt regions [FLOWS.csv]`: labour-market regions from commuting."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import cyclopts

from tyngdepunkt import settings
from tyngdepunkt.cli._numbers import Number, Share, Whole, WholeOrNone
from tyngdepunkt.errors import Faults

if TYPE_CHECKING:
    from tyngdepunkt.analyses.labour_market_regions import Notice

app = cyclopts.App(name="regions", help_format="plaintext")


@app.default
def regions(
    flows: Path | None = None,
    *,
    method: Literal["ba", "euro", "flow"] | None = None,
    min_size: Number = None,
    target_size: Number = None,
    min_self_containment: Share = None,
    target_self_containment: Share = None,
    travel: Path | None = None,
    neighbours: Path | None = None,
    year: WholeOrNone = None,
    before: Path | None = None,
    draws: Whole = 0,
    seed: Whole = 20_190_601,
    lang: Literal["nb", "nn", "en"] | None = None,
    as_json: Annotated[bool, cyclopts.Parameter(name="--json", negative="")] = False,
) -> None:
    """Divide places into labour-market regions by who commutes where.

    Args:
        flows: a file with the columns from, to and persons; without it the snapshot's own municipalities.
        method: ba (centres by commuting and travel time, as in Norway), euro (the European method) or flow
            (clusters of flows). Default is ba without a file and euro with one.
        min_size: for euro: employed residents every region must have. Default 1000.
        target_size: for euro: employed residents from which the minimum share will do. Default 10000.
        min_self_containment: for euro: share who live and work in a large region. Default 0.6667.
        target_self_containment: for euro: share asked of a small region. Default 0.75.
        travel: for ba with a file: travel times in a file with the columns from, to and minutes.
        neighbours: places that border on each other, in a file with the columns from and to: keeps regions
            in one piece.
        year: the file's places are Norwegian municipalities by their numbers of this year: compares with the
            list of 2020. Without a file, the year of the snapshot's own commuting; default is the last.
        before: for ba with municipalities: flows of 2017, which the list of 2020 rests on, so that growth can
            be told from travel time.
        draws: how many times to draw the flows again, to try how firm each region is.
        seed: where chance begins; the same seed gives the same answer.
        lang: language of what is printed; default is the setting TYNGDEPUNKT_LANG.
        as_json: print one JSON document and nothing else.
    """
    from tyngdepunkt.analyses.labour_market_regions import Ask, Files, answer, thresholds_of
    from tyngdepunkt.analyses.labour_market_regions import as_json as to_json
    from tyngdepunkt.analyses.labour_market_regions.question import MOST_DRAWS

    faults = Faults()
    sizes = {
        "min_size": min_size,
        "target_size": target_size,
        "min_self_containment": min_self_containment,
        "target_self_containment": target_self_containment,
    }
    thresholds = thresholds_of(sizes, faults)
    if not 0 <= draws <= MOST_DRAWS:
        faults.add("analyses.labour_market_regions:draws_range", "--draws", given=draws, most=MOST_DRAWS)
    if seed < 0:
        faults.add("analyses:outside", "--seed", name="--seed", given=seed, least=0, most=2**53 - 1)
    files = Files(flows, travel, neighbours, year, before)
    chosen = method or ("ba" if files.municipal else "euro")
    ask = Ask(chosen, thresholds=thresholds, draws=draws, seed=seed)
    found = answer(files, ask, faults, _unused(chosen, sizes, travel))
    if as_json:
        document = to_json(found.found, found.country, found.comparison)
        json.dump(document, sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
        sys.stdout.write("\n")
        return
    from tyngdepunkt.cli._regions_view import show

    show(found, lang or settings.language())


def _unused(method: str, sizes: dict[str, float | None], travel: Path | None) -> tuple[Notice, ...]:
    """A notice of options the method has no use for."""
    from tyngdepunkt.analyses.labour_market_regions import Notice

    given = [name for name, value in sizes.items() if value is not None] if method != "euro" else []
    if travel is not None and method != "ba":
        given.append("travel")
    options = ["--" + name.replace("_", "-") for name in given]
    return (Notice("not_used", {"options": options, "method": method}),) if options else ()
