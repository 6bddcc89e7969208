"""Regions as plain values, for JSON."""

from __future__ import annotations

import math
from typing import Any

from tyngdepunkt.analyses.labour_market_regions.assess import Delineated
from tyngdepunkt.analyses.labour_market_regions.compare import Comparison, Difference
from tyngdepunkt.analyses.labour_market_regions.norway import Norway
from tyngdepunkt.methods.labour_markets.centre_rules import Ruling, Tie
from tyngdepunkt.methods.labour_markets.modularity import Clustering
from tyngdepunkt.methods.labour_markets.summary import Summary


def as_json(
    found: Delineated, country: Norway | None = None, comparison: Comparison | None = None
) -> dict[str, Any]:
    """The document `tyngdepunkt regions --json` prints; keys are described in docs/methods/regions.md."""
    places, ask = found.commuting.places, found.ask
    document: dict[str, Any] = {
        "method": ask.method,
        "regions": [_region(k, region, found) for k, region in enumerate(found.regions, start=1)],
        "unassigned": [places[i] for i in found.unassigned],
        "unassigned_reasons": {places[i]: found.unplaced.get(i) for i in found.unassigned},
        "notices": [{"key": notice.key, **notice.values} for notice in found.notices],
    }
    if ask.method == "euro":
        asked = ask.thresholds
        document["parameters"] = {
            "min_size": asked.min_size,
            "target_size": asked.target_size,
            "min_self_containment": asked.min_self_containment,
            "target_self_containment": asked.target_self_containment,
        }
    if found.moves is not None:
        document["moves"] = dict(zip(places, found.moves.tolist(), strict=True))
    if found.orders is not None:
        document["orders"] = _orders(found.orders, places)
    if found.rulings:
        document["grounds"] = [_ground(i, ruling, found) for i, ruling in enumerate(found.rulings)]
        document["shares_of"] = "employed_residents" if ask.base is None else "population_20_66"
    if ask.neighbours is not None:
        document["moved_to_be_in_one_piece"] = [places[i] for i in found.shifted]
    if found.stability is not None:
        shares = zip(places, found.stability.tolist(), strict=True)
        stays = {place: None if math.isnan(share) else share for place, share in shares}
        document["stability"] = {"draws": ask.draws, "seed": ask.seed, "stays": stays}
    if country is not None:
        document["year"] = country.year
        document["snapshot_matrix"] = True
    if country is not None and comparison is not None:
        document["compared_with_list_of_2020"] = _comparison(comparison, country)
    return document


def _orders(found: Clustering, places: tuple[str, ...]) -> dict[str, Any]:
    moved = zip(places, found.moves.tolist(), strict=True)
    return {
        "tried": found.orders,
        "reached_the_best": found.reached,
        "modularity": None if math.isnan(found.modularity) else found.modularity,
        "share_of_places_that_move": float((found.moves > 0).mean()) if len(places) else 0.0,
        "moves": {place: share for place, share in moved if share > 0},
    }


def _region(number: int, region: Summary, found: Delineated) -> dict[str, Any]:
    places, names = found.commuting.places, found.commuting.names
    shown: dict[str, Any] = {"id": number, "centre": places[region.centre]}
    if names:
        shown["name"] = names[places[region.centre]]
    return shown | {
        "members": [places[i] for i in region.members],
        "workers": _whole(region.workers),
        "jobs": _whole(region.jobs),
        "supply_self_containment": region.supply_self_containment,
        "demand_self_containment": region.demand_self_containment,
    }


def _ground(place: int, ruling: Ruling, found: Delineated) -> dict[str, Any]:
    places, names = found.commuting.places, found.commuting.names
    shown: dict[str, Any] = {"place": places[place]}
    if names:
        shown["name"] = names[places[place]]
    ground = "X" if place in found.shifted else ruling.ground
    centre = None if ruling.centre is None else places[ruling.centre]
    return shown | {"ground": ground, "nearest_centre": centre, **_tie(ruling.tie)}


def _tie(tie: Tie | None) -> dict[str, float | None]:
    if tie is None:
        return {"out_commuting": None, "in_commuting": None, "minutes": None}
    minutes = None if math.isinf(tie.minutes) else tie.minutes
    return {"out_commuting": tie.out, "in_commuting": tie.back, "minutes": minutes}


def _comparison(comparison: Comparison, country: Norway) -> dict[str, Any]:
    places, names = country.commuting.places, country.commuting.names
    return {
        "regions_in_list": comparison.regions_then,
        "municipalities_compared": comparison.judged,
        "municipalities_in_the_same_region": comparison.same_region,
        "municipalities_with_the_same_ground": comparison.same_ground,
        "differences": [_difference(each, country) for each in comparison.differences],
        "changes_in_commuting": [
            {
                "place": places[each.place],
                "name": names[places[each.place]],
                "out_commuting_then": each.out_then,
                "out_commuting_now": each.out_now,
                "in_commuting_then": each.back_then,
                "in_commuting_now": each.back_now,
            }
            for each in comparison.changes
        ],
    }


def _difference(each: Difference, country: Norway) -> dict[str, Any]:
    places, names, printed = country.commuting.places, country.commuting.names, each.printed
    centre = each.now.centre if each.now.ground != "R" else None
    return {
        "place": places[each.place],
        "name": names[places[each.place]],
        "region_then": country.region_names[each.region_then],
        "region_now": None if each.region_now is None else country.region_names[each.region_now],
        "centre_now": None if centre is None else places[centre],
        "reason": each.reason,
        "ground_then": printed.ground,
        "printed": {
            "out_commuting": printed.out if printed.joined else None,
            "in_commuting": printed.back if printed.joined else None,
            "minutes": printed.minutes if printed.joined else None,
        },
        "ground_now": each.now.ground,
        "now": _tie(each.now.tie),
        "now_to_centre_then": None if each.tie_then is None else _tie(each.tie_then),
    }


def _whole(value: float) -> float | int:
    return int(value) if value.is_integer() else value
