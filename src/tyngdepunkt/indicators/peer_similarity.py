"""Which municipalities are most like one another, and in what.

Each figure is put on a common scale by its standard deviation over all municipalities; the
distance between two of them is the root mean square of the gaps. A figure that one of the two
lacks is left out, as in Gower (1971), "A general coefficient of similarity and some of its
properties", Biometrics 27; the choice of standardised, equally weighted gaps is that of CIPFA's
nearest neighbours for English councils. Sizes are compared as ratios (logarithms): 2 000 and
4 000 people are as far apart as 20 000 and 40 000. Occupations are compared as a mix by the
index of dissimilarity (Duncan and Duncan 1955, American Sociological Review 20).

Likeness says nothing of quality: peers are for learning from, not for ranking.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from tyngdepunkt.figures import Quality
from tyngdepunkt.indicators.columns import Column, latest, positions, rank, read, remember
from tyngdepunkt.indicators.recruitment import working_age
from tyngdepunkt.places.reader import SameAs

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

Floats = npt.NDArray[np.float64]

FEATURES: Mapping[str, str] = {
    "population": "persons",
    "centrality": "points",
    "working_age": "share",
    "jobs_per_resident": "share",
    "commuting_out": "share",
    "education": "share",
    "largest_town": "persons",
    "occupations": "dissimilarity",
}
"""Id (a title in `texts.yaml`, `indicators:likeness.ID`) → unit. Occupations are compared as a mix."""

MIX = "occupations"
ALIKE = 0.5
"""A gap up to half a standard deviation makes two places alike in a figure."""
DIFFERENT = 1.0
LEAST = 5
"""Fewer figures in common than this, and two places are not compared."""
_REASONS = 3
_TABLES = ("population", "centrality", "population_age", "employed", "commuting", "education", "town")


@dataclass(frozen=True, slots=True)
class Gap:
    """How far apart two places are in one figure.

    Args:
        feature: its id in `FEATURES`.
        own, other: the two figures; None for occupations, which are nine figures at once.
        gap: standard deviations; for occupations on the scale that gives all pairs of
            municipalities the same mean square as the other figures have.
        nearer: share of the other municipalities that are nearer in this figure.
    """

    feature: str
    own: float | None
    other: float | None
    gap: float
    nearer: float


@dataclass(frozen=True, slots=True)
class Peer:
    """A municipality and how like it is; `distance` is in standard deviations, 0 is the same.

    `alike` are the figures that make them alike, those that fewest others share first;
    `different` are those that part them most.
    """

    code: str
    distance: float
    gaps: tuple[Gap, ...]

    @property
    def alike(self) -> tuple[Gap, ...]:
        """At most three figures that are close, the rarest likeness first."""
        near = [gap for gap in self.gaps if gap.gap <= ALIKE]
        return tuple(sorted(near, key=lambda gap: (gap.nearer, gap.gap))[:_REASONS])

    @property
    def different(self) -> tuple[Gap, ...]:
        """At most two figures that are far apart, the farthest first."""
        far = [gap for gap in self.gaps if gap.gap > DIFFERENT]
        return tuple(sorted(far, key=lambda gap: -gap.gap)[:2])


@dataclass(frozen=True, slots=True)
class Likeness:
    """Gaps between all municipalities: `gaps[feature][i, j]`, NaN where one has no figure."""

    figures: Mapping[str, Floats]
    gaps: Mapping[str, Floats]
    distances: Floats


def peers(places: Places, code: str, count: int = 8) -> tuple[Peer, ...]:
    """The municipalities most like one, the nearest first; ties by number."""
    known, at = likeness(places), positions(places)
    own, row = at[code], known.distances[at[code]]
    near = nearest(places, code)[:count]
    return tuple(Peer(each, float(row[at[each]]), _gaps(known, own, at[each])) for each in near)


def nearest(places: Places, code: str) -> tuple[str, ...]:
    """Every municipality that can be compared with one, the most alike first, without the gaps of `peers`."""
    known, at = likeness(places), positions(places)
    codes, row = list(at), known.distances[at[code]]
    return tuple(codes[i] for i in np.argsort(row, kind="stable") if i != at[code] and np.isfinite(row[i]))


def likeness(places: Places) -> Likeness:
    """The gaps between all municipalities, computed once per snapshot."""

    def make() -> Likeness:
        figures = features(places)
        gaps = {name: standard_gaps(values) for name, values in figures.items() if name != MIX}
        gaps[MIX] = scaled(dissimilarity(figures[MIX]))
        return Likeness(figures, gaps, distances(list(gaps.values())))

    return remember(places, "likeness", make)


def standard_gaps(values: Floats) -> Floats:
    """Differences between all pairs, in standard deviations of the values that are there."""
    spread = float(np.nanstd(values)) if np.isfinite(values).any() else 0.0
    gaps: Floats = np.abs(values[:, None] - values[None, :])
    return gaps / spread if spread > 0 else gaps * 0.0


def dissimilarity(counts: Floats) -> Floats:
    """Share that would have to change group for two mixes to be the same; rows are places."""
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = counts / counts.sum(axis=1, keepdims=True)
    found: Floats = np.abs(shares[:, None, :] - shares[None, :, :]).sum(axis=2) / 2
    return found


def scaled(gaps: Floats) -> Floats:
    """Gaps whose mean square over all pairs is 2, which is what standardising gives."""
    mean_square = float(np.nanmean(gaps**2)) if np.isfinite(gaps).any() else 0.0
    return gaps * np.sqrt(2 / mean_square) if mean_square > 0 else gaps


def distances(gaps: list[Floats], least: int = LEAST) -> Floats:
    """Root mean square over the figures both have; NaN where they are fewer than `least`."""
    stacked = np.stack(gaps)
    known = np.isfinite(stacked)
    counts = known.sum(axis=0)
    total = np.where(known, stacked, 0.0).__pow__(2).sum(axis=0)
    found: Floats = np.where(counts >= least, np.sqrt(total / np.maximum(counts, 1)), np.nan)
    return found


def features(places: Places) -> dict[str, Floats]:
    """The figures compared, in the order of `places.municipalities`; sizes as logarithms."""
    makers: dict[str, Callable[[Places], Floats]] = {
        "population": lambda known: _log(_people(known)),
        "centrality": _centrality,
        "working_age": lambda known: _ratio(
            working_age(known, latest(known, "population_age")).values, _aged(known)
        ),
        "jobs_per_resident": lambda known: _ratio(
            _employed(known, "workplace"), _employed(known, "residents")
        ),
        "commuting_out": _commuting_out,
        "education": _education,
        "largest_town": lambda known: _log(_towns(known)),
        MIX: _occupations,
    }
    return {name: make(places) for name, make in makers.items()}


def shown(feature: str, value: float) -> float:
    """A figure as one shows it: sizes back from their logarithm."""
    return float(np.exp(value)) if FEATURES[feature] == "persons" else value


def _gaps(known: Likeness, own: int, other: int) -> tuple[Gap, ...]:
    found = []
    for name, gaps in known.gaps.items():
        row = gaps[own]
        if np.isfinite(row[other]):
            others = np.isfinite(row) & (np.arange(len(row)) != own)
            nearer = float((row[others] < row[other]).mean())
            pair = (
                (None, None)
                if name == MIX
                else [shown(name, float(known.figures[name][i])) for i in (own, other)]
            )
            found.append(Gap(name, pair[0], pair[1], float(row[other]), nearer))
    return tuple(found)


def _log(values: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where(values > 0, np.log(values), np.nan)
    return found


def _ratio(part: Floats, whole: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where(whole > 0, part / whole, np.nan)
    return found


def _people(places: Places) -> Floats:
    return read(places, "population", "persons", year=latest(places, "population")).values


def _aged(places: Places) -> Floats:
    return read(places, "population_age", "persons", year=latest(places, "population_age")).values


def _employed(places: Places, measure: str) -> Floats:
    return read(places, "employed", measure, year=latest(places, "employed")).values


def _centrality(places: Places) -> Floats:
    known = [place.centrality_index for place in places.municipalities.values()]
    return np.array([np.nan if index is None else float(index) for index in known])


def _commuting_out(places: Places) -> Floats:
    """Share of the employed residents who do not work in the municipality they live in."""
    at, year = positions(places), latest(places, "commuting")
    here = np.zeros(len(at))
    for home, persons in places.rows("commuting", ("home", "persons"), home=SameAs("work"), year=year):
        if home in at:
            here[at[home]] = np.nan if persons is None else persons
    return 1 - _ratio(here, read(places, "employed", "residents", year=year).values)


def _education(places: Places) -> Floats:
    levels: dict[str, Column] = {}
    if places.has("education"):
        year = latest(places, "education")
        names = sorted({level for (level,) in places.rows("education", ("level",), year=year)})
        levels = {name: read(places, "education", "persons", year=year, level=name) for name in names}
    if not levels:
        return np.full(len(places.municipalities), np.nan)
    higher = [column.values for name, column in levels.items() if name.startswith("higher")]
    return _ratio(np.sum(higher, axis=0), np.sum([column.values for column in levels.values()], axis=0))


def _towns(places: Places) -> Floats:
    """Inhabitants of the largest town; a place without a town has no such figure."""
    largest = [places.largest_town(code) for code in places.municipalities]
    return np.array([np.nan if town is None or town.persons is None else town.persons for town in largest])


def _occupations(places: Places) -> Floats:
    """Wage earners by major group of STYRK-08, one row per place; armed forces and unstated left out."""
    year, hidden = latest(places, "wage_earners"), rank(Quality.SUPPRESSED)
    columns = [
        read(places, "wage_earners", "persons", year=year, occupation=str(group)) for group in range(1, 10)
    ]
    values = [np.where(column.ranks >= hidden, np.nan, column.values) for column in columns]
    return np.column_stack(values)
