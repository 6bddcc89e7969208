"""What the places of any table live of: quotients, specialisation, shift-share, relatedness, complexity."""

from tyngdepunkt.analyses.contract import Analysis, Brings

ANALYSIS = Analysis(
    id="industry",
    command="industry",
    brings=Brings.TABLE,
    files={"table": True},
    method_version="1",
    example="""\
place,industry,value
Alby,Fishing,120
Alby,Trade,80
Berg,Fishing,30
Berg,Trade,270
""",
    most_bytes=30_000_000,
)
