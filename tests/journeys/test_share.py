"""A result is shared, read and withdrawn, with no script; the pages of it are as good as the others."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from journeys.addresses import LANGUAGES, faults, lost, make_case, overflow


def share(page: Page, server: str, case: str) -> str:
    page.goto(f"{server}/case/{case}/result?lang=nb")
    page.locator("details:has(#share) > summary").click()
    page.get_by_role("button", name="Lag en adresse for lesing").click()
    return page.inner_text("#shared-address")


def test_sharing_and_withdrawing_need_no_script(server: str, plain: Page, browser: Browser) -> None:
    address = share(plain, server, make_case(server, plain.context.request))
    assert address.startswith(f"{server}/shared/")
    reader = browser.new_context(locale="nb-NO").new_page()
    answer = reader.goto(address)
    assert answer
    assert answer.ok
    assert reader.locator("#recommendation").is_visible()
    assert reader.locator("main form, main button").count() == 0
    plain.get_by_role("button", name="Trekk tilbake").click()
    assert plain.url.partition("?")[0].partition("#")[0].endswith("/result")
    again = reader.goto(address)
    assert again
    assert again.status == 404
    assert "trukket tilbake" in reader.inner_text("main")
    reader.context.close()


@pytest.mark.parametrize("lang", LANGUAGES[::2])
def test_the_shared_page_is_for_everybody(server: str, tab: Page, case: str, axe: str, lang: str) -> None:
    address = share(tab, server, case)
    assert lang != "nb" or faults(tab, axe) == []
    tab.goto(f"{address}?lang={lang}")
    assert tab.get_attribute("html", "lang") == lang
    assert faults(tab, axe) == []
    assert lost(tab) == []
    tab.set_viewport_size({"width": 390, "height": 844})
    assert overflow(tab) == 0
