"""Who notices what, alternative by alternative, and what it costs in the main."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.document.note.matter import donor, unmoved
from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.analyses.location.input.model import GROUPS, OFFICE_TRIGGERS
from tyngdepunkt.documents import figure_words as words
from tyngdepunkt.documents.document import Block, Column, Paragraph, Section, Table
from tyngdepunkt.rules.case_facts import Trigger

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.result import AlternativeResult
    from tyngdepunkt.figures import Figure

ROOM = "note:affected"
MOST = 4
"""Alternatives side by side on the first pages."""
USERS = "users_60"
COSTS = ("one_off_cost", "rent_per_year")
WITHIN = 60


def sections(view: View) -> tuple[Section, ...]:
    """The groups × alternatives, and the costs; nothing where no alternative has figures."""
    items = view.measured[:MOST]
    if not items:
        return ()
    blocks: list[Block] = [_groups(view, items), *_costs(view, items)]
    legend = _legend(view, blocks)
    remarks = [legend, view.say(f"{ROOM}.more") if len(view.measured) > MOST else ""]
    blocks += [Paragraph(" ".join(text for text in remarks if text))] * any(remarks)
    return (Section(view.say(f"{ROOM}.title"), tuple(blocks)),)


def _groups(view: View, items: tuple[AlternativeResult, ...]) -> Table:
    computed: dict[str, Callable[[AlternativeResult], str]] = {
        "staff": lambda item: _staff(view, item),
        "users": lambda item: _users(view, item),
        "region": lambda item: _region(view, item),
        "donor": lambda item: _donor(view, item),
        "host": lambda _: "",
        "others": lambda _: "",
    }
    rows = []
    for group in GROUPS:
        cells = [told(view, item, group) or computed[group](item) for item in items]
        if any(cells):
            rows.append(
                (view.say(f"{ROOM}.{group}"), *(cell or view.say(f"{ROOM}.not_stated") for cell in cells))
            )
    columns = (Column(view.say(f"{ROOM}.group")), *(Column(view.head(item)) for item in items))
    refs = view.refs(*(figure for item in items for figure in _figures(item)))
    return Table(view.say(f"{ROOM}.table"), columns, tuple(rows), refs)


def _legend(view: View, blocks: list[Block]) -> str:
    """What the marks that stand in the tables mean."""
    cells = [str(cell) for each in blocks if isinstance(each, Table) for row in each.rows for cell in row]
    used = [quality for quality, mark in words.MARKS.items() if any(mark in cell for cell in cells)]
    return " ".join(words.meaning(quality, view.lang) for quality in used)


def told(view: View, item: AlternativeResult, group: str) -> str:
    """What the case itself says of a group: under this alternative, else under all of them."""
    own = next((each.affected for each in view.case.alternatives if each.name == item.name), {})
    return own.get(group, "") or view.case.answers.affected.get(group, "")


def _staff(view: View, item: AlternativeResult) -> str:
    """How many of those who do the work today are expected to follow."""
    staff = view.case.staff
    if item.kind in unmoved(view):
        return view.say(f"{ROOM}.staff_same")
    if view.case.trigger in OFFICE_TRIGGERS and staff.current is None:
        return _leaving(view, item)
    if not view.case.moved_from and view.case.trigger is not Trigger.RELOCATION:
        return view.say(f"{ROOM}.staff_new")
    if staff.current is None or staff.follow_share is None:
        return view.say(f"{ROOM}.staff_unknown")
    ends = (staff.current[0] * staff.follow_share[0], staff.current[1] * staff.follow_share[1])
    follow = words.jobs((round(ends[0]), round(ends[1])), view.lang)
    return view.say(f"{ROOM}.staff_follow", follow=follow, current=words.jobs(staff.current, view.lang))


def _leaving(view: View, item: AlternativeResult) -> str:
    """The posts that leave their office, where that is known of every office."""
    changes = [each.jobs for each in item.changes]
    if not changes or None in changes:
        return view.say(f"{ROOM}.staff_offices")
    lost = [(max(-each[1], 0), max(-each[0], 0)) for each in changes if each is not None]
    low, high = (sum(ends) for ends in zip(*lost, strict=True))
    if high == 0:
        return view.say(f"{ROOM}.staff_same")
    return view.say(f"{ROOM}.staff_leaving", jobs=words.jobs((low, high), view.lang))


def _users(view: View, item: AlternativeResult) -> str:
    """Who loses and gains an office within the hour, else how many live within the hour."""
    change = next((each for each in item.access if each.minutes == WITHIN), None)
    if change is not None and not (change.lose or change.gain):
        return view.say(f"{ROOM}.users_same")
    if change is not None:
        return view.say(f"{ROOM}.users_change", lose=change.lose, gain=change.gain)
    found = item.measurements.get(USERS)
    if found is None or found.figure.value is None:
        return view.say(f"{ROOM}.not_known")
    return view.say(f"{ROOM}.users_within", persons=words.phrase(found.figure, 0, view.lang))


def _region(view: View, item: AlternativeResult) -> str:
    """The posts as a share of the jobs in the labour-market region; place by place for several."""
    if item.kind in unmoved(view):
        return view.say(f"{ROOM}.region_same")
    if len(item.places) > 1:
        return view.say(f"{ROOM}.region_several", count=len(item.places))
    if item.extent.value is None:
        return view.say(f"{ROOM}.not_known")
    share = words.phrase(item.extent, 2, view.lang)
    return view.say(f"{ROOM}.region_share", share=share, region=item.region_name)


def _donor(view: View, item: AlternativeResult) -> str:
    if view.case.moved_from and item.kind in unmoved(view):
        return view.say(f"{ROOM}.region_same")
    return texts.listed([donor(view, each) for each in view.case.moved_from], view.lang)


def _figures(item: AlternativeResult) -> list[Figure]:
    found = [item.measurements[name].figure for name in (USERS, *COSTS) if name in item.measurements]
    return [*found, item.extent]


def _costs(view: View, items: tuple[AlternativeResult, ...]) -> list[Block]:
    """One-off cost and yearly rent; one column where they are the same everywhere."""
    rows = []
    for used in view.assessment.indicators:
        figures = view.figures(used.indicator.id, items)
        if used.indicator.id not in COSTS or not any(each.value is not None for each in figures):
            continue
        rows.append(view.row(used, items))
    if not rows:
        return [Paragraph(view.say(f"{ROOM}.costs_none"))]
    heads = [view.head(item) for item in items]
    if all(len(set(row[1:])) == 1 for row in rows):
        rows, heads = [row[:2] for row in rows], [view.say("effects:costs.everywhere")]
    columns = (Column(view.say(f"{ROOM}.cost")), *(Column(head, numeric=True) for head in heads))
    caption = view.say(f"{ROOM}.costs", year=view.price_year)
    return [Table(caption, columns, tuple(rows))]
