"""Municipality numbers over time: a series in the numbers of one year, carried to another's.

The structures are those of 2017, 2018, 2019, 2020, 2023 and 2024, each holding the numbers
in force on 1 January. Source of the changes: Statistics Norway, Klass 131. A number that
was divided is shared out by documented shares (`code_share`, whose `ground` says how), and
what comes out is marked estimated. Mergers are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.figures import Quality, weakest

if TYPE_CHECKING:
    from tyngdepunkt.places.store import Places

_SHOWN = 20  # wrong codes named in one message; more than that is a wrong structure, not slips


@dataclass(frozen=True, slots=True)
class CodeValue:
    """A value of a series and how far it can be trusted; None where it has no value."""

    value: float | None
    quality: Quality = Quality.MEASURED


@dataclass(frozen=True, slots=True)
class Share:
    """The share of an old number that goes to a new one; `ground` says where it comes from."""

    old: str
    new: str
    share: float
    quality: Quality
    ground: str


Given = float | None | CodeValue


class CodeBook:
    """All documented shares between the structures of municipality numbers."""

    def __init__(self, shares: Mapping[tuple[int, int], tuple[Share, ...]]) -> None:
        self._shares = shares

    @cached_property
    def structures(self) -> tuple[int, ...]:
        """The years that name the structures, the oldest first."""
        return tuple(sorted({year for pair in self._shares for year in pair}))

    @cached_property
    def codes(self) -> Mapping[int, frozenset[str]]:
        """Structure → the numbers in force in it."""
        found: dict[int, set[str]] = {year: set() for year in self.structures}
        for (old, new), shares in self._shares.items():
            found[old] |= {share.old for share in shares}
            found[new] |= {share.new for share in shares}
        return {year: frozenset(codes) for year, codes in found.items()}

    def shares(self, structure_from: int, structure_to: int) -> tuple[Share, ...]:
        """How the numbers of one structure go over into those of another.

        Raises:
            UserError: `places:unknown_structure`.
        """
        unknown = [year for year in (structure_from, structure_to) if year not in self.structures]
        if unknown:
            raise UserError(Fault("places:unknown_structure", {"unknown": unknown, "known": self.structures}))
        if structure_from == structure_to:
            codes = sorted(self.codes[structure_from])
            return tuple(Share(code, code, 1.0, Quality.MEASURED, "") for code in codes)
        return self._shares[structure_from, structure_to]

    def convert(
        self, series: Mapping[str, Given], structure_from: int, structure_to: int
    ) -> dict[str, CodeValue]:
        """Carry a series from the numbers of one structure to those of another.

        Totals are kept: what goes in comes out. A number that gets a part from one without
        a value, or from one that is not in the series, has no value either: half a sum
        would look like a whole one.

        Args:
            series: number → value, None where it is suppressed or missing, or a
                `CodeValue` with its quality.
            structure_from: the year whose numbers the series is given in.
            structure_to: the year whose numbers are wanted.

        Returns:
            The numbers of `structure_to` that something in the series belongs to, sorted.

        Raises:
            UserError: `places:unknown_structure`, or `places:codes_not_in_structure` with
                every number that is not in force there.
        """
        shares = self.shares(structure_from, structure_to)
        strange = series.keys() - self.codes[structure_from]
        if strange:
            raise UserError(Fault("places:codes_not_in_structure", _wrong(strange, structure_from)))
        wanted = {share.new for share in shares if share.old in series}
        incoming: dict[str, list[CodeValue]] = {new: [] for new in sorted(wanted)}
        for share in shares:
            if share.new in wanted:
                incoming[share.new].append(_part(_value(series.get(share.old)), share))
        return {new: _sum(parts) for new, parts in incoming.items()}


def read_code_book(places: Places) -> CodeBook:
    """The shares of a snapshot."""
    columns = ("structure_from", "structure_to", "old_code", "new_code", "share", "quality", "ground")
    found: dict[tuple[int, int], list[Share]] = {}
    for start, end, old, new, share, quality, ground in places.rows("code_share", columns):
        found.setdefault((start, end), []).append(Share(old, new, share, Quality(quality), ground or ""))
    return CodeBook({pair: tuple(shares) for pair, shares in found.items()})


def _value(given: Given) -> CodeValue:
    if isinstance(given, CodeValue):
        return given
    return CodeValue(None, Quality.MISSING) if given is None else CodeValue(given)


def _part(whole: CodeValue, share: Share) -> CodeValue:
    quality = weakest([whole.quality, share.quality])
    return CodeValue(None if whole.value is None else whole.value * share.share, quality)


def _sum(parts: list[CodeValue]) -> CodeValue:
    quality = weakest(part.quality for part in parts)
    values = [part.value for part in parts if part.value is not None]
    return CodeValue(sum(values) if len(values) == len(parts) else None, quality)


def _wrong(codes: Iterable[str], structure: int) -> dict[str, object]:
    listed = sorted(codes)
    more = ["…"] if len(listed) > _SHOWN else []
    return {"codes": [*listed[:_SHOWN], *more], "count": len(listed), "structure": str(structure)}
