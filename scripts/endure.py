"""Kill the web, a command or an import at a random moment, again and again, and count what was answered.

Fifty kills on one folder at a time. While the web saves and commands run beside it, one of them is killed
(SIGKILL: no chance to put anything in order). Afterwards every save that was answered is in the database
once, every import that ended well is booked once, one that was killed is booked whole or not at all, and
the file is sound. Every folder's moments are drawn with a seed that is printed; `--seed` begins there
again (the moments are the same, the machine's are not). Last, a backup is put back and killed at
(`--restores`): the database is the old one or the new one, whole, and the old one is kept beside it.
"""

from __future__ import annotations

import argparse
import http.client
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from killed_restore import Restores  # noqa: E402  # it lies with the tests
from running import DATABASE, Web, command, started  # noqa: E402  # it lies with the tests

EACH, ON = 50, 10**6
VICTIMS = ("web", "web", "command", "import", "import", "undoing")
EXAMPLE = ROOT / "examples" / "location" / "eksempeldirektoratet.yaml"
BESIDE = (("ledger", "list"), ("ledger", "effect"), ("case", "list"), ("assess", str(EXAMPLE), "--json"))
UNANSWERED = (OSError, http.client.HTTPException)
PLACES = ("Røros", "Alta", "Hamar", "Førde", "Bodø", "Voss")


@dataclass
class Told:
    """What one folder was told to keep.

    Args:
        cases: ids of cases that were answered as made.
        titles: titles that were answered as saved; no two are the same.
        booked: files whose import ended well.
        tried: files whose import was killed.
        undone: files whose import was undone.
    """

    cases: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    booked: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)


