"""Labour-market regions: the structs are the JSON of `tyngdepunkt regions --json` and of the API.

What an answer does not have, because its method or its places have none, is left out.
"""

from __future__ import annotations

import math
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from tyngdepunkt.analyses.contract import Made, Notices, notice_of
from tyngdepunkt.analyses.labour_market_regions.assess import Delineated
from tyngdepunkt.analyses.labour_market_regions.norwegian_commuting import Norway
from tyngdepunkt.analyses.labour_market_regions.official_list_comparison import Comparison, Difference, Reason
from tyngdepunkt.analyses.labour_market_regions.parameters import Method, Notice
from tyngdepunkt.analyses.labour_market_regions.resolve import ROOM, Asked
from tyngdepunkt.inputs.told import told
from tyngdepunkt.methods.labour_markets.centre_rules import Ruling, Tie
from tyngdepunkt.methods.labour_markets.modularity import Clustering
from tyngdepunkt.methods.labour_markets.summary import Summary
from tyngdepunkt.places.models import Notice as Told


class RegionFound(msgspec.Struct, frozen=True, kw_only=True):
    """One region: what it is called after, who is in it, and how far it holds together."""

    id: int
    centre: str
    name: str | UnsetType = UNSET
    members: list[str]
    workers: Annotated[float | int, Meta(description="Employed residents.")]
    jobs: float | int
    supply_self_containment: float | None
    demand_self_containment: float | None


class Thresholds(msgspec.Struct, frozen=True):
    """The limits of the European method."""

    min_size: float
    target_size: float
    min_self_containment: float
    target_self_containment: float


class Orders(msgspec.Struct, frozen=True):
    """How much flow clusters hang on the order in which places were asked."""

    tried: int
    reached_the_best: int
    modularity: float | None
    share_of_places_that_move: float
    moves: dict[str, float]


class Bond(msgspec.Struct, frozen=True):
    """The tie of a place to a centre: commuting in per cent of the population, and the way by car."""

    out_commuting: float | None
    in_commuting: float | None
    minutes: float | None


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """Why a place is where it is."""

    place: str
    name: str | UnsetType = UNSET
    ground: str
    nearest_centre: str | None
    out_commuting: float | None
    in_commuting: float | None
    minutes: float | None


class Stability(msgspec.Struct, frozen=True):
    """In which share of the drawn matrices each place stays in its region."""

    draws: int
    seed: int
    stays: dict[str, float | None]


class Changed(msgspec.Struct, frozen=True):
    """A municipality that is in another region than in the official list."""

    place: str
    name: str
    region_then: str
    region_now: str | None
    centre_now: str | None
    reason: Reason
    ground_then: str
    printed: Bond
    ground_now: str
    now: Bond
    now_to_centre_then: Bond | None


class Commuted(msgspec.Struct, frozen=True):
    """Commuting to the centre of the list, then and now."""

    place: str
    name: str
    out_commuting_then: float
    out_commuting_now: float
    in_commuting_then: float
    in_commuting_now: float


class Compared(msgspec.Struct, frozen=True):
    """The regions held against the official list."""

    regions_in_list: int
    municipalities_compared: int
    municipalities_in_the_same_region: int
    municipalities_with_the_same_ground: int
    differences: list[Changed]
    changes_in_commuting: list[Commuted]


class RegionsResult(msgspec.Struct, frozen=True, kw_only=True):
    """Regions of the places, and what they rest on; keys are described in docs/methods/regions.md."""

    method: Method
    regions: list[RegionFound]
    unassigned: list[str]
    unassigned_reasons: dict[str, str | None]
    notices: Notices
    parameters: Thresholds | UnsetType = UNSET
    moves: dict[str, int] | UnsetType = UNSET
    orders: Orders | UnsetType = UNSET
    grounds: list[Ground] | UnsetType = UNSET
    shares_of: str | UnsetType = UNSET
    moved_to_be_in_one_piece: list[str] | UnsetType = UNSET
    stability: Stability | UnsetType = UNSET
    year: int | UnsetType = UNSET
    snapshot_matrix: bool | UnsetType = UNSET
    compared_with_list_of_2020: Compared | UnsetType = UNSET
    names: Annotated[dict[str, str], Meta(description="Of municipalities, by number.")] | UnsetType = UNSET
    made: Made


Result = RegionsResult


