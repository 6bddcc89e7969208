"""Two versions of a case, or two cases, side by side: which answers differ, and what came of each."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tyngdepunkt import texts
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.web.read import version_diff
from tyngdepunkt.web.read.answers import Answers, fields_of, label
from tyngdepunkt.web.read.case import field_of
from tyngdepunkt.web.read.said import names_its_field, said
from tyngdepunkt.web.read.version_diff import Key, Pair, Weight

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.live.weighing import Desktop
    from tyngdepunkt.analyses.location.result import Assessment
    from tyngdepunkt.places import Places
    from tyngdepunkt.workspace.drafts import Draft

Lines = tuple[str, ...]
_IN_A_BOX = 30
"""Letters of a title that are seen in a closed box on a telephone."""


@dataclass(frozen=True, slots=True)
class Changed:
    """An answer that differs: its field, what it is, and the lines on each side."""

    field: str
    label: str
    before: Lines
    after: Lines

    def marked(self, side: str) -> list[tuple[str, bool]]:
        """The lines of a side, each with whether the other side lacks it."""
        own, other = (self.before, self.after) if side == "a" else (self.after, self.before)
        return [(line, line not in other) for line in own]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two.

    Args:
        recommendation, weights: sentences of the assessment; empty where there is none.
        faults: what is wrong or missing, where the case cannot be assessed.
    """

    id: str
    version: int
    title: str
    recommendation: str
    weights: str
    faults: Lines


@dataclass(frozen=True, slots=True)
class Standing:
    """An alternative on both sides; None where it is not ranked there, or not there at all."""

    name: str
    rank_a: int | None
    value_a: float | None
    rank_b: int | None
    value_b: float | None


