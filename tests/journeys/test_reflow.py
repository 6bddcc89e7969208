"""On a phone, with other colours, on paper and without scripts: the same pages.

That every page can be narrow, enlarged and spaced, and is there without scripts, is seen in test_axe.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from journeys.addresses import CASE_FILE, make_case, overflow


@pytest.mark.parametrize("width", [360, 390])
def test_a_phone_sees_the_page_and_not_just_its_header(server: str, looking: Page, width: int) -> None:
    looking.set_viewport_size({"width": width, "height": 844})
    looking.goto(f"{server}/place/5025")
    assert looking.locator(".site-header").bounding_box()["height"] < 844 / 4  # type: ignore[index]


@pytest.mark.parametrize(
    ("example", "lang"),
    [(each, ("nb", "en")[at % 2]) for at, each in enumerate(sorted(CASE_FILE.parent.glob("*.yaml")))],
    ids=lambda each: each.stem if isinstance(each, Path) else each,
)
def test_a_phone_sees_the_whole_answer_on_one_screen(
    server: str, looking: Page, example: Path, lang: str
) -> None:
    made = make_case(server, looking.context.request, example.read_bytes())
    looking.set_viewport_size({"width": 390, "height": 844})
    looking.goto(f"{server}/case/{made}/result?lang={lang}")
    looking.wait_for_selector("#answer", timeout=60_000)
    box = looking.locator("#answer").bounding_box()
    assert box
    assert box["y"] + box["height"] <= 844, looking.inner_text("#answer")
    assert overflow(looking) == 0


def test_on_paper_the_result_shows_what_is_folded(server: str, case: str, tab: Page) -> None:
    tab.goto(f"{server}/case/{case}/result?lang=nb")
    folded = tab.locator(".fold > div").all()
    assert len(folded) > 8
    assert not any(each.is_visible() for each in folded)
    tab.emulate_media(media="print")
    assert all(each.is_visible() for each in folded)
    told = tab.locator(".fold .source > p, .fold .source > ul").all()
    assert told
    assert all(each.is_visible() for each in told)
    assert tab.locator("#log").evaluate("it => it.getBoundingClientRect().height") > 10
    paper = io.BytesIO(tab.pdf())
    written = " ".join("".join(each.extract_text() for each in PdfReader(paper).pages).split())
    for words in tab.locator(".fold h3, .fold h4").all_inner_texts():
        assert " ".join(words.split()) in written


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
