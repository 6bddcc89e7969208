"""Which tables of a snapshot can be fetched, for those who only want to say so: nothing heavy is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from tyngdepunkt.texts import read_yaml


@cache
def fetchable() -> Mapping[str, str]:
    """Table of the snapshot → id of the declared table that it is made of."""
    declared = read_yaml("tyngdepunkt.sources", "tables.yaml")["tables"]
    return MappingProxyType({name: identity for identity, each in declared.items() for name in each["makes"]})
