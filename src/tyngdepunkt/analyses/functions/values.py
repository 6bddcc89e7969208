"""What the published methods say of each occupation, and the band over them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from tyngdepunkt.analyses.functions.result import Band
from tyngdepunkt.places import Places
from tyngdepunkt.texts import read_yaml

PACKAGE = "tyngdepunkt.analyses.functions"
METHODS = ("dingel_neiman", "sostero", "holgersen")
"""In the order they are shown. The first two are in the snapshot, the third is in `holgersen.yaml`."""

Shares = Mapping[str, float]


@cache
def holgersen() -> Mapping[str, float]:
    """Occupation → share that annotators judged can be done from home (Holgersen, Jia and Svenkerud 2021)."""
    shares: dict[str, float] = read_yaml(PACKAGE, "holgersen.yaml")["shares"]
    return {code: float(share) for code, share in shares.items()}


def shares_of(places: Places) -> dict[str, dict[str, float]]:
    """Occupation → method → share. A method without a value for an occupation is left out of it."""
    found: dict[str, dict[str, float]] = {}
    if places.has("telework"):
        for code, method, share in places.rows("telework", ("occupation", "method", "value")):
            found.setdefault(code, {})[method] = share
    for code, share in holgersen().items():
        found.setdefault(code, {})["holgersen"] = share
    return {code: {name: each[name] for name in METHODS if name in each} for code, each in found.items()}


def band_of(shares: Shares) -> Band | None:
    """The lowest, the mean and the highest share; None where there is none.

    >>> band_of({"dingel_neiman": 1.0, "sostero": 0.25, "holgersen": 0.0})
    Band(low=0.0, mean=0.4166666666666667, high=1.0)
    """
    if not shares:
        return None
    return Band(min(shares.values()), sum(shares.values()) / len(shares), max(shares.values()))


def apart(shares: Shares, least: float) -> tuple[str, str] | None:
    """The methods that say least and most, where they are at least that far apart.

    >>> apart({"dingel_neiman": 1.0, "holgersen": 0.2}, 0.5)
    ('holgersen', 'dingel_neiman')
    """
    if not shares:
        return None
    lowest, highest = min(shares, key=shares.__getitem__), max(shares, key=shares.__getitem__)
    return (lowest, highest) if shares[highest] - shares[lowest] >= least - 1e-9 else None
