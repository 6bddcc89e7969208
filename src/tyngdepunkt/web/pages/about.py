"""About the service: where the figures come from, and how accessible it is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from litestar import Response, get

from tyngdepunkt import settings
from tyngdepunkt.places import Places
from tyngdepunkt.web import static_assets
from tyngdepunkt.web.read.changes import changes
from tyngdepunkt.web.rendering import Page

CHECKED = dt.date(2026, 11, 23)
"""The day the accessibility statement was last held against the pages."""

SOFTWARE = (
    ("Designsystemet", "@digdir/designsystemet-css, @digdir/designsystemet-web", "MIT", "designsystemet-css"),
    ("htmx", "htmx.org", "BSD-0-Clause", "htmx"),
    ("Inter", "@fontsource/inter", "SIL OFL 1.1", "inter"),
    ("MapLibre GL JS", "maplibre-gl", "BSD-3-Clause", "maplibre-gl"),
)


@get("/about/sources", sync_to_thread=True)  # not by snapshot: those before it may come and go
def sources(page: Page, places: Places) -> Response[str]:
    """Every table of the snapshot with provider, date and licence, what changed, and the software."""
    software = [
        (name, packages, licence, f"vendor/licences/{file}.txt") for name, packages, licence, file in SOFTWARE
    ]
    tables = sorted(places.snapshot.tables, key=lambda table: table.title[page.lang])
    return page(
        "sources.html",
        tables=tables,
        changes=changes(places, page.lang),
        software=[each for each in software if static_assets.has(each[3])],
    )


@get("/about/accessibility", sync_to_thread=True)
def accessibility(page: Page) -> Response[str]:
    """The accessibility statement."""
    return page("accessibility.html", checked=CHECKED, contact=settings.contact())


handlers: list[Any] = [sources, accessibility]