class Folder:
    """One data folder that is worked in and killed at."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311  # moments, not secrets
        self._data = Path(tempfile.mkdtemp(prefix="endure-"))
        self._files = Path(tempfile.mkdtemp(prefix="endure-files-"))
        self._told = Told()
        self._web: Web | None = None
        self._numbers = 0
        self.kills: Counter[str] = Counter()
        self.unsure = 0

    def endure(self, kills: int) -> list[str]:
        """So many kills; what is wrong afterwards."""
        try:
            while self.kills.total() < kills:
                self._round(self._chance.choice(VICTIMS))
            if self._web:
                self._web.kill()
            return self._wrong()
        finally:
            if self._web:
                self._web.kill()
            shutil.rmtree(self._data)
            shutil.rmtree(self._files)

    def said(self) -> str:
        """What was counted."""
        told = self._told
        return (
            f"{len(told.cases)} cases and {len(told.titles)} saves answered, {self.unsure} unanswered; "
            f"{len(told.booked)} imports ended well, {len(told.tried)} killed, {len(told.undone)} undone"
        )

    def _round(self, victim: str) -> None:
        web = self._web = self._web or Web(self._data)
        with ThreadPoolExecutor(2) as threads:
            saving = threads.submit(self._save, web, ON if victim == "web" else self._chance.randint(4, 12))
            if victim == "web":
                beside = threads.submit(command, self._data, *self._chance.choice(BESIDE))
                time.sleep(self._chance.uniform(0, 1.5))
                web.kill()
                self._web = None
                beside.result()
            elif victim == "undoing":
                self._undo()
            elif victim == "import":
                self._import()
            else:
                self._kill(started(self._data, *self._chance.choice((*BESIDE, self._backup()))))
            saving.result()
        self.kills[victim] += 1

    def _import(self) -> None:
        """A file that one imports and is killed at, at times with another at the same file beside it."""
        file = self._events()
        both = [started(self._data, "ledger", "import", file) for _ in range(self._chance.randint(1, 2))]
        self._kill(both[0])
        well = [each for each in both if _ended_well(each)]
        if len(well) > 1:
            raise AssertionError(f"{file.name}: two were told that they booked it")
        if not well and self._chance.random() < 0.5:  # the person tries again
            again = command(self._data, "ledger", "import", file)
            if "Traceback" in again.stderr:
                raise AssertionError(again.stderr[-500:])
            well = both  # booked now, or it was when the program was killed
        (self._told.booked if well else self._told.tried).append(file.name)

    def _undo(self) -> None:
        """An import that was booked, undone by one who is killed at it; at times tried again."""
        left = [each for each in self._told.booked if each not in self._told.undone]
        if not left:
            self._import()
            return
        name = self._chance.choice(left)
        asked = "SELECT id FROM ledger_import WHERE undoes IS NULL AND file_name = ?"
        with closing(sqlite3.connect(self._data / DATABASE, timeout=30)) as database:
            number = str(database.execute(asked, (name,)).fetchone()[0])
        program = started(self._data, "ledger", "undo", number)
        self._kill(program)
        if _ended_well(program) or command(self._data, "ledger", "undo", number).returncode in (0, 1):
            self._told.undone.append(name)

    def _backup(self) -> tuple[str, ...]:
        return ("data", "backup", str(self._files / f"{self._number()}.sqlite"))

    def _kill(self, program: subprocess.Popen[str]) -> None:
        """Within the time that it takes; one that is quicker has ended."""
        try:
            program.wait(self._chance.uniform(0.2, 2.5))
        except subprocess.TimeoutExpired:
            program.kill()

    def _save(self, web: Web, times: int) -> None:
        """New cases, and saves of them; what is not answered nobody has been promised."""
        for _ in range(times):
            try:
                case = web.new_case(self._chance.choice(PLACES))
                self._told.cases.append(case)
                title = f"Sak {self._number()}"
                web.save_title(case, 1, title)
                self._told.titles.append(title)
            except UNANSWERED:
                self.unsure += 1
                return

    def _events(self) -> Path:
        """A ledger file with events that no other has."""
        number = self._number()
        lines = ["agency,place,kind,jobs,date,source"]
        lines += [f"Etat {number},{place},established,{number},2020-01-01,letter" for place in PLACES]
        file = self._files / f"events-{number}.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return file

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers

    def _wrong(self) -> list[str]:
        """Everything that is not as it was answered; the database is only read."""
        with closing(sqlite3.connect(self._data / DATABASE, timeout=30)) as database:
            sound = database.execute("PRAGMA integrity_check").fetchall()
            loose = database.execute("PRAGMA foreign_key_check").fetchall()
            cases = Counter(row[0] for row in database.execute("SELECT id FROM case_draft"))
            saves = Counter(
                row[0]
                for row in database.execute(
                    "SELECT json_extract(content, '$.title') FROM case_draft_version WHERE step = 'unit'"
                )
            )
            ends = "SELECT count(*) FROM case_draft d WHERE version != (SELECT max(version) "
            ends += "FROM case_draft_version v WHERE v.draft_id = d.id)"
            headless = database.execute(ends).fetchone()[0]
            asked = "SELECT file_name FROM ledger_import WHERE undoes IS "
            imports = Counter(row[0] for row in database.execute(f"{asked} NULL"))
            undone = Counter(row[0] for row in database.execute(f"{asked} NOT NULL"))
            events = "SELECT count(*) FROM ledger_event GROUP BY import_id HAVING count(*) != ?"
            halves = database.execute(events, (len(PLACES),)).fetchall()
        return [
            *([f"not sound: {sound[:3]}"] if sound != [("ok",)] else []),
            *([f"rows that belong to nothing: {loose[:3]}"] if loose else []),
            *([f"{headless} cases whose newest version is not there"] if headless else []),
            *(f"case {each} is there {cases[each]} times" for each in self._told.cases if cases[each] != 1),
            *(f"{each} is saved {saves[each]} times" for each in self._told.titles if saves[each] != 1),
            *(f"{each} is booked {imports[each]} times" for each in self._told.booked if imports[each] != 1),
            *(f"{each} is booked {imports[each]} times" for each in self._told.tried if imports[each] > 1),
            *(f"{each} is undone {undone[each]} times" for each in self._told.undone if undone[each] != 1),
            *(f"{each} is undone and was not asked for" for each in undone if each not in self._told.undone),
            *([f"{len(halves)} imports are not whole"] if halves else []),
        ]


def _ended_well(program: subprocess.Popen[str]) -> bool:
    """Whether it says that it did what it was told; one that was killed has said nothing."""
    if program.stdout and not program.stdout.closed:
        _, told = program.communicate(timeout=120)
        if "Traceback" in told:
            raise AssertionError(told[-500:])
    return program.returncode == 0


def main() -> int:
    """Exit code 0 where nothing that was answered is lost or there twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, help="of the first folder; the next ones follow it")
    parser.add_argument("--at-once", type=int, default=2, help="folders that are worked in at once")
    parser.add_argument("--restores", type=int, default=30, help="kills of a backup that is put back")
    asked = parser.parse_args()
    first = asked.seed if asked.seed is not None else random.randrange(10**6)  # noqa: S311
    parts = [EACH] * (asked.kills // EACH) + ([asked.kills % EACH] if asked.kills % EACH else [])
    begun, failed = time.monotonic(), 0
    with ThreadPoolExecutor(asked.at_once) as threads:
        for wrong in threads.map(_one, range(first, first + len(parts)), parts):
            failed += bool(wrong)
    failed += bool(asked.restores and _restores(first, asked.restores))
    took = time.monotonic() - begun
    print(f"{sum(parts)} kills in {len(parts)} folders, {took:.0f} s: {failed} folders with something wrong")
    return 1 if failed else 0


def _restores(seed: int, kills: int) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="endure-restore-") as folder:
        restores = Restores(Path(folder), seed)
        wrong = restores.endure(kills)
    found = "; ".join(f"{count} × {what}" for what, count in sorted(restores.found.items()))
    print(f"seed {seed}: {kills} restores killed, left: {found}: {len(wrong)} wrong", flush=True)
    for each in wrong[:20]:
        print(f"  {each}", flush=True)
    return wrong


def _one(seed: int, kills: int) -> list[str]:
    folder = Folder(seed)
    try:
        wrong = folder.endure(kills)
    except AssertionError as error:
        wrong = [str(error)]
    killed = ", ".join(f"{count} × {what}" for what, count in sorted(folder.kills.items()))
    print(f"seed {seed}: {killed}; {folder.said()}: {len(wrong)} wrong", flush=True)
    for each in wrong[:20]:
        print(f"  {each}", flush=True)
    return wrong


if __name__ == "__main__":
    sys.exit(main())
