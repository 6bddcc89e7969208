"""Why an indicator is left out, what is said of its figures, and how the case file was understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tyngdepunkt import texts
from tyngdepunkt.figures import Quality
from tyngdepunkt.texts import inside

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.document.view import View
    from tyngdepunkt.analyses.location.result import AlternativeResult, UsedIndicator
    from tyngdepunkt.figures import Figure, NoteValues
    from tyngdepunkt.places import Notice

Said = tuple[str, "NoteValues"]
CASES = "analyses.location"
OWN = ("indicators:stated_rent", "indicators:cost_stated_rent", "indicators:stays")
"""Remarks on some alternatives only, which the usual remark would be untrue of."""


def left_out(view: View, used: UsedIndicator) -> str:
    """Why an indicator takes no part in the ranking; empty where it does."""
    if not used.why_out:
        return ""
    name = used.indicator.id
    if used.why_out.endswith(".missing_all"):
        figures = view.figures(name, [item for item in view.everyone if item.places])
        told = notes(
            view, [each for each in figures if each.quality is not Quality.NOT_APPLICABLE] or figures
        )
        if told:
            return " ".join(told)
    missing = [each.name for each in view.everyone if _is_missing(each, name)]
    return _note(view, used.why_out, names=missing)


def remarks(view: View, used: Iterable[UsedIndicator]) -> list[str]:
    """What one must know of some indicators' figures, each remark once, with what it is about."""
    about: dict[tuple[str, str], list[str]] = {}
    for each in used:
        for whom, text in _remarks(view, each):
            about.setdefault((whom, text), []).append(each.indicator.title[view.lang])
    said = []
    for (whom, text), names in about.items():
        named = texts.listed([names[0], *map(inside, names[1:])], view.lang)
        label = view.say("in_brackets", name=named, remark=whom) if whom else named
        said.append(view.say("labelled", name=label, said=text))
    return said


def _remarks(view: View, used: UsedIndicator) -> list[tuple[str, str]]:
    """The usual remark on its figures, those of some, and why figures lack; with whom, if not all."""
    name = used.indicator.id
    items = [item for item in view.columns if name in item.measurements]
    usual = Counter(_said(each) for each in view.figures(name, items) if each.value is not None and each.note)
    own = {(key, ()): _with_note(name, items, key) for key in OWN if usual.pop((key, ()), 0)}
    lacking: dict[Said, list[str]] = {}
    for item in items:
        figure = item.measurements[name].figure
        if figure.value is None and figure.quality is not Quality.NOT_APPLICABLE and figure.note:
            lacking.setdefault(_said(figure), []).append(item.name)
    found = [
        (", ".join(_with_note(name, items, said[0])) if own else "", _in_words(view, said))
        for said, _ in usual.most_common(1)
    ]
    found += [(", ".join(names) if usual else "", _in_words(view, said)) for said, names in own.items()]
    for said, names in lacking.items():
        whole = len(names) == len(items)
        found.append(("" if whole else ", ".join(names), _in_words(view, said)))
    return found


def _with_note(name: str, items: Iterable[AlternativeResult], key: str) -> list[str]:
    return [item.name for item in items if item.measurements[name].figure.note == key]


def notice(view: View, found: Notice) -> str:
    """A notice about how the case file was understood."""
    return texts.text(found.key, view.lang, **found.values)


def notes(view: View, figures: Iterable[Figure]) -> list[str]:
    """What is said of some figures, each sentence once."""
    said = dict.fromkeys(_said(figure) for figure in figures if figure.note)
    return [_in_words(view, each) for each in said]


def _said(figure: Figure) -> Said:
    return figure.note, figure.note_values


def _in_words(view: View, said: Said) -> str:
    return _note(view, said[0], **dict(said[1]))


def _note(view: View, key: str, **values: object) -> str:
    return texts.text(key if ":" in key else f"{CASES}:{key}", view.lang, **values)


def _is_missing(item: AlternativeResult, name: str) -> bool:
    found = item.measurements.get(name)
    return found is not None and found.figure.value is None and bool(item.places)
