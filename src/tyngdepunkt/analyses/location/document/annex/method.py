"""Annex: the method in plain words, every value function, and what the method cannot do."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import metadata
from typing import TYPE_CHECKING

from tyngdepunkt import texts
from tyngdepunkt.analyses.location import narrative
from tyngdepunkt.analyses.location.document.view import MOST_COLUMNS, View
from tyngdepunkt.documents import figure_words as words
from tyngdepunkt.documents.document import Block, Bullets, Column, Paragraph, Section, Table, columns_of
from tyngdepunkt.indicators import in_language
from tyngdepunkt.texts import inside

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.result import UsedIndicator

ROOM = "annex:method"
LIMITS = ("limit_measured", "limit_travel", "limit_local", "limit_recommendation")


def section(view: View) -> Section:
    """Steps, value functions, pairs, limits."""
    return Section(
        view.say(f"{ROOM}.title"),
        (Paragraph(_made_with(view)),),
        (_steps(view), _functions(view), *_assumptions(view), *_pairwise(view), _limits(view)),
    )


def _made_with(view: View) -> str:
    """The program, the method, the figures and the rules: what it takes to make the document again."""
    made = {"id": view.assessment.snapshot.id, "built": view.assessment.snapshot.built}
    method = {"version": metadata.version("tyngdepunkt"), "method": view.assessment.method_version}
    return view.say(
        f"{ROOM}.made_with", **method, **made, rules=inside(view.assessment.rule_set.title[view.lang])
    )


def _steps(view: View) -> Section:
    robust = view.assessment.robustness
    bounds = (narrative.WEAK, narrative.STRONG, narrative.TELLING, narrative.CLOSE)
    shown = (texts.number(bound, 2 if bound < narrative.TELLING else 1, view.lang) for bound in bounds)
    values = dict(zip(("weak", "strong", "telling", "close"), shown, strict=True))
    drawn = "step_acceptability_given" if robust.fixed_weights else "step_acceptability"
    steps = (
        view.say(f"{ROOM}.step_must_haves"),
        view.say(f"{ROOM}.step_values"),
        view.say(f"{ROOM}.step_scores"),
        *([view.say(f"{ROOM}.{drawn}", draws=robust.draws, seed=str(robust.seed))] if robust.draws else []),
        view.say(f"{ROOM}.step_change"),
        view.say(f"{ROOM}.step_conflict", **values),
        view.say(f"{ROOM}.step_check"),
    )
    return Section(view.say(f"{ROOM}.steps"), (Bullets(steps, numbered=True),))


def _functions(view: View) -> Section:
    """One table per consideration, so that each can be read by itself."""
    made: list[Block] = [Paragraph(view.say(f"{ROOM}.functions_intro"))]
    for consideration in view.considerations:
        taking_part = [each for each in view.used(consideration) if each.weight > 0]
        if taking_part:
            made.append(_table(view, consideration, taking_part))
    return Section(view.say(f"{ROOM}.functions"), tuple(made))


def _table(view: View, consideration: str, used: Sequence[UsedIndicator]) -> Table:
    columns = (
        Column(view.say("indicator")),
        Column(view.say(f"{ROOM}.weight_within"), numeric=True),
        Column(view.say(f"{ROOM}.function")),
    )
    caption = view.say(f"{ROOM}.functions_table", name=view.title(consideration))
    return Table(view.priced(caption, used), columns, tuple(_row(view, each) for each in used))


def _row(view: View, used: UsedIndicator) -> tuple[str | float, ...]:
    figures = view.figures(used.indicator.id)
    scale = words.scale_of(figures, used.indicator.decimals, view.lang)
    name = view.say("unit_in", name=used.indicator.title[view.lang], unit=scale.unit)
    points = [view.say(f"{ROOM}.point", x=scale.written(x), points=100 * value) for x, value in used.points]
    said = view.say("labelled", name=_scale(view, used.scale), said="; ".join(points))
    return (name, 100 * used.weight, said)


def _scale(view: View, name: str) -> str:
    try:
        return view.say(f"{ROOM}.scales.{name}")
    except KeyError:
        return name


def _assumptions(view: View) -> tuple[Section, ...]:
    """Every assumption some figure rests on: what it is, what it is set to, and where that is from."""
    found = [
        in_language(source, view.assessment.snapshot, view.lang)
        for source in view.assessment.sources
        if source.table.startswith("assumption:")
    ]
    if not found:
        return ()
    heads = [view.say(f"{ROOM}.assumption{part}") for part in ("", "_value", "_ground")]
    rows = tuple(
        (each.title, each.query, f"{each.reference}. {each.note}".rstrip(". ") + ".") for each in found
    )
    table = Table(view.say(f"{ROOM}.assumptions_table"), tuple(Column(head) for head in heads), rows)
    intro = Paragraph(view.say(f"{ROOM}.assumptions_intro"))
    return (Section(view.say(f"{ROOM}.assumptions"), (intro, table)),)


def _pairwise(view: View) -> tuple[Section, ...]:
    """Each against each over the allowed weights; where they are fixed the ranking says it all."""
    robust = view.assessment.robustness
    if view.fixed_weights or len(robust.pairwise.order) < 2:
        return ()
    shown = robust.pairwise.order[:MOST_COLUMNS]
    names = [view.head(view.assessment.alternative(name)) for name in shown]
    columns = columns_of(view.say("alternative"), numbers=names)
    rows = tuple(
        (
            name,
            *(
                "" if i == j else texts.number(100 * robust.pairwise.wins[i][j], lang=view.lang)
                for j in range(len(shown))
            ),
        )
        for i, name in enumerate(names)
    )
    table = Table(view.say(f"{ROOM}.pairwise_table"), columns, rows)
    return (Section(view.say(f"{ROOM}.pairwise"), (table,)),)


def _limits(view: View) -> Section:
    return Section(view.say(f"{ROOM}.limits"), (Bullets(tuple(view.say(f"{ROOM}.{key}") for key in LIMITS)),))
