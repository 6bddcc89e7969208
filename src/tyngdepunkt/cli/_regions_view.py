"""What `tyngdepunkt regions` prints: the regions, who changes, how firm they are."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tyngdepunkt import texts
from tyngdepunkt.inputs.told import told
from tyngdepunkt.places.models import Notice as Told

if TYPE_CHECKING:
    from rich.table import Table as RichTable

    from tyngdepunkt.analyses.labour_market_regions import Answer, Comparison, Delineated, Norway, Notice
    from tyngdepunkt.analyses.labour_market_regions.compare import Difference

SHOWN = 200
NAMED = 6
FIRM = 0.95


def show(answer: Answer, lang: str) -> None:
    """Print regions as a table, and what must be said of them under it."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    console.print(_table(answer.found, lang))
    console.print()
    for line in _lines(answer, lang):
        console.print(line, soft_wrap=True)


def _table(found: Delineated, lang: str) -> RichTable:
    from rich.table import Table

    title = _say(f"title.{found.ask.method}", lang)
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column(_say("centre", lang), overflow="fold")
    for key in ("members", "workers", "jobs", "supply", "demand"):
        table.add_column(_say(key, lang), justify="right", max_width=14, overflow="fold")
    for region in found.regions[:SHOWN]:
        table.add_row(
            _name(found, region.centre),
            str(len(region.members)),
            texts.number(region.workers, 0),
            texts.number(region.jobs, 0),
            _percent(region.supply_self_containment),
            _percent(region.demand_self_containment),
        )
    return table


def _lines(answer: Answer, lang: str) -> list[str]:
    found = answer.found
    lines = []
    if len(found.regions) > SHOWN:
        lines.append(_say("more", lang, count=len(found.regions) - SHOWN))
    alone = sum(len(region.members) == 1 for region in found.regions)
    counts = {"places": len(found.commuting.places), "regions": len(found.regions), "alone": alone}
    lines.append(_say("count", lang, **counts))
    lines += _unassigned(found, lang)
    if found.shifted:
        lines.append(_say("shifted", lang, places=[_name(found, place) for place in found.shifted]))
    lines += _orders(found, lang)
    lines += _stability(found, lang)
    if answer.comparison is not None and answer.country is not None:
        lines += _compared(answer.comparison, answer.country, found, lang)
    return lines + [_told(notice, lang) for notice in found.notices]


def _told(notice: Notice, lang: str) -> str:
    """A notice of this room, or of the reading of files."""
    key = notice.key if ":" in notice.key else f"analyses.labour_market_regions:view.{notice.key}"
    return told(Told(key, notice.values), lang)


def _unassigned(found: Delineated, lang: str) -> list[str]:
    """Those without a region, by the reason."""
    by_reason: dict[str, list[str]] = {}
    for place in found.unassigned:
        by_reason.setdefault(found.unplaced.get(place, "no_link"), []).append(_name(found, place))
    return [
        _say(f"unplaced.{reason}", lang, places=names[:SHOWN], count=len(names))
        for reason, names in by_reason.items()
    ]


def _orders(found: Delineated, lang: str) -> list[str]:
    """How much flow clusters hang on the order in which places were asked."""
    if found.orders is None:
        return []
    moves = found.orders.moves
    loose = sorted(((-share, i) for i, share in enumerate(moves.tolist()) if share > 0))[:NAMED]
    values = {
        "orders": found.orders.orders,
        "reached": found.orders.reached,
        "share": float((moves > 0).mean()),
    }
    if not loose:
        return [_say("one_order", lang, **values)]
    named = [_say("loose", lang, name=_name(found, i), share=-share) for share, i in loose]
    return [_say("orders", lang, moved=named, **values)]


def _stability(found: Delineated, lang: str) -> list[str]:
    if found.stability is None:
        return []
    shares = [(share, i) for i, share in enumerate(found.stability.tolist()) if not math.isnan(share)]
    loose = sorted(pair for pair in shares if pair[0] < FIRM)
    values = {"firm": len(shares) - len(loose), "all": len(shares), "draws": found.ask.draws}
    if not loose:
        return [_say("all_firm", lang, **values)]
    named = [_say("loose", lang, name=_name(found, i), share=share) for share, i in loose[:NAMED]]
    return [_say("firm", lang, loose=named, **values)]


def _compared(comparison: Comparison, country: Norway, found: Delineated, lang: str) -> list[str]:
    values = {"then": comparison.regions_then, "same": comparison.same_region, "year": country.year}
    head = _say("compared", lang, all=comparison.judged, **values)
    if comparison.differences:
        head += " " + _say("others", lang)
    return [head, *(f"– {_difference(each, country, found, lang)}" for each in comparison.differences)]


def _difference(each: Difference, country: Norway, found: Delineated, lang: str) -> str:
    own = _say("own_region", lang)
    names = country.region_names
    then, now = each.tie_then or each.now.tie, each.now.tie
    figures = {
        "out_then": each.printed.out,
        "back_then": each.printed.back,
        "out": then.out if then else None,
        "back": then.back if then else None,
        "minutes": then.minutes if then else None,
        "out_now": now.out if now else None,
        "back_now": now.back if now else None,
        "minutes_now": now.minutes if now else None,
    }
    known = {key: "–" if value is None else value for key, value in figures.items()}
    return _say(
        "difference",
        lang,
        name=_name(found, each.place),
        then=names[each.region_then] if each.printed.joined else own,
        now=own if each.region_now is None else names[each.region_now],
        reason=texts.text(f"analyses.labour_market_regions:reason.{each.reason}", lang, **known),
    )


def _name(found: Delineated, place: int) -> str:
    code = found.commuting.places[place]
    return found.commuting.names.get(code, code)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{texts.number(share * 100, 1)}{texts.NBSP}%"


def _say(key: str, lang: str, /, **values: object) -> str:
    return texts.text(f"analyses.labour_market_regions:view.{key}", lang, **values)
