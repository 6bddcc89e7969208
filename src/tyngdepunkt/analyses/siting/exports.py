"""A siting answer as files: assignment and sites as CSV, and as GeoJSON on a map."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from tyngdepunkt.analyses.siting.result import Result, Site


def exports(result: Result, lang: str) -> Mapping[str, bytes]:
    """Name → content; GeoJSON where the instance has coordinates, which are written as they were read."""
    site = result.site
    contents = {
        "assignment.csv": _csv(_ASSIGNMENT, _assignment_rows(result)),
        "sites.csv": _csv(_SITES, site_rows(site)),
    }
    if site.instance.site_points is not None and site.instance.demand_points is not None:
        contents["sites.geojson"] = _json(_site_features(site))
        contents["assignment.geojson"] = _json(_assignment_features(result))
    return contents


def _assignment_rows(result: Result) -> Iterable[dict[str, Any]]:
    """Who is served from where."""
    return map(msgspec.structs.asdict, result.assignment)


_ASSIGNMENT = ("demand", "site", "share", "cost")
_SITES = ("site", "open", "existing", "fixed", "demands", "weight")


def site_rows(site: Site) -> Iterable[dict[str, Any]]:
    """Every candidate: whether it is open, and what it serves."""
    problem, served = site.problem, site.answer.assignment
    count = np.bincount(served.site, minlength=problem.sites)
    weight = np.bincount(served.site, served.share * problem.weights[served.demand], minlength=problem.sites)
    opened = set(site.answer.open.tolist())
    existing = np.zeros(problem.sites, bool) if problem.existing is None else problem.existing
    for at, name in enumerate(site.instance.site_ids):
        yield {
            "site": name,
            "open": int(at in opened),
            "existing": int(existing[at]),
            "fixed": int(problem.must_open[at]),
            "demands": int(count[at]),
            "weight": float(weight[at]),
        }


def _site_features(site: Site) -> Iterable[dict[str, Any]]:
    points = site.instance.site_points
    assert points is not None  # noqa: S101 - asked only with coordinates
    for at, row in enumerate(site_rows(site)):
        yield _feature("Point", points[at].tolist(), row)


def _assignment_features(result: Result) -> Iterable[dict[str, Any]]:
    site = result.site
    demands, sites = site.instance.demand_points, site.instance.site_points
    assert demands is not None  # noqa: S101 - asked only with coordinates
    assert sites is not None  # noqa: S101
    served = site.answer.assignment
    pairs = zip(served.demand.tolist(), served.site.tolist(), strict=True)
    for row, (demand, at) in zip(_assignment_rows(result), pairs, strict=True):
        yield _feature("LineString", [demands[demand].tolist(), sites[at].tolist()], row)


def _feature(kind: str, coordinates: Any, properties: dict[str, Any]) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _csv(header: Sequence[str], rows: Iterable[dict[str, Any]]) -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def _json(features: Iterable[dict[str, Any]]) -> bytes:
    collection = {"type": "FeatureCollection", "features": list(features)}
    return json.dumps(collection, ensure_ascii=False).encode()
