"""Where a new or moved state unit should lie: the case, its assessment, and what can be said of it.

The files of the contract stand in `analyses/contract.py`; the walk of one case through the others in
docs/architecture.md.
"""

from tyngdepunkt.analyses.contract import Analysis, Brings

ANALYSIS = Analysis(
    id="location",
    command="assess",
    brings=Brings.CASE,
    files={"case": True},
    method_version="2",
    example="""\
title: A new office
date: 2023-06-01
trigger: new_unit
unit:
  name: An office
  jobs: 30
alternatives: [Hamar, Elverum, "3427"]
weights: none
lang: en
""",
    steps=("figures", "weighing", "rules", "documents"),
    word_template=True,
    own_page="/case",
    in_api="""Assess a location case

Assess a location case; the answer is that of `tyngdepunkt assess --json`.

The body is the mapping of a case file as JSON or YAML. Every fault of the case comes back in `errors`.""",
    takes_from={"state_jobs": "a case is judged with the state jobs that came and went: the ledger"},
)
