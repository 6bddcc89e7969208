"""A tender tested in a form and read from a file: without scripts, at 320 pixels, in every language."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from journeys.addresses import LANGUAGES, faults, in_language, overflow

NARROW = {"width": 320, "height": 640}
DRAFT, FILE = "/analysis/procurement/draft", "/analysis/procurement"
NOTICE = b"""procurement:
  dispatch: 2027-01-15
  lots:
    - {deadline: 2027-03-01, guarantee: true, value: {amount: 900000, currency: NOK}, months: 24,
       demands: [{code: slc-stand-to-gen, text: "Minste omsetning er 9 000 000 NOK."}]}
"""


@pytest.fixture
def plain(browser: Browser) -> Page:
    """A narrow browser that runs no script of ours."""
    return browser.new_context(java_script_enabled=False, viewport=NARROW).new_page()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_draft_is_judged_changed_and_judged_again(server: str, tab: Page, axe: str, lang: str) -> None:
    tab.set_viewport_size(NARROW)
    tab.goto(in_language(server, DRAFT, lang))
    for name, text in (("value", "900 000"), ("months", "24"), ("turnover", "9 000 000")):
        tab.fill(f"#field-{name}", text)
    tab.check("#field-guarantee")
    for changed in ("900 000", "mye"):
        with tab.expect_navigation():
            tab.locator("form[action*='procurement/draft'] button").click()
        assert tab.get_attribute("html", "lang") == lang
        assert faults(tab, axe) == []
        assert overflow(tab) <= 0
        tab.fill("#field-turnover", changed)


@pytest.mark.parametrize("lang", LANGUAGES[::2])
def test_a_supplier_reads_a_notice(server: str, tab: Page, axe: str, lang: str) -> None:
    tab.set_viewport_size(NARROW)
    tab.goto(in_language(server, FILE, lang))
    tab.set_input_files("#field-notice", {"name": "a.yaml", "mimeType": "text/plain", "buffer": NOTICE})
    tab.fill("#field-turnover", "3 000 000")
    with tab.expect_navigation() as gone:
        tab.locator("form[enctype] button").click()
    assert gone.value.status == 200, tab.inner_text("ds-error-summary")
    turnover = {"en": "9,000,000"}.get(lang, "9 000 000")
    assert turnover in tab.inner_text("main").replace("\u00a0", " ")
    assert faults(tab, axe) == []
    assert overflow(tab) <= 0


def test_no_script_is_needed(server: str, plain: Page) -> None:
    plain.goto(f"{server}{DRAFT}?lang=en")
    plain.fill("#field-value", "900000")
    plain.fill("#field-months", "24")
    plain.fill("#field-turnover", "9000000")
    plain.click("form[action*='procurement/draft'] button")
    assert "shuts smaller firms out" in plain.inner_text("main")
    plain.fill("#field-turnover", "500000")
    plain.click("form[action*='procurement/draft'] button")
    assert "gained" in plain.inner_text("main")
    plain.context.close()
