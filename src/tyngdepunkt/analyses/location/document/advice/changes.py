"""What would change the answer: weights, figures, another method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.document import pictures
from tyngdepunkt.analyses.location.document.view import MOST_COLUMNS, MOST_ROWS, View
from tyngdepunkt.documents.document import Block, Paragraph, Section, Table, columns_of

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.answer import WeightChange

ROOM = "advice:changes"


def section(view: View) -> tuple[Section, ...]:
    """The smallest change of weights per rival, drawn for the nearest."""
    if len(view.ranked) < 2 or view.first is None:
        return ()
    made: list[Block] = [Paragraph(text) for text in [view.ready("flip")] if text]
    changes = sorted(view.assessment.robustness.changes, key=lambda each: each.distance)[:MOST_COLUMNS]
    if changes:
        made.append(_table(view, changes))
    never = _never(view)
    if never and changes:
        said = view.say(f"{ROOM}.impossible", first=view.first.name, names=never)
        made.append(Paragraph(said))
    made += pictures.weights(view)
    return (Section(view.say(f"{ROOM}.title"), tuple(made)),)


def checks(view: View) -> tuple[Section, ...]:
    """Uncertain figures, everything at once, what is left out, the other method, dominance."""
    before = [view.ready("uncertainty"), view.ready("joint"), view.ready("leave_out")]
    made: list[Block] = [Paragraph(text) for text in before if text]
    made += _left_out(view)
    made += [Paragraph(text) for text in (_cross_check(view), view.ready("dominance")) if text]
    return (Section(view.say("advice:checks.title"), tuple(made)),) if made else ()


def _left_out(view: View) -> list[Block]:
    """Who is first when one alternative or indicator is left out: the first left out, and what turns it."""
    found = view.assessment.robustness.leave_out
    if view.first is None or not found:
        return []
    shown = [each for each in found if each.changed or each.id == view.first.name]
    rows = tuple(
        (
            each.id if each.kind == "alternative" else view.indicator_title(each.id),
            view.say("advice:checks.several") if each.first is None else each.first,
        )
        for each in shown[:MOST_ROWS]
    )
    columns = columns_of(view.say("advice:checks.left_out"), view.say("advice:checks.then_first"))
    alternatives = sum(each.kind == "alternative" for each in found)
    counts = {"alternatives": alternatives, "indicators": len(found) - alternatives}
    counts["rest"] = len(found) - len(shown)
    said = Paragraph(view.say("advice:checks.left_out_note", **counts, first=view.first.name))
    return [Table(view.say("advice:checks.left_out_table"), columns, rows), said]


def _table(view: View, changes: Sequence[WeightChange]) -> Table:
    """Old and new weights per consideration; the last row is how much weight moves in all."""
    before = view.assessment.weights
    names = [view.head(view.assessment.alternative(each.to)) for each in changes]
    heads = [view.say(f"{ROOM}.now"), *(view.say(f"{ROOM}.to", name=name) for name in names)]
    columns = columns_of(view.say("consideration"), numbers=heads)
    rows: list[tuple[str | None, ...]] = [
        (
            view.title(each),
            _per_cent(view, before.get(each)),
            *(_per_cent(view, c.weights.get(each)) for c in changes),
        )
        for each in view.considerations
    ]
    rows.append((view.say(f"{ROOM}.moved"), "", *(_per_cent(view, _moved(before, each)) for each in changes)))
    first = view.first.name if view.first else ""
    return Table(view.say(f"{ROOM}.table", first=first), columns, tuple(rows))


def _moved(before: Mapping[str, float], change: WeightChange) -> float:
    """The share of all weight that goes from some considerations to others."""
    return sum(max(0.0, after - before.get(name, 0.0)) for name, after in change.weights.items())


def _per_cent(view: View, share: float | None) -> str | None:
    return None if share is None else texts.number(100 * share, 1, view.lang)


def _never(view: View) -> list[str]:
    reached = {each.to for each in view.assessment.robustness.changes}
    return [item.name for item in view.ranked[1:] if item.name not in reached][: MOST_COLUMNS * 2]


def _cross_check(view: View) -> str:
    said = view.ready("cross_check")
    agreement = view.assessment.robustness.outranking.order_agreement
    if not said or agreement is None:
        return said
    return f"{said} {view.say('advice:checks.agreement', tau=agreement)}"