@dataclass(frozen=True, slots=True)
class Verdicts:
    """A rule that is judged differently, with both verdicts as words; empty where there is none."""

    rule: str
    title: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The whole comparison.

    Args:
        common: how many answers are alike.
        weights: every consideration, with its weight on each side.
        figures: points and figures that differ, of the alternatives on both sides.
        marks: what the marks beside the figures mean.
    """

    a: Side
    b: Side
    changed: tuple[Changed, ...]
    common: int
    standings: tuple[Standing, ...]
    verdicts: tuple[Verdicts, ...]
    weights: tuple[Weight, ...]
    figures: tuple[Pair, ...]
    marks: str

    def as_json(self) -> dict[str, Any]:
        """The comparison for a program."""
        return asdict(self)


def side_by_side(a: Draft, b: Draft, places: Places, desktop: Desktop, lang: str) -> SideBySide:
    """Compare two drafts. A side that is not complete has faults in place of an answer."""
    changed, common = _changes(a, b, places, lang)
    first, second = _assessed(a, desktop, lang), _assessed(b, desktop, lang)
    one, other = (None if isinstance(each, UserError) else each for each in (first, second))
    figures = version_diff.figures(one, other, places)
    return SideBySide(
        a=_side(a, first, lang),
        b=_side(b, second, lang),
        changed=changed,
        common=common,
        standings=_standings(one, other),
        verdicts=_verdicts(one, other, lang),
        weights=version_diff.weights(one, other),
        figures=figures,
        marks=version_diff.marks(figures, lang),
    )


def _changes(a: Draft, b: Draft, places: Places, lang: str) -> tuple[tuple[Changed, ...], int]:
    old, new = dict(fields_of(a.content)), dict(fields_of(b.content))
    words = Answers(a.content, places, lang), Answers(b.content, places, lang)
    names = list(dict.fromkeys([*old, *new]))
    found = [
        Changed(
            name,
            label(name, lang),
            words[0].lines(name, old.get(name)),
            words[1].lines(name, new.get(name)),
        )
        for name in names
        if old.get(name) != new.get(name)
    ]
    return tuple(each for each in found if each.before or each.after), len(names) - len(found)


def _assessed(draft: Draft, desktop: Desktop, lang: str) -> Assessment | UserError:
    try:
        return desktop.assessed(draft, lang)
    except UserError as error:
        return error


def _side(draft: Draft, found: Assessment | UserError, lang: str) -> Side:
    if isinstance(found, UserError):
        faults = tuple(dict.fromkeys(_fault(draft, each, lang) for each in found.faults))
        return Side(draft.id, draft.version, draft.title, "", "", faults)
    told = found.texts
    return Side(draft.id, draft.version, draft.title, told["recommendation"], told["weights"], ())


def _fault(draft: Draft, fault: Fault, lang: str) -> str:
    field = field_of(fault)
    told = said(fault, lang, field)
    return told if names_its_field(fault, field) else f"{label(field.partition('[')[0], lang)}: {told}"


def _standings(a: Assessment | None, b: Assessment | None) -> tuple[Standing, ...]:
    """By name, the order of the newer side first; two of the same name are told apart by their number."""
    left, right = _by_name(a), _by_name(b)
    names = sorted({**right, **left}, key=lambda name: (_rank(right, name), _rank(left, name), name))
    return tuple(
        Standing(name[0], *left.get(name, (None, None)), *right.get(name, (None, None))) for name in names
    )


Placed = dict[Key, tuple[int | None, float | None]]


def _by_name(found: Assessment | None) -> Placed:
    return {key: (each.rank, each.value) for key, each in version_diff.by_name(found).items()}


def _rank(placed: Placed, name: Key) -> int:
    return placed.get(name, (None, None))[0] or 10_000


def _verdicts(a: Assessment | None, b: Assessment | None, lang: str) -> tuple[Verdicts, ...]:
    if a is None or b is None:
        return ()
    left = {each.rule: each.verdict.value for each in a.findings}
    right = {each.rule: each.verdict.value for each in b.findings}
    rules = dict.fromkeys([*left, *right])
    return tuple(
        Verdicts(rule, _title(rule, (b, a), lang), _word(left.get(rule), lang), _word(right.get(rule), lang))
        for rule in rules
        if left.get(rule) != right.get(rule)
    )


def _title(rule: str, found: Iterable[Assessment], lang: str) -> str:
    for each in found:
        try:
            return each.rule_set.rule(rule).title[lang]
        except KeyError:
            continue
    return rule


def _word(verdict: str | None, lang: str) -> str:
    return texts.text(f"analyses.location.document:verdicts.{verdict}", lang) if verdict else ""


def saved_in_words(when: dt.datetime, lang: str) -> str:
    """When a version was saved, by the clock in Norway; what is stored is UTC."""
    return _by_the_clock("saved", when, lang)


def _by_the_clock(said: str, when: dt.datetime, lang: str) -> str:
    told = when.replace(tzinfo=dt.UTC).astimezone(_zone())
    clock = f"{told:%H.%M}" if told.tzname() in ("CET", "CEST") else f"{told:%H.%M} UTC"
    return texts.text(f"workspace.drafts:said.{said}", lang, date=told.date(), clock=clock)


@cache
def _zone() -> dt.tzinfo:
    """Norwegian time; UTC, which is then said, on a machine without a table of time zones."""
    try:
        return ZoneInfo("Europe/Oslo")
    except ZoneInfoNotFoundError:
        return dt.UTC


def told_apart(drafts: Iterable[Draft], lang: str, titles: Mapping[str, str] | None = None) -> dict[str, str]:
    """What tells a case from the others of the same title, by id: when it was begun.

    Those begun in the same minute are numbered, the first begun first. A title that stands once is enough.

    Args:
        drafts: the cases that are shown together.
        lang: language of what is told.
        titles: id → the title as it is shown, where it is not the whole one.
    """
    by_title: dict[str, list[Draft]] = {}
    for each in drafts:
        by_title.setdefault(_even((titles or {}).get(each.id, each.title)), []).append(each)
    found: dict[str, str] = {}
    for alike in by_title.values():
        if len(alike) > 1:
            found |= _begun(alike, lang)
    return found


def _begun(alike: list[Draft], lang: str) -> dict[str, str]:
    by_moment: dict[str, list[str]] = {}
    for each in sorted(alike, key=lambda draft: (draft.begun_at or draft.changed_at, draft.id)):
        moment = _by_the_clock("begun", each.begun_at or each.changed_at, lang)
        by_moment.setdefault(moment, []).append(each.id)
    return {
        draft_id: moment if len(ids) == 1 else _numbered(moment, number, lang)
        for moment, ids in by_moment.items()
        for number, draft_id in enumerate(ids, start=1)
    }


def _numbered(moment: str, number: int, lang: str) -> str:
    return texts.text("workspace.drafts:said.begun_number", lang, begun=moment, number=number)


def choices(drafts: Iterable[Draft], lang: str) -> list[tuple[str, str]]:
    """Cases where one chooses among them: id, and a name that tells two apart also in a box that is closed.

    Such a box cuts off what is long, so of titles that begin alike the middle is left out and not the end.
    """
    listed = list(drafts)
    begins = Counter(_even(each.title)[:_IN_A_BOX] for each in listed)
    titles = {
        each.id: _without_middle(each.title) if begins[_even(each.title)[:_IN_A_BOX]] > 1 else each.title
        for each in listed
    }
    begun = told_apart(listed, lang, titles)
    return [(each.id, _name(each, titles[each.id], begun.get(each.id, ""), lang)) for each in listed]


def _even(title: str) -> str:
    return " ".join(title.casefold().split())


def _without_middle(title: str) -> str:
    whole = " ".join(title.split())
    half = _IN_A_BOX // 2
    return whole if len(whole) <= _IN_A_BOX else f"{whole[:half].rstrip()} … {whole[-half:].lstrip()}"


def _name(draft: Draft, title: str, begun: str, lang: str) -> str:
    title = title or texts.text("workspace.drafts:said.untitled", lang)
    values = {"title": title, "version": str(draft.version), "date": draft.changed_at.date(), "begun": begun}
    return texts.text(f"workspace.drafts:said.{'choice_of_several' if begun else 'choice'}", lang, **values)
