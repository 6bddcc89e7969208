"""Enter in a field of a case goes on, in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page

from journeys.addresses import make_case


def test_enter_in_a_field_goes_on_and_keeps_the_language(server: str, tab: Page) -> None:
    base = f"{server}/case/{make_case(server, tab.context.request)}"
    tab.goto(f"{base}/unit")
    tab.fill("#title", "Skrevet med Enter")
    tab.press("#title", "Enter")
    tab.wait_for_url("**/jobs")
    assert tab.get_attribute("html", "lang") == "nb"
    assert not [each for each in tab.context.cookies() if each["name"] == "lang"], "no language was chosen"
    tab.fill("#q", "sykepleier")
    tab.press("#q", "Enter")
    tab.wait_for_url("**/jobs?q=sykepleier")
    tab.check("#add-2223")
    tab.press("#unit-total_jobs", "Enter")
    tab.wait_for_url("**/jobs?new=2223")
    focused = tab.evaluate("document.activeElement.id")
    assert focused.startswith("unit-jobs-")
    assert focused.endswith("-count")
    tab.keyboard.type("7")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/rules")
    tab.goto(f"{base}/alternatives")
    tab.fill("#q", "Alta")
    tab.press("#q", "Enter")
    tab.wait_for_url("**/alternatives")
    assert "Alta" in tab.inner_text("#listed")
    tab.goto(f"{base}/check")
    assert "Skrevet med Enter" in tab.inner_text("main")
