"""A rule set that nobody has decreed yet, beside those there are: what is newest is never written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tyngdepunkt import rules
from tyngdepunkt.rules import loader

VERSION = "2031-03-01"


@contextmanager
def rule_set_to_come(folder: Path) -> Iterator[str]:
    """While this is open there is a set of 2031 with the rules of the newest one. Yields its name."""
    before = rules.versions()
    latest = before[-1]
    guidelines = folder / "guidelines"
    guidelines.mkdir(parents=True)
    for version in (*before, VERSION):
        (guidelines / f"{version}.yaml").touch()

    def read(package: str, name: str) -> Any:
        content = as_written(package, name.replace(VERSION, latest))
        if name == f"guidelines/{VERSION}.yaml":
            day = dt.date.fromisoformat(VERSION)
            return {**content, "version": VERSION, "valid_from": day, "carried": []}
        for item in content.get("versions", ()) if name.startswith("register/") else ():
            if latest in item["standing"]:
                item["standing"][VERSION] = item["standing"][latest]
        return content

    as_written = loader.read_yaml
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "read_yaml", read)
        patch.setattr(loader, "resources", SimpleNamespace(files=lambda _: folder))
        _forget()
        try:
            yield VERSION
        finally:
            patch.undo()
            _forget()


def _forget() -> None:
    for each in (loader.versions, loader.register_entry, loader._read_set):
        each.cache_clear()
