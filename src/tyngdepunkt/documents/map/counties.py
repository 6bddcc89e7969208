"""The country with its counties, each of which can lead somewhere: for a front page, not for a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from tyngdepunkt.documents import svg
from tyngdepunkt.documents.map import shapes
from tyngdepunkt.documents.map.frame import fitted

SIZE = (420, 500)


def outlines(boundaries: Mapping[str, bytes]) -> dict[str, str]:
    """Each county as the `d` of a path, code → path.

    Args:
        boundaries: WKB in EPSG:25833 by county number.
    """
    import shapely

    codes = sorted(boundaries)
    geometries = shapes.read(boundaries, codes)
    if not geometries:
        return {}
    low_x, low_y, high_x, high_y = (float(side) for side in shapely.total_bounds(geometries))
    frame = fitted((low_x, low_y, high_x, high_y), *SIZE, margin=0.02)
    drawn = shapes.drawn(geometries, frame)
    return {code: shapes.path(shape, frame) for code, shape in zip(codes, drawn, strict=True)}


def county_map(drawn: Mapping[str, str], leads: Iterable[tuple[str, str, str]]) -> str:
    """The counties as links.

    Args:
        drawn: what `outlines` gave.
        leads: number, name and address of each county. Those without an outline are left out;
            the list beside the map must have them all.

    Returns:
        SVG for a page with the map's colours in its style sheet (class `county`). It is hidden
        from the keyboard and from screen readers: the list beside it says the same, once.
    """
    width, height = SIZE
    links = "".join(_link(drawn[code], name, address) for code, name, address in leads if code in drawn)
    box = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'<svg xmlns="{svg.NAMESPACE}" class="county-map" {box} aria-hidden="true">{links}</svg>'


def _link(d: str, name: str, address: str) -> str:
    shape = f'<path class="county" d="{d}"/>'
    return f'<a href={quoteattr(address)} tabindex="-1"><title>{escape(name)}</title>{shape}</a>'
