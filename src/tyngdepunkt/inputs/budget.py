"""How much of a file is read before it is given up: what is counted is what is read, not what is kept.

A file of a few kilobytes can claim a thousand million rows, or unfold to gigabytes. So every reader of
files takes from a budget for each byte, row and cell it looks at, blank ones too, and for the time it
spends; where the budget is used up it ends with a fault instead of going on.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import IO

from tyngdepunkt.errors import Fault, UserError

_CHECKED_EVERY = 256

MOST_POSTS = 1_000_000
"""Posts that one list of staff or of needs can be about."""
MOST_SIGNS = 200
"""Letters of the name of an agency or a unit: it stands in every line of the documents."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read of one file.

    Args:
        size: bytes of the file itself.
        unfolded: bytes after unpacking.
        rows, cells: read, blank ones included.
        columns: of one row.
        seconds: of the processor's time, so that a busy machine refuses nothing more; None for no limit.
    """

    size: int = 10_000_000
    unfolded: int = 100_000_000
    rows: int = 50_000
    cells: int = 2_000_000
    columns: int = 1000
    seconds: float | None = 4.0


@dataclass(slots=True)
class Budget:
    """What is left of the limits for one file.

    Args:
        limits: the most that is read.
        path: the file, as the messages name it.
    """

    limits: Limits
    path: str
    rows: int = 0
    cells: int = 0
    unfolded: int = 0
    started: float = field(default_factory=time.thread_time)

    def row(self, cells: int) -> None:
        """One more row, of so many cells.

        Raises:
            UserError: the file has more rows, cells or columns, or takes longer, than the limits say.
        """
        self.rows += 1
        if self.rows > self.limits.rows:
            raise self._over("too_many_rows", limit=self.limits.rows)
        if cells > self.limits.columns:
            raise self._over("too_many_columns", limit=self.limits.columns)
        self.take_cells(cells)
        if self.rows % _CHECKED_EVERY == 0:
            self.look_at_the_clock()

    def take_cells(self, count: int) -> None:
        """So many more cells, or texts that cells share.

        Raises:
            UserError: the file has more cells than the limits say.
        """
        self.cells += count
        if self.cells > self.limits.cells:
            raise self._over("too_many_cells", limit=self.limits.cells)

    def take_bytes(self, count: int) -> None:
        """So many more bytes out of a packed file.

        Raises:
            UserError: more comes out than the limits say, or it takes longer.
        """
        self.unfolded += count
        if self.unfolded > self.limits.unfolded:
            raise self._over("unfolds", limit=self.limits.unfolded / 1_000_000)
        self.look_at_the_clock()

    def look_at_the_clock(self) -> None:
        """Give up where the time is used up.

        Raises:
            UserError: the seconds of the limits, of this thread's own time, are used up.
        """
        limit = self.limits.seconds
        if limit is not None and time.thread_time() - self.started > limit:
            raise self._over("too_slow", limit=limit)

    def _over(self, name: str, **values: float) -> UserError:
        return UserError(Fault(f"inputs:{name}", {"path": self.path, **values}))


class Metered:
    """A stream out of a packed file that takes what is read from a budget."""

    def __init__(self, stream: IO[bytes], budget: Budget) -> None:
        self._stream, self._budget = stream, budget

    def read(self, size: int = -1) -> bytes:
        """As much as was asked for, at most a piece at a time."""
        piece = self._stream.read(min(size, 65_536) if size >= 0 else 65_536)
        self._budget.take_bytes(len(piece))
        return piece
