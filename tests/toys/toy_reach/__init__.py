"""A toy on a table: which places are within reach. Three options, no document."""

from tyngdepunkt.analyses.contract import Analysis, Brings

ANALYSIS = Analysis(
    id="toy_reach",
    command="toy-reach",
    brings=Brings.TABLE,
    files={"places": True},
    method_version="1",
    example="Alby: 10\nBerg: 45\nDal: 70\n",
)
