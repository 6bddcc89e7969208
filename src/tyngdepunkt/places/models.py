"""What a place is, to everybody who asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tyngdepunkt.places.names import norwegian

CENTRE_GROUNDS = ("S", "S2", "R")


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality of 2024.

    Args:
        code: number of 2024, four characters.
        name: the official name, all languages together.
        names: every official language form, the whole name first.
        county_code: number of the county, two characters.
        county_name: name of the county.
        centrality_index: Statistics Norway's centrality index, 0-1000; None where unknown.
        centrality_class: its class, 1 (most central) to 6; None where unknown.
        region: labour-market region, 1-159; None where unknown.
        region_name: name of that region.
        is_centre: whether it is a centre of its labour-market region (S, S2) or a region
            of its own (R).
        ground: why it belongs to its region: S, S2, U8, T75, T45+, T45, T30, A90, X or R.
        lat, lon: its centre, degrees in WGS84.
        x, y: its centre, metres in EPSG:25833.
    """

    code: str
    name: str
    names: tuple[str, ...]
    county_code: str
    county_name: str
    centrality_index: int | None
    centrality_class: int | None
    region: int | None
    region_name: str
    is_centre: bool
    ground: str
    lat: float
    lon: float
    x: float
    y: float

    @property
    def called(self) -> str:
        """The Norwegian form of its name, as documents write it in all their languages."""
        return norwegian(self.name)

    @property
    def region_called(self) -> str:
        """The same of the name of its labour-market region; empty where it has none."""
        return norwegian(self.region_name)

    @property
    def county_called(self) -> str:
        """The same of the name of its county."""
        return norwegian(self.county_name)


@dataclass(frozen=True, slots=True)
class Region:
    """A labour-market region: its centre municipalities and all its members, by number."""

    id: int
    name: str
    centres: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Town:
    """A town (settlement): inhabitants on `date`; `municipalities` are those it lies in."""

    number: str
    name: str
    municipalities: tuple[str, ...]
    persons: int | None
    date: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should be told: `key` is a sentence in a room's `texts.yaml`."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The municipality a name or number stands for, and what to tell about it.

    Args:
        notice: what a person must be told: that the name was taken to a place of another name.
        asked: the town or former municipality that was asked for, as it is spelled; empty where the
            municipality itself was.
    """

    municipality: Municipality
    notice: Notice | None = None
    asked: str = ""

    @property
    def shown(self) -> str:
        """What a reader is shown: what was asked for, and the municipality it was taken to."""
        name = self.municipality.name
        same = not self.asked or self.asked in (name, name.partition(" (")[0])
        return name if same else f"{self.asked} ({name})"


@dataclass(frozen=True, slots=True)
class TableInfo:
    """Everything the snapshot says of one of its tables.

    What is told in words is nb, nn, en: `title`, `provider`, `reference`, `query`, `date`,
    `licence`, `note` and `attribution`, the sentence its licence asks to be shown, where it
    asks for one. `years` are those it has figures for, if any.
    """

    name: str
    title: Mapping[str, str]
    rows: int
    sha256: str
    provider: Mapping[str, str]
    reference: Mapping[str, str]
    query: Mapping[str, str]
    date: Mapping[str, str]
    licence: Mapping[str, str]
    note: Mapping[str, str]
    attribution: Mapping[str, str]
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A dated, immutable set of tables."""

    id: str
    built: dt.date
    tables: tuple[TableInfo, ...]

    def table(self, name: str) -> TableInfo | None:
        """What it says of one of its tables; None where it does not have it."""
        return next((table for table in self.tables if table.name == name), None)
