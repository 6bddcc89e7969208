"""Pack the files that browsers fetch once, brotli and gzip, beside what they are made from.

    python scripts/pack_static.py

Nothing packed is committed; where it is missing or old the files are sent as they are.
"""

from __future__ import annotations

import gzip
from pathlib import Path

STATIC = Path(__file__).resolve().parents[1] / "src" / "tyngdepunkt" / "web" / "static"
ENDINGS = {".css", ".js", ".mjs", ".svg", ".txt"}
LEAST = 800


def pack(folder: Path = STATIC) -> int:
    """Pack every file that gains by it; how many were packed now. Without brotli, gzip alone."""
    count = 0
    for file in sorted(folder.rglob("*")):
        if file.suffix in ENDINGS and file.stat().st_size >= LEAST and not _is_packed(file):
            content = file.read_bytes()
            _put(file, ".gz", gzip.compress(content, 9, mtime=0))
            try:
                import brotli
            except ImportError:
                continue
            _put(file, ".br", brotli.compress(content, quality=11))
            count += 1
    return count


def _is_packed(file: Path) -> bool:
    """Whether what lies beside it was made after it and is the same when it is unpacked."""
    packed = [file.with_name(file.name + ending) for ending in (".gz", ".br")]
    if not all(each.is_file() and each.stat().st_mtime >= file.stat().st_mtime for each in packed):
        return False
    return gzip.decompress(packed[0].read_bytes()) == file.read_bytes()


def _put(file: Path, ending: str, content: bytes) -> None:
    beside = file.with_name(file.name + ending)
    if not beside.is_file() or beside.read_bytes() != content:
        beside.write_bytes(content)


if __name__ == "__main__":
    print(f"{pack()} files packed in {STATIC.name}")
