"""From metres in EPSG:25833 to drawing units."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Bounds = tuple[float, float, float, float]
"""Lowest x, lowest y, highest x, highest y, in metres."""

LEAST = 60_000.0
"""A map never shows less than this across, in metres: a place needs its surroundings."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A window on the country: which metres go into which drawing units."""

    bounds: Bounds
    width: float
    height: float

    @property
    def scale(self) -> float:
        """Metres to a drawing unit."""
        return (self.bounds[2] - self.bounds[0]) / self.width

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Drawing units of a place in metres."""
        return (x - self.bounds[0]) / self.scale, (self.bounds[3] - y) / self.scale


def fitted(bounds: Bounds, width: float, height: float, margin: float = 0.03) -> Frame:
    """The frame that shows all of the bounds in its middle, with a margin around them.

    Args:
        bounds: low x, low y, high x, high y in metres.
        width: of the drawing, in drawing units.
        height: of the drawing, in drawing units.
        margin: on each side, as a share of the bounds.

    Returns:
        The frame; its width is never less than `LEAST` metres.
    """
    across, up = bounds[2] - bounds[0], bounds[3] - bounds[1]
    scale = max(across / width, up / height, LEAST / width) * (1 + 2 * margin)
    middle_x, middle_y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    half_x, half_y = scale * width / 2, scale * height / 2
    window = (middle_x - half_x, middle_y - half_y, middle_x + half_x, middle_y + half_y)
    return Frame(window, width, height)


def around(points: Sequence[tuple[float, float]]) -> Bounds:
    """The bounds of some points."""
    across, up = zip(*points, strict=True)
    return min(across), min(up), max(across), max(up)


def small(inner: Bounds, outer: Bounds) -> bool:
    """Whether the inner bounds take up so little of the outer that a closer view helps."""
    wide = (inner[2] - inner[0]) / (outer[2] - outer[0])
    high = (inner[3] - inner[1]) / (outer[3] - outer[1])
    return max(wide, high) < 0.35


def scale_bar(frame: Frame) -> tuple[int, float]:
    """The scale bar: 1, 2 or 5 times a power of ten of kilometres, at most a quarter of the width.

    Returns:
        Kilometres as they are written, and the length in drawing units.
    """
    longest = frame.width * 0.25 * frame.scale / 1000
    power = 10 ** math.floor(math.log10(longest))
    kilometres = max(step * power for step in (1, 2, 5) if step * power <= longest)
    return max(int(kilometres), 1), kilometres * 1000 / frame.scale
