"""The drawings of the document: each with a caption, and what it shows as sentences with figures."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location.narrative import WEAK
from tyngdepunkt.documents import charts
from tyngdepunkt.documents import figure_words as words
from tyngdepunkt.documents.document import Picture
from tyngdepunkt.texts import inside

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.answer import LedgerEffect
    from tyngdepunkt.analyses.location.document.view import View
    from tyngdepunkt.analyses.location.result import AlternativeResult
    from tyngdepunkt.documents.map import MapPoint

Pictures = tuple[Picture, ...]
MOST_POINTS = 30
MOST_REGIONS = 12
"""More regions than this shade half the country and say nothing."""


def overview(view: View) -> Pictures:
    """The alternatives on a map, with their labour-market regions shaded."""
    from tyngdepunkt.documents.map import overview_map

    points = _points(view)
    if not points:
        return ()
    around, classes = _regions(view)
    boundaries = {**view.places.geometry("county"), **view.places.geometry("municipality")}
    svg = overview_map(boundaries, points, around, view.lang, classes=classes)
    total = len(_codes(view))
    key = "map_alt" if len(points) == total else "map_alt_some"
    values = {"names": [point.label for point in points], "shown": len(points), "total": total}
    alt = view.say(f"opening:alternatives.{key}", **values)
    refs = (view.source("boundary"), view.source("region_member"))
    return (Picture(view.say("opening:alternatives.map"), alt, svg, refs),)


def _points(view: View) -> list[MapPoint]:
    """Single places by the alternative's name, then the places of sets by their own, each once."""
    from tyngdepunkt.documents.map import MapPoint

    named = ("place", "oslo")  # another kind is called by what is done there, such as staying
    names = {item.place: item.name for item in reversed(view.rows) if item.place and item.kind in named}
    first = view.first.places if view.first else ()
    places = [view.places.municipalities[code] for code in _codes(view)[:MOST_POINTS]]
    return [
        MapPoint(names.get(each.code, each.called), each.x, each.y, each.code, emphasis=each.code in first)
        for each in places
    ]


def _codes(view: View) -> list[str]:
    """The municipalities of the alternatives, single places first."""
    alone = [item.place for item in view.rows if item.place]
    several = [code for item in view.rows if not item.place for code in item.places]
    return [code for code in dict.fromkeys([*alone, *several]) if code in view.places.municipalities]


def _regions(view: View) -> tuple[dict[str, int], list[str]]:
    """Members of the first's region (class 0) and of the others' (class 1), while they can be told apart."""
    first = view.first.region if view.first else None
    others = {item.region for item in view.rows if item.region is not None} - {first}
    around = {code: 1 for region in others for code in view.places.regions[region].members}
    if len(others) > MOST_REGIONS:
        around = {}
    if first is not None:
        around |= dict.fromkeys(view.places.regions[first].members, 0)
    names = [view.say("opening:alternatives.map_first", name=view.first.name)] if view.first and first else []
    return around, [*names, view.say("opening:alternatives.map_others")][: 2 if 1 in around.values() else 1]


def profile(view: View) -> Pictures:
    """Points per consideration."""
    items = [item for item in view.rows if item.rank is not None]
    if not items or not view.considerations:
        return ()
    ids = view.considerations
    titles = [view.title(each) for each in ids]
    scores = [[item.scores.get(each) for each in ids] for item in items]
    names = [item.name for item in items]
    draw = partial(charts.value_profile, names, titles, scores, view.lang, emphasis=_first(view))
    each = " ".join(_profile_line(view, item) for item in items[: charts.TOP])
    alt = view.say("effects:scores.chart_alt", each=each)
    return (Picture.drawn(view.say("effects:scores.chart"), alt, draw),)


