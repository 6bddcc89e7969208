"""Every page in every language: no fault, nothing refused or fetched from afar, nothing lost when narrow.

A page is opened once for all that is asked of it: in bokmål wide, light, dark, enlarged and spaced; by turns
in nynorsk or English narrow, where axe looks at its words; in the third narrow and without scripts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import ConsoleMessage, Error, Page, Request, expect

from journeys.addresses import (
    ELSEWHERE,
    EXAMPLES,
    FAULTY,
    LANGUAGES,
    NOT_PAGES,
    WORDS,
    all_addresses,
    faults,
    in_language,
    lost,
    make_case,
    overflow,
    page_routes,
)

CONTRAST = {"runOnly": ["color-contrast", "link-in-text-block"]}
NARROW = {"width": 320, "height": 640}
_LANG_AND_TITLES = "[document.documentElement.lang, document.querySelectorAll('h1').length]"


@pytest.fixture
def refused(looking: Page) -> Iterator[list[str]]:
    """What the browser says is wrong while the test lasts."""
    found: list[str] = []

    def said(message: ConsoleMessage) -> None:
        if message.type == "error":
            found.append(message.text)

    def raised(error: Error) -> None:
        found.append(str(error))

    looking.on("console", said)
    looking.on("pageerror", raised)
    yield found
    looking.remove_listener("console", said)
    looking.remove_listener("pageerror", raised)


@pytest.fixture
def asked(looking: Page) -> Iterator[list[str]]:
    """The addresses that are asked for while the test lasts."""
    found: list[str] = []

    def sent(request: Request) -> None:
        found.append(request.url)

    looking.on("request", sent)
    yield found
    looking.remove_listener("request", sent)


def test_every_page_is_looked_at() -> None:
    assert page_routes() - NOT_PAGES == set(EXAMPLES)


@pytest.mark.parametrize("address", all_addresses())
def test_a_page_has_no_fault(
    server: str,
    case: str,
    looking: Page,
    plain: Page,
    axe: str,
    address: str,
    refused: list[str],
    asked: list[str],
) -> None:
    """All in bokmål; of the two others, one by turns narrow with axe, and one without scripts."""
    at, status = address.replace("{case}", case), FAULTY.get(address, 200)
    turn = all_addresses().index(address) % 2
    first, narrow, still = LANGUAGES[0], LANGUAGES[1 + turn], LANGUAGES[2 - turn]
    opened(looking, in_language(server, at, first), first, status)
    assert lost(looking) == []
    assert faults(looking, axe) == []
    looking.emulate_media(color_scheme="dark")
    assert faults(looking, axe, CONTRAST) == [], "dark"
    looking.set_viewport_size(NARROW)
    opened(looking, in_language(server, at, narrow), narrow, status)
    assert overflow(looking) <= 0, f"{narrow}, 320 pixels"
    assert faults(looking, axe, WORDS) == [], narrow
    assert [each for each in refused if "Failed to load resource" not in each] == []
    assert [each for each in asked if not each.startswith((server, "data:", "blob:"))] == []
    plain.set_viewport_size(NARROW)
    opened(plain, in_language(server, at, still), still, status)
    assert overflow(plain) <= 0, f"{still}, 320 pixels"
    assert plain.inner_text("main").strip()
    assert plain.locator(".site-nav a").count() >= 3


def opened(tab: Page, address: str, lang: str, status: int) -> None:
    """Go to a page: it answers as it should, in the language, under one heading."""
    answer = tab.goto(address)
    assert answer
    assert answer.status == status
    assert tab.evaluate("[document.documentElement.lang, document.querySelectorAll('h1').length]") == [
        lang,
        1,
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_name_that_is_not_ours_is_refused_without_fault(
    server: str, tab: Page, axe: str, lang: str
) -> None:
    answer = tab.goto(f"{server.replace('127.0.0.1', ELSEWHERE)}/place/5025?lang={lang}")
    assert answer
    assert answer.status == 421
    assert tab.get_attribute("html", "lang") == lang
    # the style sheets are refused too, and how large a browser's own links are is not ours (WCAG 2.5.8)
    assert [each for each in faults(tab, axe) if not each.startswith("target-size")] == []


def _without_token(tab: Page) -> int:
    """A form whose token is gone."""
    tab.evaluate("for (const it of document.querySelectorAll('[name=csrf_token]')) it.value = ''")
    return _send(tab, "form[action^='/case'] button")


def _too_large(tab: Page) -> int:
    return _upload(tab, b"x" * 1_200_000)


def _unreadable(tab: Page) -> int:
    return _upload(tab, b"unit: [")


def _nothing_chosen(tab: Page) -> int:
    return _send(tab, "form[action^='/case/upload'] button")


def _upload(tab: Page, content: bytes) -> int:
    tab.set_input_files("#file", {"name": "case.yaml", "mimeType": "text/plain", "buffer": content})
    return _send(tab, "form[action^='/case/upload'] button")


def _send(tab: Page, button: str) -> int:
    with tab.expect_navigation() as gone:
        tab.locator(button).first.click()
    return gone.value.status


@pytest.mark.parametrize(
    ("send", "status", "lang"),
    [
        (_without_token, 403, "nb"),
        (_without_token, 403, "nn"),
        (_too_large, 413, "nb"),
        (_too_large, 413, "en"),
        (_unreadable, 422, "nn"),
        (_nothing_chosen, 422, "en"),
    ],
)
def test_what_is_refused_is_told_without_fault(
    server: str, tab: Page, axe: str, send: Callable[[Page], int], status: int, lang: str
) -> None:
    tab.goto(f"{server}/case?lang={lang}")
    assert send(tab) == status
    assert faults(tab, axe) == []
    tab.emulate_media(color_scheme="dark")
    assert faults(tab, axe, CONTRAST) == []


def test_two_who_save_the_same_step_are_told_without_fault(server: str, tab: Page, axe: str) -> None:
    case = make_case(server, tab.context.request)
    other = tab.context.new_page()
    for each, name in ((tab, "Den ene"), (other, "Den andre")):
        each.goto(f"{server}/case/{case}/unit")
        each.fill("#unit-name", name)
    assert _send(other, "#form button") == 200
    assert _send(tab, "#form button") == 409
    assert faults(tab, axe) == []


def test_a_case_taken_away_can_be_taken_back_without_fault(server: str, tab: Page, axe: str) -> None:
    make_case(server, tab.context.request)
    tab.goto(f"{server}/case")
    _send(tab, "form[action*='/delete'] button")
    assert "deleted=" in tab.url
    assert faults(tab, axe) == []


def test_the_order_while_one_weighs_is_without_fault(server: str, case: str, tab: Page, axe: str) -> None:
    tab.goto(f"{server}/case/{case}/result")
    tab.locator("[data-weight-number]").first.fill("60")
    tab.wait_for_selector("#live table")
    assert faults(tab, axe) == []
    expect(tab.locator("#announcer")).not_to_be_empty()  # said a moment after it is shown


@pytest.mark.parametrize("lang", LANGUAGES[:1])
def test_the_page_that_tells_how_far_a_result_has_come_has_no_fault(
    server: str, tab: Page, axe: str, lang: str
) -> None:
    """Every centre is compared. The page asks each second how far; here that waits until it is looked at."""
    case = make_case(server, tab.request)
    tab.goto(in_language(server, f"/case/{case}/alternatives", lang))
    tab.locator("input[name=how][value=auto]").check()
    with tab.expect_navigation():
        tab.locator("#form button[type=submit]:not([name])").first.click()
    address = in_language(server, f"/case/{case}/result", lang)
    answer = tab.goto(address)
    assert answer
    assert answer.status == 200
    tab.route("**/result**", lambda route: route.fulfill(status=204))
    assert tab.locator("#progress").count() == 1
    assert tab.get_attribute("html", "lang") == lang
    assert faults(tab, axe) == []
    tab.emulate_media(color_scheme="dark")
    assert faults(tab, axe, CONTRAST) == [], "dark"
    tab.set_viewport_size(NARROW)
    assert overflow(tab) <= 0, "320 pixels"
    tab.unroute("**/result**")
    expect(tab.locator("#recommendation")).to_be_visible(timeout=60_000)  # it comes by itself
