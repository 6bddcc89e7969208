"""Pages out of templates: `page("front.html", …)` in a handler, and what every template can use.

In every template and macro, without importing it:

- `_("English text")`, `ngettext("one", "%(num)s many", count)`, `{% trans %}`;
- `say("places:facts.population_last", name="")`: a sentence of another room's `texts.yaml`;
- `number(1234.5, 1)`, `date(day)`, `listed(names)`; `lang()` is nb, nn or en;
- `link("/place/5025", tab="work")`: an address that keeps the language; `here(page=2)`: this
  page with parts of its query changed (None takes a part away);
- `asset("app.css")`; `csrf_field()` inside every form that is posted, and `key_field()` inside one that
  makes something, so that it is made once however often the form is sent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextvars import ContextVar
from functools import cache
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import Request, Response
from litestar.enums import MediaType
from markupsafe import Markup

from tyngdepunkt import settings, texts
from tyngdepunkt.documents.layout import cell_text
from tyngdepunkt.places import Snapshot
from tyngdepunkt.web import i18n, packing, security, static_assets
from tyngdepunkt.web.parts import NavEntry

_YEAR = 365 * 24 * 3600
_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


class Page:
    """What one request needs to become a page. Handlers ask for it by the name `page`."""

    def __init__(self, request: Request[Any, Any, Any]) -> None:
        self.request = request
        asked = request.query_params.get("lang")
        self.lang = i18n.choose(
            asked, request.cookies.get(i18n.COOKIE), request.headers.get("accept-language", "")
        )
        self._chosen = asked if asked in settings.LANGUAGES else None
        self._session = request.cookies.get(security.COOKIE, "")
        self._cookies: list[dict[str, Any]] = []

    def __call__(
        self, template: str, *, status: int = 200, headers: dict[str, str] | None = None, **context: Any
    ) -> Response[str]:
        """The page as a response.

        Args:
            template: name of a file in `templates/pages/`.
            status: HTTP status.
            headers: more headers.
            context: what the template shows; anything it uses that is not given is an error.
        """
        content = self.render(f"pages/{template}", **context)
        response = Response(content, media_type=MediaType.HTML, status_code=status, headers=headers or {})
        self.keep(response)
        return response

    def render(self, template: str, **context: Any) -> str:
        """A template as text, for instance a fragment for htmx: `page.render("components/x.html")`."""
        token = _CURRENT.set(self)
        try:
            return environment().get_template(template).render(context)
        finally:
            _CURRENT.reset(token)

    def fragment(self, template: str, *, status: int = 200, **context: Any) -> Response[str]:
        """A part of a page, for htmx: the template renders the same macro as the whole page does."""
        content = self.render(template, **context)
        response = Response(content, media_type=MediaType.HTML, status_code=status)
        self.keep(response)
        return response

    @property
    def wants_fragment(self) -> bool:
        """Whether htmx asks for a part of the page."""
        return self.request.headers.get("hx-request") == "true"

    def gettext(self, message: str) -> str:
        """A message in the language of the page."""
        return i18n.translations(self.lang).gettext(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """A message for one or for many, in the language of the page."""
        return i18n.translations(self.lang).ngettext(one, many, count)

    def say(self, key: str, **values: Any) -> str:
        """A sentence of another room, for instance `places:quality.estimated`."""
        return texts.text(key, self.lang, **values)

    def speak(self, lang: str) -> None:
        """Answer in another language from here on, as if it had been asked for in the address."""
        self.lang = self._chosen = lang

    def link(self, path: str, **query: Any) -> str:
        """An address of ours that keeps the language asked for in this one."""
        kept = {"lang": self._chosen} if self._chosen else {}
        return _address(path, {**query, **kept})

    def here(self, **changes: Any) -> str:
        """The address of this page with parts of its query changed; None takes a part away."""
        asked = self.request.query_params  # its own multi_items() comes in no order, so pages would differ
        query: dict[str, Any] = {name: asked.getall(name) for name in dict.fromkeys(asked)}
        return _address(self.request.url.path, {**query, **changes})

    @property
    def asked(self) -> str | None:
        """The language asked for in the address itself; None where the browser or a cookie chose it."""
        return self._chosen

    def csrf_token(self) -> str:
        """The token of a form. Only now does the browser get a cookie."""
        self.own()
        if not security.is_session(self._session):
            self._session = security.new_session()
            self._cookies.append({"key": security.COOKIE, "value": self._session})
        return security.token(self._secret(), self._session)

    def own(self) -> None:
        """This answer is for one reader alone: it is neither packed nor kept for another."""
        self.request.scope["state"][packing.OWN] = True

    def whole(self, address: str) -> str:
        """An address of ours with the name under which the service was asked, to be copied elsewhere."""
        self.own()
        return str(self.request.base_url).rstrip("/") + address

    def once(self, form_key: str, *said: str) -> str:
        """An id for what a form makes, the same when it is sent twice; empty without the form's key."""
        return security.once(self._secret(), form_key[:100], self._session, *said)

    def keep(self, response: Response[Any]) -> None:
        """Set the cookies that became needed while the page was made."""
        safe = self.request.url.scheme == "https"
        for cookie in self._cookies:
            response.set_cookie(**cookie, httponly=True, samesite="lax", path="/", secure=safe)
        if self._chosen and self.request.cookies.get(i18n.COOKIE) != self._chosen:
            kept = {"key": i18n.COOKIE, "value": self._chosen, "max_age": _YEAR}
            response.set_cookie(**kept, httponly=True, samesite="lax", path="/", secure=safe)

    @property
    def snapshot(self) -> Snapshot:
        """The snapshot that all figures of the page come from."""
        snapshot: Snapshot = self.request.app.state.places.snapshot
        return snapshot

    @property
    def ways(self) -> tuple[NavEntry, ...]:
        """The ways into the modules that are there."""
        ways: tuple[NavEntry, ...] = self.request.app.state.ways
        return ways

    def _secret(self) -> bytes:
        secret: bytes = self.request.app.state.secret
        return secret


