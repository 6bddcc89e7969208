"""What a map in a browser shows, as GeoJSON in EPSG:4326, each layer from one table of the snapshot."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tyngdepunkt.documents.map.degrees import degrees

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

Feature = dict[str, Any]

_COAST = 100.0  # metres that a border may be moved: the table itself is made for small maps
_ROAD = 200.0
_MAIN = ("E", "R", "F")  # European, national and county roads
_PLACES = 4  # decimals of a degree: 11 metres


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer: the table it is made from, and how."""

    table: str
    make: Callable[[Places], Iterable[Feature]]


def geojson(places: Places, name: str) -> bytes:
    """A layer as a GeoJSON document (RFC 7946), the same for the same snapshot.

    Raises:
        KeyError: no such layer.
    """
    layer = LAYERS[name]
    features = list(layer.make(places)) if places.has(layer.table) else []
    content = {"type": "FeatureCollection", "features": features}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _municipalities(places: Places) -> Iterable[Feature]:
    """Borders thinned together, so that neighbours still meet."""
    import shapely

    shapes = places.geometry("municipality")
    codes = [code for code in sorted(shapes) if code in places.municipalities]
    whole = shapely.from_wkb([shapes[code] for code in codes])
    thin = shapely.coverage_simplify(shapely.set_precision(whole, 1.0), _COAST)
    for code, shape in zip(codes, _turned(thin), strict=True):
        place = places.municipalities[code]
        said = {"code": code, "name": place.name, "region": place.region_name, "centre": place.is_centre}
        yield _feature(shape, said)


def _roads(places: Places) -> Iterable[Feature]:
    """Roads of a category and ferries, each kind as one feature of many lines."""
    import shapely

    groups: dict[tuple[str, str], list[bytes]] = {}
    for category, kind, wkb in places.rows("road_link", ("category", "kind", "wkb")):
        if kind == "ferry":
            groups.setdefault(("", kind), []).append(bytes(wkb))
        elif category in _MAIN:
            groups.setdefault((category, kind), []).append(bytes(wkb))
    for (category, kind), lines in sorted(groups.items()):
        joined = shapely.line_merge(shapely.multilinestrings(shapely.from_wkb(lines)))
        thin = shapely.simplify(shapely.get_parts(joined), _ROAD)  # one by one: many times faster
        (shape,) = _turned([shapely.multilinestrings(thin)])
        yield _feature(shape, {"category": category, "kind": kind})


def _centres(places: Places) -> Iterable[Feature]:
    for place in places.municipalities.values():
        if place.is_centre:
            weight = place.centrality_index or 0  # the most central get room for their names first
            yield _point(place.lon, place.lat, {"code": place.code, "name": place.name, "weight": weight})


def _towns(places: Places) -> Iterable[Feature]:
    rows = places.rows("town", ("town", "name", "persons", "lat", "lon"), part=False)
    for town, name, persons, lat, lon in sorted(rows, key=lambda row: (-(row[2] or 0), row[0])):
        yield _point(lon, lat, {"town": town, "name": name, "persons": persons})


def _airports(places: Places) -> Iterable[Feature]:
    for name, lat, lon in places.rows("airport", ("name", "lat", "lon"), scheduled=True):
        yield _point(lon, lat, {"name": name})


def _stations(places: Places) -> Iterable[Feature]:
    for name, lat, lon in places.rows("railway_station", ("name", "lat", "lon")):
        yield _point(lon, lat, {"name": name})


def _offices(places: Places) -> Iterable[Feature]:
    for name, year, lat, lon in places.rows("state_office", ("name", "year", "lat", "lon")):
        if lat is not None and lon is not None:
            yield _point(lon, lat, {"name": name, "year": year})


LAYERS: Mapping[str, Layer] = {
    "municipalities": Layer("boundary", _municipalities),
    "roads": Layer("road_link", _roads),
    "centres": Layer("region_member", _centres),
    "towns": Layer("town", _towns),
    "airports": Layer("airport", _airports),
    "stations": Layer("railway_station", _stations),
    "offices": Layer("state_office", _offices),
}
"""Name → layer. Airports are those with scheduled traffic, roads those of the state and the counties."""


def _turned(shapes: Iterable[Any]) -> Any:
    """Shapes in degrees, rounded so that they stay valid; rings run as GeoJSON asks."""
    import shapely

    rounded = shapely.set_precision(shapely.transform(list(shapes), degrees), 10.0**-_PLACES)
    return shapely.orient_polygons(rounded)


def _feature(shape: Any, said: Mapping[str, Any]) -> Feature:
    import shapely

    content = json.loads(shapely.to_geojson(shape))
    geometry = {"type": content["type"], "coordinates": _rounded(content["coordinates"])}
    return {"type": "Feature", "properties": dict(said), "geometry": geometry}


def _point(lon: float, lat: float, said: Mapping[str, Any]) -> Feature:
    geometry = {"type": "Point", "coordinates": [round(lon, _PLACES), round(lat, _PLACES)]}
    return {"type": "Feature", "properties": dict(said), "geometry": geometry}


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, float | int):
        return round(coordinates, _PLACES)
    return [_rounded(each) for each in coordinates]
