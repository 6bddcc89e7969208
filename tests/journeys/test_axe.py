"""Every page: no fault that axe can find, no sideways scroll, nothing refused or fetched from afar.

Pages of a module are added to `PAGES`; a page that must first be filled in belongs in a journey,
which can call `faults` and `overflow` from here.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

PAGES = [
    "/",
    "/about/sources",
    "/about/accessibility",
    "/nothing-here",
    "/places",
    "/places?county=50",
    "/place/5025",
    "/search?q=bod%C3%B8",
    "/compare?place=5025&place=1804",
    "/case",
]
LANGUAGES = ("nb", "nn", "en")
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def faults(tab: Page, axe: str) -> list[str]:
    """What axe finds on the page that is open: rule and element."""
    tab.evaluate(axe)
    found = tab.evaluate("rules => axe.run(document, rules)", _RULES)
    return [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"]]


def overflow(tab: Page) -> int:
    """How many pixels wider than the window the page is."""
    return int(tab.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(server: str, tab: Page, axe: str, address: str, lang: str) -> None:
    tab.goto(_in(server, address, lang))
    assert faults(tab, axe) == []
    assert tab.get_attribute("html", "lang") == lang


@pytest.mark.parametrize("address", PAGES)
def test_it_is_readable_in_the_dark(server: str, browser: Browser, axe: str, address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    tab = context.new_page()
    tab.goto(server + address)
    found = faults(tab, axe)
    context.close()
    assert found == []


@pytest.mark.parametrize("address", PAGES)
def test_nothing_scrolls_sideways_at_320_pixels(server: str, tab: Page, address: str) -> None:
    tab.set_viewport_size({"width": 320, "height": 640})
    tab.goto(server + address)
    assert overflow(tab) <= 0


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_refused_and_nothing_comes_from_afar(server: str, tab: Page, address: str) -> None:
    said: list[str] = []
    asked: list[str] = []
    tab.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(server + address, wait_until="networkidle")
    if address == "/nothing-here":
        said = [each for each in said if "404" not in each]
    assert said == []
    assert [each for each in asked if not each.startswith((server, "data:"))] == []


@pytest.mark.parametrize("address", PAGES)
def test_the_page_is_there_without_javascript(server: str, browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(server + address)
    heads = tab.locator("h1").count()
    ways = tab.locator("nav a").count()
    context.close()
    assert heads == 1
    assert ways >= 3


def test_the_first_tab_stop_leads_past_the_header(server: str, tab: Page) -> None:
    tab.goto(server)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getAttribute('href')") == "#main"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.id") == "front-search"


def test_search_suggests_while_one_writes_and_finds_by_keyboard_alone(server: str, tab: Page) -> None:
    tab.goto(server)
    tab.focus("#front-search")
    with tab.expect_response(lambda answer: "/suggest" in answer.url):
        tab.keyboard.type("Røro", delay=30)
    tab.wait_for_selector("#front-search-found option", state="attached")
    tab.keyboard.press("Control+A")
    tab.keyboard.type("5025")
    tab.keyboard.press("Enter")
    tab.wait_for_url(lambda address: "5025" in address)
    assert "Røros" in tab.inner_text("main")


def _in(server: str, address: str, lang: str) -> str:
    return f"{server}{address}{'&' if '?' in address else '?'}lang={lang}"
