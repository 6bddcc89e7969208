"""Ranking any table of alternatives: the domain-free twin of a location case, for researchers.

`read_table(path)` reads and checks a file; `rank_table(table)` ranks it and tries how much the
ranking can take; `as_json(ranking)` is what `tyngdepunkt rank TABLE.yaml --json` prints.
"""

from tyngdepunkt.analyses.ranking.assess import Ranking, rank_table
from tyngdepunkt.analyses.ranking.output import as_json
from tyngdepunkt.analyses.ranking.read import read_table
from tyngdepunkt.analyses.ranking.table import Criterion, Table

__all__ = ["Criterion", "Ranking", "Table", "as_json", "rank_table", "read_table"]
