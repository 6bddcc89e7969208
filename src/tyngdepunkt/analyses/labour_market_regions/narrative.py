"""What is told of regions: a table of them, who changes, and how firm they are."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import UNSET, UnsetType

from tyngdepunkt import texts
from tyngdepunkt.analyses.labour_market_regions.norwegian_commuting import CENTRES, OWN
from tyngdepunkt.analyses.labour_market_regions.resolve import ROOM
from tyngdepunkt.analyses.labour_market_regions.result import (
    Bond,
    Changed,
    Compared,
    Orders,
    Result,
    Stability,
)
from tyngdepunkt.documents.document import Block, Bullets, Column, Paragraph, Table

SHOWN = 200
NAMED = 6
FIRM = 0.95


def blocks(result: Result, lang: str) -> tuple[Block, ...]:
    """Regions as a table, and what must be said of them under it."""
    told: list[Block] = [_table(result, lang)]
    told += (Paragraph(line) for line in _lines(result, lang))
    told += _compared(result, lang)
    told += (Paragraph(notice["text"]) for notice in result.notices)
    return tuple(told)


def _table(result: Result, lang: str) -> Table:
    counts = (Column(_say(key, lang), numeric=True) for key in ("members", "workers", "jobs"))
    shares = (Column(_say(key, lang), numeric=True, decimals=1, form="share") for key in ("supply", "demand"))
    head = (Column(_say("centre", lang)), *counts, *shares)
    rows = [
        (
            each.centre if each.name is UNSET else each.name,
            len(each.members),
            each.workers,
            each.jobs,
            each.supply_self_containment,
            each.demand_self_containment,
        )
        for each in result.regions[:SHOWN]
    ]
    return Table(_say(f"title.{result.method}", lang), head, tuple(rows))


def _lines(result: Result, lang: str) -> Iterator[str]:
    regions = result.regions
    if len(regions) > SHOWN:
        yield _say("more", lang, count=len(regions) - SHOWN)
    places = sum(len(region.members) for region in regions) + len(result.unassigned)
    alone = sum(len(region.members) == 1 for region in regions)
    yield _say("count", lang, places=places, regions=len(regions), alone=alone)
    yield from _unassigned(result, lang)
    if result.moved_to_be_in_one_piece:
        yield _say("shifted", lang, places=[_name(result, each) for each in result.moved_to_be_in_one_piece])
    if not isinstance(result.orders, UnsetType):
        yield _orders(result, result.orders, lang)
    if not isinstance(result.stability, UnsetType):
        yield _stability(result, result.stability, lang)


def _unassigned(result: Result, lang: str) -> Iterator[str]:
    """Those without a region, by the reason."""
    by_reason: dict[str, list[str]] = {}
    for place, reason in result.unassigned_reasons.items():
        by_reason.setdefault(reason or "no_link", []).append(_name(result, place))
    for reason, names in by_reason.items():
        yield _say(f"unplaced.{reason}", lang, places=names[:SHOWN], count=len(names))


def _orders(result: Result, orders: Orders, lang: str) -> str:
    """How much flow clusters hang on the order in which places were asked."""
    values = {
        "orders": orders.tried,
        "reached": orders.reached_the_best,
        "share": orders.share_of_places_that_move,
    }
    loose = sorted(orders.moves.items(), key=lambda each: -each[1])[:NAMED]
    if not loose:
        return _say("one_order", lang, **values)
    return _say("orders", lang, moved=_loose(result, loose, lang), **values)


def _stability(result: Result, stability: Stability, lang: str) -> str:
    shares = [(place, share) for place, share in stability.stays.items() if share is not None]
    loose = sorted((each for each in shares if each[1] < FIRM), key=lambda each: each[1])
    values = {"firm": len(shares) - len(loose), "all": len(shares), "draws": stability.draws}
    if not loose:
        return _say("all_firm", lang, **values)
    return _say("firm", lang, loose=_loose(result, loose[:NAMED], lang), **values)


def _loose(result: Result, shares: list[tuple[str, float]], lang: str) -> list[str]:
    return [_say("loose", lang, name=_name(result, place), share=share) for place, share in shares]


def _compared(result: Result, lang: str) -> Iterator[Block]:
    found: Compared | UnsetType = result.compared_with_list_of_2020
    if isinstance(found, UnsetType):
        return
    then, same = found.regions_in_list, found.municipalities_in_the_same_region
    values = {"then": then, "same": same, "year": result.year}
    head = _say("compared", lang, all=found.municipalities_compared, **values)
    if not found.differences:
        yield Paragraph(head)
        return
    yield Paragraph(head + " " + _say("others", lang))
    yield Bullets(tuple(_difference(each, lang) for each in found.differences))


def _difference(each: Changed, lang: str) -> str:
    own = _say("own_region", lang)
    bond = each.now_to_centre_then or each.now
    joined = each.ground_then not in (*CENTRES, OWN)
    figures = {
        "out_then": each.printed.out_commuting,
        "back_then": each.printed.in_commuting,
        **_figures(bond, ""),
        **_figures(each.now, "_now"),
    }
    known = {key: "–" if value is None else value for key, value in figures.items()}
    return _say(
        "difference",
        lang,
        name=each.name,
        then=each.region_then if joined else own,
        now=each.region_now or own,
        reason=texts.text(f"{ROOM}:reason.{each.reason}", lang, **known),
    )


def _figures(bond: Bond, when: str) -> dict[str, float | None]:
    return {
        f"out{when}": bond.out_commuting,
        f"back{when}": bond.in_commuting,
        f"minutes{when}": bond.minutes,
    }


def _name(result: Result, place: str) -> str:
    return place if isinstance(result.names, UnsetType) else result.names.get(place, place)


def _say(key: str, lang: str, /, **values: object) -> str:
    return texts.text(f"{ROOM}:view.{key}", lang, **values)
