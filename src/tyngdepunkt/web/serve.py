"""Open the web on this machine: one process, its own threads, bound to the loopback address."""

from __future__ import annotations

import socket
import sys
import webbrowser
from typing import TYPE_CHECKING, Any

from tyngdepunkt import language
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.web import assets

if TYPE_CHECKING:
    import uvicorn

HOST = "127.0.0.1"
LEAVE_AFTER = 3  # seconds that open answers get to finish when the server is stopped


def serve(port: int, lang: str, *, open_browser: bool = False) -> None:
    """Serve until ctrl-c.

    Args:
        port: a port of this machine; 0 takes any free one.
        lang: language of what is printed.
        open_browser: open the front page in the person's browser.

    Raises:
        UserError: `web:port_in_use`, `web:port_refused`, or what opening the snapshot raises.
    """
    listening = listen(port)
    with listening:
        address = f"http://{HOST}:{listening.getsockname()[1]}/"
        server = _server(address, lang, open_browser)
        server.run(sockets=[listening])


def listen(port: int) -> socket.socket:
    """A socket on the port, taken before anything is loaded, so that a taken port is told at once."""
    if not 0 <= port <= 65535:
        raise UserError(Fault("web:port_refused", {"port": str(port)}))
    # named as TCP, or asyncio does not send small parts at once and every answer waits 40 ms
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
        found.listen(128)
    except OSError as error:
        found.close()
        key = "web:port_refused" if isinstance(error, PermissionError) else "web:port_in_use"
        values = {"port": str(port), "other": str(port + 1 if port < 65535 else 8000)}
        raise UserError(Fault(key, values)) from error
    return found


def _server(address: str, lang: str, open_browser: bool) -> uvicorn.Server:
    import uvicorn

    from tyngdepunkt.web.app import create_app

    class Server(uvicorn.Server):
        """Says where it is open once it is, and not before."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            _tell(address, lang)
            if open_browser:
                webbrowser.open(address)

    config = uvicorn.Config(
        create_app(),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=LEAVE_AFTER,
        lifespan="on",
    )
    return Server(config)


def _tell(address: str, lang: str) -> None:
    if not assets.has("vendor/designsystemet.css"):
        print(language.text("web:unstyled", lang), file=sys.stderr)
    values: dict[str, Any] = {"address": address}
    print(language.text("web:serving", lang, **values), flush=True)
