"""One engine for each database of a process, and a file that is touched by nothing but SQLite."""

from __future__ import annotations

import os
import stat
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tyngdepunkt.analyses.state_jobs.store import Ledger
from tyngdepunkt.workspace import engine as engines
from tyngdepunkt.workspace.drafts import Drafts


def test_ledger_and_drafts_share_one_engine_and_closing_one_leaves_the_other(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'd.sqlite'}"
    url = make_url(address)
    drafts, ledger = Drafts(address), Ledger(address)
    one, other = engines.hold(url), engines.hold(url)
    assert one is other
    made = drafts.create({"title": "A"})
    ledger.close()
    ledger.close()  # twice is once
    assert drafts.get(made.id).title == "A"
    drafts.close()
    engines.release(url)
    engines.release(url)
    fresh = engines.hold(url)
    assert fresh is not one
    engines.release(url)


def test_the_database_file_is_opened_by_nothing_but_sqlite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closing a handle of one's own drops the locks of the whole process."""
    opened: list[str] = []

    def tell(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and listening:
            opened.append(str(arguments[0]))

    listening = [True]
    sys.addaudithook(tell)  # cannot be taken away again: it is made deaf
    try:
        address = f"sqlite:///{tmp_path / 'd.sqlite'}"
        drafts = Drafts(address)
        drafts.create({"title": "A"})
        with Ledger(address) as ledger:
            ledger.booked()
        Drafts(address).list()
    finally:
        listening.clear()
    assert not [each for each in opened if "d.sqlite" in each]


def test_the_file_its_journals_and_its_folder_are_for_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        folder = tmp_path / "data"
        drafts = Drafts(f"sqlite:///{folder / 'd.sqlite'}")
        drafts.create({"title": "A"})
        modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()}
        assert modes == dict.fromkeys(("d.sqlite", "d.sqlite-wal", "d.sqlite-shm"), 0o600)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        after = tmp_path / "after"
        after.touch()
        assert stat.S_IMODE(after.stat().st_mode) == 0o644  # the umask is what it was
    finally:
        os.umask(before)


def test_a_file_that_was_put_in_anothers_place_is_the_one_that_is_written_in(tmp_path: Path) -> None:
    file = tmp_path / "d.sqlite"
    drafts = Drafts(f"sqlite:///{file}")
    drafts.create({"title": "A"})
    for each in tmp_path.iterdir():
        each.unlink()
    made = drafts.create({"title": "B"})
    assert [each.id for each in drafts.list()] == [made.id]
    again = Drafts(f"sqlite:///{file}")
    assert [each.id for each in again.list()] == [made.id]


def test_many_threads_that_begin_a_database_at_once_all_write(tmp_path: Path) -> None:
    drafts = Drafts(f"sqlite:///{tmp_path / 'd.sqlite'}")
    ready = threading.Barrier(12)
    made: list[str] = []

    def create() -> None:
        ready.wait()
        made.append(drafts.create({"title": "A"}).id)

    threads = [threading.Thread(target=create) for _ in range(12)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(each.id for each in drafts.list()) == sorted(made)
    assert len(made) == 12
