"""Which functions can be done from anywhere: an agency's posts held against three published methods."""

from tyngdepunkt.analyses.contract import Analysis, Brings

ANALYSIS = Analysis(
    id="functions",
    command="functions",
    brings=Brings.TABLE,
    files={"table": True, "questions": False},
    method_version="4",
    example="""\
unit,occupation,municipality,count
Case handling,2422,Sogndal,34
Case handling,2611,Sogndal,12
Case handling,4110,Oslo,3
Inspection,3257,Sogndal,7
Inspection,3257,Oslo,8
Inspection,4110,Oslo,2
Inspection,2422,,6
""",
    most_bytes=20_000_000,
)
