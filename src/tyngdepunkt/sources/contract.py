"""What every official source is here: a name, a licence, a cadence, and `parse` from file to tidy rows.

A source reads one file in its provider's own format and says nothing about other providers.
Fetching is another matter: `http` asks, `pxweb` knows the service of Statistics Norway.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

MAX_BYTES = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Origin:
    """Where tidy rows came from: the file, its fingerprint and what it says of itself."""

    file: str
    sha256: str
    title: str = ""
    updated: str = ""


@dataclass(frozen=True, slots=True)
class Tidy:
    """Tidy rows: column names, one tuple per row, and where they came from.

    A value is None where the source has none; the column `status` then says `suppressed`
    or `missing`. Zero is only ever a counted zero.
    """

    columns: Sequence[str]
    rows: list[tuple[Any, ...]]
    origin: Origin


class Source(Protocol):
    """One table of one provider."""

    @property
    def name(self) -> str:
        """File name without ending inside a folder of official files, for instance `ssb/07459`."""

    @property
    def licence(self) -> str:
        """Licence of the figures."""

    @property
    def cadence(self) -> str:
        """How often the provider publishes: `yearly`, `monthly`, `when it changes`."""

    def parse(self, file: Path) -> Tidy:
        """Tidy rows of one file.

        Raises:
            UserError: the file is not what its name says; every fault found in it.
        """


def origin(file: Path, *, title: str = "", updated: str = "") -> Origin:
    """Fingerprint of a file, named by its folder and its own name."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return Origin(f"{file.parent.name}/{file.name}", digest, title, updated)
