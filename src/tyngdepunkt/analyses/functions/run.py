"""From posts to functions: what is bound to its place, the band of the rest, and what can be published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import Any

from msgspec.structs import replace

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Notice, Setting
from tyngdepunkt.analyses.functions.answers import Answer, unused
from tyngdepunkt.analyses.functions.bound import bound_reasons
from tyngdepunkt.analyses.functions.coded import ROOM
from tyngdepunkt.analyses.functions.consequences import consequences
from tyngdepunkt.analyses.functions.publish import published
from tyngdepunkt.analyses.functions.resolve import Asked
from tyngdepunkt.analyses.functions.result import (
    Band,
    Disagreement,
    Function,
    Functions,
    PlaceTotals,
    Raised,
    Reason,
    Totals,
)
from tyngdepunkt.analyses.functions.staff import NO_PLACE
from tyngdepunkt.analyses.functions.values import METHODS, Shares, apart, band_of

_LISTED = 10


def run(asked: Asked, setting: Setting) -> Functions:
    """Every function, those that are clearly bound first."""
    lang = setting.lang
    counts: Counter[tuple[str, str]] = Counter()
    for (unit, code, _), posts in asked.staff.posts.items():
        counts[unit, code] += posts
    found = [_function(asked, unit, code, posts, lang) for (unit, code), posts in counts.items()]
    found.sort(key=lambda each: (not each.bound_reasons, -each.posts, each.unit, each.occupation))
    tables = published(asked.staff.posts.items(), partial(_named, asked, lang), setting.most_seconds)
    told = list(_notices(found, lang))
    kind = (
        "published"
        if tables.hidden
        else "published_whole"
        if tables.safe
        else "not_published_in_time"
        if tables.cut
        else "not_published"
    )
    told.append(_notice(kind, lang, hidden=tables.hidden))
    hiding = tables.hiding
    if hiding.large:
        told.append(_notice(f"large_{hiding.large}", lang))
    if hiding.over and not (tables.cut and hiding.over == "unknown"):  # `cut` says that already
        told.append(_notice(f"over_{hiding.over}", lang, share=hiding.share))
    if tables.safe and tables.cut:
        told.append(_notice("cut", lang))
    left = unused(asked.answers, counts)
    if left:
        listed = [f"{unit} {code}".strip() for unit, code in left[:_LISTED]]
        told.append(_notice("answers_unused", lang, count=len(left), listed=listed))
    notices = [*asked.staff.notices, *asked.answers.notices, *told]
    answer = Functions(
        totals=_totals(None, found),
        units=_units(found),
        places=_places(asked, found, lang),
        functions=found,
        published=tables.cells,
        disagreement=asked.question.disagreement,
        sources=asked.sources,
        notices=notices,
        made=asked.made,
        consequences=consequences(asked, found, lang),
        agency=asked.question.agency or "",
        rule=tables.rule,
        hiding=hiding,
    )
    answer.__dict__["store_"] = asked.places
    return answer


def _function(asked: Asked, unit: str, code: str, posts: int, lang: str) -> Function:
    shares = asked.shares.get(code, {})
    answer = asked.answers.of(unit, code)
    decided = answer is not None and answer.decides
    reasons = answer.yes if answer is not None and decided else bound_reasons(code)
    kind = "task" if decided else "bound"
    band = band_of(shares)
    raised = _raised(band, lang) if answer is not None and not decided and not reasons else None
    if answer is not None and decided:
        band = _answered(answer)
    elif raised is not None and band is not None:
        band = replace(band, low=band.mean)
    said = [Reason(each, texts.text(f"{ROOM}:{kind}.{each}", lang)) for each in reasons]
    return Function(
        unit=unit,
        occupation=code,
        name=asked.names.get(code, ""),
        posts=posts,
        band=band,
        methods=dict(shares),
        disagreement=_disagreement(shares, asked.question.disagreement, lang),
        bound_reasons=said,
        answered=decided,
        raised=raised,
    )


def _answered(answer: Answer) -> Band:
    share = 1.0 if answer.free else 0.0
    return Band(share, share, share)


def _raised(band: Band | None, lang: str) -> Raised | None:
    """The lowest method counts presence that the agency says is not needed; the mean is our own choice."""
    if band is None or band.low >= band.mean:
        return None
    before, low = (f"{texts.number(100 * end, lang=lang)}{texts.NBSP}%" for end in (band.low, band.mean))
    told = texts.text(f"{ROOM}:raised", lang, before=before, low=low)
    return Raised(band.low, told)


def _disagreement(shares: Shares, least: float, lang: str) -> Disagreement | None:
    ends = apart(shares, least)
    if ends is None:
        return None
    lowest, highest = ends
    why = [texts.text(f"{ROOM}:why.{lowest}_low", lang), texts.text(f"{ROOM}:why.{highest}_high", lang)]
    return Disagreement(shares[highest] - shares[lowest], lowest, highest, " ".join(why))


def _units(found: Iterable[Function]) -> list[Totals]:
    by_unit: dict[str, list[Function]] = {}
    for each in found:
        by_unit.setdefault(each.unit, []).append(each)
    totals = [_totals(unit, of_it) for unit, of_it in by_unit.items()]
    return sorted(totals, key=lambda each: (-each.independent.mean, each.unit or ""))


def _totals(unit: str | None, found: Iterable[Function]) -> Totals:
    return Totals(unit=unit, **_counted((each, each.posts) for each in found))


def _places(asked: Asked, found: Iterable[Function], lang: str) -> list[PlaceTotals]:
    """Each municipality, that with most posts that can be done from anywhere first; without a place last."""
    known = {(each.unit, each.occupation): each for each in found}
    by_place: dict[str, list[tuple[Function, int]]] = {}
    for (unit, code, place), posts in asked.staff.posts.items():
        by_place.setdefault(place, []).append((known[unit, code], posts))
    totals = [
        PlaceTotals(place=place, name=_named(asked, lang, place, None), **_counted(of_it))
        for place, of_it in by_place.items()
    ]
    return sorted(totals, key=lambda each: (each.place == NO_PLACE, -each.independent.mean, each.place))


def _counted(found: Iterable[tuple[Function, int]]) -> dict[str, Any]:
    """The fields that `Totals` and `PlaceTotals` share, of functions with their posts."""
    posts: Counter[str] = Counter()
    low = mean = high = 0.0
    for each, many in found:
        posts["answered"] += many * each.answered
        kind = "bound" if each.bound_reasons else "unknown" if each.band is None else "open"
        posts[kind] += many
        if kind == "open" and each.band is not None:
            low += many * each.band.low
            mean += many * each.band.mean
            high += many * each.band.high
    return {
        "posts": posts["bound"] + posts["unknown"] + posts["open"],
        "bound": posts["bound"],
        "unknown": posts["unknown"],
        "open": posts["open"],
        "independent": Band(low, mean, high),
        "answered": posts["answered"],
    }


def _notices(found: Iterable[Function], lang: str) -> Iterable[Notice]:
    """What the answer rests on."""
    yield _notice("published_shares", lang)
    ruled = [each for each in found if not each.answered]
    open_ = [each for each in ruled if not each.bound_reasons]
    if len(open_) < len(ruled):
        yield _notice("our_reading", lang)
    for key, methods in (("no_value", 0), ("one_value", 1)):
        alike = (each for each in open_ if len(each.methods) == methods)
        codes = sorted({f"{each.occupation} {each.name}" for each in alike})
        if codes:
            yield _notice(key, lang, count=len(codes), listed=codes[:_LISTED])
    raised = sorted({f"{each.occupation} {each.name}" for each in found if each.raised})
    if raised:
        yield _notice("raised", lang, count=len(raised), listed=raised[:_LISTED])
    lacks = {each.occupation for each in open_ if 1 < len(each.methods) < len(METHODS)}
    if lacks:
        yield _notice("two_values", lang, count=len(lacks))


def _notice(key: str, lang: str, /, **values: object) -> Notice:
    return Notice(key, texts.text(f"{ROOM}:notice.{key}", lang, **values))


def _named(asked: Asked, lang: str, place: str | None, group: str | None) -> str:
    """The words for a place and a group."""
    if group is not None:
        return asked.groups.get(group) or texts.text(f"{ROOM}:view.group", lang, code=group)
    if place is None:
        return texts.text(f"{ROOM}:view.all", lang)
    return asked.staff.place_names.get(place) or texts.text(f"{ROOM}:view.no_place", lang)
