"""A backup is put back and killed at: the database is the old one or the new, whole, and the old is kept.

Half of the moments are drawn over the whole time that the command takes, half in the moment after the copy
of the old database bears its name: there the new one is being written over it.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from running import DATABASE, command, started
from tyngdepunkt.workspace.backup import backup
from tyngdepunkt.workspace.drafts import Drafts

CASES, PADDING = 60, "x" * 20_000
KEPT = "tyngdepunkt-before-restore-*.sqlite"


class Restores:
    """One old database and one backup, put back and killed at again and again.

    Args:
        folder: new and empty; what is made lies there.
        seed: of the moments.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311  # moments, not secrets
        self._folder = folder
        self._old, self._backup = folder / "old.sqlite", folder / "backup.sqlite"
        for name, file in (("Old", self._old), ("New", self._backup)):
            _made(folder / f"{name}-made.sqlite", name, file)
        self._data = folder / "data"
        self._takes = 0.0
        self.found: Counter[str] = Counter()

    def endure(self, tries: int) -> list[str]:
        """So many kills; what is wrong afterwards."""
        self._lay_out()
        begun = time.monotonic()
        assert command(self._data, "data", "restore", self._backup).returncode == 0
        self._takes = time.monotonic() - begun
        return [wrong for at in range(tries) for wrong in self._try(aimed=at % 2 == 1)]

    def _try(self, *, aimed: bool) -> list[str]:
        self._lay_out()
        program = started(self._data, "data", "restore", self._backup)
        if aimed:
            self._wait_for_the_copy()
            time.sleep(self._chance.uniform(0, 0.05))
        else:
            time.sleep(self._chance.uniform(0, self._takes))
        program.kill()
        program.communicate(timeout=60)
        return self._wrong()

    def _lay_out(self) -> None:
        shutil.rmtree(self._data, ignore_errors=True)
        self._data.mkdir(mode=0o700)
        shutil.copy(self._old, self._data / DATABASE)

    def _wait_for_the_copy(self) -> None:
        ends = time.monotonic() + 60
        while not any(self._data.glob(KEPT)) and time.monotonic() < ends:
            time.sleep(0.001)

    def _wrong(self) -> list[str]:
        now = _holds(self._data / DATABASE)
        kept = [_holds(file) for file in self._data.glob(KEPT)]
        self.found[f"{now}, {len(kept)} kept"] += 1
        told = [f"the database is {now}"] if now not in ("Old", "New") else []
        told += [f"what is kept is {each}" for each in kept if each != "Old"]
        if now == "New" and kept != ["Old"]:
            told.append("the old one is gone")
        return told


def _made(file: Path, name: str, target: Path) -> None:
    address = f"sqlite:///{file}"
    with closing(Drafts(address)) as drafts:
        for at in range(CASES):
            drafts.create({"title": f"{name} {at}", "problem": PADDING})
    backup(target, address)


def _holds(file: Path) -> str:
    """Whose cases a database holds, all of them; what a killed program left is put in order by SQLite."""
    with closing(sqlite3.connect(file, timeout=30)) as database:
        sound = database.execute("PRAGMA integrity_check").fetchall()
        ask = "SELECT json_extract(content, '$.title') FROM case_draft_version"
        titles = [str(row[0]) for row in database.execute(ask)]
    names = {title.split()[0] for title in titles}
    whole = sound == [("ok",)] and len(titles) == CASES and len(names) == 1
    return names.pop() if whole else f"not whole ({sound[:1]}, {len(titles)} of {sorted(names)})"
