"""What is there stays there until the new one is, whenever the program that writes it is killed."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tyngdepunkt import swap
from tyngdepunkt.documents import files
from tyngdepunkt.places import snapshot

KILLS = 12

WRITES = """
import sys
from pathlib import Path
from tyngdepunkt.documents.files import put_in_place
folder = Path(sys.argv[1])
for n in range(10**9):
    text = (f'{{"n": {n}, "rest": "' + "x" * 20000 + '"}').encode()
    put_in_place(folder, {"a.weights.json": text, "a.html": text})
    if n == 1: print("on", flush=True)
"""
SWAPS = """
import sys
from pathlib import Path
from tyngdepunkt import swap
from tyngdepunkt.places import build, snapshot
if sys.argv[2] == "renames":
    swap.exchange = lambda one, other: False
home = Path(sys.argv[1])
snapshot.heal(home)
for n in range(10**9):
    beside = home / swap.hidden_name("s.making")
    beside.mkdir()
    (beside / "manifest.json").write_text(str(n))
    build.put_in_place(beside, home / "s")
    if n == 1: print("on", flush=True)
"""


def killed_at_random(code: str, *arguments: str, meanwhile: Callable[[], None]) -> None:
    """Run it until it is under way, and end it a few milliseconds later."""
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout
        assert running.stdout.readline() == b"on\n", running.communicate()
        ends = time.monotonic() + random.uniform(0.001, 0.03)  # noqa: S311  # no secret
        while time.monotonic() < ends:
            meanwhile()
        running.kill()


@pytest.mark.slow
def test_a_document_and_the_memory_of_its_weights_are_never_missing(tmp_path: Path) -> None:
    def there() -> list[int]:
        return [json.loads((tmp_path / name).read_bytes())["n"] for name in ("a.weights.json", "a.html")]

    files.put_in_place(tmp_path, {"a.weights.json": b'{"n": 0}', "a.html": b'{"n": 0}'})
    for _ in range(KILLS):
        killed_at_random(WRITES, str(tmp_path), meanwhile=lambda: there() and None)
        memory, shown = there()
        assert memory in (shown, shown + 1)  # never scores whose weights are not remembered
    files.put_in_place(tmp_path, {"b.html": b""})
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.html", "a.weights.json", "b.html"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="folders change names at once on Linux alone")
def test_a_snapshot_is_never_missing_while_another_takes_its_place(tmp_path: Path) -> None:
    def there() -> None:
        assert (tmp_path / "s" / "manifest.json").read_text() != "-"

    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "manifest.json").write_text("0")
    for _ in range(KILLS):
        killed_at_random(SWAPS, str(tmp_path), "at once", meanwhile=there)
        there()
    snapshot.heal(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["s"]


@pytest.mark.slow
def test_where_it_takes_two_renames_the_next_run_brings_it_back(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "manifest.json").write_text("0")
    for _ in range(KILLS):
        killed_at_random(SWAPS, str(tmp_path), "renames", meanwhile=lambda: None)
        snapshot.heal(tmp_path)
        assert (tmp_path / "s" / "manifest.json").read_text().isdigit()
        assert [each.name for each in tmp_path.iterdir()] == ["s"]


def test_the_only_copy_that_a_killed_run_left_comes_back(tmp_path: Path) -> None:
    """Runs of before this moved the old file aside first."""
    (tmp_path / ".writing-abc").mkdir()
    (tmp_path / ".writing-abc" / "a.weights.json.before").write_text("shown")
    (tmp_path / ".writing-abc" / "b.html.before").write_text("old")
    (tmp_path / "b.html").write_text("new")
    files.heal(tmp_path)
    assert (tmp_path / "a.weights.json").read_text() == "shown"
    assert (tmp_path / "b.html").read_text() == "new"
    assert not list(tmp_path.glob(".writing*"))


def test_what_is_being_written_is_left_alone_and_so_is_what_is_not_ours(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    mine = tmp_path / swap.hidden_name("a")
    dead = tmp_path / f".a.{gone.pid}.0123abcd"
    theirs = [tmp_path / name for name in (".a.old.txt", f".a.{gone.pid}.txt", f"a.{gone.pid}.0123abcd")]
    for each in (mine, dead, *theirs):
        each.touch()
        os.utime(each, (0, 0) if each in theirs else None)
    assert list(swap.left_over(tmp_path, "a")) == [dead]
