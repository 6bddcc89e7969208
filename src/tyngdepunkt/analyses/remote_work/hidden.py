"""Which municipalities' figures are hidden because few there can work from anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tyngdepunkt.methods.disclosure.search import Rule
from tyngdepunkt.methods.disclosure.structure import TOTAL, build
from tyngdepunkt.methods.disclosure.suppress import suppress
from tyngdepunkt.methods.validation import Floats, Ints

_MUNICIPALITY, _REGION = 0, 1


@dataclass(frozen=True, slots=True)
class Hidden:
    """Positions of municipalities, and numbers of regions and counties, whose figures are hidden."""

    municipalities: frozenset[int] = frozenset()
    regions: frozenset[int] = frozenset()
    counties: frozenset[int] = frozenset()


def hidden(least: Floats, regions: Sequence[int], counties: Sequence[int]) -> Hidden:
    """What to hide, so that no small count can be worked out from all levels together.

    Municipalities, regions and counties are published with their sums, and belong together in ways that
    everybody knows; a region may cross a county's border.

    Args:
        least: (municipalities,) the lowest count, NaN where there is none.
        regions: the region of each, a number of 0 or more.
        counties: the county of each, as `regions`.
    """
    counts = np.where(np.isfinite(least), np.maximum(np.rint(least), least > 0), 0).astype(np.int64)
    if not ((counts > 0) & (counts < Rule().below)).any():
        return Hidden()  # nothing small, so nothing to protect
    above = len(counts)
    places = np.column_stack([np.arange(above), regions]).astype(np.int64)
    parents = {at: above + county for at, county in enumerate(counties)}
    found = _found(np.repeat(places, counts, axis=0), {_MUNICIPALITY: parents}, above)
    return found or Hidden(frozenset(range(above)), frozenset(regions), frozenset(counties))


def _found(records: Ints, parents: Mapping[int, Mapping[int, int]], above: int) -> Hidden | None:
    """What must be hidden; None where no publication is found to be safe."""
    structure = build(records, [(_MUNICIPALITY, _REGION)], parents)
    # Sums of counties within a region are taken to be published too: it hides no less than is needed.
    found = suppress(structure, Rule(low_everywhere=False))
    if not found.protected:
        return None
    keys = structure.keys[found.hidden[structure.cell]]
    alone = keys[keys[:, _REGION] == TOTAL][:, _MUNICIPALITY]
    across = keys[keys[:, _MUNICIPALITY] == TOTAL][:, _REGION]
    return Hidden(
        frozenset(alone[(alone >= 0) & (alone < above)].tolist()),
        frozenset(across[across >= 0].tolist()),
        frozenset((alone[alone >= above] - above).tolist()),
    )
