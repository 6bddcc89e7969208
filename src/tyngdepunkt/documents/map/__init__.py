"""An overview map as SVG in EPSG:25833, drawn on the spot: prints, needs no script, stays small."""

from __future__ import annotations

from tyngdepunkt.documents.map.flows import FlowLine, flow_map, is_far
from tyngdepunkt.documents.map.overview import MapPoint, overview_map

__all__ = ["FlowLine", "MapPoint", "flow_map", "is_far", "overview_map"]
