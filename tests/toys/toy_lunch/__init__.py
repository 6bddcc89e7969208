"""A toy on a case file, with a document: where a meeting has its lunch."""

from tyngdepunkt.analyses.contract import Analysis, Brings

ANALYSIS = Analysis(
    id="toy_lunch",
    command="toy-lunch",
    brings=Brings.CASE,
    files={"case": True},
    method_version="1",
    example="title: A meeting\npeople: 4\nmenus: {soup: 90, fish: 210}\n",
)
