"""Question six: what does it take to succeed, and what remains to be done?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from tyngdepunkt.analyses.location.document import findings
from tyngdepunkt.analyses.location.document.view import MOST_COLUMNS, MOST_ROWS, View
from tyngdepunkt.analyses.location.input.model import OFFICE_TRIGGERS
from tyngdepunkt.documents import figure_words as words
from tyngdepunkt.documents.document import Block, Bullets, Paragraph, Section
from tyngdepunkt.indicators.assumptions import assumption
from tyngdepunkt.rules.case_facts import Trigger, Verdict
from tyngdepunkt.texts import inside

ROOM = "advice:preconditions"
REGULAR_SITES = "site_travel"


def blocks(view: View) -> tuple[Block, ...]:
    """What the case itself says of the preconditions."""
    said = view.case.answers.preconditions
    return (Paragraph(said),) if said else ()


def sections(view: View) -> tuple[Section, ...]:
    """Measures, staff, premises, timing, and what remains."""
    parts = {
        "measures": _measures(view),
        "staff": _staff(view),
        "staff_process": _written(view, "staff_process"),
        "premises": _premises(view),
        "timing": _timing(view),
        "plan": _written(view, "plan"),
        "follow_up": _written(view, "follow_up"),
        "to_do": _to_do(view),
    }
    return tuple(Section(view.say(f"{ROOM}.{key}"), made) for key, made in parts.items())


def _written(view: View, name: str) -> tuple[Block, ...]:
    """An answer in the case's own words, or that it is asked for."""
    return (Paragraph(getattr(view.case.answers, name) or view.say(f"{ROOM}.{name}_absent")),)


def _measures(view: View) -> tuple[Block, ...]:
    named = [(item.name, item.measures) for item in view.everyone if item.measures]
    if not named:
        return (Paragraph(view.say(f"{ROOM}.measures_absent")),)
    points = [
        view.say(f"{ROOM}.measures_one", name=name, measures=_sentence(measures)) for name, measures in named
    ]
    return (Bullets(tuple(points[:MOST_ROWS])),)


def _sentence(measures: tuple[str, ...]) -> str:
    """The measures one after the other; they are whole phrases that may hold commas."""
    return "; ".join(each.strip().rstrip(".") for each in measures) + "."


def _staff(view: View) -> tuple[Block, ...]:
    staff, said, refs = view.case.staff, [], []
    if staff.current is not None:
        said.append(view.say(f"{ROOM}.staff_current", jobs=words.jobs(staff.current, view.lang)))
    if view.case.trigger in OFFICE_TRIGGERS:
        said.append(view.say(f"{ROOM}.staff_offices"))
    elif not view.case.moved_from:
        relocated = view.case.trigger is Trigger.RELOCATION
        said.append(view.say(f"{ROOM}.staff_{'origin_unknown' if relocated else 'new'}"))
    elif staff.follow_share is not None:
        said.append(_follow(view, "staff_follow_stated", staff.follow_share))
    else:
        known = assumption("follow_share")
        said.append(_follow(view, "staff_follow", (known.low, known.high)))
        refs.append(view.register.number(known.source()))
    made: list[Block] = [Paragraph(" ".join(said), tuple(refs))]
    return (*made, *_recruitment_base(view))


def _follow(view: View, key: str, share: tuple[float, float]) -> str:
    return view.say(f"{ROOM}.{key}", low=100 * share[0], high=100 * share[1])


def _recruitment_base(view: View) -> tuple[Block, ...]:
    items = [item for item in view.ranked if item.kind == "place" and "recruitment_45" in item.measurements]
    items = items[:MOST_COLUMNS]
    figures = [item.measurements["recruitment_45"].figure for item in items]
    each = [
        view.say(f"{ROOM}.staff_base_one", name=item.name, persons=words.phrase(figure, 0, view.lang))
        for item, figure in zip(items, figures, strict=True)
        if figure.value is not None
    ]
    return (Paragraph(view.say(f"{ROOM}.staff_base", each=each), view.refs(*figures)),) if each else ()


def _premises(view: View) -> tuple[Block, ...]:
    jobs = view.case.unit.total_jobs
    if jobs is None:
        return (Paragraph(view.say(f"{ROOM}.premises_unknown")),)
    known, stated = assumption("area_per_post"), view.case.costs.area_per_employee
    norm, use = stated or (known.low, known.high)
    key = "premises_stated" if stated else "premises_need"
    if not stated and jobs[0] != jobs[1]:
        key = "premises_need_range"
    area = {"low": jobs[0] * norm, "middle": jobs[1] * norm, "high": jobs[1] * use, "norm": norm, "use": use}
    said = view.say(f"{ROOM}.{key}", jobs=words.jobs(jobs, view.lang), **area)
    refs = () if stated else (view.register.number(known.source()),)
    return (Paragraph(f"{said} {view.say(f'{ROOM}.premises_available')}", refs),)


def _timing(view: View) -> tuple[Block, ...]:
    said = [
        view.say(f"{ROOM}.timing_{key}", each=_dates(view, when))
        for key, when in (("notified", view.case.notified), ("informed", view.case.informed))
        if when
    ]
    return (Paragraph(" ".join(said)),) if said else ()


def _dates(view: View, when: Mapping[str, dt.date]) -> list[str]:
    return [
        view.say(f"{ROOM}.timing_one", name=_who(view, name), date=day)
        for name, day in sorted(when.items(), key=lambda each: (each[1], each[0]))
    ]


def _who(view: View, name: str) -> str:
    try:
        return view.say(f"{ROOM}.timing_who.{name}")
    except KeyError:
        return name


def _to_do(view: View) -> tuple[Block, ...]:
    """Missing figures first, then rules that want papers, then rules that want judgement."""
    names = [view.indicator_title(name) for name in _missing(view)]
    points = [view.say(f"{ROOM}.to_do_figures", names=[inside(each) for each in names])] if names else []
    points += [
        view.say(f"{ROOM}.to_do_document", name=inside(findings.title(view, each)), said=each.text)
        for each in findings.of_verdict(view, Verdict.NOT_DOCUMENTED)
    ]
    judge = findings.joined(view, findings.of_verdict(view, Verdict.NEEDS_JUDGEMENT))
    points += [view.say(f"{ROOM}.to_do_judge", names=judge)] if judge else []
    if not points:
        return (Paragraph(view.say(f"{ROOM}.to_do_nothing")),)
    return (Paragraph(view.say(f"{ROOM}.to_do_intro")), Bullets(tuple(points)))


def _missing(view: View) -> list[str]:
    """Indicators with a part in the ranking that some ranked alternative lacks, in the catalogue's order.

    Places to travel to that the case does not name are no figure to obtain: there may be none.
    """
    lacking = {name for item in view.ranked for name in item.missing} - {REGULAR_SITES}
    used = [each.indicator for each in view.assessment.indicators]
    return [each.id for each in used if each.scored and each.id in lacking]
