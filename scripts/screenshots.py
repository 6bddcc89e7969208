"""Take the pictures of docs/web.md anew: each page wide and narrow, in the light and in the dark.

    python scripts/screenshots.py [PAGE…]

What a form answers is taken of forms that are filled in here (`SENT`).
With names of pages (such as `place` or `analysis-business`) only theirs are taken anew.
A server of its own over the embedded figures and an empty data folder, and the example case, so that the
same pages give the same pictures. Needs Chromium and the pages' third-party files (`make browser`).
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "screenshots"
sys.path.insert(0, str(ROOT / "tests"))

from journeys import chromium  # noqa: E402  # the one that the browser tests use
from journeys.addresses import SENT, make_case, pictured  # noqa: E402  # the same list that the browser tests walk

WIDTHS = {"wide": (1280, 1000), "narrow": (390, 844)}
OTHER_LANGUAGES = {"place": "nn", "case-result": "en"}
TALLEST = 2  # screens of each page
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--force-color-profile=srgb"]


def main() -> int:
    """Exit code 1 where there is no Chromium."""
    chosen = sys.argv[1:]
    found = chromium.found()
    if not found:
        print("No pictures: install Chromium, or name it in CHROMIUM.", file=sys.stderr)
        return 1
    pages = {name: path for name, path in pictured().items() if not chosen or name in chosen}
    with tempfile.TemporaryDirectory() as made, _server() as server, sync_playwright() as playwright:
        ready = Path(made)
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        case = make_case(server, playwright.request.new_context())
        for name, path in pages.items():
            for shape in WIDTHS:
                for light in ("light", "dark"):
                    _take(browser, server + path.format(case=case), ready / f"{name}-{shape}-{light}.webp")
        _take_answers(browser, server, ready, chosen)
        for name, lang in ((each, lang) for each, lang in OTHER_LANGUAGES.items() if each in pages):
            path = pages[name].format(case=case)
            _take(browser, server + path, ready / f"{name}-wide-light-{lang}.webp", lang)
        browser.close()
        if not chosen:
            shutil.rmtree(TARGET, ignore_errors=True)
        shutil.copytree(ready, TARGET, dirs_exist_ok=True)
    files = list(TARGET.iterdir())
    print(f"{len(files)} pictures, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB, in {TARGET}")
    return 0


@contextmanager
def _server() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "TYNGDEPUNKT_DATA": folder, "TYNGDEPUNKT_SNAPSHOT": "embedded"}
        command = [Path(sys.executable).parent / "tyngdepunkt", "serve", "--port", "0"]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as running:
            said = running.stdout.readline() if running.stdout else ""
            found = re.search(r"http://[\d.:]+", said)
            if not found:
                raise SystemExit("The server did not open.")
            yield found[0]
            running.terminate()


def _take(
    browser: Browser,
    address: str,
    file: Path,
    lang: str = "nb",
    written: Mapping[str, str | Path] | None = None,
) -> None:
    shape = "narrow" if "-narrow-" in file.name else "wide"
    width, height = WIDTHS[shape]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if "-dark" in file.name else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    answer = page.goto(f"{address}{'&' if '?' in address else '?'}lang={lang}", wait_until="networkidle")
    if not answer or not answer.ok:
        raise SystemExit(f"No picture of {address}: the page did not answer.")
    top = _answered(page, written) if written else 0
    whole = page.evaluate("document.documentElement.scrollHeight") - top
    tall = min(whole, (2 if written else 1) * TALLEST * height)
    picture = page.screenshot(
        full_page=True,
        clip={"x": 0, "y": top, "width": width, "height": tall},
        animations="disabled",
        caret="hide",
    )
    context.close()
    Image.open(io.BytesIO(picture)).convert("RGB").save(file, quality=60, method=6)


def _answered(page: Page, written: Mapping[str, str | Path]) -> int:
    """Fill in the form and send it; from where the picture is taken.

    On a phone that is the last table, moved to its end where it is wider than the page: a screen is short.
    """
    for name, value in written.items():
        field = page.locator(f"#field-{name}")
        field.set_input_files(value) if isinstance(value, Path) else field.fill(value)
    with page.expect_navigation(wait_until="networkidle") as sent:
        page.locator("main form button:not([name])").last.click()
    if not sent.value or not sent.value.ok:
        raise SystemExit(f"No picture of {page.url}: the form was not answered.")
    region = page.locator(".table-region").last
    if region.evaluate("it => it.scrollWidth <= it.clientWidth"):
        return 0
    region.evaluate("it => { it.scrollLeft = it.scrollWidth }")
    return int(region.evaluate("it => it.closest('section').getBoundingClientRect().top + scrollY"))


def _take_answers(browser: Browser, server: str, ready: Path, chosen: list[str]) -> None:
    names = [name for name in SENT if not chosen or name in chosen]
    for name, shape, light in product(names, WIDTHS, ("light", "dark")):
        path, written = SENT[name]
        _take(browser, server + path, ready / f"{name}-{shape}-{light}.webp", written=written)


if __name__ == "__main__":
    sys.exit(main())
