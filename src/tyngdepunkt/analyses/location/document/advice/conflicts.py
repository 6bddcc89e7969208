"""Conflicts of aims and how they were handled: a section of its own (R22, R23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.document import pictures
from tyngdepunkt.analyses.location.document.view import MOST_ROWS, View
from tyngdepunkt.analyses.location.narrative import STRONG, WEAK
from tyngdepunkt.documents.document import Block, Bullets, Column, Paragraph, Section, Table, columns_of
from tyngdepunkt.texts import inside

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.answer import Conflict
    from tyngdepunkt.analyses.location.result import AlternativeResult

ROOM = "advice:conflicts"


def section(view: View) -> Section:
    """The handling, the pairs that pull apart, every pair in a table, and the trade-off."""
    made: list[Block] = [Paragraph(text) for text in [view.ready("conflicts")] if text]
    if view.case.conflicts_handled:
        said = view.say("labelled", name=view.say(f"{ROOM}.stated"), said=view.case.conflicts_handled)
        made.append(Paragraph(said))
    pairs = sorted(view.assessment.conflicts, key=lambda each: each.strength)
    apart = tuple(each.text for each in pairs if each.strength <= -WEAK)
    if apart:
        made += [Paragraph(view.say(f"{ROOM}.apart") + ":"), Bullets(apart)]
    if pairs:
        made.append(_table(view, pairs))
    if view.assessment.trade_offs:
        made.append(Bullets(tuple(each.text for each in view.assessment.trade_offs)))
    return Section(view.say(f"{ROOM}.title"), (*made, *pictures.strongest_conflict(view)), _trade_off(view))


def each_alternative(view: View) -> Section:
    """What every alternative gains and gives up against the recommended one."""
    sentences, decided = view.assessment.alternative_texts, view.case.decision
    kept = [
        item
        for place, item in enumerate(view.ranked)
        if place < MOST_ROWS or (decided is not None and item.place == decided.place)
    ]
    shown = tuple(sentences[item.name] for item in kept if sentences.get(item.name))
    cut = view.of_all(len(kept), len(view.ranked))
    made: list[Block] = [Bullets(shown)] if shown else []
    made += [Paragraph(cut)] if cut else []
    return Section(view.say("advice:each.title"), tuple(made))


def decision(view: View) -> tuple[Section, ...]:
    """Where the ranking and the actual decision differ, where the decision is known."""
    said = view.ready("decision")
    if not said or view.case.decision is None:
        return ()
    taken = view.say("advice:decision.taken", date=view.case.decision.date)
    return (Section(view.say("advice:decision.title"), (Paragraph(f"{taken} {said}"),)),)


def _table(view: View, pairs: list[Conflict]) -> Table:
    columns = (
        Column(view.say(f"{ROOM}.pair")),
        Column(view.say(f"{ROOM}.strength"), numeric=True, decimals=2),
        Column(view.say(f"{ROOM}.means")),
    )
    rows = tuple((_pair(view, each), each.strength, _band(view, each.strength)) for each in pairs)
    return Table(view.say(f"{ROOM}.table"), columns, rows)


def _pair(view: View, each: Conflict) -> str:
    first, second = (view.title(name) for name in each.between)
    return view.say(f"{ROOM}.pair_of", first=first, second=inside(second))


def _band(view: View, strength: float) -> str:
    size, way = abs(strength), "apart" if strength < 0 else "together"
    band = "neither" if size < WEAK else way if size < STRONG else f"strongly_{way}"
    return view.say(f"{ROOM}.bands.{band}")


def _trade_off(view: View) -> tuple[Section, ...]:
    """Points won and lost against the recommended alternative, per consideration."""
    first = view.first
    if first is None or len(view.ranked) < 2:
        return ()
    ids = view.considerations
    columns = columns_of(view.say("alternative"), numbers=map(view.title, ids))
    rows = tuple((item.name, *_against(view, item, ids)) for item in view.ranked[1:MOST_ROWS])
    table = Table(view.say(f"{ROOM}.trade_off_table", first=first.name), columns, rows)
    intro = Paragraph(view.say(f"{ROOM}.trade_off_intro", first=first.name))
    return (Section(view.say(f"{ROOM}.trade_off"), (intro, table)),)


def _against(view: View, item: AlternativeResult, ids: tuple[str, ...]) -> tuple[str | None, ...]:
    points = {each.consideration: each.points for each in item.differences}
    return tuple(
        texts.number(points[key], lang=view.lang, sign=True) if key in points else None for key in ids
    )
