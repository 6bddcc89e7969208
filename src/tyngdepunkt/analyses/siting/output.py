"""A siting answer as plain values for JSON, and as tables with a map."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tyngdepunkt.analyses.siting.run import Site
from tyngdepunkt.methods.siting.result import ClosedSite, Conflict, Fairness


def as_json(site: Site) -> dict[str, Any]:
    """The document `tyngdepunkt site --json` prints; ids are those of the file."""
    answer, sites = site.answer, site.instance.site_ids
    return {
        "model": answer.model,
        "status": answer.status,
        "objective": answer.objective,
        "bound": _finite(answer.bound),
        "gap": _finite(answer.gap),
        "open": [sites[i] for i in answer.open],
        "assignment": list(assignment_rows(site)),
        "seconds": site.seconds,
        "nodes": answer.nodes,
        "memory_mb": site.memory_mb,
        "tolerance": None if answer.tolerance is None else answer.tolerance._asdict(),
        "near_best": [
            {"objective": plan.objective, "open": [sites[i] for i in plan.open]} for plan in answer.near_best
        ],
        "curve": [
            {"p": point.p, "objective": point.objective, "bound": point.bound} for point in answer.curve
        ],
        "closed": [_closed(site, closed) for closed in answer.closed],
        "worst": [{"demand": site.instance.demand_ids[d], "cost": cost} for d, cost in answer.worst],
        "fairness": None if answer.fairness is None else _fairness(site, answer.fairness),
        "conflict": None if answer.conflict is None else _conflict(site, answer.conflict),
        "input": {"hash": site.instance.hash, "points": site.instance.points, "pairs": site.pairs},
        "notices": [{"key": notice.key, **notice.values} for notice in site.notices],
    }


def assignment_rows(site: Site) -> Iterable[dict[str, Any]]:
    """Who is served from where."""
    demands, sites = site.instance.demand_ids, site.instance.site_ids
    served = site.answer.assignment
    for demand, at, share, cost in zip(
        served.demand.tolist(), served.site.tolist(), served.share.tolist(), served.cost.tolist(), strict=True
    ):
        yield {"demand": demands[demand], "site": sites[at], "share": share, "cost": cost}


def _closed(site: Site, closed: ClosedSite) -> dict[str, Any]:
    demands, sites = site.instance.demand_ids, site.instance.site_ids
    return {
        "site": sites[closed.site],
        "goes_to": [{"site": sites[to], "demand": weight} for to, weight in closed.goes_to],
        "longer": [
            {"demand": demands[d], "before": before, "after": after} for d, before, after in closed.longer
        ],
    }


def _fairness(site: Site, fairness: Fairness) -> dict[str, Any]:
    names = site.instance.group_names
    return {
        "max": fairness.largest,
        "share_beyond": fairness.share_beyond,
        "by_group": {
            names[group]: {"mean": _finite(mean), "max": _finite(largest), "share_beyond": share}
            for group, (mean, largest, share) in fairness.by_group.items()
        },
    }


def _conflict(site: Site, conflict: Conflict) -> dict[str, Any]:
    smallest = {
        "smallest_radius": conflict.smallest_radius,
        "smallest_p": conflict.smallest_p,
        "smallest_budget": conflict.smallest_budget,
    }
    return {"demands": [site.instance.demand_ids[d] for d in conflict.demands], **smallest}


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def write_files(site: Site, folder: Path) -> list[Path]:
    """Assignment and sites as CSV, and as GeoJSON where the instance has coordinates; all of them or none.

    Coordinates are written as they were read.

    Raises:
        UserError: the folder cannot be written to.
    """
    from tyngdepunkt.documents.files import put_in_place

    contents = {
        "assignment.csv": _csv(_ASSIGNMENT, assignment_rows(site)),
        "sites.csv": _csv(_SITES, site_rows(site)),
    }
    if site.instance.site_points is not None and site.instance.demand_points is not None:
        contents["sites.geojson"] = _json(_site_features(site))
        contents["assignment.geojson"] = _json(_assignment_features(site))
    return put_in_place(folder, contents)


_ASSIGNMENT = ("demand", "site", "share", "cost")
_SITES = ("site", "open", "existing", "fixed", "demands", "weight")


def site_rows(site: Site) -> Iterable[dict[str, Any]]:
    """Every candidate: whether it is open, and what it serves."""
    import numpy as np

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


def _assignment_features(site: Site) -> Iterable[dict[str, Any]]:
    demands, sites = site.instance.demand_points, site.instance.site_points
    assert demands is not None  # noqa: S101 - asked only with coordinates
    assert sites is not None  # noqa: S101
    served = site.answer.assignment
    pairs = zip(served.demand.tolist(), served.site.tolist(), strict=True)
    for row, (demand, at) in zip(assignment_rows(site), pairs, strict=True):
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
