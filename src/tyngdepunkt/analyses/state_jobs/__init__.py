"""The ledger: what happened to state jobs, where, when, and who said so. Only ever added to."""

from tyngdepunkt.analyses.contract import Analysis, Brings

ANALYSIS = Analysis(
    id="state_jobs",
    command="ledger",
    brings=Brings.REGISTER,
    files={},
    method_version="1",
    example="",
)
