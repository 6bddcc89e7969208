"""Finding the regions, and trying how firm they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from tyngdepunkt.analyses.labour_market_regions.parameters import Commuting, DelineationParameters, Notice
from tyngdepunkt.methods.labour_markets import centre_rules, contiguity, european, modularity
from tyngdepunkt.methods.labour_markets.flows import Flows
from tyngdepunkt.methods.labour_markets.stability import stays
from tyngdepunkt.methods.labour_markets.summary import Summary, summarise
from tyngdepunkt.methods.validation import Floats, Ints

ORDERS_PER_DRAW = 3
"""Orders of the flow clustering in each drawn matrix: all of them would take minutes for a hundred draws."""


@dataclass(frozen=True, slots=True)
class Delineated:
    """Regions of a country, or of whatever places a table holds.

    Args:
        commuting: what was delineated.
        ask: how.
        labels: (places,) region of each place, negative for none.
        regions: in the order of their first places; `centre` is the member with most jobs, in `ba` of
            those that are the centre.
        rulings: for `ba`, (places,) why each place is where it is.
        moves: for `euro`, (places,) how often each place changed area on the way.
        shifted: places that were moved to keep regions in one piece.
        orders: for `flow`, the groups as they were found, and how much they hang on the order of the search.
        unplaced: for `euro`, position of each place without a region, and why.
        stability: (places,) share of drawn matrices in which each place stays, or None.
        notices: what the reader should know.
    """

    commuting: Commuting
    ask: DelineationParameters
    labels: Ints
    regions: tuple[Summary, ...]
    rulings: tuple[centre_rules.Ruling, ...] = ()
    moves: Ints | None = None
    orders: modularity.Clustering | None = None
    unplaced: Mapping[int, str] = field(default_factory=dict)
    shifted: tuple[int, ...] = ()
    stability: Floats | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def unassigned(self) -> tuple[int, ...]:
        """Positions of places without a region."""
        return tuple(np.flatnonzero(self.labels < 0).tolist())


def delineate(
    commuting: Commuting, ask: DelineationParameters, notices: tuple[Notice, ...] = ()
) -> Delineated:
    """Find regions.

    Args:
        commuting: between which places.
        ask: by which method. `ba` needs `minutes`.
        notices: those of the reading of further files.
    """
    flows = commuting.flows
    rulings: tuple[centre_rules.Ruling, ...] = ()
    moves: Ints | None = None
    orders: modularity.Clustering | None = None
    unplaced: Mapping[int, str] = {}
    if ask.method == "ba":
        ruled = _by_rules(flows, ask)
        before, rulings = ruled.labels, ruled.rulings
    elif ask.method == "euro":
        found = european.delineate(flows, ask.thresholds)
        before, moves, unplaced = found.labels, found.moves, found.unplaced
    else:
        orders = modularity.clusters(flows)
        before = orders.labels
    labels = _in_one_piece(flows, before, ask)
    return Delineated(
        commuting=commuting,
        ask=ask,
        labels=labels,
        regions=tuple(_with_ruled_centre(r, flows, rulings) for r in summarise(flows, labels)),
        rulings=rulings,
        moves=moves,
        orders=orders,
        unplaced=unplaced,
        shifted=tuple(np.flatnonzero(labels != before).tolist()),
        stability=_stability(flows, labels, ask),
        notices=(*of_use(commuting.notices, ask), *notices),
    )


def _stability(flows: Flows, labels: Ints, ask: DelineationParameters) -> Floats | None:
    if not ask.draws:
        return None
    return stays(flows, lambda drawn: _labels(drawn, ask), ask.draws, ask.seed, before=labels)


def of_use(notices: tuple[Notice, ...], ask: DelineationParameters) -> tuple[Notice, ...]:
    """Notices of a table that matter to the method."""
    return tuple(n for n in notices if ask.method == "euro" or n.key not in ("not_delineable", "fractions"))


def _labels(flows: Flows, ask: DelineationParameters) -> Ints:
    if ask.method == "ba":
        return _in_one_piece(flows, _by_rules(flows, ask).labels, ask)
    if ask.method == "euro":
        return _in_one_piece(flows, european.delineate(flows, ask.thresholds).labels, ask)
    return _in_one_piece(flows, modularity.cluster(flows, orders=ORDERS_PER_DRAW), ask)


def _by_rules(flows: Flows, ask: DelineationParameters) -> centre_rules.Regions:
    """By the rules; a place without employed residents is a base of one, so that it stands alone."""
    if ask.minutes is None:
        raise ValueError("the rules need travel times")
    base = np.maximum(flows.living, 1.0) if ask.base is None else ask.base
    return centre_rules.join_centres(flows, ask.minutes, base, ask.centres, other_mode=ask.other_mode)


def _in_one_piece(flows: Flows, labels: Ints, ask: DelineationParameters) -> Ints:
    """Regions in one piece, where neighbours are known; in `ba` by taking in what lies between first."""
    if ask.neighbours is None:
        return labels
    neighbours = contiguity.neighbours_of(ask.neighbours)
    joined = labels.copy()
    if ask.method == "ba":
        for place, region in contiguity.bridges(flows, labels, neighbours).items():
            joined[place] = region
    return contiguity.in_one_piece(flows, joined, neighbours)


def _with_ruled_centre(region: Summary, flows: Flows, rulings: tuple[centre_rules.Ruling, ...]) -> Summary:
    """The centre the rules gave the region, where the region still holds it."""
    centres = [
        i for i in region.members if rulings and (rulings[i].ground in ("S", "S2") or i == region.label)
    ]
    if not centres:
        return region
    centre = max(centres, key=lambda i: (flows.working[i], -i))
    return Summary(region.label, centre, region.members, region.workers, region.jobs, region.inside)
