"""`tyngdepunkt serve`: places, cases and answers in a browser on this machine."""

from __future__ import annotations

from typing import Annotated, Literal

import cyclopts

from tyngdepunkt import settings
from tyngdepunkt.cli._help import told
from tyngdepunkt.cli._numbers import Whole

app = cyclopts.App(name="serve", help_format="plaintext")


@app.default
@told("web", "serve")
def serve(
    *,
    port: Whole = 8000,
    host: str = "127.0.0.1",
    open_browser: Annotated[bool, cyclopts.Parameter(name="--open", negative="")] = False,
    lang: Literal["nb", "nn", "en"] | None = None,
) -> None:
    """Open the web, on this machine only unless told otherwise; stop it with ctrl-c.

    Args:
        port: the port; 0 takes any free one.
        host: the address to listen at; there is no login, so leave it unless a proxy guards the door.
        open_browser: open the front page in the browser.
        lang: language of what is printed here; each page has its own choice.
    """
    from tyngdepunkt.web import serve as web

    web.serve(port, lang or settings.language(), host=host, open_browser=open_browser)
