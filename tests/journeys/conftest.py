"""A real server in a process of its own, and a real browser; skipped, with a reason, without one.

`TYNGDEPUNKT_JOURNEYS=required`, which the build server sets, makes a failure of what would be skipped.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from journeys import chromium
from journeys.addresses import ELSEWHERE, make_case
from tyngdepunkt.web import static_assets

AXE = Path(__file__).parent / "vendor" / "axe.js"
PATIENCE = 40_000  # milliseconds: three browsers share two cores
COMMAND = Path(sys.executable).parent / "tyngdepunkt"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    f"--host-resolver-rules=MAP {ELSEWHERE} 127.0.0.1",
]


def missing(what: str) -> None:
    """Skip, or fail where the journeys must be walked."""
    if os.environ.get("TYNGDEPUNKT_JOURNEYS") == "required":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the whole web, over the embedded figures and a data folder of its own."""
    environment = {
        **os.environ,
        "TYNGDEPUNKT_DATA": str(tmp_path_factory.mktemp("served")),
        "TYNGDEPUNKT_CACHE": str(tmp_path_factory.getbasetemp().parent / "tyngdepunkt-cache"),
        "TYNGDEPUNKT_SNAPSHOT": "embedded",
    }
    environment.pop("TYNGDEPUNKT_DATABASE", None)
    command = [COMMAND, "serve", "--port", "0", "--lang", "en"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        said = running.stdout.readline()
        found = re.search(r"http://[\d.]+:\d+", said)
        assert found, f"the server did not open: {said!r}"
        yield found[0]
        running.terminate()


def _until_loaded(act: Callable[..., Any]) -> Callable[..., Any]:
    """The same act, over when the page that it may lead to is there to its end."""

    def acted(self: Page | Locator, *given: Any, **named: Any) -> Any:
        result = act(self, *given, **named)
        (self if isinstance(self, Page) else self.page).wait_for_load_state()
        return result

    return acted


@pytest.fixture(scope="package", autouse=True)
def _to_the_end() -> Iterator[None]:
    """No test looks at half a page.

    Playwright goes on as soon as the next page has begun to arrive, and what is asked at once (`count`,
    `is_visible`, `title`) then finds nothing on a busy machine.
    """
    with pytest.MonkeyPatch.context() as patch:
        for kind in (Page, Locator):
            for act in ("click", "press"):
                patch.setattr(kind, act, _until_loaded(getattr(kind, act)))
        yield


# One browser for the folder, closed after its last test: while Playwright's is open no other can be
# started in the same thread, nor any event loop.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium of this machine; `CHROMIUM` names another."""
    if not static_assets.has("vendor/designsystemet.css"):
        missing("needs the third-party files: run scripts/vendor_assets.py")
    found = chromium.found()
    if not found:
        missing("needs chromium: install it, or name it in CHROMIUM")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="package")
def case(server: str, browser: Browser) -> str:
    """Id of a case with everything filled in, which tests look at and do not change."""
    context = browser.new_context()
    made = make_case(server, context.request)
    context.close()
    return made


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without cookies, where nothing is ever halfway between two places."""
    wide = {"width": 1280, "height": 900}
    fresh = browser.new_context(viewport=wide, locale="nb-NO", reduced_motion="reduce")
    fresh.set_default_timeout(PATIENCE)
    yield fresh
    fresh.close()


@pytest.fixture
def tab(context: BrowserContext) -> Page:
    """An open tab."""
    return context.new_page()


# a browser that has the style sheets and scripts already opens a page in half the time; who asks for this
# tab names the language in the address, and the cookies of another page do not matter to what is looked at
@pytest.fixture(scope="module")
def _worn(browser: Browser) -> Iterator[Page]:
    """One tab for pages that are only looked at."""
    wide = {"width": 1280, "height": 900}
    kept = browser.new_context(viewport=wide, locale="nb-NO", reduced_motion="reduce")
    kept.set_default_timeout(PATIENCE)
    yield kept.new_page()
    kept.close()


@pytest.fixture
def looking(_worn: Page) -> Iterator[Page]:
    """The same tab for all of a file, wide, light and without cookies each time."""
    _worn.context.clear_cookies()
    _worn.set_viewport_size({"width": 1280, "height": 900})
    _worn.emulate_media(color_scheme="light")
    yield _worn
    _worn.goto("about:blank")  # nothing of it goes on in the next test


@pytest.fixture(scope="module")
def _without_scripts(browser: Browser) -> Iterator[Page]:
    """One tab without scripts, which has the style sheets after the first page."""
    context = browser.new_context(java_script_enabled=False, locale="nb-NO")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(_without_scripts: Page) -> Page:
    """A tab without scripts, and without cookies; as wide as the last test left it."""
    _without_scripts.context.clear_cookies()
    return _without_scripts


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe."""
    if not AXE.is_file():
        missing("needs axe: run scripts/vendor_assets.py")
    return AXE.read_text("utf-8")
