"""The keyboard is enough, one always sees where one is, and nobody loses their place."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

ACTIVE = "document.activeElement"
_SEEN = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  const around = getComputedStyle(at.closest('.ds-field') ?? at);
  const drawn = [style, around].some(it => it.outlineStyle !== 'none' || it.boxShadow !== 'none');
  return {name: (at.id || at.textContent || at.outerHTML).trim().slice(0, 60), drawn,
          size: Math.max(box.width, box.height), body: at === document.body};
}"""


def test_the_first_stop_leads_past_the_header(server: str, tab: Page) -> None:
    tab.goto(server)
    tab.keyboard.press("Tab")
    assert tab.evaluate(f"{ACTIVE}.getAttribute('href')") == "#main"
    assert tab.evaluate(f"{ACTIVE}.getBoundingClientRect().height") >= 24
    tab.keyboard.press("Enter")
    tab.wait_for_function(f"{ACTIVE}.id === 'main'")
    tab.keyboard.press("Tab")
    assert tab.evaluate(f"{ACTIVE}.id") == "front-search"


@pytest.mark.parametrize("address", ["/", "/place/5025", "/case", "/compare", "/search?q=bo"])
def test_one_gets_through_a_page_and_always_sees_where_one_is(server: str, tab: Page, address: str) -> None:
    tab.goto(server + address)
    stops = []
    for _ in range(300):
        tab.keyboard.press("Tab")
        at = tab.evaluate(_SEEN)
        if at["body"]:
            break
        stops.append(at)
    assert len(stops) > 8
    assert "accessibility" in tab.locator(".site-footer a").last.get_attribute("href")  # type: ignore[operator]
    assert at["body"], "no way out of the page"
    assert [each["name"] for each in stops if not each["drawn"] or each["size"] < 1] == []


def test_the_menu_and_the_languages_are_links_that_keep_the_page(server: str, tab: Page) -> None:
    tab.goto(f"{server}/compare?place=5025&place=1804")
    tab.focus(".languages a[lang=nn]")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**lang=nn**")
    assert tab.get_attribute("html", "lang") == "nn"
    assert tab.url.count("place=") == 2
    tab.focus(".site-nav a >> nth=0")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/places?lang=nn")
    tab.goto(f"{server}/about/sources")
    assert tab.get_attribute("html", "lang") == "nn", "the choice is kept in the cookie"


def test_search_suggests_while_one_writes_and_keeps_the_focus(server: str, tab: Page) -> None:
    tab.goto(server)
    tab.focus("#front-search")
    with tab.expect_response(lambda answer: "/suggest" in answer.url):
        tab.keyboard.type("Røro", delay=30)
    tab.wait_for_selector("#front-search-found option", state="attached")
    assert tab.evaluate(f"{ACTIVE}.id") == "front-search"
    tab.keyboard.press("Control+A")
    tab.keyboard.type("5025")
    tab.keyboard.press("Enter")
    tab.wait_for_url(lambda address: "5025" in address)
    assert "Røros" in tab.inner_text("main")


def test_a_wide_table_is_scrolled_by_the_arrows(server: str, tab: Page) -> None:
    tab.set_viewport_size({"width": 320, "height": 640})
    tab.goto(f"{server}/compare?place=5025&place=1804&place=0301")
    region = tab.locator(".table-region").first
    region.focus()
    for _ in range(5):
        tab.keyboard.press("ArrowRight")
    tab.wait_for_function("document.querySelector('.table-region').scrollLeft > 0")


def test_where_a_figure_comes_from_opens_by_the_keyboard(server: str, tab: Page) -> None:
    tab.goto(f"{server}/place/5025")
    tab.locator(".source summary").first.focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(".source[open] li").first).to_be_visible()


def test_faults_are_read_first_and_lead_to_their_field(server: str, tab: Page) -> None:
    tab.goto(f"{server}/case")
    tab.focus("form[action^='/case/upload'] button")
    tab.keyboard.press("Enter")
    tab.wait_for_function(f"{ACTIVE}.classList.contains('ds-error-summary')")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_function(f"{ACTIVE}.id === 'file'")


def test_what_is_swapped_in_is_announced_and_focus_is_not_lost(server: str, tab: Page) -> None:
    tab.goto(f"{server}/places")
    tab.evaluate("""() => {
        const main = document.getElementById('main');
        main.innerHTML = '<p><button id="gone">x</button></p>';
        document.getElementById('gone').focus();
        document.dispatchEvent(new Event('htmx:before:swap'));
        main.innerHTML = '<p data-announce="Tre treff">3</p>';
        document.dispatchEvent(new Event('htmx:after:swap'));
    }""")
    tab.wait_for_function("document.getElementById('announcer').textContent === 'Tre treff'")
    assert tab.evaluate(f"{ACTIVE}.id") == "main"
    tab.evaluate("""() => {
        document.getElementById('main').innerHTML = '<h2 tabindex="-1" data-focus id="new">Ny del</h2>';
        document.dispatchEvent(new Event('htmx:after:swap'));
    }""")
    assert tab.evaluate(f"{ACTIVE}.id") == "new"
