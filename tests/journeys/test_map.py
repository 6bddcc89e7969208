"""The map that can be zoomed: with a mouse, with keys, without JavaScript, and from nowhere but here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from journeys.conftest import missing

COMMAND = str(Path(sys.executable).with_name("tyngdepunkt"))
READY = "#live-map[data-ready]"
EVERYTHING = "/map?" + "&".join(
    f"show={name}" for name in ("centres", "towns", "roads", "airports", "stations", "offices")
)
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
_DRAWS = "() => !!document.createElement('canvas').getContext('webgl2')"


@pytest.fixture(autouse=True)
def draws(tab: Page) -> None:
    """A browser that can draw such maps at all."""
    if not tab.evaluate(_DRAWS):
        missing("needs a browser with WebGL 2")


def opened(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.wait_for_selector(READY, timeout=60_000)


def test_the_map_is_drawn_and_nothing_comes_from_afar(server: str, tab: Page) -> None:
    asked: list[str] = []
    said: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    tab.on("pageerror", lambda error: said.append(str(error)))
    opened(tab, server + EVERYTHING)
    assert tab.locator("#live-map canvas").bounding_box()
    assert not tab.locator("#map-drawing").is_visible()
    assert {name for url in asked if (name := re.search(r"layers/(\w+)", url))}
    assert any("maplibre-gl-worker" in url for url in asked)
    assert [url for url in asked if not url.startswith((server, "data:", "blob:" + server))] == []
    assert said == []


def test_the_map_with_everything_has_no_fault_that_axe_finds(server: str, tab: Page, axe: str) -> None:
    opened(tab, f"{server}{EVERYTHING}&place=5025&layer=population_trend")
    tab.evaluate(axe)
    found = tab.evaluate("axe.run()")["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []


def test_a_place_is_told_of_when_it_is_pressed(server: str, tab: Page) -> None:
    opened(tab, f"{server}/map?place=5025&layer=oslo_minutes&lang=en")
    tab.locator("#map-told").evaluate("box => box.replaceChildren()")
    tab.wait_for_timeout(1000)  # the map moves to the place
    tab.locator("#live-map canvas").click()
    link = tab.locator("#map-told a")
    expect(link).to_contain_text("Røros")
    link.click()
    assert "/place/5025" in tab.url


def test_keys_alone_move_the_map_and_tell_of_a_place(server: str, tab: Page) -> None:
    opened(tab, f"{server}/map?place=5025&lang=en")
    tab.locator("#map-told").evaluate("box => box.replaceChildren()")
    tab.focus("#field-place")
    for _ in range(30):
        if tab.evaluate("document.activeElement.tagName") == "CANVAS":
            break
        tab.keyboard.press("Tab")
    assert "Arrow keys" in str(tab.evaluate("document.activeElement.getAttribute('aria-label')"))
    tab.wait_for_timeout(1000)
    tab.keyboard.press("Enter")
    told = tab.locator("#map-told")
    expect(told.locator("a")).to_have_count(1)
    first = told.inner_text()
    tab.keyboard.press("ArrowLeft")
    tab.wait_for_timeout(600)
    tab.keyboard.press("ArrowLeft")
    tab.wait_for_timeout(600)
    tab.keyboard.press("Enter")
    expect(told).not_to_have_text(first)


def test_keys_alone_lead_past_the_map_to_the_table(server: str, tab: Page) -> None:
    opened(tab, f"{server}/map?lang=en")
    tab.focus(".skip-drawing a, a.skip-drawing")
    expect(tab.locator(".skip-drawing").first).to_be_visible()
    tab.keyboard.press("Enter")
    tab.wait_for_function("document.activeElement.id === 'table'")
    for _ in range(8):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.closest('.table-region') !== null"):
            break
    else:
        pytest.fail("the table was not reached")


def test_what_colours_the_map_is_chosen_in_a_form_and_stands_in_the_address(server: str, tab: Page) -> None:
    opened(tab, f"{server}/map?lang=en")
    tab.select_option("#field-layer", "unemployment")
    tab.check("#show-airports")
    tab.locator(".map-form button").click()
    tab.wait_for_selector(READY)
    assert "layer=unemployment" in tab.url
    assert "show=airports" in tab.url
    assert tab.inner_text("#map-title") == "Unemployment"


def test_without_javascript_the_drawing_and_the_table_are_there(server: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{server}/map?layer=airport_minutes&show=airports&place=5025&lang=en")
    drawn = tab.locator("#map-drawing")
    box = drawn.bounding_box()
    canvases = tab.locator("canvas").count()
    rows = tab.locator("#map-table tbody tr").count()
    told = tab.inner_text("#map-told")
    context.close()
    assert box
    assert box["height"] > 400
    assert canvases == 0
    assert rows == 60
    assert "Røros" in told


def test_paper_gets_the_drawing(server: str, tab: Page) -> None:
    opened(tab, f"{server}/map")
    tab.emulate_media(media="print")
    assert tab.locator("#map-drawing").is_visible()
    assert not tab.locator("#live-map").is_visible()


@pytest.mark.parametrize("width", [320, 390])
def test_it_fits_a_telephone(server: str, tab: Page, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 700})
    opened(tab, f"{server}/map?layer=working_age_growth")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


class _Tiles(BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012  # one server, one list

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("content-type", "image/png")
        self.send_header("access-control-allow-origin", "*")
        self.end_headers()
        self.wfile.write(_PIXEL)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture
def tiles() -> Iterator[str]:
    """The background map of another, on this machine."""
    found = ThreadingHTTPServer(("127.0.0.1", 0), _Tiles)
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{found.server_port}/{{z}}/{{x}}/{{y}}.png"
    found.shutdown()


@pytest.fixture
def with_background(tiles: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a web that offers it."""
    environment = {
        **os.environ,
        "TYNGDEPUNKT_DATA": str(tmp_path_factory.mktemp("background")),
        "TYNGDEPUNKT_CACHE": str(tmp_path_factory.getbasetemp().parent / "tyngdepunkt-cache"),
        "TYNGDEPUNKT_SNAPSHOT": "embedded",
        "TYNGDEPUNKT_BACKGROUND_MAP": tiles,
    }
    command = [COMMAND, "serve", "--port", "0", "--lang", "en"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        found = re.search(r"http://[\d.]+:\d+", running.stdout.readline())
        assert found
        yield found[0]
        running.terminate()


def test_a_background_is_fetched_only_by_those_who_ask_for_it(with_background: str, tab: Page) -> None:
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    opened(tab, f"{with_background}/map?place=5025")
    assert _Tiles.asked == []
    tab.check("#background")
    tab.locator(".map-form button").click()
    tab.wait_for_selector(READY, timeout=60_000)
    assert "background=yes" in tab.url
    assert _Tiles.asked
    assert said == []
