"""One address or more of every page there is; a page that has none here is a failing test.

`{case}` stands for the id of a case that is made for the tests.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import APIRequestContext, Page

from tyngdepunkt.web.pages.case.walk import STEPS
from tyngdepunkt.web.parts import collect

CASE_FILE = Path(__file__).parents[2] / "examples" / "location" / "eksempeldirektoratet.yaml"
LANGUAGES = ("nb", "nn", "en")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_COLOURS = {"color-contrast": {"enabled": False}}
WORDS = {**RULES, "rules": _COLOURS}
"""The same without colours, which no language changes and which take most of the time."""

EXAMPLES: dict[str, tuple[str, ...]] = {
    "/": ("/",),
    "/about/accessibility": ("/about/accessibility",),
    "/about/sources": ("/about/sources",),
    "/case": ("/case",),
    "/case/compare": ("/case/compare", "/case/compare?a={case}&b={case}"),
    "/case/{draft_id}/documents": ("/case/{case}/documents",),
    "/case/{draft_id}/result": ("/case/{case}/result",),
    "/case/{draft_id}/versions": ("/case/{case}/versions",),
    "/case/{draft_id}/{step_id}": tuple(f"/case/{{case}}/{step.id}" for step in STEPS),
    "/compare": ("/compare", "/compare?place=5025&place=1804"),
    "/map": ("/map",),
    "/place/{name}": ("/place/5025", "/place/0301"),
    "/places": ("/places", "/places?county=50"),
    "/region/{name}": ("/region/91",),
    "/search": ("/search", "/search?q=bod%C3%B8", "/search?q=ingen-slik"),
    "/town/{name}": ("/town/6631",),
}
FAULTY = {
    "/nothing-here": 404,
    "/place/ingen-slik": 404,
    "/place/1507": 409,
    "/compare?place=5025&place=1507": 422,
}
"""Addresses that answer with an error page, and its status."""

NOT_PAGES = {"/suggest", "/case/{draft_id}"}
"""A fragment of a page, and an address that only sends one on."""

_ENDINGS = (".json", ".csv", ".svg", ".geojson", ".yaml")
_FILES = ("/document/", "/layers/", "/api/")


def page_routes() -> set[str]:
    """Paths of every handler of `pages/` that answers GET with a page."""
    found: set[str] = set()
    for handler in collect().handlers:
        if "GET" in getattr(handler, "http_methods", ()) and handler.fn.__module__.startswith(
            "tyngdepunkt.web.pages."
        ):
            found |= {_plain(path) for path in handler.paths}
    return {
        path for path in found if not path.endswith(_ENDINGS) and not any(part in path for part in _FILES)
    }


def _plain(path: str) -> str:
    return "/" + "/".join(
        part.split(":")[0] + "}" if part[:1] == "{" else part for part in path.split("/")[1:]
    )


def all_addresses() -> list[str]:
    """Every address to look at: those of the routes that are there, and the faulty ones."""
    there = page_routes()
    return [*(each for route in EXAMPLES if route in there for each in EXAMPLES[route]), *FAULTY]


def make_case(server: str, request: APIRequestContext) -> str:
    """Upload the example case as a person without scripts would; its id."""
    form = request.get(f"{server}/case").text()
    token = form.split('name="csrf_token" value="')[1].split('"')[0]
    file: Any = {"name": "case.yaml", "mimeType": "application/yaml", "buffer": CASE_FILE.read_bytes()}
    answer = request.post(f"{server}/case/upload", multipart={"csrf_token": token, "file": file})
    return answer.url.split("/case/")[1].split("/")[0]


def faults(tab: Page, axe: str, rules: dict[str, Any] = RULES) -> list[str]:
    """What axe finds on the page that is open: rule and element."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(axe)
    found = tab.evaluate("rules => axe.run(document, rules)", rules)
    return [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]]


def overflow(tab: Page) -> int:
    """How many pixels wider than the window the page is."""
    return int(tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def in_language(server: str, address: str, lang: str) -> str:
    """The address with a language asked for."""
    return f"{server}{address}{'&' if '?' in address else '?'}lang={lang}"
