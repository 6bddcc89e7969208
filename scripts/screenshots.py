"""Take the pictures of docs/web.md anew: each page wide and narrow, in the light and in the dark.

    python scripts/screenshots.py [PAGE…]

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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "screenshots"
sys.path.insert(0, str(ROOT / "tests"))

from journeys.addresses import make_case, pictured  # noqa: E402  # the same list that the browser tests walk

WIDTHS = {"wide": (1280, 1000), "narrow": (390, 844)}
OTHER_LANGUAGES = {"place": "nn", "case-result": "en"}
TALLEST = 2  # screens of each page
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--force-color-profile=srgb"]


def main() -> int:
    """Exit code 1 where there is no Chromium."""
    chosen = sys.argv[1:]
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
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


def _take(browser: Browser, address: str, file: Path, lang: str = "nb") -> None:
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
    whole = page.evaluate("document.documentElement.scrollHeight")
    tall = min(whole, TALLEST * height)
    picture = page.screenshot(
        full_page=True,
        clip={"x": 0, "y": 0, "width": width, "height": tall},
        animations="disabled",
        caret="hide",
    )
    context.close()
    Image.open(io.BytesIO(picture)).convert("RGB").save(file, quality=60, method=6)


if __name__ == "__main__":
    sys.exit(main())
