"""Question two: which alternatives are there, and which of them can satisfy the needs?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.document import pictures, reasons
from tyngdepunkt.analyses.location.document.note.matter import described, why_not_ranked
from tyngdepunkt.analyses.location.document.opening import must_haves, offices
from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.analyses.location.input.model import OFFICE_TRIGGERS
from tyngdepunkt.documents.document import Block, Bullets, Column, Notice, Paragraph, Section, Table, Terms
from tyngdepunkt.documents.figure_words import quality_word
from tyngdepunkt.figures import Quality, years
from tyngdepunkt.rules.case_facts import Trigger

if TYPE_CHECKING:
    from collections.abc import Callable

    from tyngdepunkt.analyses.location.result import AlternativeResult
    from tyngdepunkt.figures import Figure
    from tyngdepunkt.places import Municipality

ROOM = "opening:alternatives"
MOST_NAMES = 3
NEEDED = {
    "zero": frozenset(Trigger),
    "existing_structure": frozenset({Trigger.RELOCATION, Trigger.CLOSURE, Trigger.STRUCTURAL_CHANGE}),
    "stay": frozenset[Trigger](),
    "oslo": frozenset[Trigger](),
    "place_independent": frozenset({Trigger.NEW_AGENCY, Trigger.NEW_UNIT, Trigger.RELOCATION}),
    "split": frozenset[Trigger](),
}
"""For which triggers the instruction (zero), the guidelines (R19) or the strategy (6.5) ask for each."""


def blocks(view: View) -> tuple[Block, ...]:
    """The alternatives and where they lie."""
    return (
        *_intro(view),
        *_chosen(view),
        *_table(view),
        *_described(view),
        *pictures.overview(view),
        *offices.blocks(view),
        *_class_filter(view),
    )


def sections(view: View) -> tuple[Section, ...]:
    """Must-haves, those left out, and the alternatives that are not a new place."""
    made = [must_haves.section(view)]
    if view.unranked:
        said = Bullets(tuple(why_not_ranked(view, item) for item in view.unranked))
        made.append(Section(view.say(f"{ROOM}.left_out"), (said,)))
    made.append(Section(view.say(f"{ROOM}.others"), _others(view)))
    return tuple(made)


def _intro(view: View) -> tuple[Block, ...]:
    said: list[Block] = []
    if view.case.auto:
        count = len(view.assessment.alternatives)
        said.append(Paragraph(view.say(f"{ROOM}.auto", count=count)))
    notices = dict.fromkeys(reasons.notice(view, each) for each in view.assessment.notices)
    said += [Notice(text) for text in notices if text]
    return tuple(said)


def _chosen(view: View) -> tuple[Block, ...]:
    """Why these and no others, in the case's words; a long list says itself how it was made."""
    if view.case.auto and not view.case.answers.why_these:
        return ()
    return (Paragraph(view.case.answers.why_these or view.say(f"{ROOM}.why_these_absent")),)


def _described(view: View) -> tuple[Block, ...]:
    pairs = tuple((item.name, described(view, item)) for item in view.everyone)
    told = tuple(pair for pair in pairs if pair[1])
    return (Terms(told),) if told else ()


def _table(view: View) -> tuple[Block, ...]:
    year = years(_populations(view))
    cells: dict[str, Callable[[AlternativeResult], str | float | None]] = {
        view.say("alternative"): lambda item: item.name,
        view.say(f"{ROOM}.kind"): lambda item: _kind(view, item),
        view.say(f"{ROOM}.county"): lambda item: _county(view, item),
        view.say("region"): lambda item: _region(view, item),
        view.say(f"{ROOM}.class"): lambda item: _class(view, item),
        view.say(f"{ROOM}.small_town"): lambda item: _small_town(view, item),
        view.say(f"{ROOM}.population", year=year).strip(): lambda item: _inhabitants(view, item),
    }
    if all(item.kind == "place" for item in view.rows):
        del cells[view.say(f"{ROOM}.kind")]
    titles = list(cells)
    columns = tuple(Column(title, numeric=title == titles[-1]) for title in titles)
    rows = tuple(tuple(make(item) for make in cells.values()) for item in view.rows)
    refs = {*view.refs(*_populations(view)), view.source("centrality"), view.source("region_member")}
    table = Table(view.say(f"{ROOM}.table"), columns, rows, tuple(sorted(refs)))
    more = view.of_all(len(rows), len(view.everyone))
    return (table, Paragraph(f"{view.say(f'{ROOM}.class_note')} {more}".strip()))


