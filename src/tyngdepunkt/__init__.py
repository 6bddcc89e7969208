"""Where jobs, offices and contracts make small towns stronger: assessments that can be defended."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.assess import assess
    from tyngdepunkt.analyses.location.input.model import LocationCase
    from tyngdepunkt.places import open_places

__all__ = ["LocationCase", "assess", "open_places"]

_FOUND_IN = {
    "LocationCase": "tyngdepunkt.analyses.location.input.model",
    "assess": "tyngdepunkt.analyses.location.assess",
    "open_places": "tyngdepunkt.places",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that importing the package costs nothing."""
    if name not in _FOUND_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_FOUND_IN[name]), name)
