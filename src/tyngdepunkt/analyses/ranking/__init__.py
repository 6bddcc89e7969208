"""Ranking any table of alternatives: the domain-free twin of a location case, for researchers."""

from tyngdepunkt.analyses.contract import Analysis, Brings

ANALYSIS = Analysis(
    id="ranking",
    command="rank",
    brings=Brings.TABLE,
    files={"table": True},
    method_version="1",
    example="""\
criteria:
  - {id: access, direction: max, value: identity}
  - {id: cost, direction: min, value: minmax}
weights: {access: 36, cost: 10}
alternatives:
  A: {access: 31.9, cost: 8.4}
  B: {access: 30.0, cost: 9.1}
""",
)
