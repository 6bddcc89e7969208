"""Narrow, enlarged, with other spacing, other colours, on paper and without scripts: the same pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from journeys.addresses import all_addresses, make_case, overflow

# WCAG 2.2, 1.4.12: what a reader may set without losing anything.
SPACING = """* { line-height: 1.5 !important }
* { letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
_CUT = """() => [...document.querySelectorAll('body *')].filter(it => {
  const style = getComputedStyle(it);
  return style.overflowY === 'hidden' && style.clip === 'auto' && it.innerText?.trim()
    && it.clientHeight > 0 && it.scrollHeight > it.clientHeight + 2;
}).map(it => it.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def free(browser: Browser) -> Iterator[Page]:
    """A narrow window where a reader's own styles are let in."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True, locale="nb-NO")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def case(server: str, browser: Browser) -> str:
    """Id of a case with everything filled in."""
    context = browser.new_context()
    made = make_case(server, context.request)
    context.close()
    return made


@pytest.mark.parametrize("address", all_addresses())
def test_a_page_can_be_narrow_enlarged_and_spaced(server: str, case: str, free: Page, address: str) -> None:
    free.set_viewport_size({"width": 320, "height": 640})
    free.goto(server + address.replace("{case}", case))
    assert overflow(free) <= 0, "320 pixels, which is 400 % of 1280"
    free.add_style_tag(content=SPACING)
    assert overflow(free) <= 0, "spacing"
    assert free.evaluate(_CUT) == []
    free.set_viewport_size({"width": 640, "height": 450})
    assert overflow(free) <= 0, "200 %"
    free.set_viewport_size({"width": 1280, "height": 900})
    free.add_style_tag(content="html { font-size: 200% !important }")
    assert overflow(free) <= 0, "text alone at 200 %"
    assert free.evaluate(_CUT) == []


def test_a_phone_sees_the_page_and_not_just_its_header(server: str, free: Page) -> None:
    free.set_viewport_size({"width": 390, "height": 844})
    free.goto(f"{server}/place/5025")
    assert free.locator(".site-header").bounding_box()["height"] < 844 / 4  # type: ignore[index]


def test_with_colours_of_ones_own_one_still_sees_what_is_chosen(server: str, tab: Page) -> None:
    tab.emulate_media(forced_colors="active")
    tab.goto(f"{server}/places")
    border = "getComputedStyle(document.querySelector('.site-nav [aria-current]')).borderBlockEndColor"
    assert tab.evaluate(border) not in ("transparent", "rgba(0, 0, 0, 0)")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_on_paper_the_menu_is_gone_and_the_address_and_figures_are_named(server: str, tab: Page) -> None:
    tab.goto(f"{server}/place/5025")
    tab.pdf()  # a true printing, which pages are told of beforehand
    tab.emulate_media(media="print")
    assert not tab.locator(".site-nav").is_visible()
    assert not tab.locator(".place-search").first.is_visible()
    footer = tab.inner_text(".site-footer")
    assert f"{server}/place/5025" in footer
    assert "2026-" in footer
    for region in tab.locator(".table-region").all():
        assert region.evaluate("it => getComputedStyle(it).overflowX") == "visible"


@pytest.fixture(scope="module")
def _without_scripts(browser: Browser) -> Iterator[Page]:
    """One tab without scripts, which has the style sheets after the first page."""
    context = browser.new_context(java_script_enabled=False, locale="nb-NO")
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(_without_scripts: Page) -> Page:
    """A tab without scripts, and without cookies."""
    _without_scripts.context.clear_cookies()
    return _without_scripts


@pytest.mark.parametrize("address", all_addresses())
def test_the_page_is_there_without_scripts(server: str, case: str, plain: Page, address: str) -> None:
    plain.goto(server + address.replace("{case}", case))
    assert plain.locator("h1").count() == 1
    assert plain.locator("main").inner_text().strip()
    assert plain.locator(".site-nav a").count() >= 3


def test_search_languages_and_forms_work_without_scripts(server: str, plain: Page) -> None:
    plain.goto(server)
    plain.fill("#front-search", "Røros")
    plain.keyboard.press("Enter")
    plain.wait_for_url(lambda address: "q=" in address or "/place/" in address)
    assert "Røros" in plain.inner_text("main")
    plain.goto(f"{server}/place/5025")
    plain.get_by_role("link", name="English").click()
    assert plain.get_attribute("html", "lang") == "en"
    assert "/place/5025" in plain.url
    plain.goto(f"{server}/compare?lang=nb")
    fields = plain.locator("main form input[type=text]")
    fields.nth(0).fill("Røros")
    fields.nth(1).fill("Bodø")
    plain.locator("main form button").last.click()
    assert plain.locator("table").count() >= 1
    plain.goto(f"{server}/case?lang=nb")
    plain.locator("form[action^='/case'] button").first.click()
    assert "/unit" in plain.url
