"""The sections put together, numbered and lettered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.document.advice import changes, conflicts, preconditions, ranking
from tyngdepunkt.analyses.location.document.annex import findings, method, weight_log
from tyngdepunkt.analyses.location.document.annex.sheets import sheets
from tyngdepunkt.analyses.location.document.effects import consideration, scores
from tyngdepunkt.analyses.location.document.note.compose import note
from tyngdepunkt.analyses.location.document.opening import alternatives, principles, problem
from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.documents.document import Block, Document, Paragraph, Section, Terms
from tyngdepunkt.rules import study_questions

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.result import Assessment
    from tyngdepunkt.places import Places

Answer = Callable[[], tuple[tuple[Block, ...], tuple[Section, ...]]]
KEYWORDS = ("location", "jobs", "study")


def location_document(assessment: Assessment, places: Places) -> Document:
    """The document of an assessment, in the assessment's own language.

    Args:
        assessment: the whole answer to a location case.
        places: the snapshot it was made on, for names, boundaries and sources.

    Returns:
        A document for `documents.write`; numbers in `refs` lead to its table of sources.
    """
    view = View.of(assessment, places)
    summary = note(view)
    sections = (*_questions(view), *_annexes(view))
    spreadsheet = sheets(view)
    return Document(
        title=assessment.case.title,
        subtitle=view.say("document.subtitle", unit=assessment.case.unit.name),
        lang=view.lang,
        date=texts.date(assessment.computed or assessment.case.date, view.lang),
        author=_sender(view),
        summary=summary,
        facts=Terms(()),
        sections=sections,
        sources=view.register.sources,
        sheets=spreadsheet,
        dated=assessment.computed or assessment.case.date,
        keywords=tuple(view.say(f"keywords.{each}") for each in KEYWORDS),
    )


def _sender(view: View) -> str:
    """Who answers for the document, the department and the number of the case; empty where nobody does."""
    sender = view.case.sender
    number = view.say("document.case_number", number=sender.case_number) if sender.case_number else ""
    return " · ".join(part for part in (sender.name, sender.department, number) if part)


def _questions(view: View) -> Iterable[Section]:
    """The six questions in their order, each with its number."""
    answers: dict[str, Answer] = {
        "problem": lambda: ((), problem.sections(view)),
        "measures": lambda: (alternatives.blocks(view), alternatives.sections(view)),
        "principles": lambda: (principles.blocks(view), principles.sections(view)),
        "effects": lambda: (_side_by_side(view), (scores.section(view), *consideration.sections(view))),
        "recommendation": lambda: (ranking.blocks(view), _advice(view)),
        "preconditions": lambda: (preconditions.blocks(view), preconditions.sections(view)),
    }
    for question in study_questions():
        blocks, inner = answers[question.id]()
        asked = Paragraph(question.asks[view.lang])
        title = f"{question.number} {question.title[view.lang]}"
        yield Section(title, (asked, *blocks), numbered(inner, question.number), anchor=question.id)


def _advice(view: View) -> tuple[Section, ...]:
    return (
        ranking.weighed(view),
        *ranking.central(view),
        *changes.section(view),
        *changes.checks(view),
        conflicts.each_alternative(view),
        conflicts.section(view),
        *conflicts.decision(view),
    )


def _side_by_side(view: View) -> tuple[Block, ...]:
    """Which alternatives have a column in the tables of effects."""
    made = []
    shown, total = len(view.columns), len(view.measured)
    if shown < total:
        made.append(view.say("effects:columns.few", shown=shown, total=total))
    without = [item.name for item in view.everyone if item not in view.measured]
    if without and view.measured:
        made.append(view.say("effects:columns.without", names=without))
    return tuple(Paragraph(text) for text in made)


def _annexes(view: View) -> Iterable[Section]:
    made = (
        findings.section(view),
        weight_log.section(view),
        method.section(view),
        weight_log.case_sources(view),
    )
    for letter, section in zip("ABCD", made, strict=True):
        title = view.say("document.annex", letter=letter, title=section.title)
        yield replace(section, title=title, anchor=f"annex-{letter.lower()}")


def numbered(sections: Sequence[Section], chapter: int) -> tuple[Section, ...]:
    """Sections of a chapter as 2.1, 2.2 and so on; those without content are left out."""
    kept = [section for section in sections if section.blocks or section.sections]
    return tuple(
        replace(section, title=f"{chapter}.{number} {section.title}")
        for number, section in enumerate(kept, 1)
    )
