"""Sites asked for in a form: the answer, and what is wrong, at 320 pixels and in every language."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from journeys.addresses import LANGUAGES, faults, in_language, overflow

NARROW = {"width": 320, "height": 640}
POINTS = b"id,x,y,demand,existing\na,0,0,5,1\nb,1,0,3,1\nc,9,0,9,1\n"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sites_are_found_and_faults_are_told(server: str, tab: Page, axe: str, lang: str) -> None:
    tab.set_viewport_size(NARROW)
    tab.goto(in_language(server, "/analysis/site", lang))
    tab.set_input_files("#field-instance", {"name": "a.csv", "mimeType": "text/csv", "buffer": POINTS})
    for count, status in (("9", 422), ("2", 200)):
        tab.fill("#field-p", count)
        with tab.expect_navigation() as gone:
            tab.locator("form[enctype] button").click()
        assert gone.value.status == status
        assert tab.get_attribute("html", "lang") == lang
        assert faults(tab, axe) == []
        assert overflow(tab) <= 0
    assert tab.locator("button[value=zip]").count() == 1
    assert tab.locator("table").inner_text().split()[-5:-3] == [
        "c",
        {"nb": "ja", "nn": "ja", "en": "yes"}[lang],
    ]
