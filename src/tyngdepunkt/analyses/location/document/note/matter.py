"""What is to be decided, who is not compared and why, and what of leaving things as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location import narrative
from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.documents import figure_words as words
from tyngdepunkt.documents.document import Block, Bullets, Paragraph, Section
from tyngdepunkt.rules.case_facts import Trigger
from tyngdepunkt.texts import inside

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.input.model import MovedFrom
    from tyngdepunkt.analyses.location.result import AlternativeResult

ROOM = "note:matter"
NAMED = 6
"""Alternatives named on the first page; more are told as a number."""
LEFT_OUT = 4
"""Alternatives whose reason for being left out stands on the first pages."""
SAME = ("zero", "stay", "oslo", "existing_structure")
"""Kinds of alternative in which nothing moves."""


def decided(view: View) -> Section:
    """The unit, its posts, where they come from, which alternatives are compared, and the date."""
    unit = view.case.unit
    jobs = words.jobs(unit.total_jobs, view.lang)
    key = "known" if unit.total_jobs is not None else "unknown"
    about = view.say(f"{ROOM}.trigger.{view.case.trigger.value}")
    said = [view.say(f"{ROOM}.unit_{key}", about=about, unit=unit.name, jobs=jobs)]
    if view.case.moved_from:
        said.append(view.say(f"{ROOM}.from", places=[donor(view, each) for each in view.case.moved_from]))
    said += [_compared(view), view.say(f"{ROOM}.date", date=view.case.date), _rules(view)]
    if view.case.lang not in (None, view.lang):
        said.append(view.say(f"{ROOM}.written_in_{view.case.lang}"))
    return Section(view.say(f"{ROOM}.title"), (Paragraph(" ".join(said)),))


def donor(view: View, moved: MovedFrom) -> str:
    """A place that jobs leave, with how many where that is known."""
    name, jobs = view.name_of(moved.code), moved.jobs
    return name if jobs is None else view.say(f"{ROOM}.donor", name=name, jobs=words.jobs(jobs, view.lang))


def _compared(view: View) -> str:
    ranked = [item.name for item in view.ranked]
    if not ranked:
        return view.say(f"{ROOM}.compared_none")
    key = "compared" if len(ranked) > 1 else "compared_one"
    key = "compared_many" if len(ranked) > NAMED else key
    return view.say(f"{ROOM}.{key}", names=ranked, count=len(ranked))


def _rules(view: View) -> str:
    title = view.assessment.rule_set.title[view.lang]
    key = "rules_backwards" if view.assessment.judged_backwards else "rules"
    return view.say(f"{ROOM}.{key}", title=inside(title))


def left_out(view: View) -> tuple[Section, ...]:
    """Each alternative that is not ranked, with the figure that keeps it out."""
    found = why_left_out(view)
    if not found:
        return ()
    points = list(found[:LEFT_OUT])
    if len(found) > LEFT_OUT:
        points.append(view.say(f"{ROOM}.left_out_more", count=len(found) - LEFT_OUT))
    return (Section(view.say(f"{ROOM}.left_out"), (Bullets(tuple(points)),)),)


def why_left_out(view: View) -> tuple[str, ...]:
    """One sentence for each alternative that is not ranked, where something would move under it."""
    return tuple(why_not_ranked(view, item) for item in view.unranked if item.kind not in unmoved(view))


def why_not_ranked(view: View, item: AlternativeResult) -> str:
    """Why an alternative is not compared with the others."""
    said = view.assessment.alternative_texts.get(item.name)
    return said or narrative.say("unscored.no_figures", view.lang, name=item.name)


def unchanged(view: View) -> Section:
    """The alternatives in which nothing moves: what became of them, or that the case has none."""
    found = [item for item in view.everyone if item.kind in unmoved(view)]
    if not found:
        blocks: tuple[Block, ...] = (Paragraph(view.say(f"{ROOM}.unchanged_none")),)
        return Section(view.say(f"{ROOM}.unchanged"), blocks)
    said = [text for item in found for text in (described(view, item), _place_of(view, item)) if text]
    if not any(item.kind == "zero" for item in found):
        said.append(view.say(f"{ROOM}.zero_none"))
    return Section(view.say(f"{ROOM}.unchanged"), (Paragraph(" ".join(said)),))


def unmoved(view: View) -> tuple[str, ...]:
    """The kinds in which nothing moves; a unit that is new is not in Oslo today."""
    new = view.case.trigger in (Trigger.NEW_AGENCY, Trigger.NEW_UNIT)
    return tuple(kind for kind in SAME if kind != "oslo" or not new)


def described(view: View, item: AlternativeResult) -> str:
    """What the case itself says that an alternative is."""
    return next((each.description for each in view.case.alternatives if each.name == item.name), "")


def _place_of(view: View, item: AlternativeResult) -> str:
    """Its rank and points, or why it has none."""
    if item.rank is None or item.value is None:
        return why_not_ranked(view, item)
    values = {"name": item.name, "rank": item.rank, "count": len(view.ranked), "points": item.value}
    return view.say(f"{ROOM}.unchanged_ranked", **values)
