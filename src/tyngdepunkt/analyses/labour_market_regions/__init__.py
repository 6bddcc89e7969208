"""Labour-market regions from commuting: of any table of flows, or of the snapshot's own municipalities."""

from tyngdepunkt.analyses.contract import Analysis, Brings

ANALYSIS = Analysis(
    id="labour_market_regions",
    command="regions",
    brings=Brings.FILES,
    files={"flows": False, "travel": False, "neighbours": False, "before": False},
    method_version="1",
    example="""\
from,to,persons
Alby,Alby,14000
Alby,Berg,700
Berg,Alby,2600
Berg,Berg,12000
Dal,Dal,3000
Dal,Alby,350
""",
    most_bytes=100_000_000,
)
