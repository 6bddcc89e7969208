"""Question three: which questions of principle does the case raise?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location.document import findings
from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.documents.document import Block, Notice, Paragraph, Section
from tyngdepunkt.rules.case_facts import Verdict
from tyngdepunkt.texts import without_stop

if TYPE_CHECKING:
    from tyngdepunkt.rules.case_facts import CityList

ROOM = "opening:principles"
RULES = ("R3", "R4", "R29", "R39")
"""Service access (R3, R39), and Oslo and the largest cities (R4, R29)."""


def blocks(view: View) -> tuple[Block, ...]:
    """What the case itself says of principles, and what is not public."""
    said = view.case.answers.principles or view.say(f"{ROOM}.other")
    made: list[Block] = [Paragraph(said)]
    if view.case.not_public:
        made.append(Notice(view.say(f"{ROOM}.not_public"), "warning"))
    return tuple(made)


def sections(view: View) -> tuple[Section, ...]:
    """Access to services; Oslo and the largest cities; the rules on both."""
    access = view.case.access_consequences or view.say(f"{ROOM}.access_absent")
    made = [
        Section(view.say(f"{ROOM}.access"), (Paragraph(access),)),
        Section(view.say(f"{ROOM}.cities"), _cities(view)),
    ]
    found = [each for each in view.assessment.findings if each.rule in RULES]
    found = [each for each in found if each.verdict != Verdict.NOT_APPLICABLE]
    if found:
        made.append(Section(view.say(f"{ROOM}.rules"), (findings.listed(view, found),)))
    return tuple(made)


def _cities(view: View) -> tuple[Block, ...]:
    lists = (("largest", view.case.largest_cities), ("oslo_area", view.case.oslo_area))
    said = [_list(view, key, cities) for key, cities in lists if cities is not None]
    return tuple(Paragraph(text) for text in said or [view.say(f"{ROOM}.no_list")])


def _list(view: View, key: str, cities: CityList) -> str:
    places = [view.name_of(code) for code in cities.places]
    said = view.say(f"{ROOM}.{key}", places=places)
    return (
        f"{said} {view.say(f'{ROOM}.because', reason=without_stop(cities.reason))}" if cities.reason else said
    )
