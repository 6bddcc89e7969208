"""Open the web: one process, its own threads, bound to the loopback address unless told otherwise."""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys
import webbrowser
from typing import TYPE_CHECKING, Any

from tyngdepunkt import texts
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.web import static_assets

if TYPE_CHECKING:
    import uvicorn

HOST = "127.0.0.1"
LEAVE_AFTER = 3  # seconds that open answers get to finish when the server is stopped


def serve(port: int, lang: str, *, host: str = HOST, open_browser: bool = False) -> None:
    """Serve until ctrl-c.

    Args:
        port: a port of this machine; 0 takes any free one.
        lang: language of what is printed.
        host: the address to listen at; one that others can reach is warned of.
        open_browser: open the front page in the person's browser.

    Raises:
        UserError: `web:port_in_use`, `web:port_refused`, `web:host_refused`, or what opening the
            snapshot raises.
    """
    listening = listen(port, host)
    with listening:
        if not _only_here(host):
            print(texts.text("web:open_to_others", lang, host=host), file=sys.stderr)
        address = f"http://{host}:{listening.getsockname()[1]}/"
        server = _server(address, lang, open_browser)
        server.run(sockets=[listening])


def _only_here(host: str) -> bool:
    """Whether nobody but this machine can reach the address."""
    return host == "localhost" or ipaddress.IPv4Address(host).is_loopback


def listen(port: int, host: str = HOST) -> socket.socket:
    """Open the socket before anything else is loaded, so that a port in use is reported at once.

    Args:
        port: 0 to 65535; 0 lets the system choose.
        host: `localhost` or an IPv4 address.

    Returns:
        A socket that listens.

    Raises:
        UserError: `web:port_refused`, `web:host_refused`, or `web:port_in_use`.
    """
    if not 0 <= port <= 65535:
        raise UserError(Fault("web:port_refused", {"port": str(port)}))
    try:
        _only_here(host)
    except ValueError as error:
        raise UserError(Fault("web:host_refused", {"host": host})) from error
    # named as TCP, or asyncio does not send small parts at once and every answer waits 40 ms
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if sys.platform != "win32":
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
        found.listen(128)
    except OSError as error:
        found.close()
        raise UserError(_refused(error, port, host)) from error
    return found


def _refused(error: OSError, port: int, host: str) -> Fault:
    """Why the machine did not give us the address."""
    if isinstance(error, PermissionError):
        return Fault("web:port_refused", {"port": str(port)})
    if error.errno == errno.EADDRNOTAVAIL:
        return Fault("web:host_refused", {"host": host})
    return Fault("web:port_in_use", {"port": str(port), "other": str(port + 1 if port < 65535 else 8000)})


def _server(address: str, lang: str, open_browser: bool) -> uvicorn.Server:
    import uvicorn

    from tyngdepunkt.web.app import create_app
    from tyngdepunkt.web.patience import Punctual

    class Server(uvicorn.Server):
        """Says where it is open once it is, and not before."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            _tell(address, lang)
            if open_browser:
                webbrowser.open(address)

    config = uvicorn.Config(
        create_app(),
        http=Punctual,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=LEAVE_AFTER,
        lifespan="on",
    )
    return Server(config)


def _tell(address: str, lang: str) -> None:
    if not static_assets.has("vendor/designsystemet.css"):
        print(texts.text("web:unstyled", lang), file=sys.stderr)
    values: dict[str, Any] = {"address": address}
    print(texts.text("web:serving", lang, **values), flush=True)
