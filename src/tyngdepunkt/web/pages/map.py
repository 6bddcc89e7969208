"""The map of the country coloured by a figure: page, JSON, CSV, drawing, and the layers it is made of."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery, QueryParameter

from tyngdepunkt.documents.map.choropleth import SIZE, mark
from tyngdepunkt.documents.map.layers import LAYERS, geojson
from tyngdepunkt.errors import UserError
from tyngdepunkt.indicators.columns import remember
from tyngdepunkt.places import Municipality, Places
from tyngdepunkt.web import caching, output, static_assets
from tyngdepunkt.web.background_map import PAGE, Background, background
from tyngdepunkt.web.caching import BY_SNAPSHOT
from tyngdepunkt.web.parts import N_, NavEntry
from tyngdepunkt.web.read import map as read
from tyngdepunkt.web.read import map_drawing
from tyngdepunkt.web.read.places import all_counties
from tyngdepunkt.web.read.said import lines
from tyngdepunkt.web.rendering import Page
from tyngdepunkt.web.request_values import whole

_Text = Annotated[str, QueryParameter(max_length=200)]
_LAND = (4.0, 57.7, 31.6, 71.4)
"""West, south, east and north of the mainland, for the first view."""


def show_map(
    request: Request[Any, Any, Any],
    page: Page,
    places: Places,
    layer: FromQuery[str] = read.CENTRALITY,
    place: _Text = "",
    county: FromQuery[str] = "",
) -> Response[Any]:
    """The country coloured by one figure; `show` lays more over it, `place` points one out."""
    shown = request.query_params.getall("show", [])
    read.check(places, layer, shown, county)
    found = read.coloured(places, layer, page.lang)
    ending = output.split_format(request.url.path)[1]
    if ending == ".json":
        return output.as_json(read.document(found, places, page.lang), page.lang)
    if ending == ".csv":
        return output.as_csv(read.CSV_HEAD, read.cells(found, places, county), f"map-{layer}")
    try:
        resolved = places.resolve(place.strip()) if place.strip() else None
        faults = []
    except UserError as error:
        resolved, faults = None, [lines(fault, page.lang) for fault in error.faults]
    here = resolved.municipality if resolved else None
    notice = page.say(resolved.notice.key, **resolved.notice.values) if resolved and resolved.notice else ""
    asked = {"layer": layer, "show": list(dict.fromkeys(shown)), "county": county, "written": place}
    context = {"notice": notice, **_shown(page, places, found, asked, here, faults)}
    return page("map.html", status=422 if faults else 200, **context)


def _shown(
    page: Page,
    places: Places,
    found: read.Coloured,
    asked: Mapping[str, Any],
    here: Municipality | None,
    faults: list[dict[str, str]],
) -> dict[str, Any]:
    """What the template shows."""
    listed = read.listed(places, asked["county"])
    number = whole(page.request.query_params.get("page", "1"))
    rows, count = read.page_of(listed, number)
    query = {"layer": found.id, "show": asked["show"], "place": here.code if here else None}
    behind = background() if "yes" in page.request.query_params.getall("background", []) else None
    return {
        "found": found,
        "asked": asked,
        "chosen": here,
        "faults": faults,
        "rows": rows,
        "pages": (number, count),
        "counties": all_counties(places),
        "figures": read.labels(page.lang),
        "overlays": [(name, words, _symbol(name)) for name, words in read.overlays(places, page.lang)],
        "behind": behind,
        "offered": background(),
        "svg": page.link("/map.svg", **query),
        "size": (SIZE[0], SIZE[1] + 21 * (len(found.key) + 1) + 30),
        "named": map_drawing.attributions(places, page.lang, asked["show"], found.sources),
        "settings": _settings(page, places, found, asked, here, behind),
        "twins": {
            "JSON": page.link("/map.json", layer=found.id),
            "CSV": page.link("/map.csv", layer=found.id, county=asked["county"]),
            "SVG": page.link("/map.svg", **query),
        },
    }


def _symbol(name: str) -> str:
    """The mark of a layer beside its name; roads have a line."""
    drawn = '<path d="M-6,3C-2,-4 2,4 6,-3" fill="none" stroke="#7a4a00" stroke-width="2"/>'
    if name != "roads":
        drawn = mark(name)
    return f'<svg class="mark" viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true">{drawn}</svg>'


def _settings(
    page: Page,
    places: Places,
    found: read.Coloured,
    asked: Mapping[str, Any],
    here: Municipality | None,
    behind: Background | None,
) -> dict[str, Any]:
    """What the map in the browser is told: addresses, colours and words, all of them ours."""
    from tyngdepunkt.documents.map.choropleth import MARKS
    from tyngdepunkt.documents.map.classes import MISSING

    vendor = {
        name: static_assets.address(f"vendor/{file}")
        for name, file in (("library", "maplibre-gl.mjs"), ("worker", "maplibre-gl-worker.mjs"))
        if static_assets.has(f"vendor/{file}")
    }
    return {
        **vendor,
        "values": page.link("/map.json", layer=found.id),
        "layers": {name: f"/map/layers/{name}.geojson?{_mark_of(places)}" for name in LAYERS},
        "show": asked["show"],
        "place": here.code if here else None,
        "bounds": _LAND,
        "colours": found.classes.colours,
        "missing": MISSING,
        "marks": MARKS,
        "named": map_drawing.attributions(places, page.lang, asked["show"]),
        "background": {"tiles": behind.tiles, "named": behind.named} if behind else None,
        "addresses": {"place": page.link("/place/CODE"), "town": page.link("/town/CODE")},
        "words": _words(page, found),
    }


def _words(page: Page, found: read.Coloured) -> dict[str, str]:
    _ = page.gettext
    return {
        "label": found.label,
        "canvas": _("Map. Arrow keys move it, plus and minus zoom, Enter tells of the place in the middle."),
        "nothing": _("There is no municipality in the middle of the map."),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "sources": _("Show or hide the sources of the map"),
        "ctrl": _("Hold Ctrl and scroll to zoom the map"),
        "command": _("Hold ⌘ and scroll to zoom the map"),
        "fingers": _("Use two fingers to move the map"),
        "km": "km",
        "m": "m",
    }


@get("/map.svg", sync_to_thread=True, opt=BY_SNAPSHOT)
def show_drawing(
    request: Request[Any, Any, Any],
    page: Page,
    places: Places,
    layer: FromQuery[str] = read.CENTRALITY,
    place: _Text = "",
) -> Response[str]:
    """The same as a drawing in EPSG:25833, for paper and for browsers without JavaScript."""
    shown = request.query_params.getall("show", [])
    read.check(places, layer, shown, "")
    code = places.resolve(place.strip()).municipality.code if place.strip() else ""
    found = read.coloured(places, layer, page.lang)
    drawn = map_drawing.country(places, found, page.lang, [n for n in read.OVERLAYS if n in shown], code)
    return Response(drawn, media_type="image/svg+xml", headers={"content-language": page.lang})


@get("/map/layers/{name:str}", sync_to_thread=True)
def show_layer(request: Request[Any, Any, Any], places: Places, name: FromPath[str]) -> Response[bytes]:
    """A layer as GeoJSON in EPSG:4326, packed for those who can unpack it.

    Raises:
        NotFoundException: no such layer.
    """
    asked = name.removesuffix(".geojson")
    if not name.endswith(".geojson") or asked not in LAYERS:
        raise NotFoundException(name)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    tag = f'"{_mark_of(places)}-{asked}{"-gz" if packed else ""}"'
    headers = {"etag": tag, "vary": "Accept-Encoding"}
    if request.url.query == _mark_of(places):  # named by its snapshot: what stands there never changes
        headers["cache-control"] = "public, max-age=31536000, immutable"
    if tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    plain, small = remember(places, ("web.map.layer", asked), lambda: _packed(places, asked))
    if packed:
        headers["content-encoding"] = "gzip"
    return Response(small if packed else plain, media_type="application/geo+json", headers=headers)


def _packed(places: Places, name: FromPath[str]) -> tuple[bytes, bytes]:
    plain = geojson(places, name)
    return plain, gzip.compress(plain, 9, mtime=0)


def _mark_of(places: Places) -> str:
    """A mark of the snapshot and of the code that makes layers of it."""
    told = f"{places.snapshot.id} {caching.code_mark()}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


_ADDRESSES = (PAGE, f"{PAGE}.json", f"{PAGE}.csv")
_TWINS = [get(path, sync_to_thread=True, opt=BY_SNAPSHOT)(show_map) for path in _ADDRESSES]
"""One handler per address: a threaded handler with several addresses is wrapped once for each, and breaks."""

handlers: list[Any] = [*_TWINS, show_drawing, show_layer]
ways = [NavEntry(PAGE, name=N_("Map"), sentence=N_("See a figure on the map of Norway"), order=15)]