def ranks(view: View) -> Pictures:
    """How often each alternative gets each rank."""
    items = [item for item in view.ranked if view.shares(item)]
    if len(items) < 2:
        return ()
    shares = [view.shares(item) for item in items]
    names = [item.name for item in items]
    draw = partial(charts.rank_acceptability, names, shares, view.lang, emphasis=_first(view))
    each = [
        view.say("advice:ranking.chart_alt_one", name=item.name, share=view.shares(item)[0])
        for item in items[: charts.TOP]
    ]
    caption = view.say(f"advice:ranking.chart_{'any' if view.fixed_weights else 'allowed'}")
    return (Picture.drawn(caption, view.say("advice:ranking.chart_alt", each=each), draw),)


def weights(view: View) -> Pictures:
    """The weights now and where the nearest rival draws level."""
    change = view.assessment.robustness.nearest
    if change is None:
        return ()
    ids, before = view.considerations, view.assessment.weights
    rival = change.to
    given = [before.get(each) for each in ids]
    flipped = [change.weights.get(each) for each in ids]
    titles = [view.title(each) for each in ids]
    draw = partial(charts.weights_chart, titles, given, flipped, rival, view.lang)
    each = [
        view.say(
            "advice:changes.chart_alt_one",
            name=inside(view.title(name)),
            before=before.get(name, 0.0),
            after=change.weights.get(name, 0.0),
        )
        for name in ids
        if abs(before.get(name, 0.0) - change.weights.get(name, 0.0)) >= 0.0005  # else written as the same
    ]
    alt = view.say("advice:changes.chart_alt", rival=rival, each=each)
    return (Picture.drawn(view.say("advice:changes.chart", rival=rival), alt, draw),)


def strongest_conflict(view: View) -> Pictures:
    """The two considerations that pull apart the most, against each other."""
    strongest = min(view.assessment.conflicts, key=lambda each: each.strength, default=None)
    if strongest is None or strongest.strength > -WEAK:
        return ()
    across, up = strongest.between
    items = [item for item in view.ranked if _both(item, across, up)]
    points = [_point(view, item, (across, up)) for item in items]
    if len(points) < 2:
        return ()
    first, second = view.title(across), view.title(up)
    draw = partial(charts.trade_off, first, second, points, view.lang)
    names = {"first": inside(first), "second": inside(second)}
    each = [
        view.say("advice:conflicts.scatter_alt_one", name=point.name, x=point.x, y=point.y)
        for point in points[: charts.TOP]
    ]
    alt = view.say("advice:conflicts.scatter_alt", **names, each=each)
    return (Picture.drawn(view.say("advice:conflicts.scatter", **names), alt, draw),)


def ledger(view: View) -> Pictures:
    """State jobs in each municipality before this case and with it."""
    effects = [each for each in view.assessment.ledger if each.after_case is not None]
    if not effects:
        return ()
    before = [each.municipality for each in effects]
    after = [each.after_case for each in effects]
    names = [each.name for each in effects]
    draw = partial(charts.ledger_timeline, names, before, after, view.lang)
    said = [_ledger_line(view, each) for each in effects[: charts.TOP]]
    alt = view.say("effects:ledger.chart_alt", each=said)
    return (Picture.drawn(view.say("effects:ledger.chart"), alt, draw),)


def _first(view: View) -> list[str]:
    return [view.first.name] if view.first else []


def _profile_line(view: View, item: AlternativeResult) -> str:
    points = [
        view.say("effects:scores.chart_alt_point", points=item.scores[each], name=inside(view.title(each)))
        for each in view.considerations
        if item.scores.get(each) is not None
    ]
    return view.say("effects:scores.chart_alt_one", name=item.name, points=points)


def _both(item: AlternativeResult, across: str, up: str) -> bool:
    return item.scores.get(across) is not None and item.scores.get(up) is not None


def _point(view: View, item: AlternativeResult, names: tuple[str, str]) -> charts.TradeOffPoint:
    x, y = (item.scores[name] or 0.0 for name in names)
    return charts.TradeOffPoint(item.name, x, y, emphasis=item is view.first)


def _ledger_line(view: View, each: LedgerEffect) -> str:
    before, after = words.change(each.municipality, view.lang), words.change(each.after_case, view.lang)
    return view.say("effects:ledger.chart_alt_one", name=each.name, before=before, after=after)
