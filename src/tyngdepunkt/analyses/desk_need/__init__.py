"""How many desks a shared office needs, where people come on some days and not on others."""

from tyngdepunkt.analyses.contract import Analysis, Brings

ANALYSIS = Analysis(
    id="desk_need",
    command="desks",
    brings=Brings.TABLE,
    files={"table": True},
    method_version="1",
    example="""\
place,posts,days,share_low,share_high
Førde,40,2,20 %,40 %
Førde,12,3,0.5,0.7
Sogndal,25,1,30 %,60 %
""",
    most_bytes=10_000_000,
)
