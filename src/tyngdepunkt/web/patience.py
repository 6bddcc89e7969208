"""How long a request may take to arrive: a connection that is held open and says little is let go.

Whoever opens many connections and sends a byte now and then would else hold them all (slow loris). The
server itself limits only the quiet between two requests on one connection.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

HEAD_SECONDS = 10.0
"""From when a connection is open, or a request has begun, until its headers are here."""
BODY_SECONDS = 60.0
"""From when a body is waited for until all of it is here: 2 MB at 35 kB a second."""
QUIET_SECONDS = 15.0
"""Without a single byte of a body."""


class Punctual(AutoHTTPProtocol):  # type: ignore[misc, valid-type]  # one of two classes, as what is installed
    """The server's own protocol, where the head of a request has to arrive in time."""

    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Wait for the first request."""
        super().connection_made(transport)
        self._expect()

    def data_received(self, data: bytes) -> None:
        """Take what came. While nothing is being answered a head is waited for, however much of it comes."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop()
        elif self._late is None:
            self._expect()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more is waited for."""
        self._stop()
        super().connection_lost(exc)

    def _expect(self) -> None:
        self._late = self.loop.call_later(HEAD_SECONDS, self._leave)

    def _stop(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _leave(self) -> None:
        self._late = None
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()
