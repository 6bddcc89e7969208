"""Where to put p houses: instances from files, exact answers, and what lies around them."""

import os

from tyngdepunkt.analyses.contract import Analysis, Brings

# Many small products: threads that wait for each other cost more than they give on a busy machine. It has to
# be said before NumPy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

ANALYSIS = Analysis(
    id="siting",
    command="site",
    brings=Brings.FILES,
    files={"instance": True, "costs": False, "forbid": False},
    method_version="1",
    example="""\
5 6 2
1 2 4
2 3 3
3 4 6
4 5 2
1 3 5
2 5 9
""",
    most_bytes=1_000_000_000,
    also=("application/vnd.apache.parquet",),
    most_seconds=3.0,
    measured=("seconds", "memory_mb"),
)
