"""A toy with all that is kept between two runs: which venue a meeting should choose, by weights."""

from tyngdepunkt.analyses.contract import Analysis, Brings

ANALYSIS = Analysis(
    id="toy_venue",
    command="toy-venue",
    brings=Brings.CASE,
    files={"case": True},
    method_version="2",
    example="title: A meeting\nweights: {price: 60, light: 40}\nvenues: {Hall: [5, 1], Loft: [2, 4]}\n",
    steps=("figures", "documents"),
    word_template=True,
)
