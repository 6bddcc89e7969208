"""The store: an immutable, dated snapshot of official figures, and every question one asks a place.

Nothing heavy is loaded until a snapshot is opened.
"""

from tyngdepunkt.places.models import (
    Municipality,
    Notice,
    Region,
    Resolved,
    Snapshot,
    TableInfo,
    Town,
)
from tyngdepunkt.places.source_localisation import in_language
from tyngdepunkt.places.store import Places, open_places

__all__ = [
    "Municipality",
    "Notice",
    "Places",
    "Region",
    "Resolved",
    "Snapshot",
    "TableInfo",
    "Town",
    "in_language",
    "open_places",
]
