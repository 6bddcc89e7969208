"""Annex: who set which weights, when and why, and whether the scores had been seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.documents.document import Block, Bullets, Column, Paragraph, Section, Table

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.answer import WeightLogEntry

ROOM = "annex:log"


def section(view: View) -> Section:
    """The weight log as a table, oldest first."""
    title = view.say(f"{ROOM}.title")
    log = view.assessment.weight_log
    if not log:
        return Section(title, (Paragraph(view.say(f"{ROOM}.empty")),))
    heads = [view.say(f"{ROOM}.{name}") for name in ("role", "date", "weights", "reason", "seen")]
    rows = tuple(_row(view, each) for each in sorted(log, key=lambda each: each.date))
    table = Table(view.say(f"{ROOM}.table"), tuple(Column(head) for head in heads), rows)
    return Section(title, (Paragraph(view.say(f"{ROOM}.intro")), table))


def case_sources(view: View) -> Section:
    """Where the facts of the case come from, in the case's own words."""
    found = view.case.sources
    said: Block = Bullets(found) if found else Paragraph(view.say("annex:case_sources.absent"))
    return Section(view.say("annex:case_sources.title"), (said,))


def _row(view: View, each: WeightLogEntry) -> tuple[str, ...]:
    seen = f"{ROOM}.not_said" if each.scores_seen is None else "yes" if each.scores_seen else "no"
    day = texts.date(each.date, view.lang)
    return (each.role, day, each.weights, each.reason, view.say(seen))
