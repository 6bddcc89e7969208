"""What two programs ask and write at the same time: one of them is answered after the other has written."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from running import rows, started
from tyngdepunkt.workspace.drafts import Drafts

EVENTS = "agency,place,kind,jobs,date,source\nTilsynet,Røros,established,5,2020-01-01,letter\n"

# the moment between the question and the writing, drawn out; both are in it if nothing keeps them apart
SLOW = """
import sys, time
from tyngdepunkt.workspace.register import Register
asked = Register.{question}
def slowly(*given):
    found = asked(*given)
    time.sleep(0.5)
    return found
Register.{question} = slowly
from tyngdepunkt.cli import run
sys.exit(run(sys.argv[1:]))
"""


def slowly(address: str, question: str, *arguments: str | Path) -> subprocess.Popen[str]:
    code = SLOW.format(question=question)
    where = {**os.environ, "TYNGDEPUNKT_DATABASE": address}
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stderr=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, env=where,
    )  # fmt: skip


def ended(*programs: subprocess.Popen[str]) -> list[int]:
    told = [each.communicate(timeout=120)[1] for each in programs]
    assert not any("Traceback" in each for each in told), told
    return sorted(each.returncode for each in programs)


@pytest.fixture
def events(tmp_path: Path) -> Path:
    file = tmp_path / "events.csv"
    file.write_text(EVENTS, encoding="utf-8")
    return file


def counted(address: str, table: str) -> int:
    engine = create_engine(address)
    with engine.connect() as connection:
        found = connection.scalar(text(f"SELECT count(*) FROM {table}"))
    engine.dispose()
    return int(found or 0)


def test_one_file_imported_by_two_at_once_is_booked_once(address: str, events: Path) -> None:
    both = [slowly(address, "_refuse_known", "ledger", "import", events) for _ in range(2)]
    assert ended(*both) == [0, 1]
    assert counted(address, "ledger_import") == counted(address, "ledger_event") == 1


def test_one_import_undone_by_two_at_once_is_undone_once(address: str, events: Path) -> None:
    assert ended(slowly(address, "_refuse_known", "ledger", "import", events)) == [0]
    both = [slowly(address, "_refuse_undo", "ledger", "undo", "1") for _ in range(2)]
    assert ended(*both) == [0, 1]
    assert counted(address, "ledger_event WHERE reverses IS NOT NULL") == 1


def test_two_threads_that_save_one_case_at_once_both_stand(address: str) -> None:
    drafts = Drafts(address)
    made = drafts.create({"title": "A"})
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda at: drafts.save(made.id, {f"field{at}": at}, 1, "unit"), range(16)))
    newest = drafts.get(made.id)
    assert newest.version == 17
    assert newest.content == {"title": "A", **{f"field{at}": at for at in range(16)}}


@pytest.mark.slow
def test_two_imports_a_little_after_one_another_book_one(tmp_path: Path, events: Path) -> None:
    for at in range(2):
        data = tmp_path / str(at)
        both = [started(data, "ledger", "import", events)]
        time.sleep(0.05 * at)
        both.append(started(data, "ledger", "import", events))
        assert ended(*both) == [0, 1]
        assert rows(data, "SELECT count(*) FROM ledger_event") == [(1,)]


def test_a_copy_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also that its scores were seen: a copy without it would let weights change unlogged."""
    drafts = Drafts(f"sqlite:///{tmp_path / 'd.sqlite'}")
    made = drafts.create({"title": "A", "weights": {"a": 1}})
    drafts.seen(made.id, 1)
    copy = drafts.duplicate(made.id, "B")
    assert (copy.seen, copy.version) == (1, 1)
    assert drafts.get(copy.id).content == copy.content == {"title": "B", "weights": {"a": 1}}
    with monkeypatch.context() as patch:
        patch.setattr("tyngdepunkt.workspace.drafts.store.LARGEST", 1)
        with pytest.raises(Exception, match="too_large"):
            drafts.duplicate(made.id, "C")
    assert len(drafts.list()) == 2


def test_a_page_that_is_read_again_waits_for_no_writer(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'd.sqlite'}"
    drafts = Drafts(address)
    made = drafts.create({"title": "A"})
    drafts.seen(made.id, 1)
    with drafts._database.session(write=True):
        Drafts(address).seen(made.id, 1)  # would wait for the lock, and be refused
        assert Drafts(address).get(made.id).seen == 1
