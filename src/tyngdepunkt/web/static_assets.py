"""Addresses of our own files, with a mark of their content so that browsers may keep them."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path

STATIC = Path(str(resources.files("tyngdepunkt.web").joinpath("static")))


def has(name: str) -> bool:
    """Whether a file is there; third-party files are missing where node was missing at build time."""
    return (STATIC / name).is_file()


@cache
def address(name: str) -> str:
    """`/static/app.css?v=3f2a…`."""
    content = (STATIC / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"
