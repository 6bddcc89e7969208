"""What a region is: its places, its centre, and how self-contained it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tyngdepunkt.methods.labour_markets.flows import Flows
from tyngdepunkt.methods.validation import Ints


@dataclass(frozen=True, slots=True)
class Summary:
    """One region.

    Args:
        label: what the delineation calls it.
        centre: the member with most jobs; the first of those that tie.
        members: positions of its places.
        workers: employed persons who live in it.
        jobs: persons who work in it.
        inside: persons who do both.
    """

    label: int
    centre: int
    members: tuple[int, ...]
    workers: float
    jobs: float
    inside: float

    @property
    def supply_self_containment(self) -> float | None:
        """Share of the employed residents who work in the region; None where there are none."""
        return self.inside / self.workers if self.workers else None

    @property
    def demand_self_containment(self) -> float | None:
        """Share of those who work in the region who live there too; None where nobody works."""
        return self.inside / self.jobs if self.jobs else None


def summarise(flows: Flows, labels: Ints) -> tuple[Summary, ...]:
    """All regions, in the order of their first places.

    Args:
        flows: between all places.
        labels: (places,) region of each place; negative for none.

    Returns:
        One summary per region, of persons; places without a region are left out.
    """
    names, first, group = np.unique(labels, return_index=True, return_inverse=True)
    sums = flows.between(group.astype(np.int64), len(names))
    order = np.argsort(group, kind="stable")
    parts = np.split(order, np.cumsum(np.bincount(group, minlength=len(names)))[:-1])
    found = []
    for k in np.argsort(first).tolist():
        if names[k] < 0:
            continue
        members = parts[k]
        centre = int(members[np.argmax(flows.working[members])])
        sizes = float(sums.living[k]), float(sums.working[k]), float(sums.within[k])
        found.append(Summary(int(names[k]), centre, tuple(members.tolist()), *sizes))
    return tuple(found)
