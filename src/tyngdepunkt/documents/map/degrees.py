"""From metres in EPSG:25833 to degrees, for maps in a browser.

The inverse transverse Mercator projection by Krüger's series in the third flattening, to its third
power (Karney 2011, "Transverse Mercator with an accuracy of a few nanometers", J. Geodesy 85, eq. 36
cut short): within a centimetre over all of Norway. EPSG:25833 rests on ETRS89, which lies less than
a metre from WGS84; no map of ours can show that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

_RADIUS, _FLATTENING = 6_378_137.0, 1 / 298.257222101  # GRS80
_SCALE, _EAST, _MERIDIAN = 0.9996, 500_000.0, 15.0
_N = _FLATTENING / (2 - _FLATTENING)
_ARC = _SCALE * _RADIUS / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_BETA = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96,
    _N**2 / 48 + _N**3 / 15,
    17 * _N**3 / 480,
)
_DELTA = (
    2 * _N - 2 * _N**2 / 3 - 2 * _N**3,
    7 * _N**2 / 3 - 8 * _N**3 / 5,
    56 * _N**3 / 15,
)


_ALPHA = (
    _N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16,
    13 * _N**2 / 48 - 3 * _N**3 / 5,
    61 * _N**3 / 240,
)


def metres(points: Points) -> Points:
    """The other way: longitude and latitude in degrees to x and y in EPSG:25833."""
    import numpy as np

    longitude, latitude = np.radians(points[:, 0] - _MERIDIAN), np.radians(points[:, 1])
    bent = 2 * np.sqrt(_N) / (1 + _N)
    sine = np.sin(latitude)
    tangent = np.sinh(np.arctanh(sine) - bent * np.arctanh(bent * sine))
    xi, eta = (
        np.arctan2(tangent, np.cos(longitude)),
        np.arcsinh(np.sin(longitude) / np.hypot(tangent, np.cos(longitude))),
    )
    north, east = xi.copy(), eta.copy()
    for step, alpha in enumerate(_ALPHA, 1):
        north += alpha * np.sin(2 * step * xi) * np.cosh(2 * step * eta)
        east += alpha * np.cos(2 * step * xi) * np.sinh(2 * step * eta)
    return np.column_stack((_EAST + _ARC * east, _ARC * north))


def degrees(metres: Points) -> Points:
    """Longitude and latitude of points.

    Args:
        metres: one row per point, x and y in EPSG:25833.

    Returns:
        One row per point, longitude and latitude in degrees.
    """
    import numpy as np

    north, east = metres[:, 1] / _ARC, (metres[:, 0] - _EAST) / _ARC
    xi, eta = north.copy(), east.copy()
    for step, beta in enumerate(_BETA, 1):
        xi -= beta * np.sin(2 * step * north) * np.cosh(2 * step * east)
        eta -= beta * np.cos(2 * step * north) * np.sinh(2 * step * east)
    conformal = np.arcsin(np.sin(xi) / np.cosh(eta))
    latitude = conformal.copy()
    for step, delta in enumerate(_DELTA, 1):
        latitude += delta * np.sin(2 * step * conformal)
    longitude = np.arctan2(np.sinh(eta), np.cos(xi))
    return np.column_stack((_MERIDIAN + np.degrees(longitude), np.degrees(latitude)))
