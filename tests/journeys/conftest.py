"""A real server on a free port and a real browser; skipped, with a reason, where one is not there."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tyngdepunkt.web import assets
from tyngdepunkt.web.app import create_app
from tyngdepunkt.web.serve import HOST, listen

AXE = Path(__file__).parent / "vendor" / "axe.js"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the whole web, over the embedded figures and a data folder of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TYNGDEPUNKT_DATA", str(tmp_path_factory.mktemp("served")))
        patch.setenv("TYNGDEPUNKT_CACHE", str(tmp_path_factory.getbasetemp().parent / "tyngdepunkt-cache"))
        patch.setenv("TYNGDEPUNKT_SNAPSHOT", "embedded")
        listening = listen(0)
        running = uvicorn.Server(uvicorn.Config(create_app(), log_level="error", lifespan="on"))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not running.started and thread.is_alive():
            time.sleep(0.02)
        yield f"http://{HOST}:{listening.getsockname()[1]}"
        running.should_exit = True
        thread.join(10)
        listening.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of this machine; `CHROMIUM` names another."""
    if not assets.has("vendor/designsystemet.css"):
        pytest.skip("needs the third-party files: run scripts/vendor_assets.py")
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("needs chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without cookies that refuses to leave this machine."""
    fresh = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nb-NO")
    fresh.set_default_timeout(15_000)
    yield fresh
    fresh.close()


@pytest.fixture
def tab(context: BrowserContext) -> Page:
    """An open tab."""
    return context.new_page()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe."""
    if not AXE.is_file():
        pytest.skip("needs axe: run scripts/vendor_assets.py")
    return AXE.read_text("utf-8")
