"""One address or more of every page there is; a page that has none here is a failing test.

`{case}` stands for the id of a case that is made for the tests.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import APIRequestContext, Page

from tyngdepunkt.analyses.contract import Analysis, Brings
from tyngdepunkt.web.pages.case._steps import MORE
from tyngdepunkt.web.pages.case.step_flow import STEPS
from tyngdepunkt.web.parts import collect
from tyngdepunkt.web.read.analysis import in_forms

CASE_FILE = Path(__file__).parents[2] / "examples" / "location" / "eksempeldirektoratet.yaml"
ELSEWHERE = "elsewhere.invalid"
"""A name that the tests' browser leads to this machine, and that the web does not answer to."""
LANGUAGES = ("nb", "nn", "en")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_OF_WORDS = (
    "aria-command-name aria-input-field-name aria-toggle-field-name button-name document-title empty-heading "
    "empty-table-header frame-title html-has-lang html-lang-valid image-alt image-redundant-alt "
    "input-button-name label landmark-unique link-name select-name summary-name svg-img-alt "
    "table-duplicate-name valid-lang"
)
WORDS = {"runOnly": {"type": "rule", "values": _OF_WORDS.split()}}
"""The rules that a language can break: names, labels and languages. The rest is looked at in bokmål."""


def _asked(made_for: Analysis) -> str:
    """The rest of the address that asks about the example, where a place is asked about."""
    return f"?place={made_for.example}" if made_for.brings is Brings.PLACE else ""


_ANSWERED = (
    "location_policy~conditions=less&cost_effectiveness~location_policy=less&labour_market~location_policy=less"
    "&labour_market~cost_effectiveness=less&mitigation~cost_effectiveness=less&mitigation~labour_market=as_much"
)
"""Every question of which of two considerations matters more, answered."""

EXAMPLES: dict[str, tuple[str, ...]] = {
    "/": ("/",),
    "/about/accessibility": ("/about/accessibility",),
    "/about/sources": ("/about/sources",),
    "/analyses": ("/analyses",),
    **{f"/analysis/{each.command}": (f"/analysis/{each.command}{_asked(each)}",) for each in in_forms()},
    "/analysis/procurement/draft": ("/analysis/procurement/draft",),
    "/api/docs": ("/api/docs",),
    "/case": ("/case",),
    "/case/compare": ("/case/compare?a={case}&b={case}", "/case/compare"),
    "/case/{draft_id}/documents": ("/case/{case}/documents",),
    "/case/{draft_id}/order": ("/case/{case}/order", f"/case/{{case}}/order?{_ANSWERED}"),
    "/case/{draft_id}/result": ("/case/{case}/result",),
    "/case/{draft_id}/versions": ("/case/{case}/versions",),
    "/case/{draft_id}/{step_id}": tuple(f"/case/{{case}}/{step.id}" for step in (*STEPS, *MORE)),
    "/compare": ("/compare?place=5025&place=1804", "/compare"),
    "/map": ("/map",),
    "/place/{name}": ("/place/5025", "/place/0301"),
    "/places": ("/places?county=50",),
    "/region/{name}": ("/region/91",),
    "/search": ("/search?q=bod%C3%B8", "/search", "/search?q=ingen-slik"),
    "/town/{name}": ("/town/6631",),
}
"""Route → addresses of it; the first of them, and every step of a case, is pictured in docs/web.md."""

FAULTY = {
    "/nothing-here": 404,
    "/place/ingen-slik": 404,
    "/shared/ingen-slik": 404,
    "/region/999": 404,
    "/town/0000": 404,
    "/case/ingen-slik/unit": 404,
    "/case/{case}/ingen-slik": 404,
    "/case/{case}/live/unit": 405,
    "/place/1507": 409,
    "/compare?place=5025&place=1507": 422,
}
"""Addresses that answer with an error page, and its status; what a form causes is sent in test_axe."""

NOT_PAGES = {
    "/suggest",
    "/case/{draft_id}",
    "/case/upload",
    *(f"/case/{{draft_id}}/{name}" for name in ("copy", "delete", "restore", "weigh", "ledger-file")),
    *(f"/case/{{draft_id}}/{name}" for name in ("share", "withdraw")),
    "/shared/{token}",
}
"""A fragment of a page, addresses that only send one on, and one that must be made first."""

_ENDINGS = (".json", ".csv", ".svg", ".geojson", ".yaml", ".xlsx")
_FILES = ("/document/", "/layers/", "/api/v1/")


