"""Where those live who can work from anywhere, and how many desks that is, in the whole country."""

from tyngdepunkt.analyses.contract import Analysis, Brings

ANALYSIS = Analysis(
    id="remote_work", command="remote", brings=Brings.PARAMETERS, files={}, method_version="1", example=""
)
