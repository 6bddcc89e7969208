"""Annex: what the guidelines say of the case, rule by rule, in force then or tested backwards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location import narrative
from tyngdepunkt.analyses.location.document import findings
from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.documents.document import Block, Bullets, Column, Notice, Paragraph, Section, Table
from tyngdepunkt.rules.case_facts import Verdict
from tyngdepunkt.texts import inside

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.answer import Finding
    from tyngdepunkt.analyses.location.result import RuleReview

ROOM = "annex:findings"


def section(view: View) -> Section:
    """The rule set of the case, then each other one it was tested against."""
    assessment = view.assessment
    title = inside(assessment.rule_set.title[view.lang])
    made: list[Block] = [Paragraph(view.say(f"{ROOM}.intro", title=title))]
    made += _backwards(view, assessment.rule_set.version) if assessment.judged_backwards else []
    made += _judged(view, assessment.findings, view.say(f"{ROOM}.table"))
    others = tuple(_other(view, review) for review in assessment.other_reviews)
    every = (*assessment.findings, *(each for review in assessment.other_reviews for each in review.findings))
    return Section(view.say(f"{ROOM}.title"), tuple(made), (*others, *_references(view, every)))


def _other(view: View, review: RuleReview) -> Section:
    title = inside(review.rule_set.title[view.lang])
    made: list[Block] = _backwards(view, review.rule_set.version) if review.backwards else []
    made += _judged(view, review.findings, view.say(f"{ROOM}.table_of", title=title))
    return Section(view.say(f"{ROOM}.other", title=title), tuple(made))


def _backwards(view: View, version: str) -> list[Block]:
    return [Notice(narrative.backwards(view.case.date, [version], view.lang), "warning")]


def _judged(view: View, found: Sequence[Finding], caption: str) -> list[Block]:
    """The findings that apply as a table; the others in one sentence."""
    applying = sorted(
        (each for each in found if each.verdict in findings.ORDER),
        key=lambda each: findings.ORDER.index(each.verdict),
    )
    if not applying:
        return [Paragraph(view.say(f"{ROOM}.none"))]
    heads = [view.say(f"{ROOM}.{name}") for name in ("rule", "demand", "verdict", "found")]
    rows = tuple(_row(view, each) for each in applying)
    retold = Paragraph(view.say(f"{ROOM}.retold_note"))
    made: list[Block] = [retold, Table(caption, tuple(Column(head) for head in heads), rows)]
    if any(each.carried for each in applying):
        made.append(Paragraph(view.say(f"{ROOM}.carried")))
    if any(_unconfirmed(each) and not each.carried for each in applying):
        made.append(Paragraph(view.say(f"{ROOM}.unconfirmed")))
    others = [each.rule for each in found if each.verdict == Verdict.NOT_APPLICABLE]
    if others:
        made.append(Paragraph(view.say(f"{ROOM}.not_applicable", rules=others)))
    return made


def _row(view: View, each: Finding) -> tuple[str, ...]:
    key = "rule_carried" if each.carried else "rule_unconfirmed" if _unconfirmed(each) else "rule_and_level"
    name = view.say(f"{ROOM}.{key}", rule=each.rule, level=view.say(f"levels.{each.level}"))
    return (name, _retold(view, each), view.say(f"verdicts.{each.verdict.value}"), each.text)


def _retold(view: View, each: Finding) -> str:
    """What a rule asks, with the paragraph it stands in where that could be read."""
    if not each.point:
        return each.rule_text
    return view.say(f"{ROOM}.retold", said=each.rule_text, point=each.point)


def _unconfirmed(each: Finding) -> bool:
    return each.status == "not_confirmed"


def _references(view: View, found: Sequence[Finding]) -> tuple[Section, ...]:
    """One point per text, with all the rules read from it."""
    by_reference: dict[str, dict[str, None]] = {}
    for each in found:
        if each.verdict != Verdict.NOT_APPLICABLE and each.reference:
            by_reference.setdefault(each.reference, {})[each.rule] = None
    points = tuple(
        view.say(f"{ROOM}.reference", rules=list(rules), reference=reference)
        for reference, rules in by_reference.items()
    )
    return (Section(view.say(f"{ROOM}.references"), (Bullets(points),)),) if points else ()