def page_routes() -> set[str]:
    """Paths of every handler of ours that answers GET with a page."""
    gets = [each for each in collect().handlers if "GET" in getattr(each, "http_methods", ())]
    found = {_plain(path) for handler in gets for path in handler.paths}
    return {
        path for path in found if not path.endswith(_ENDINGS) and not any(part in path for part in _FILES)
    }


def _plain(path: str) -> str:
    return "/" + "/".join(
        part.split(":")[0] + "}" if part[:1] == "{" else part for part in path.split("/")[1:]
    )


def all_addresses() -> list[str]:
    """Every address to look at: those of the pages, and the faulty ones."""
    return [*(each for addresses in EXAMPLES.values() for each in addresses), *FAULTY]


def pictured() -> dict[str, str]:
    """Name of a picture → the address it is taken of: one for each page, and for each step of a case."""
    found: dict[str, str] = {}
    for route, addresses in EXAMPLES.items():
        for address in addresses if "{step_id}" in route else addresses[:1]:
            path = address if "{step_id}" in route else route
            words = [part for part in path.split("/") if part and "{" not in part]
            found["-".join(words) or "front"] = address
    return found


DRAFT_FILE = Path(__file__).parents[2] / "examples" / "procurement" / "vintervedlikehold.yaml"
SENT: dict[str, tuple[str, dict[str, str | Path]]] = {
    "analysis-procurement-answer": ("/analysis/procurement", {"notice": DRAFT_FILE, "as_of": "2026-12-15"}),
    "analysis-procurement-draft-answer": (
        "/analysis/procurement/draft",
        {
            "name": "Vintervedlikehold (oppdiktet)",
            "value": "900 000",
            "months": "24",
            "turnover": "4 000 000",
        },
    ),
}
"""Name of a picture → the page with the form, and what is written in its fields; a path is a file."""


def make_case(server: str, request: APIRequestContext, content: bytes | None = None) -> str:
    """Upload a case, or the example, as a person without scripts would; its id."""
    form = request.get(f"{server}/case").text()
    token = form.split('name="csrf_token" value="')[1].split('"')[0]
    written = content or CASE_FILE.read_bytes()
    file: Any = {"name": "case.yaml", "mimeType": "application/yaml", "buffer": written}
    answer = request.post(f"{server}/case/upload", multipart={"csrf_token": token, "file": file})
    return answer.url.split("/case/")[1].split("/")[0]


def faults(tab: Page, axe: str, rules: dict[str, Any] = RULES) -> list[str]:
    """What axe finds on the page that is open: rule and element."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(axe)
    tab.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    found = tab.evaluate("rules => axe.run(document, {...rules, resultTypes: ['violations']})", rules)
    return [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]]


# WCAG 2.2, 1.4.12: what a reader may set without losing anything.
_SPACING = """* { line-height: 1.5 !important }
* { letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
_LARGE = "html { font-size: 200% !important }"
# a sheet made like this is a reader's own: no policy of the page refuses it
_SET = """sheet => {
  const made = new CSSStyleSheet();
  made.replaceSync(sheet);
  made.readers = true;
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, made];
}"""
_UNSET = "document.adoptedStyleSheets = document.adoptedStyleSheets.filter(it => !it.readers)"
_CUT = """() => [...document.querySelectorAll('body *')].filter(it => {
  const style = getComputedStyle(it);
  return style.overflowY === 'hidden' && style.clip === 'auto' && it.innerText?.trim()
    && it.clientHeight > 0 && it.scrollHeight > it.clientHeight + 2;
}).map(it => it.outerHTML.slice(0, 120))"""


def lost(tab: Page) -> list[str]:
    """What is wider than the window or cut when the open page is narrow, spaced, enlarged; it ends wide."""
    found: list[str] = []

    def look(how: str, width: int, height: int) -> None:
        tab.set_viewport_size({"width": width, "height": height})
        found.extend([f"{how}: {over} pixels too wide"] if (over := overflow(tab)) > 0 else [])

    look("320 pixels, which is 400 % of 1280", 320, 640)
    tab.evaluate(_SET, _SPACING)
    look("spacing", 320, 640)
    found += tab.evaluate(_CUT)
    look("200 %", 640, 450)
    tab.evaluate(_SET, _LARGE)
    look("text alone at 200 %", 1280, 900)
    found += tab.evaluate(_CUT)
    tab.evaluate(_UNSET)
    return found


def overflow(tab: Page) -> int:
    """How many pixels wider than the window the page is."""
    return int(tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def in_language(server: str, address: str, lang: str) -> str:
    """The address with a language asked for."""
    return f"{server}{address}{'&' if '?' in address else '?'}lang={lang}"
