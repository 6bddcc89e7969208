"""Must-haves: the places that can satisfy the needs, not only those that are best for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.documents import figure_words as words
from tyngdepunkt.documents.document import Paragraph, Section, Table, columns_of
from tyngdepunkt.figures import Quality

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.result import AlternativeResult, MustHaveOutcome

ROOM = "opening:alternatives"


def section(view: View) -> Section:
    """Each threshold, and which alternatives pass it."""
    title = view.say(f"{ROOM}.must_haves")
    judged = [item for item in view.everyone if item.must_haves]
    if not judged:
        return Section(title, (Paragraph(view.say(f"{ROOM}.must_haves_absent")),))
    shown = judged[: len(view.rows)]
    limits = judged[0].must_haves
    columns = columns_of(view.say("alternative"), *(_limit(view, each) for each in limits))
    rows = tuple((item.name, *_outcomes(view, item)) for item in shown)
    refs = view.refs(*(each.figure for item in shown for each in item.must_haves))
    table = Table(view.say(f"{ROOM}.must_haves_table"), columns, rows, refs)
    more = view.of_all(len(shown), len(judged))
    intro = f"{view.say(f'{ROOM}.must_haves_intro')} {more}".strip()
    legend = words.legend((each.figure for item in shown for each in item.must_haves), view.lang)
    return Section(title, (Paragraph(intro), table, *([Paragraph(legend)] if legend else [])))


def _limit(view: View, outcome: MustHaveOutcome) -> str:
    name = view.indicator_title(outcome.indicator)
    limit = words.bound(outcome.limit, outcome.figure, view.decimals(outcome.indicator), view.lang)
    return view.say(f"{ROOM}.limit_{outcome.bound}", name=name, limit=limit)


def _outcomes(view: View, item: AlternativeResult) -> tuple[str, ...]:
    return tuple(_outcome(view, each) for each in item.must_haves)


def _outcome(view: View, outcome: MustHaveOutcome) -> str:
    figure, decimals = outcome.figure, view.decimals(outcome.indicator)
    if figure.quality is Quality.NOT_APPLICABLE:
        return words.quality_word(figure.quality, view.lang)
    if figure.value is None:
        return view.say(f"{ROOM}.not_documented")
    value = words.cell(figure, words.scale_of([figure], decimals, view.lang))
    key = {True: "passed", False: "failed", None: "not_known"}[outcome.passed]
    return view.say(f"{ROOM}.{key}", value=value)
