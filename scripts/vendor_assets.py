"""Fetch the third-party files that the pages use and put them in the package.

They come from npm by `package-lock.json`, without running any script of theirs, and are never
committed. Without node the package works all the same; the pages are then unstyled.
"""

from __future__ import annotations

import hashlib
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "src" / "tyngdepunkt" / "web" / "static" / "vendor"
AXE = ROOT / "tests" / "journeys" / "vendor" / "axe.js"

FILES = {
    "@digdir/designsystemet-css/dist/src/index.css": "designsystemet.css",
    "@digdir/designsystemet-css/dist/theme/designsystemet.css": "designsystemet-theme.css",
    "@digdir/designsystemet-web/dist/umd/index.js": "designsystemet.js",
    "htmx.org/dist/htmx.min.js": "htmx.js",
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre-gl-worker.mjs",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre-gl.css",
    "@digdir/designsystemet-css/LICENSE": "licences/designsystemet-css.txt",
    "@digdir/designsystemet-web/LICENSE": "licences/designsystemet-web.txt",
    "@fontsource/inter/LICENSE": "licences/inter.txt",
    "htmx.org/LICENSE": "licences/htmx.txt",
    "maplibre-gl/LICENSE.txt": "licences/maplibre-gl.txt",
}
_MARK = "made-from.txt"  # what the files were made from
WEIGHTS = (400, 500, 600)
ALPHABETS = ("latin", "latin-ext")  # latin-ext has the letters of the Sámi languages
_FACE = (
    "@font-face{{font-family:Inter;font-style:normal;font-display:swap;font-weight:{weight};"
    'src:url("fonts/{file}") format("woff2");unicode-range:{letters}}}\n'
)
_MAP_COMMENT = re.compile(r"\n?(/\*|//)# sourceMappingURL=[^\n*]*(\*/)?\s*$")


def vendor(target: Path = VENDOR, axe: Path = AXE) -> int:
    """Fetch and copy; how many files there are now. Nothing is replaced until all are there.

    Raises:
        FileNotFoundError: node's npm is not on this machine.
        subprocess.CalledProcessError: npm could not fetch the files.
    """
    npm = shutil.which("npm")
    if not npm:
        raise FileNotFoundError("npm")
    with tempfile.TemporaryDirectory(prefix="vendor-", dir=ROOT) as folder:
        work = Path(folder)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / name, work)
        command = [
            npm,
            "ci",
            "--prefer-offline",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ]
        subprocess.run(command, cwd=work, check=True, stdout=subprocess.DEVNULL)
        modules, ready = work / "node_modules", work / "ready"
        _copy_files(modules, ready)
        _copy_font(modules / "@fontsource" / "inter", ready)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(ready, target)
        axe.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(modules / "axe-core" / "axe.min.js", axe)
    runpy.run_path(str(ROOT / "scripts" / "pack_static.py"))["pack"]()
    (target / _MARK).write_text(_wanted(), encoding="utf-8")
    return sum(1 for file in target.rglob("*") if file.is_file())


def is_current(target: Path = VENDOR, axe: Path = AXE) -> bool:
    """Whether the files are there and are those that the lock and this script name."""
    mark = target / _MARK
    return axe.is_file() and mark.is_file() and mark.read_text(encoding="utf-8") == _wanted()


def _wanted() -> str:
    sources = (ROOT / "package-lock.json", Path(__file__))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def _copy_files(modules: Path, ready: Path) -> None:
    for source, name in FILES.items():
        place = ready / name
        place.parent.mkdir(parents=True, exist_ok=True)
        content = (modules / source).read_text(encoding="utf-8")
        place.write_text(_MAP_COMMENT.sub("\n", content), encoding="utf-8")


def _copy_font(inter: Path, ready: Path) -> None:
    """The font's files, and a style sheet that names which letters each has."""
    (ready / "fonts").mkdir(parents=True)
    sheet = []
    for weight in WEIGHTS:
        letters = _letters(inter, weight)
        for alphabet in ALPHABETS:
            file = f"inter-{alphabet}-{weight}-normal.woff2"
            shutil.copy(inter / "files" / file, ready / "fonts")
            sheet.append(_FACE.format(weight=weight, file=file, letters=letters[alphabet]))
    (ready / "inter.css").write_text("".join(sheet), encoding="utf-8")


def _letters(inter: Path, weight: int) -> dict[str, str]:
    """Alphabet → unicode range, as the font's own style sheet says."""
    faces = (inter / f"{weight}.css").read_text(encoding="utf-8").split("@font-face")[1:]
    found = {}
    for face in faces:
        name = re.search(r"inter-([a-z-]+)-\d+-normal", face)
        letters = re.search(r"unicode-range:\s*([^;}]+)", face)
        if name and letters:
            found[name[1]] = letters[1].strip()
    return found


def main() -> int:
    """Exit code 0 where the files are there, 1 where they could not be fetched."""
    if "--if-needed" in sys.argv and is_current():
        return 0
    try:
        count = vendor()
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        print(f"The third-party files could not be fetched ({error}): pages work, unstyled.", file=sys.stderr)
        print("Install node 20 or newer with npm, and run this again.", file=sys.stderr)
        return 1
    print(f"{count} files in {VENDOR.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
