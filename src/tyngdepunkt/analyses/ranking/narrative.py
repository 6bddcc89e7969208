"""What is told of a ranking: the table of the first ones, and the sentences under it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tyngdepunkt import texts
from tyngdepunkt.analyses.ranking.result import Result
from tyngdepunkt.documents.document import Block, Column, Paragraph, Table

SHOWN = 25
BY = 3
LEAST_MOVED = 0.0005
"""Of 1: a weight that moves less is written as it was."""


def blocks(result: Result, lang: str) -> tuple[Block, ...]:
    """The ranking as a table, and what must be said of it."""
    return _table(result, lang), *(Paragraph(line) for line in _lines(result, lang))


def _table(result: Result, lang: str) -> Table:
    columns = [Column(_say("rank", lang), numeric=True), Column(_say("alternative", lang))]
    columns.append(Column(_say("value", lang), numeric=True, decimals=3))
    columns += [
        Column(_say(key, lang), numeric=True, decimals=1, form="share") for key in ("first", "first_any")
    ]
    columns.append(Column(_say("net_flow", lang), numeric=True, decimals=3))
    rows = tuple(
        (
            each.rank,
            each.alternative,
            each.value,
            result.rank_acceptability[each.alternative][0],
            result.rank_acceptability_any_weights[each.alternative][0],
            result.outranking.net_flow[each.alternative],
        )
        for each in result.ranking[:SHOWN]
    )
    return Table(_say("ranking", lang), tuple(columns), rows)


def _lines(result: Result, lang: str) -> Iterator[str]:
    centre = "weights" if result.measured_from == "given" else "weights_centre"
    yield _say(centre, lang, weights=_weights(result.weights_used, lang))
    yield _change(result, lang)
    for each in result.ranking[:SHOWN]:
        by = result.dominated.get(each.alternative, [])
        if by:
            yield _say("dominated", lang, name=each.alternative, by=by[:BY])
    for notice in result.notices:
        yield _say(notice.id, lang, criterion=notice.criterion)


def _change(result: Result, lang: str) -> str:
    first, change = result.ranking[0].alternative, result.smallest_weight_change
    if change is None:
        return _say("change_none", lang, first=first)
    moved = {
        name: (100 * result.weights_used[name], 100 * after)
        for name, after in change.weights.items()
        if abs(after - result.weights_used[name]) >= LEAST_MOVED
    }
    if not moved:
        key = "level" if change.distance == 0 else "hair"
        return _say(key, lang, name=change.to, first=first)
    changes = [
        _say("moved", lang, name=name, before=before, after=after) for name, (before, after) in moved.items()
    ]
    return _say("change", lang, name=change.to, first=first, changes=changes)


def _weights(weights: Mapping[str, float], lang: str) -> list[str]:
    return [_say("weight", lang, name=name, share=share) for name, share in weights.items()]


def _say(key: str, lang: str, /, **values: object) -> str:
    return texts.text(f"analyses.ranking:view.{key}", lang, **values)
