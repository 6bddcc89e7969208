"""Weighing in a real browser: by keyboard while the order answers, and without JavaScript the same."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

CASE = """\
title: "Vektsak"
date: "2023-06-01"
trigger: "new_agency"
unit: {"name": "Tilsynet", "jobs": [{"occupation": "2422", "count": 30}]}
alternatives: ["Bærum", "Bergen", "Sandefjord", "Hamar", "Gjøvik", "Førde", "Molde", "Steinkjer"]
weights: {"conditions": 40, "location_policy": 30, "labour_market": 30}
"""
NAMES = ("conditions", "location_policy", "cost_effectiveness", "labour_market")


@pytest.fixture(scope="module")
def case(browser: Browser, server: str) -> str:
    """Address of a case of eight alternatives whose scores have been seen."""
    context = browser.new_context(locale="nb-NO")
    page = context.new_page()
    page.goto(f"{server}/case?lang=nb")
    file: Any = {"name": "sak.yaml", "mimeType": "application/yaml", "buffer": CASE.encode()}
    page.set_input_files('input[type="file"]', file)
    page.locator('form[action^="/case/upload"] button[type="submit"]').click()
    page.wait_for_url(re.compile(r"/case/[\w-]{20,}"))
    found = re.match(r"(.*/case/[\w-]{20,})", page.url)
    assert found
    page.goto(f"{found[1]}/result")
    context.close()
    return found[1]


def order(page: Page) -> list[str]:
    return page.locator("#live-table tbody th").all_inner_texts()


def weigh_on_paper(browser: Browser, address: str, weights: dict[str, str]) -> list[str]:
    """The order without JavaScript: fill in, send, read."""
    context = browser.new_context(java_script_enabled=False, locale="nb-NO")
    page = context.new_page()
    page.goto(address)
    for name, value in weights.items():
        page.fill(f"#low-{name}", value)
    page.get_by_role("button", name="Vis rekkefølgen").click()
    found = order(page)
    context.close()
    return found


def test_a_slider_by_keyboard_changes_the_order_and_says_so(
    tab: Page, browser: Browser, case: str, server: str
) -> None:
    tab.goto(f"{case}/result")
    expect(tab.locator("#live-table")).to_be_visible()
    before = order(tab)
    slider = tab.locator("#weights-conditions input.weight-slider").first
    slider.focus()
    tab.keyboard.press("Home")
    expect(tab.locator("#low-conditions")).to_have_value("0")
    tab.locator("#weights-labour_market input.weight-slider").first.focus()
    tab.keyboard.press("End")
    expect(tab.locator("#low-labour_market")).to_have_value("100")
    expect(tab.locator("#announcer")).to_contain_text("Rekkefølgen nå: 1.")
    expect(tab.locator("#live-scaled")).to_contain_text("130,0")
    after = order(tab)
    assert after != before
    assert f"1. {after[0]}" in tab.locator("#announcer").inner_text()
    given = {name: tab.locator(f"#low-{name}").input_value() for name in NAMES}
    assert weigh_on_paper(browser, f"{case}/result", given) == after


def test_numbers_move_the_sliders_and_not_knowing_makes_ranges(tab: Page, case: str) -> None:
    tab.goto(f"{case}/considerations")
    expect(tab.locator("#live-table")).to_be_visible()
    tab.fill("#low-conditions", "20")
    assert tab.locator("#weights-conditions input.weight-slider").first.input_value() == "20"
    tab.check("#unknown-labour_market")
    with tab.expect_response(re.compile("/weigh")):
        tab.check("#unknown-location_policy")
    expect(tab.locator("#live-table thead")).to_contain_text("tillatte vekter")
    tab.check("#weights-3")
    low, high = tab.locator("#low-conditions"), tab.locator("#high-conditions")
    expect(high).to_be_visible()
    slider = tab.locator("#weights-conditions input.weight-slider").nth(1)
    assert (high.input_value(), slider.input_value()) == ("", "100")  # as an empty end counts
    low.fill("30")
    high.press_sequentially("40")  # a 4 comes first, which is below 30
    assert (low.input_value(), high.input_value()) == ("30", "40")
    low.fill("50")
    assert high.input_value() == "40"  # the wrong way round is told, not put right
    slider.focus()
    tab.keyboard.press("Home")
    expect(low).to_have_value("0")  # a slider takes the other end along


def test_a_change_after_the_scores_were_seen_is_asked_for_and_logged(tab: Page, case: str) -> None:
    tab.goto(f"{case}/considerations")
    tab.fill("#low-conditions", "50")
    tab.fill("#low-location_policy", "20")
    save = tab.get_by_role("button", name="Lagre og gå videre")
    save.click()
    expect(tab.locator("#error-summary-title")).to_be_visible()
    expect(tab.locator("#low-conditions")).to_have_value("50")
    tab.fill("#role", "Avdelingsdirektør")
    tab.fill("#reason", "Ny kunnskap om rekruttering")
    save.click()
    tab.goto(f"{case}/result")
    expect(tab.locator("#weight-log-table")).to_contain_text("Ny kunnskap om rekruttering")
    expect(tab.locator("#weight-log-table")).to_contain_text("Ja, etter")
    tab.goto(f"{case}/documents")
    tab.get_by_role("button", name="Sammenlign").click()
    expect(tab.locator("#changed")).to_contain_text("Ny kunnskap om rekruttering")


@pytest.mark.parametrize("step", ["considerations", "result", "documents", "versions"])
def test_the_pages_are_accessible_on_a_phone(browser: Browser, axe: str, case: str, step: str) -> None:
    """With eight alternatives; test_axe looks at the same pages wide, in every language."""
    context = browser.new_context(
        viewport={"width": 320, "height": 800}, bypass_csp=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{case}/{step}?lang=nn")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    page.evaluate(axe)
    wrong = page.evaluate(
        "axe.run().then((found) => found.violations.map((each) => [each.id, each.nodes[0].html]))"
    )
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert not wrong
    assert wide <= 320


# As fast as a key can repeat: with real presses a busy machine makes pauses that a person would not.
HELD_DOWN = """(slider) => {
  for (let at = 0; at < 25; at += 1) {
    slider.stepUp();
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  }
}"""


def watch_announcer(page: Page) -> None:
    page.evaluate(
        """() => {
          window.told = [];
          const announcer = document.getElementById("announcer");
          new MutationObserver(() => { if (announcer.textContent) window.told.push(announcer.textContent); })
            .observe(announcer, { childList: true, characterData: true, subtree: true });
        }"""
    )


def test_a_key_that_is_held_down_is_read_out_once(tab: Page, case: str) -> None:
    tab.goto(f"{case}/result")
    expect(tab.locator("#live-table")).to_be_visible()
    assert not tab.locator("#announcer").inner_text()  # nothing is read out before one has done something
    watch_announcer(tab)
    slider = tab.locator("#weights-conditions input.weight-slider").first
    slider.focus()
    slider.evaluate(HELD_DOWN)
    expect(tab.locator("#announcer")).to_contain_text("Rekkefølgen nå: 1.")
    tab.wait_for_timeout(1200)
    told = tab.evaluate("window.told")
    assert len(told) == 1
    assert f"1. {order(tab)[0]}" in told[0]
    assert tab.evaluate("document.activeElement.className") == "weight-slider"


def focused(page: Page) -> str:
    return str(
        page.evaluate("document.activeElement.id || document.activeElement.getAttribute('aria-label')")
    )


def tab_to(page: Page, wanted: str, most: int = 40) -> None:
    for _ in range(most):
        if focused(page) == wanted:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached by Tab")


def test_every_kind_of_weights_by_keyboard_only(tab: Page, case: str) -> None:
    tab.goto(f"{case}/considerations")
    expect(tab.locator("#live-table")).to_be_visible()
    tab_to(tab, "weights-2")
    tab.keyboard.press("ArrowDown")
    expect(tab.locator("#weights-3")).to_be_checked()
    tab_to(tab, "Vilkår for lokalisering: poeng, eller fra")
    tab.keyboard.press("Home")
    tab_to(tab, "low-conditions")
    tab_to(tab, "Vilkår for lokalisering: til")
    tab.keyboard.press("ArrowLeft")
    expect(tab.locator("#high-conditions")).to_have_value("99")
    tab_to(tab, "unknown-location_policy")
    with tab.expect_response(re.compile("/weigh")):
        tab.keyboard.press("Space")
    expect(tab.locator("#live-table thead")).to_contain_text("tillatte vekter")
    expect(tab.locator("#live-flip")).to_be_visible()
    tab.locator("#weights-3").focus()
    tab.keyboard.press("ArrowDown")
    expect(tab.locator("#low-conditions")).to_be_hidden()
    tab_to(tab, "order-conditions")
    with tab.expect_response(re.compile("/weigh")):
        tab.keyboard.type("1")
    expect(tab.locator("#live-weights tbody tr").first).to_be_visible()
    expect(tab.locator("#announcer")).to_contain_text("Rekkefølgen nå: 1.")
    tab.locator("#weights-4").focus()
    for _ in range(3):
        tab.keyboard.press("ArrowUp")
    expect(tab.locator("#weights-1")).to_be_checked()
    expect(tab.locator("#order-conditions")).to_be_hidden()
    expect(tab.locator("#live-table")).to_be_visible()


def test_an_answer_that_does_not_come_leaves_no_old_order(tab: Page, case: str) -> None:
    tab.goto(f"{case}/result")
    expect(tab.locator("#live-table")).to_be_visible()
    tab.route(re.compile("/weigh"), lambda route: route.abort())
    tab.fill("#low-conditions", "10")
    expect(tab.locator("#live")).to_contain_text("kunne ikke hentes")
    assert tab.locator("#live-table").count() == 0
    expect(tab.locator("#announcer")).to_contain_text("kunne ikke hentes")
    tab.unroute(re.compile("/weigh"))
    tab.fill("#low-conditions", "20")
    expect(tab.locator("#live-table")).to_be_visible()


def test_on_a_phone_the_order_is_seen_while_one_weighs(browser: Browser, case: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, locale="nb-NO")
    page = context.new_page()
    page.goto(f"{case}/result")
    expect(page.locator("#live-table")).to_be_visible()
    short = page.locator(".live-short")
    expect(short).to_be_hidden()
    for field_id in ("low-conditions", "low-labour_market", "unknown-mitigation"):
        page.focus(f"#{field_id}")
        expect(short).to_be_visible()
        bar, field = short.bounding_box(), page.locator(f"#{field_id}").bounding_box()
        assert bar
        assert field
        assert bar["y"] + bar["height"] <= 801
        assert field["y"] + field["height"] <= bar["y"]
    context.close()