def _county(view: View, item: AlternativeResult) -> str | None:
    return _nowhere(view, item) or joined(view, [place.county_called for place in _places(view, item)])


def _region(view: View, item: AlternativeResult) -> str | None:
    """The labour-market region, and whether the place is its centre or hinterland."""
    place = view.municipality(item)
    if place is None:
        return _nowhere(view, item) or joined(view, [place.region_called for place in _places(view, item)])
    role = view.say(f"{ROOM}.{'centre' if place.is_centre else 'hinterland'}")
    return view.say("in_brackets", name=item.region_name or place.region_called, remark=role)


def _class(view: View, item: AlternativeResult) -> str | None:
    classes = sorted({place.centrality_class or 0 for place in _places(view, item)} - {0})
    return _nowhere(view, item) or ", ".join(str(each) for each in classes) or None


def _nowhere(view: View, item: AlternativeResult) -> str:
    """What is said of the place of an alternative without one; empty where it has any."""
    return "" if _places(view, item) else not_applicable(view)


def not_applicable(view: View) -> str:
    """A dash would say that the figure is missing."""
    return quality_word(Quality.NOT_APPLICABLE, view.lang)


def _places(view: View, item: AlternativeResult) -> list[Municipality]:
    return [view.places.municipalities[code] for code in item.places if code in view.places.municipalities]


def joined(view: View, names: list[str]) -> str | None:
    """Each name once; a number where they are too many to read in a cell."""
    unique = list(dict.fromkeys(names))
    if len(unique) > MOST_NAMES:
        return view.say(f"{ROOM}.several", count=len(unique))
    return texts.listed(unique, view.lang) or None


def _kind(view: View, item: AlternativeResult) -> str:
    offices = [each.name for each in view.case.alternatives if each.is_offices]
    return view.say("kinds.offices" if item.name in offices else f"kinds.{item.kind}")


def _inhabitants(view: View, item: AlternativeResult) -> float | str | None:
    """Of the municipality; a set of offices lies in no one of them."""
    if view.municipality(item) is None:
        return not_applicable(view)
    figure = item.facts.get("population")
    return figure.value if figure is not None and not isinstance(figure, str) else None


def _small_town(view: View, item: AlternativeResult) -> str | None:
    if view.municipality(item) is None and not item.small_town:
        return not_applicable(view)
    return view.say(f"small_town.{item.small_town}") if item.small_town else None


def _populations(view: View) -> list[Figure]:
    found = [item.facts.get("population") for item in view.rows]
    return [figure for figure in found if figure is not None and not isinstance(figure, str)]


def _class_filter(view: View) -> tuple[Block, ...]:
    said = view.ready("class_filter")
    return (Paragraph(said, (view.source("centrality"),)),) if said else ()


def _others(view: View) -> tuple[Block, ...]:
    """The alternatives of that kind the case has, and those it lacks but should have."""
    pairs = tuple((view.say(f"{ROOM}.asked.{kind}"), _has(view, kind)) for kind in NEEDED)
    shown = tuple(pair for pair in pairs if pair[1])
    return (Paragraph(view.say(f"{ROOM}.others_intro")), *([Terms(shown)] if shown else []))


def _has(view: View, kind: str) -> str:
    """Whether the case has such an alternative; empty where it has none and needs none."""
    names = [item.name for item in view.assessment.alternatives if item.kind == kind]
    if kind == "split" and view.case.trigger in OFFICE_TRIGGERS:
        return ""  # there every alternative is a set of offices
    if kind == "existing_structure" and any(each.is_offices for each in view.case.alternatives):
        return ""  # such a set is made of the offices there are
    if names == [view.say(f"{ROOM}.asked.{kind}")]:
        return view.say(f"{ROOM}.has_it")
    if names:
        return view.say(f"{ROOM}.has", names=names)
    return view.say(f"{ROOM}.lacks") if view.case.trigger in NEEDED[kind] else ""
