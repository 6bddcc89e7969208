"""What the steps share: the drafts, the scores, and the small grammar of forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from litestar import Request
from litestar.di import Provide

from tyngdepunkt import settings
from tyngdepunkt.analyses.location.live.weighing import Desktop
from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs import dates
from tyngdepunkt.places import Places
from tyngdepunkt.web.rendering import Page
from tyngdepunkt.web.request_values import clean, whole
from tyngdepunkt.workspace.drafts import Draft, Drafts
from tyngdepunkt.workspace.drafts.shares import Shares

Changes = dict[str, Any]
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day_of(text: str) -> str:
    """A day as people write it, 23.11.2026 or 23. november 2026, as 2026-11-23; anything else as it is."""
    try:
        return dates.date(text).isoformat()
    except UserError:
        return text


def day_shown(value: Any) -> str:
    """A day of a case file as it is written in a field: 23.11.2026; anything else as it is.

    >>> day_shown("2026-11-03"), day_of("03.11.2026"), day_shown("i går"), day_shown(None)
    ('03.11.2026', '2026-11-03', 'i går', '')
    """
    text = "" if value is None else str(value)
    try:
        return dates.written(dates.date(value)) if _ISO_DAY.fullmatch(text) else text
    except UserError:
        return text


class Form:
    """What was posted: text only, trimmed, control characters taken out."""

    def __init__(self, posted: Any) -> None:
        self._posted = posted

    def text(self, name: str) -> str:
        """One field, empty where it is not there."""
        value = self._posted.get(name, "")
        return clean(value) if isinstance(value, str) else ""

    def all(self, name: str) -> list[str]:
        """Every value of a field that occurs several times, in order."""
        return [clean(value) for value in self._posted.getall(name, []) if isinstance(value, str)]

    def lines(self, name: str) -> list[str]:
        """The lines of a field that are not blank."""
        return [line.strip() for line in self.text(name).splitlines() if line.strip()]

    def number(self, name: str, default: int = 0) -> int:
        """A whole number that we wrote into the form ourselves."""
        return whole(self.text(name), default)

    def has(self, name: str) -> bool:
        """Whether the field was sent at all."""
        return name in self._posted


@dataclass(frozen=True, slots=True)
class StepContext:
    """What a step may look at.

    Args:
        form: what was posted, where something was; `draft` then holds answers that are not saved.
        stored: the newest version as it is stored, where it need not be `draft`.
    """

    draft: Draft
    places: Places
    page: Page
    form: Form | None = None
    stored: Draft | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the case.

    Args:
        id: last part of its address, and the name of its template.
        title: the page's question, marked with `N_`.
        fields: the fields of the case it writes.
        parse: form → the fields it writes (None takes a field away).
        context: what the template shows beside the draft.
        extra: what is wrong that no field of the case can hold, as (id of the input, text).
        doubts: of that, what would mean something else once it is stored; it is never saved, whichever
            button sends it.
        template: name of its template, where it is not its id.
        more: whether it is one of those that a case can do without.
        live: what its template `_live_<id>` shows while one writes; None where nothing is counted.
        stay: the query with which the page is shown again once its answers are saved, because it has
            something more to ask or to show; None where one goes on.
    """

    id: str
    title: str
    fields: tuple[str, ...]
    parse: Callable[[Form, StepContext], Changes]
    context: Callable[[StepContext], Mapping[str, Any]]
    extra: Callable[[Form, StepContext], list[tuple[str, str]]] = lambda _form, _around: []
    doubts: Callable[[Form, StepContext], list[tuple[str, str]]] = lambda _form, _around: []
    template: str = ""
    more: bool = False
    live: Callable[[StepContext], Mapping[str, Any]] | None = None
    stay: Callable[[Form], Mapping[str, Any] | None] = lambda _form: None


@cache
def _drafts(url: str) -> Drafts:
    from tyngdepunkt.analyses.location.assess import METHOD_VERSION

    return Drafts(url, METHOD_VERSION)


def _provide_drafts() -> Drafts:
    return _drafts(settings.database_url())


@cache
def _shares(url: str) -> Shares:
    return Shares(url)


def _provide_shares() -> Shares:
    return _shares(settings.database_url())


def _provide_desktop(request: Request[Any, Any, Any], places: Places) -> Desktop:
    kept = request.app.state.get("desktop")
    if kept is None:
        kept = request.app.state["desktop"] = Desktop(places)
    found: Desktop = kept
    return found


provide_drafts = Provide(_provide_drafts, sync_to_thread=False)
provide_shares = Provide(_provide_shares, sync_to_thread=False)
provide_desktop = Provide(_provide_desktop, sync_to_thread=False)
