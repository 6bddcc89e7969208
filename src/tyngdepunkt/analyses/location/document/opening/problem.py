"""Question one: what is the problem, and what do we want to achieve?"""

from __future__ import annotations

from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.documents import figure_words as words
from tyngdepunkt.documents.document import Block, Bullets, Paragraph, Section, Table, columns_of
from tyngdepunkt.inputs.occupations import language_note
from tyngdepunkt.texts import inside


def sections(view: View) -> tuple[Section, ...]:
    """The case's own words, the unit, and the aims the guidelines set."""
    return (
        Section(view.say("opening:problem.stated"), (_answer(view, "problem"),)),
        Section(view.say("opening:problem.goal"), (_answer(view, "goal"),)),
        Section(view.say("opening:problem.unit"), _unit(view)),
        Section(view.say("opening:problem.aims"), (_aims(view),)),
    )


def _answer(view: View, which: str) -> Paragraph:
    written: str = getattr(view.case.answers, which)
    return Paragraph(written or view.say(f"opening:problem.{which}_absent"))


def _unit(view: View) -> tuple[Block, ...]:
    unit = view.case.unit
    if unit.total_jobs is None:
        said = view.say("opening:problem.unit_unknown", name=unit.name)
    else:
        said = view.say(
            "opening:problem.unit_jobs", name=unit.name, jobs=words.jobs(unit.total_jobs, view.lang)
        )
    if view.case.moved_from:
        places = [_moved(view, each.code, each.jobs) for each in view.case.moved_from]
        said = f"{said} {view.say('opening:problem.moved_from', places=places)}"
    return (Paragraph(said), *_occupations(view))


def _moved(view: View, code: str, jobs: tuple[float, float] | None) -> str:
    if jobs is None:
        return view.say("opening:problem.moved_unknown", name=view.name_of(code))
    return view.say("opening:problem.moved_one", name=view.name_of(code), jobs=words.jobs(jobs, view.lang))


def _occupations(view: View) -> tuple[Block, ...]:
    if not view.case.unit.jobs:
        known = view.case.unit.total_jobs is not None  # else it is said already that breadth is not known
        return (Paragraph(view.say(f"opening:problem.occupations_absent{'' if known else '_too'}")),)
    names = dict(view.places.rows("occupation", ("code", "name")))
    rows = tuple(
        (
            view.say(
                "opening:problem.occupation_code",
                code=job.occupation,
                name=inside(names.get(job.occupation, "")),
            ).strip(),
            words.jobs(job.count, view.lang),
        )
        for job in view.case.unit.jobs
    )
    heads = [view.say("opening:problem.number")]
    columns = columns_of(view.say("opening:problem.occupation"), numbers=heads)
    table = Table(view.say("opening:problem.jobs_table"), columns, rows, (view.source("occupation"),))
    note = language_note(view.lang)
    return (table, *([Paragraph(note)] if note else []))


def _aims(view: View) -> Bullets:
    """The rules that state a purpose: what everything after is weighed for."""
    aims = [rule.text[view.lang] for rule in view.assessment.rule_set.rules if rule.kind == "purpose"]
    return Bullets(tuple(aims))
