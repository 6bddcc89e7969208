"""A toy register: rooms to let, as letters tell of them."""

from tyngdepunkt.analyses.contract import Analysis, Brings

ANALYSIS = Analysis(
    id="toy_rooms",
    command="toy-rooms",
    brings=Brings.REGISTER,
    files={},
    method_version="1",
    example="",
)
