"""A newcomer makes a case from nothing, changes language and gets the document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from journeys.addresses import make_case
from tyngdepunkt.web.pages.case._steps import MORE
from tyngdepunkt.web.pages.case.step_flow import STEPS

_RUN = "axe.run().then(found => found.violations.map(each => [each.id, each.nodes[0].html]))"


def make(page: Any, address: str) -> str:
    page.goto(f"{address}/case?lang=nb")
    page.get_by_role("button", name="Begynn på en ny sak").click()
    page.fill("#title", "Prøvesak")
    page.fill("#unit-name", "Prøveenheten")
    page.fill("#date", "2026-01-01")
    page.check("#trigger-1")
    for _ in range(4):
        page.get_by_role("button", name="Lagre og gå videre").click()
    page.fill("#places", "Hamar\nGjøvik\nFørde\nBergen")
    page.get_by_role("button", name="Lagre og gå videre").click()
    page.check("#weights-1")
    page.get_by_role("button", name="Lagre og gå videre").click()
    return str(page.url.split("?")[0].rsplit("/", 1)[0])


@pytest.fixture(scope="module")
def newcomers(browser: Any, server: str) -> bytes:
    """The file of the case that a newcomer makes, with little in it."""
    context = browser.new_context(java_script_enabled=False, locale="nb-NO")
    page = context.new_page()
    content: bytes = page.request.get(f"{make(page, server)}/document/yaml").body()
    context.close()
    return content


@pytest.mark.parametrize("script", [True, False])
def test_a_newcomer_makes_a_case_and_downloads_the_document(browser: Any, server: str, script: bool) -> None:
    context = browser.new_context(java_script_enabled=script, locale="nb-NO")
    page = context.new_page()
    base = make(page, server)
    page.get_by_role("link", name="English").click()
    page.get_by_role("link", name="See the result").click()
    assert "The result" in page.title()
    page.get_by_role("link", name="Documents and history").click()
    with page.expect_download() as got:
        page.get_by_role("link", name="Word document").click()
    assert Path(got.value.path()).read_bytes()[:2] == b"PK"
    assert base in page.url
    context.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_change_of_language_mid_way_loses_nothing(browser: Any, server: str, script: bool) -> None:
    context = browser.new_context(java_script_enabled=script, locale="nb-NO")
    page = context.new_page()
    page.goto(f"{server}/case")
    page.get_by_role("button", name="Begynn på en ny sak").click()
    page.fill("#title", "Halvferdig")  # nothing else, and nothing saved
    page.get_by_role("button", name="Nynorsk").click()
    assert page.locator("html").get_attribute("lang") == "nn"
    assert page.input_value("#title") == "Halvferdig"
    page.fill("#date", "i går")
    page.get_by_role("button", name="Lagre og gå vidare").click()  # refused: the page answers a form
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert (page.input_value("#title"), page.input_value("#date")) == ("Halvferdig", "i går")
    context.close()


def test_the_pages_of_a_new_case_are_accessible_on_a_phone(
    browser: Any, server: str, newcomers: bytes, axe: str
) -> None:
    """With little filled in; test_axe looks at a full case, wide, in every language."""
    context = browser.new_context(viewport={"width": 320, "height": 900}, bypass_csp=True)
    page = context.new_page()
    base = f"{server}/case/{make_case(server, page.request, newcomers)}"
    found = []
    for step in (*(step.id for step in (*STEPS, *MORE)), "result", "documents"):
        page.goto(f"{base}/{step}?lang=nn")
        page.evaluate(axe)
        found += [(step, *each) for each in page.evaluate(_RUN)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [(step, "width", wide)] if wide > 320 else []
    context.close()
    assert not found


def test_the_order_answers_while_one_writes(browser: Any, server: str, newcomers: bytes) -> None:
    page = browser.new_page()
    base = f"{server}/case/{make_case(server, page.request, newcomers)}"
    page.goto(f"{base}/result?lang=en")
    page.locator("input.weight-slider").first.fill("60")
    page.wait_for_selector("#live-table")
    assert page.locator("#live-table tbody tr").count() == 4
    page.close()


def test_the_second_of_two_tabs_chooses_answer_by_answer(browser: Any, server: str, newcomers: bytes) -> None:
    context = browser.new_context(locale="nb-NO")
    first = context.new_page()
    base = f"{server}/case/{make_case(server, first.request, newcomers)}"
    second = context.new_page()
    for tab in (first, second):
        tab.goto(f"{base}/unit")
    save = "Lagre og gå videre"
    first.fill("#title", "Fra en")
    first.fill("#unit-name", "Enhet en")
    first.get_by_role("button", name=save).click()
    second.fill("#title", "Fra to")
    second.fill("#unit-agency", "Etat to")
    second.get_by_role("button", name=save).click()
    assert second.get_by_text("Noen andre har endret de samme svarene").is_visible()
    second.get_by_label("Behold det som er lagret: Fra en").check()
    second.get_by_role("button", name="Lagre det jeg har valgt").first.click()
    second.goto(f"{base}/unit")
    kept = [second.input_value(field) for field in ("#title", "#unit-name", "#unit-agency")]
    assert kept == ["Fra en", "Enhet en", "Etat to"]
    context.close()


def test_a_place_is_added_without_leaving_the_page(browser: Any, server: str, newcomers: bytes) -> None:
    page = browser.new_page()
    base = f"{server}/case/{make_case(server, page.request, newcomers)}"
    page.goto(f"{base}/alternatives?lang=nb")
    page.fill("#q", "Lillehammer")
    page.get_by_role("button", name="Legg til", exact=True).click()
    page.wait_for_selector("#listed tbody tr:nth-child(5)")
    page.close()
