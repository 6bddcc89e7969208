"""Question five: which alternative do the figures point to, how was it weighed, how firm is it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.document import pictures
from tyngdepunkt.analyses.location.document.view import MOST_ROWS, View
from tyngdepunkt.documents.document import Block, Column, Notice, Paragraph, Section, Table, columns_of
from tyngdepunkt.documents.figure_words import quality_word
from tyngdepunkt.figures import EN_DASH, Quality

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.answer import SwingEnd
    from tyngdepunkt.analyses.location.result import AlternativeResult

ROOM = "advice:ranking"
NO_SWING = 0.05  # points between the ends below which a weight is on nothing


def blocks(view: View) -> tuple[Block, ...]:
    """The recommendation, the ranking, and how often each alternative gets each rank."""
    made: list[Block] = [Paragraph(view.ready("recommendation"))]
    if len(view.ranked) < 2:
        return tuple(made)
    made += [Paragraph(text) for text in [view.ready("robustness")] if text]
    return (*made, *order(view), *pictures.ranks(view))


def order(view: View) -> tuple[Block, ...]:
    """The table of the ranking, and what its columns mean; nothing where fewer than two are ranked."""
    if len(view.ranked) < 2:
        return ()
    note = f"{view.say(f'{ROOM}.table_note')} {view.of_all(len(_shown(view)), len(view.ranked))}".strip()
    return (_table(view), Paragraph(note))


def weighed(view: View) -> Section:
    """How the considerations were weighed, and where the log of it is."""
    log = "weights_log" if view.assessment.weight_log else "weights_no_log"
    found = weighing(view)
    return replace(found, blocks=(*found.blocks, Paragraph(view.say(f"{ROOM}.{log}"))))


def weighing(view: View) -> Section:
    """How the considerations were weighed: where the weights are from, and what each is a weight on."""
    made: list[Block] = [Paragraph(text) for text in [view.ready("weights")] if text]
    if view.considerations:
        made.append(_weights(view))
    made += [Notice(text, "warning") for text in [view.ready("alike")] if text]
    made += _swings(view)
    return Section(view.say(f"{ROOM}.weighed"), tuple(made))


def central(view: View) -> tuple[Section, ...]:
    """The mean of the weights that put each alternative first."""
    found = [item for item in _shown(view) if item.central_weights]
    if len(view.ranked) < 2 or not found:
        return ()
    ids = view.considerations
    columns = columns_of(view.say("alternative"), numbers=map(view.title, ids))
    rows = tuple((item.name, *(_per_cent(item.central_weights, each) for each in ids)) for item in found)
    made: list[Block] = [
        Paragraph(view.say(f"{ROOM}.central_intro")),
        Table(view.say(f"{ROOM}.central_table"), columns, rows),
    ]
    never = [item.name for item in _shown(view) if not item.central_weights]
    if never:
        made.append(Paragraph(view.say(f"{ROOM}.central_never", names=never)))
    return (Section(view.say(f"{ROOM}.central"), tuple(made)),)


def _shown(view: View) -> tuple[AlternativeResult, ...]:
    return view.ranked[:MOST_ROWS]


def _table(view: View) -> Table:
    first = view.say(f"{ROOM}.first_{'any' if view.fixed_weights else 'allowed'}")
    heads = [view.say("rank"), view.say("points"), view.say(f"{ROOM}.range"), first]
    heads += [view.say(f"{ROOM}.{name}") for name in ("confidence", "uncertain", "jointly", "other_method")]
    decimals = (0, 1, 0, 0, 0, 0, 0, 0)
    pairs = zip(heads, decimals, strict=True)
    columns = (Column(view.say("alternative")), *(Column(head, True, places) for head, places in pairs))
    rows = tuple((item.name, *_cells(view, item)) for item in _shown(view))
    filled = [i for i in range(len(columns)) if any(row[i] is not None for row in rows)]
    columns = tuple(columns[i] for i in filled)
    none = quality_word(Quality.NOT_APPLICABLE, view.lang)  # a dash would say that a figure is missing
    rows = tuple(tuple(none if row[i] is None else row[i] for i in filled) for row in rows)
    return Table(view.say(f"{ROOM}.table"), columns, rows)


def _cells(view: View, item: AlternativeResult) -> tuple[float | int | str | None, ...]:
    joint = item.joint[0] if item.joint else None
    shares = (view.first_share(item), *map(_hundred, (item.confidence, item.uncertainty_first, joint)))
    return (item.rank, item.value, _range(view, item), *shares, item.outranking_rank)


def _range(view: View, item: AlternativeResult) -> str | None:
    """Least and most points where figures are missing, else nothing."""
    if not item.assumed or item.value_range is None:
        return None
    return EN_DASH.join(texts.number(end, 1, view.lang) for end in item.value_range)


def _weights(view: View) -> Table:
    head = view.say(f"{ROOM}.weight_{'given' if view.fixed_weights else 'centroid'}")
    weights = view.assessment.weights
    rows = tuple((view.title(each), _per_cent(weights, each)) for each in view.considerations)
    columns = (Column(view.say("consideration")), Column(head, numeric=True, decimals=1))
    return Table(view.say(f"{ROOM}.weights_table"), columns, rows)


def _swings(view: View) -> list[Block]:
    """What each weight is a weight on: the way from the lowest to the highest municipality."""
    found = view.assessment.swings
    if not found:
        return []
    heads = [view.say(f"{ROOM}.{name}") for name in ("swing_from", "swing_to")]
    columns = columns_of(view.say("consideration"), *heads)
    rows = tuple(
        (
            view.title(consideration),
            *(
                [view.say(f"{ROOM}.swing_none", points=each.lowest.score)] * 2
                if each.highest.score - each.lowest.score < NO_SWING
                else [_end(view, each.lowest), _end(view, each.highest)]
            ),
        )
        for consideration, each in found.items()
    )
    said = Paragraph(view.say(f"{ROOM}.swing_intro"))
    return [said, Table(view.say(f"{ROOM}.swing_table"), columns, rows)]


def _end(view: View, end: SwingEnd) -> str:
    key = "swing_end" if not end.shared_by else "swing_ends"
    return view.say(f"{ROOM}.{key}", name=view.name_of(end.place), more=end.shared_by, points=end.score)


def _per_cent(weights: Mapping[str, float] | None, key: str) -> float | None:
    return _hundred((weights or {}).get(key))


def _hundred(share: float | None) -> float | None:
    return None if share is None else 100 * share
