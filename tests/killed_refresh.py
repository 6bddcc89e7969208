"""A refresh that is killed at many points: whatever happens, a whole snapshot serves.

    python tests/killed_refresh.py DATA TABLES KILLS SEED

forks a child for each kill. Half of them end at a random act on the file system (an audit event), the other
half at a random moment, wherever the program is then, in compiled code too.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import duckdb  # noqa: F401  # so that no child has to read it in

from tyngdepunkt import settings
from tyngdepunkt.places import (
    open_places,
    road_checks,  # noqa: F401
)
from tyngdepunkt.places.build_catalogue import catalogue
from tyngdepunkt.places.refresh import Wish, refresh
from tyngdepunkt.places.snapshot import checksum_faults, find_folder, read_manifest
from tyngdepunkt.sources.collect import Services
from tyngdepunkt.sources.declared import own_tables

_ACTS = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.copyfile", "shutil.rmtree")


def main(tables: Path, kills: int, seed: int) -> None:
    """Kill, look, and at the end let one run through."""
    catalogue(), own_tables()  # read once, before the children are made
    sys.modules["pandas"] = None  # type: ignore[assignment]  # DuckDB would read it in, in 0.2 s
    chance = random.Random(seed)  # noqa: S311
    before = _in_child(_id_in_use)
    acts, seconds = _whole_run(tables)
    _begin_anew(before)
    assert before
    served: dict[str, int] = {}
    for number in range(kills):
        if number % 3 == 0:
            shutil.rmtree(settings.data_folder() / "refresh", ignore_errors=True)
        share = (number + chance.random()) / kills
        at, after = 1 + int(share * acts), max(0.001, share * seconds)
        ended = _in_child(partial(_run, tables, at, 0.0) if number % 2 else partial(_run, tables, 0, after))
        found = _in_child(_check_whole)
        assert found
        served[found] = served.get(found, 0) + 1
        if found != before:
            _begin_anew(before)
        assert ended is None or found != before, "a run that came to its end has a new snapshot"
    assert _in_child(partial(_run, tables, 0, 0.0)) is not None
    _in_child(_check_whole)
    left = list(settings.data_folder().glob("*/.*"))
    assert not left, left
    old = served.get(before or "", 0)
    print(f"{kills} kills over {acts} acts and {seconds:.2f} s; served: old {old}, new {kills - old}")


def _whole_run(tables: Path) -> tuple[int, float]:
    begun = time.monotonic()
    acts = _in_child(partial(_run, tables, 0, 0.0))
    assert acts is not None
    return int(acts), time.monotonic() - begun


def _run(tables: Path, at: int, after: float) -> str:
    """Refresh, to be killed at an act (counted from 1) or after so many seconds; 0 is never."""
    acts = 0

    def counted(event: str, _: tuple[Any, ...]) -> None:
        nonlocal acts
        if event in _ACTS:
            acts += 1
            if acts == at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(counted)
    if after:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # ends the process at once
        signal.setitimer(signal.ITIMER_REAL, after)
    with Services() as services:
        refresh(Wish(tables=tables), services, lambda key, **values: None)
    signal.setitimer(signal.ITIMER_REAL, 0)
    return str(acts)


def _check_whole() -> str:
    """The id of the snapshot in use, which has every file as its manifest says, and answers."""
    folder = find_folder(None)
    faults = list(checksum_faults(folder, read_manifest(folder)))
    assert not faults, faults
    with open_places(None) as places:
        assert places.rows("employed", ("municipality", "workplace"), year=places.years("employed")[-1])
        return places.snapshot.id


def _id_in_use() -> str:
    return read_manifest(find_folder(None)).id


def _begin_anew(before: str) -> None:
    """Take the new snapshots away, as if the run had never come to its end."""
    home = settings.data_folder() / "snapshots"
    for folder in home.iterdir():
        if folder.is_dir() and not folder.name.startswith(".") and folder.name != before:
            shutil.rmtree(folder)


def _in_child(work: Callable[[], str]) -> str | None:
    """What a child answers; None where it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.write(writing, work().encode())
            code = 0
        finally:
            if code:
                import traceback

                traceback.print_exc()
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as answer:
        told = answer.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return None
    assert os.WEXITSTATUS(status) == 0, "the child failed; see above"
    return told


if __name__ == "__main__":
    os.environ["TYNGDEPUNKT_DATA"] = sys.argv[1]
    main(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