_CURRENT: ContextVar[Page] = ContextVar("page")


def provide_page(request: Request[Any, Any, Any]) -> Page:
    """The dependency `page`."""
    return Page(request)


@cache
def environment() -> Environment:
    """The one template environment: what is not given to a template is an error, not nothing."""
    found = Environment(
        loader=PackageLoader("tyngdepunkt.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # else the files of a page are looked at each time it is shown
        extensions=["jinja2.ext.i18n", "jinja2.ext.loopcontrols"],
    )
    current: Any = found
    current.install_gettext_callables(
        lambda message: _CURRENT.get().gettext(message),
        lambda one, many, count: _CURRENT.get().ngettext(one, many, count),
        newstyle=True,
    )
    found.globals.update(_globals())
    return found


def _globals() -> dict[str, Any]:
    return {
        "asset": static_assets.address,
        "cell_text": lambda value, column, missing: cell_text(value, column, missing, _CURRENT.get().lang),
        "has_asset": static_assets.has,
        "csrf_field": _csrf_field,
        "key_field": _key_field,
        "date": lambda day: texts.date(day, _CURRENT.get().lang),
        # of its own: on a page that shows a date, `date` is that date
        "figures_of": lambda: texts.date(_CURRENT.get().snapshot.built, _CURRENT.get().lang),
        "here": lambda **changes: _CURRENT.get().here(**changes),
        "lang": lambda: _CURRENT.get().lang,
        "languages": _NAMES,
        "link": lambda path, **query: _CURRENT.get().link(path, **query),
        "listed": _listed,
        "number": lambda value, decimals=0: texts.number(value, decimals, _CURRENT.get().lang),
        "path": lambda: _CURRENT.get().request.url.path,
        "query": lambda name, default="": _CURRENT.get().request.query_params.get(name, default),
        "say": lambda key, **values: _CURRENT.get().say(key, **values),
        "snapshot": lambda: _CURRENT.get().snapshot,
        "today": dt.date.today,
        "ways": lambda: _CURRENT.get().ways,
    }


_HIDDEN = Markup('<input type="hidden" name="{}" value="{}">')


def _csrf_field() -> Markup:
    return _HIDDEN.format(security.FIELD, _CURRENT.get().csrf_token())


def _key_field() -> Markup:
    return _HIDDEN.format(security.KEY, security.new_key())


def _listed(items: Iterable[str]) -> str:
    return texts.listed(items, _CURRENT.get().lang)


def _address(path: str, query: dict[str, Any]) -> str:
    parts = {name: value for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(parts, doseq=True)}" if parts else path
