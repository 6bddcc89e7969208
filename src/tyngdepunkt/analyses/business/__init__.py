"""What a town lives of and how exposed it is, from the figures of a snapshot."""

from tyngdepunkt.analyses.contract import Analysis, Brings

ANALYSIS = Analysis(
    id="business", command="business", brings=Brings.PLACE, files={}, method_version="1", example="Tinn"
)
