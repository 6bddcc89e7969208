"""The functions as a table for spreadsheets, the tables to publish, and the questions to answer."""

from __future__ import annotations

from functools import partial

from tyngdepunkt import texts
from tyngdepunkt.analyses.functions import narrative
from tyngdepunkt.analyses.functions.bound import ASKED
from tyngdepunkt.analyses.functions.coded import ROOM
from tyngdepunkt.analyses.functions.result import Functions
from tyngdepunkt.analyses.functions.values import METHODS
from tyngdepunkt.documents.document import Sheet

_ENDS = ("low", "mean", "high")


def sheet(result: Functions, lang: str) -> Sheet:
    """A row for each function; a share that is not there is empty."""
    say = partial(narrative.say, lang=lang)
    head = [*map(say, ("unit", "occupation", "name", "posts", "bound", "answered")), *map(say, _ENDS)]
    head += [
        *(texts.text(f"{ROOM}:method.{each}", lang) for each in METHODS),
        say("disagreement"),
        say("raised"),
    ]
    rows = [
        (
            each.unit,
            each.occupation,
            each.name,
            each.posts,
            "; ".join(reason.text for reason in each.bound_reasons),
            say("yes") if each.answered else "",
            *(None if each.band is None else getattr(each.band, end) for end in _ENDS),
            *(each.methods.get(method) for method in METHODS),
            each.disagreement.reason if each.disagreement else "",
            each.raised.text if each.raised else "",
        )
        for each in result.functions
    ]
    shares = len(_ENDS) + len(METHODS)
    forms = ("number",) * (len(head) - shares - 2) + ("share",) * shares
    return Sheet(say("sheet"), (tuple(head), *rows), forms=forms)


def places_sheet(result: Functions, lang: str) -> Sheet:
    """A row for each municipality; posts without one have no number."""
    say = partial(narrative.say, lang=lang)
    names = ("number", "place", "posts", "bound_posts", "fact_unknown", "open", *_ENDS)
    rows = [
        (
            each.place or None,
            each.name,
            *(each.posts, each.bound, each.unknown, each.open),
            *(getattr(each.independent, end) for end in _ENDS),
        )
        for each in result.places
    ]
    return Sheet(say("places_sheet"), (tuple(map(say, names)), *rows))


def published_sheet(result: Functions, lang: str) -> Sheet:
    """A row for each count that can be published."""
    say = partial(narrative.say, lang=lang)
    head = tuple(map(say, ("table", "unit", "place_or_group", "number", "posts")))
    rows = [
        (
            say(each.table),
            say("all") if each.unit is None else each.unit,
            each.name,
            (each.place if each.group is None else each.group) or "",
            say("hidden") if each.suppressed else each.count,
        )
        for each in result.published
    ]
    return Sheet(say("published_sheet"), (head, *rows))


def question_sheet(result: Functions, lang: str) -> Sheet:
    """The task items and needs for each function, to be answered and brought back."""
    say = partial(narrative.say, lang=lang)
    head = (*map(say, ("unit", "occupation", "name")), *(texts.text(f"{ROOM}:item.{t}", lang) for t in ASKED))
    empty = (None,) * len(ASKED)
    rows = [(each.unit, each.occupation, each.name, *empty) for each in result.functions]
    return Sheet(say("question_sheet"), (head, *rows))
