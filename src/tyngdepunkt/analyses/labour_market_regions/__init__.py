"""Labour-market regions from commuting: of any table of flows, or of the snapshot's own municipalities.

`answer(files, ask, faults)` reads and checks the files, or takes the snapshot's municipalities, finds the
regions by one of three methods and, for municipalities, holds them against the official list;
`as_json(found, country, comparison)` is what `tyngdepunkt regions --json` prints.
"""

from tyngdepunkt.analyses.labour_market_regions.answer import Answer, Files, answer
from tyngdepunkt.analyses.labour_market_regions.assess import Delineated, delineate
from tyngdepunkt.analyses.labour_market_regions.compare import Comparison, compare
from tyngdepunkt.analyses.labour_market_regions.municipal import recoded
from tyngdepunkt.analyses.labour_market_regions.norway import Norway, norway
from tyngdepunkt.analyses.labour_market_regions.output import as_json
from tyngdepunkt.analyses.labour_market_regions.question import Ask, Commuting, Notice, thresholds_of
from tyngdepunkt.analyses.labour_market_regions.read import read_flows, read_neighbours, read_travel

__all__ = [
    "Answer",
    "Ask",
    "Commuting",
    "Comparison",
    "Delineated",
    "Files",
    "Norway",
    "Notice",
    "answer",
    "as_json",
    "compare",
    "delineate",
    "norway",
    "read_flows",
    "read_neighbours",
    "read_travel",
    "recoded",
    "thresholds_of",
]
