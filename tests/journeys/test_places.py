"""A newcomer finds a place and compares it: with a mouse, with the keyboard alone, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from journeys.addresses import in_language, overflow

NARROW = {"width": 320, "height": 800}


@pytest.fixture
def still(browser: Browser) -> Iterator[Page]:
    """A tab in a browser without JavaScript."""
    context: BrowserContext = browser.new_context(java_script_enabled=False, locale="nb-NO")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def find_and_compare(tab: Page, server: str) -> None:
    tab.goto(server)
    tab.locator("main input[name=q], header input[name=q]").first.fill("roros")
    tab.locator("main form[role=search] button, header form[role=search] button").first.click()
    tab.get_by_role("link", name="Røros - Rosse").first.click()
    expect(tab.get_by_role("heading", level=1)).to_have_text("Røros - Rosse")
    tab.get_by_role("link", name="Sammenlign med et annet sted").click()
    expect(tab.locator("#place-1")).to_have_value("Røros - Rosse")
    tab.locator("#place-2").fill("Tynset")
    tab.locator("form.compare-form button").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Tynset")
    assert tab.locator("#compare-table thead th").count() == 3


def test_a_newcomer_finds_a_place_and_compares_it(tab: Page, server: str) -> None:
    find_and_compare(tab, server)
    shared = tab.locator("#share-address").input_value()
    other = tab.context.new_page()
    other.goto(shared)
    expect(other.get_by_role("heading", level=1)).to_contain_text("Tynset")


def test_the_same_without_scripts(still: Page, server: str) -> None:
    find_and_compare(still, server)
    still.locator("#compare-table details summary").first.click()
    expect(still.locator("#compare-table details ul").first).to_be_visible()


def press_until(tab: Page, selector: str, key: str = "Tab", most: int = 80) -> None:
    for _ in range(most):
        tab.keyboard.press(key)
        if tab.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector):
            return
    raise AssertionError(f"{selector} is not reached with {key}")


def test_the_same_with_the_keyboard_alone(tab: Page, server: str) -> None:
    tab.goto(f"{server}/search")
    press_until(tab, "input[name=q]")
    tab.keyboard.type("røros")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search?q=*")
    press_until(tab, 'main a[href="/place/5025"]')
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/place/5025")
    press_until(tab, 'main a[href^="/compare"]')
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/compare?*")
    press_until(tab, "#place-2")
    tab.keyboard.type("Os")
    press_until(tab, "form.compare-form button")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/compare?place=*&place=Os*")
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Os")
    press_until(tab, ".table-region")


def test_a_fault_leads_to_its_field(tab: Page, server: str) -> None:
    tab.goto(f"{server}/compare?place=5025&place=qqqqzz")
    tab.locator(".ds-error-summary a").first.click()
    expect(tab.locator("#place-2")).to_be_focused()


@pytest.mark.parametrize(
    "path",
    [
        "/place/5636",
        "/region/30",
        "/town/0001",
        "/places?county=56",
        "/search?q=tro",
        "/compare?place=5025&place=4647&place=0301&place=1508&place=1580",
    ],
)
def test_nothing_scrolls_sideways_on_a_narrow_screen(looking: Page, server: str, path: str) -> None:
    """With longer names and more of them than test_axe has, which looks at every page."""
    looking.set_viewport_size(NARROW)
    looking.goto(in_language(server, path, "nn"))
    assert overflow(looking) <= 0