def result_of(found: Delineated, asked: Asked, comparison: Comparison | None, lang: str) -> Result:
    """What was found as the document that is printed."""
    commuting, ask, country = found.commuting, found.ask, asked.country
    places = commuting.places
    return Result(
        method=ask.method,
        regions=[_region(k, region, found) for k, region in enumerate(found.regions, start=1)],
        unassigned=[places[i] for i in found.unassigned],
        unassigned_reasons={places[i]: found.unplaced.get(i) for i in found.unassigned},
        notices=[_notice(notice, lang) for notice in found.notices],
        parameters=_thresholds(found) if ask.method == "euro" else UNSET,
        moves=_or_unset(found.moves, lambda moves: dict(zip(places, moves.tolist(), strict=True))),
        orders=_or_unset(found.orders, lambda orders: _orders(orders, places)),
        grounds=[_ground(i, ruling, found) for i, ruling in enumerate(found.rulings)] or UNSET,
        shares_of=_shares_of(found) if found.rulings else UNSET,
        moved_to_be_in_one_piece=_or_unset(ask.neighbours, lambda _: [places[i] for i in found.shifted]),
        stability=_or_unset(found.stability, lambda _: _stability(found)),
        year=country.year if country else UNSET,
        snapshot_matrix=True if country else UNSET,
        compared_with_list_of_2020=_comparison(comparison, country) if country and comparison else UNSET,
        names=dict(commuting.names) or UNSET,
        made=asked.made,
    )


def _or_unset(value: Any, told: Any) -> Any:
    return UNSET if value is None else told(value)


def _notice(notice: Notice, lang: str) -> dict[str, Any]:
    """A notice of this room, or of the reading of files."""
    key = notice.key if ":" in notice.key else f"{ROOM}:view.{notice.key}"
    return notice_of(notice.key, notice.values, told(Told(key, notice.values), lang))


def _thresholds(found: Delineated) -> Thresholds:
    asked = found.ask.thresholds
    return Thresholds(
        asked.min_size, asked.target_size, asked.min_self_containment, asked.target_self_containment
    )


def _shares_of(found: Delineated) -> str:
    return "employed_residents" if found.ask.base is None else "population_20_66"


def _stability(found: Delineated) -> Stability:
    assert found.stability is not None  # noqa: S101 - asked only where it was tried
    shares = zip(found.commuting.places, found.stability.tolist(), strict=True)
    stays = {place: None if math.isnan(share) else share for place, share in shares}
    return Stability(found.ask.draws, found.ask.seed, stays)


def _orders(found: Clustering, places: tuple[str, ...]) -> Orders:
    moved = zip(places, found.moves.tolist(), strict=True)
    return Orders(
        tried=found.orders,
        reached_the_best=found.reached,
        modularity=None if math.isnan(found.modularity) else found.modularity,
        share_of_places_that_move=float((found.moves > 0).mean()) if len(places) else 0.0,
        moves={place: share for place, share in moved if share > 0},
    )


def _name(found: Delineated, place: int) -> str | UnsetType:
    names = found.commuting.names
    return names[found.commuting.places[place]] if names else UNSET


def _region(number: int, region: Summary, found: Delineated) -> RegionFound:
    places = found.commuting.places
    return RegionFound(
        id=number,
        centre=places[region.centre],
        name=_name(found, region.centre),
        members=[places[i] for i in region.members],
        workers=_whole(region.workers),
        jobs=_whole(region.jobs),
        supply_self_containment=region.supply_self_containment,
        demand_self_containment=region.demand_self_containment,
    )


def _ground(place: int, ruling: Ruling, found: Delineated) -> Ground:
    places, bond = found.commuting.places, _bond(ruling.tie)
    return Ground(
        place=places[place],
        name=_name(found, place),
        ground="X" if place in found.shifted else ruling.ground,
        nearest_centre=None if ruling.centre is None else places[ruling.centre],
        out_commuting=bond.out_commuting,
        in_commuting=bond.in_commuting,
        minutes=bond.minutes,
    )


def _bond(tie: Tie | None) -> Bond:
    if tie is None:
        return Bond(None, None, None)
    return Bond(tie.out, tie.back, None if math.isinf(tie.minutes) else tie.minutes)


def _comparison(comparison: Comparison, country: Norway) -> Compared:
    places, names = country.commuting.places, country.commuting.names
    return Compared(
        regions_in_list=comparison.regions_then,
        municipalities_compared=comparison.judged,
        municipalities_in_the_same_region=comparison.same_region,
        municipalities_with_the_same_ground=comparison.same_ground,
        differences=[_difference(each, country) for each in comparison.differences],
        changes_in_commuting=[
            Commuted(
                places[each.place],
                names[places[each.place]],
                each.out_then,
                each.out_now,
                each.back_then,
                each.back_now,
            )
            for each in comparison.changes
        ],
    )


def _difference(each: Difference, country: Norway) -> Changed:
    places, names, printed = country.commuting.places, country.commuting.names, each.printed
    centre = each.now.centre if each.now.ground != "R" else None
    joined = printed.joined
    return Changed(
        place=places[each.place],
        name=names[places[each.place]],
        region_then=country.region_names[each.region_then],
        region_now=None if each.region_now is None else country.region_names[each.region_now],
        centre_now=None if centre is None else places[centre],
        reason=each.reason,
        ground_then=printed.ground,
        printed=Bond(printed.out, printed.back, printed.minutes) if joined else Bond(None, None, None),
        ground_now=each.now.ground,
        now=_bond(each.now.tie),
        now_to_centre_then=None if each.tie_then is None else _bond(each.tie_then),
    )


def _whole(value: float) -> float | int:
    return int(value) if value.is_integer() else value
