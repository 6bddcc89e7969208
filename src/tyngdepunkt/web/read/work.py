"""Long work that goes on while a page tells how far it has come.

Two pieces at a time; whoever asks for one that goes on already is told of it, and none is done twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import dataclass, field
from typing import Any

AT_ONCE = 2
WAITED = 0.8
"""Seconds that a page waits for the end before it tells how far the work has come."""

Tell = Callable[[str], None]


@dataclass(slots=True)
class Piece:
    """One piece of work: the steps it has begun, and what comes of it."""

    begun: list[str] = field(default_factory=list)
    future: Future[Any] = field(default_factory=Future)


class Works:
    """The work of one application."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="work")
        self._going: dict[Hashable, Piece] = {}
        self._lock = threading.Lock()

    def going_on(self, key: Hashable, do: Callable[[Tell], Any], seconds: float = WAITED) -> Piece | None:
        """Start a piece of work, or find the one with the same key that was started before.

        Args:
            key: what tells it from every other.
            do: the work; it is handed what tells of each step as it begins.
            seconds: how long to wait for its end.

        Returns:
            The piece while it is still going on; None once it has ended, whether it succeeded or failed.
        """
        with self._lock:
            piece = self._going.get(key)
            if piece is None:
                piece = self._going[key] = Piece()
                piece.future = self._pool.submit(do, piece.begun.append)
        wait_for([piece.future], seconds)
        if not piece.future.done():
            return piece
        with self._lock:
            self._going.pop(key, None)
        return None

    def at(self, key: Hashable) -> Piece | None:
        """Find a piece of work without starting it.

        Returns:
            The piece while it is going on; None where there is none or it has ended.
        """
        with self._lock:
            piece = self._going.get(key)
        return None if piece is None or piece.future.done() else piece
