"""Keeping what sources answer: whole or not at all, with where it came from, and the same is no fault."""

import hashlib
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.sources.http import Client
from tyngdepunkt.sources.kept import ANSWERS, LIST, LOG, Found, Question, Run, files, read_kept, read_log, run
from unit.sources.served import Server, Time

QUESTION = Question("places", {"sok": "Heggmo*"}, "CC BY 4.0", "daily")


@pytest.fixture
def client(server: Server, time: Time) -> Client:
    return Client(server.address, clock=time.clock)


def once(folder: Path, client: Client, *answers: bytes, dry_run: bool = False) -> Run:
    def gather(found: Found) -> int:
        for at, answer in enumerate(answers):
            found.add("navn", {"side": str(at)}, answer)
        return len(answers)

    return run(folder, client, QUESTION, gather, dry_run=dry_run)


def test_answers_are_kept_with_address_time_licence_and_fingerprint(client: Client, tmp_path: Path) -> None:
    told = once(tmp_path, client, b"one", b"two")
    assert (told.state, told.rows, told.licence, told.cadence) == ("read", 2, "CC BY 4.0", "daily")
    assert [file.read_bytes() for file in files(tmp_path, told)] == [b"one", b"two"]
    first = told.parts[0]
    assert first.address == f"{client.address('navn')}?side=0"
    assert (first.fetched, first.bytes) == ("2026-11-29T08:00:00+00:00", 3)
    assert first.sha256 == first.kept == hashlib.sha256(b"one").hexdigest()
    assert read_kept(tmp_path) == {told.name: told}


def test_the_same_is_skipped_and_what_is_named_no_more_goes(client: Client, tmp_path: Path) -> None:
    once(tmp_path, client, b"one", b"two")
    assert once(tmp_path, client, b"one", b"two").state == "skipped"
    assert once(tmp_path, client, b"one", b"three").state == "read"
    assert {file.read_bytes() for file in (tmp_path / ANSWERS).iterdir()} == {b"one", b"three"}
    assert [each.state for each in read_log(tmp_path)] == ["read", "skipped", "read"]


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_what_is_no_longer_whole_is_read_anew(harm: str, client: Client, tmp_path: Path) -> None:
    (file,) = files(tmp_path, once(tmp_path, client, b"one"))
    file.unlink() if harm == "gone" else file.write_bytes(b"0ne")
    assert once(tmp_path, client, b"one").state == "read"
    assert file.read_bytes() == b"one"


def test_a_run_that_fails_leaves_what_was_there_and_stands_in_the_log(client: Client, tmp_path: Path) -> None:
    before = once(tmp_path, client, b"one")

    def broken(found: Found) -> int:
        found.add("navn", {}, b"half")
        raise UserError(Fault("sources:cut_off", {"host": "x"}))

    with pytest.raises(UserError):
        run(tmp_path, client, QUESTION, broken)
    assert read_kept(tmp_path) == {before.name: before}
    assert [file.read_bytes() for file in (tmp_path / ANSWERS).iterdir()] == [b"one"]
    assert [(each.state, each.fault) for each in read_log(tmp_path)][-1] == ("failed", "sources:cut_off")


def test_a_trial_writes_nothing_at_all(client: Client, tmp_path: Path) -> None:
    assert once(tmp_path, client, b"one", dry_run=True).state == "read"
    assert list(tmp_path.iterdir()) == []


def test_of_what_is_dropped_only_the_fingerprint_is_left(client: Client, tmp_path: Path) -> None:
    def gather(found: Found) -> int:
        found.add("sok", {}, b"Kari Nordmann", b"-")
        found.add("sok", {}, b"Ola Nordmann", b"")
        found.dropped = ("name",)
        return 2

    told = run(tmp_path, client, QUESTION, gather)
    assert [part.sha256 for part in told.parts] == [
        hashlib.sha256(name).hexdigest() for name in (b"Kari Nordmann", b"Ola Nordmann")
    ]
    assert [file.read_bytes() for file in files(tmp_path, told)] == [b"-"]
    assert not any(b"Nordmann" in file.read_bytes() for file in tmp_path.rglob("*.json"))


@pytest.mark.parametrize("name", [LIST, LOG])
@pytest.mark.parametrize("content", [b"", b"{", b'{"a": 1}', b"[" * 100_000])
def test_a_list_that_is_not_ours_is_none(name: str, content: bytes, client: Client, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert once(tmp_path, client, b"one").state == "read"
    assert len(read_log(tmp_path)) == len(read_kept(tmp_path)) == 1


def test_a_list_cannot_have_files_of_others_removed(client: Client, tmp_path: Path) -> None:
    told = once(tmp_path, client, b"one")
    victim = tmp_path / "victim"
    victim.write_text("x")
    held = (tmp_path / LIST).read_text().replace(told.parts[0].file, "../victim")
    (tmp_path / LIST).write_text(held)
    once(tmp_path, client, b"two")
    assert victim.exists()


def test_a_folder_that_cannot_be_written_in_is_told(client: Client, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError) as error:
        once(tmp_path / "file", client, b"one")
    assert [fault.key for fault in error.value.faults] == ["sources:cannot_write"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a child that is killed is made by fork")
def test_a_run_that_is_killed_at_any_act_on_the_disk_leaves_whole_answers(tmp_path: Path) -> None:
    """Each act in turn, and the run after it always comes to its end."""
    acts, ended, states = 0, False, set()
    while not ended:
        acts += 1
        folder = tmp_path / str(acts)
        assert _killed(folder, b"old", 0)
        ended = _killed(folder, b"new", acts)
        (found,) = read_kept(folder).values()
        whole = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files(folder, found)]
        assert whole == [part.kept for part in found.parts]
        states.add(files(folder, found)[0].read_bytes()[:3])
        assert _killed(folder, b"new", 0)
        assert files(folder, *read_kept(folder).values())[0].read_bytes().startswith(b"new")
    assert states == {b"old", b"new"}
    assert acts > 10


def _killed(folder: Path, word: bytes, at: int) -> bool:
    """Whether a child that keeps two answers came to its end; it ends at an act, or at none."""

    def gather(found: Found) -> int:
        for number in (b"1", b"2"):
            found.add("x", {"page": number.decode()}, word + number)
        found.tables["table.json"] = word
        return 2

    child = os.fork()
    if child == 0:
        seen = 0

        def counted(event: str, _: Any) -> None:
            nonlocal seen
            seen += event in ("open", "os.mkdir", "os.rename", "os.remove")
            if at and seen == at:
                os._exit(9)

        try:
            client = Client("http://127.0.0.1:9")
            sys.addaudithook(counted)
            run(folder, client, Question("x", {}, "CC BY 4.0", "daily"), gather)
        finally:
            os._exit(0 if sys.exception() is None else 1)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, 9)
    return status == 0
