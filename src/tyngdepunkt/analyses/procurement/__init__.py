"""Testing a tender before it is published: does it shut out small firms nearby for no good reason?"""

from tyngdepunkt.analyses.contract import Analysis, Brings

ANALYSIS = Analysis(
    id="procurement",
    command="procurement",
    verb="check",
    several=True,
    brings=Brings.FILES,
    files={"notice": True},
    method_version="1",
    most_bytes=24_000_000,
    also=("application/xml",),
    example="""\
procurement:
  title: Vintervedlikehold av kommunale veger
  procedure: open
  dispatch: 2025-10-01
  lots:
    - id: LOT-0001
      value: {amount: 900000, currency: NOK}
      months: 24
      deadline: 2025-11-05
      languages: [NOB]
      criteria_source: [notice]
      demands:
        - {code: slc-stand-to-gen, text: "Minste årsomsetning er 2 000 000 NOK."}
""",
)
