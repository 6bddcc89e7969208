"""Tables as arrays over all municipalities, each figure with its quality beside it.

An indicator is mostly a sum over the places within reach or over a labour-market region.
Both are a product with a mask of who counts for whom, so all 357 cost one multiplication.
A sum with a figure missing in it is missing: a partial sum would look like a small place.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from tyngdepunkt.figures import Figure, Quality, Source

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

Floats = npt.NDArray[np.float64]
Ranks = npt.NDArray[np.int8]
Mask = npt.NDArray[np.bool_]

QUALITIES = tuple(Quality)
_RANK = {quality: rank for rank, quality in enumerate(QUALITIES)}
MISSING = _RANK[Quality.MISSING]
_T = TypeVar("_T")
_memory: WeakKeyDictionary[Places, dict[Hashable, Any]] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False, slots=True)
class Column:
    """One figure per municipality, in the order of `places.municipalities`.

    Args:
        values: NaN where there is no figure.
        ranks: position of each figure's quality in `Quality`, best first.
    """

    values: Floats
    ranks: Ranks


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of every figure of an indicator: unit, sources, notes, best quality.

    `note` goes with figures that are there, `missing` with those that are not.
    """

    unit: str
    sources: tuple[Source, ...] = ()
    note: str = ""
    missing: str = "indicators:no_figure"
    floor: Quality = Quality.MEASURED


def rank(quality: Quality) -> int:
    """The position of a quality, 0 for the best."""
    return _RANK[quality]


def remember(places: Places, key: Hashable, make: Callable[[], _T]) -> _T:
    """Compute once per snapshot: tables never change while they are open."""
    known = _memory.setdefault(places, {})
    if key not in known:
        known[key] = make()
    result: _T = known[key]
    return result


def positions(places: Places) -> dict[str, int]:
    """Municipality number → its position in every column."""
    return remember(places, "positions", lambda: {c: i for i, c in enumerate(places.municipalities)})


def latest(places: Places, table: str) -> int:
    """The last year a table has; 0 where it has none, which finds no rows."""
    return max(places.years(table), default=0)


def read(places: Places, table: str, measure: str, **where: Any) -> Column:
    """One measure of a table that marks the quality of each row."""
    key = ("read", table, measure, tuple(sorted(where.items())))
    names = ["municipality", measure, "quality"]
    return remember(places, key, lambda: collect(places, places.rows(table, names, **where)))


def collect(places: Places, rows: Iterable[Sequence[Any]], absent_is_zero: bool = False) -> Column:
    """Rows (municipality, value or None, quality) summed per municipality.

    Args:
        places: whose municipalities are counted; rows of others are left out.
        rows: any number per municipality.
        absent_is_zero: a full register says zero of a place it does not mention.
    """
    at = positions(places)
    values, counts = np.zeros(len(at)), np.zeros(len(at), dtype=int)
    ranks = np.zeros(len(at), dtype=np.int8)
    for code, value, quality in rows:
        if (i := at.get(code)) is None:
            continue
        counts[i] += 1
        values[i] += np.nan if value is None else value
        ranks[i] = max(ranks[i], _RANK[Quality(quality)])
    if not absent_is_zero:
        values[counts == 0], ranks[counts == 0] = np.nan, MISSING
    return Column(values, ranks)


def combine(function: Callable[..., Any], *columns: Column) -> Column:
    """A function of several columns; the result inherits the weakest quality."""
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.asarray(function(*(column.values for column in columns)), dtype=np.float64)
    known: Floats = np.where(np.isfinite(values), values, np.nan)
    return Column(known, np.maximum.reduce([column.ranks for column in columns]))


def masked_sum(mask: Mask, column: Column) -> Column:
    """Row i: the sum over every j with `mask[i, j]`; missing where one of them is."""
    unknown: Mask = np.isnan(column.values)
    totals: Floats = mask.astype(np.float64) @ np.where(unknown, 0.0, column.values)
    totals[mask @ unknown] = np.nan
    ranks = np.where(mask, column.ranks[None, :], 0).max(axis=1)
    return Column(totals, ranks.astype(np.int8))


def minutes(places: Places) -> Floats:
    """Computed travel times, both axes in the order of `places.municipalities`."""

    def make() -> Floats:
        order = {code: i for i, code in enumerate(places.travel.codes)}
        pick = [order[code] for code in places.municipalities]
        table: Floats = np.asarray(places.travel.minutes, dtype=np.float64)[np.ix_(pick, pick)]
        return table

    return remember(places, "minutes", make)


def reached(places: Places, limit: float) -> Mask:
    """Who lies within `limit` minutes of whom; a place always reaches itself."""
    return remember(places, ("reached", limit), lambda: minutes(places) <= limit)


def same_region(places: Places) -> Mask:
    """Who shares a labour-market region with whom; a place without one stands alone."""

    def make() -> Mask:
        known = enumerate(places.municipalities.values())
        regions = np.array([-1 - i if m.region is None else m.region for i, m in known])
        mask: Mask = regions[:, None] == regions[None, :]
        return mask

    return remember(places, "same_region", make)


def over_regions(places: Places, column: Column) -> Column:
    """Every municipality gets the total of its labour-market region."""
    return masked_sum(same_region(places), column)


def figures(
    places: Places,
    codes: Sequence[str],
    column: Column,
    told: Told,
    bounds: tuple[Floats, Floats] | None = None,
) -> list[Figure]:
    """The figures of the municipalities asked for, with bounds (low, high) where known."""
    at, made = positions(places), []
    for code in codes:
        i = at[code]
        quality = QUALITIES[max(int(column.ranks[i]), rank(told.floor))]
        if np.isnan(column.values[i]):
            made.append(_nothing(quality, told))
            continue
        low, high = (None, None) if bounds is None else (float(bounds[0][i]), float(bounds[1][i]))
        value = float(column.values[i])
        made.append(Figure(value, told.unit, quality, told.sources, low, high, told.note))
    return made


def _nothing(quality: Quality, told: Told) -> Figure:
    note = "indicators:suppressed" if quality is Quality.SUPPRESSED else told.missing
    kept = Quality.MISSING if quality.has_value else quality
    return Figure(None, told.unit, kept, told.sources, note=note)


def nowhere(codes: Sequence[str], told: Told, quality: Quality = Quality.MISSING) -> list[Figure]:
    """The same answer for all: there is no figure, and why."""
    return [Figure(None, told.unit, quality, told.sources, note=told.missing)] * len(codes)
