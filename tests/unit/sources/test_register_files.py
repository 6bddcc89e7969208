"""Fetching a nightly file from a register on this machine: what is kept, told, and left as it was."""

import gzip
import json
from pathlib import Path

import pytest

from tyngdepunkt.cli import run
from tyngdepunkt.errors import UserError
from tyngdepunkt.sources.http import Client, Limits
from tyngdepunkt.sources.register_files import fetch, read_log, table, take
from unit.sources.faulty import PASSING, Once
from unit.sources.served import Answer, Server, Time
from unit.sources.test_entities import entity


def night(*numbers: int) -> Answer:
    body = gzip.compress(json.dumps([entity(number) for number in numbers]).encode(), mtime=0)
    return Answer(body, headers={"Content-Type": "application/vnd.brreg.enhetsregisteret.enhet.v2+gzip"})


def client(server: Server, time: Time) -> Client:
    return Client(server.address, clock=time.clock, limits=Limits(attempts=3))


def test_a_run_is_logged_with_where_from_when_and_under_what_licence(
    server: Server, time: Time, tmp_path: Path
) -> None:
    server.say(night(800000001, 800000002))
    with client(server, time) as register:
        found = fetch("entities", register, tmp_path)
    (line,) = read_log(tmp_path)
    assert line == found.logged
    assert (line.state, line.rows, line.licence, line.cadence) == ("read", 2, "NLOD 2.0", "daily")
    assert line.address == f"{server.address}/enheter/lastned"
    assert line.at == "2026-11-29T08:00:00+00:00"
    assert len(line.sha256) == 64
    assert sorted(path.name for path in tmp_path.iterdir()) == ["entities.parquet", "log.json"]


def test_the_same_file_again_is_skipped_and_not_failed(server: Server, time: Time, tmp_path: Path) -> None:
    server.say(night(800000001))
    with client(server, time) as register:
        states = [fetch("entities", register, tmp_path).logged.state for _ in range(2)]
        table(tmp_path, "entities").unlink()
        states.append(fetch("entities", register, tmp_path).logged.state)
    assert states == ["read", "skipped", "read"]


@pytest.mark.parametrize(
    ("broken", "key", "times"),
    [
        (Answer(night(1).body, cut=20), "cut_off", 3),
        (Answer(b"[]"), "not_gzip", 1),
        (Answer(night(1).body[:-9]), "not_gzip", 1),
        (night(), "no_entities", 1),
        (Answer(status=503), "out_of_order", 3),
        (Answer(status=429), "too_many_calls", 3),
        (Answer(status=429, headers={"Retry-After": "9000"}), "come_back_later", 1),
        (Answer(status=403), "refused", 1),
        (Answer(status=404), "refused", 1),
        (Answer(status=302, headers={"Location": "http://elsewhere.example/x"}), "redirected", 1),
    ],
)
def test_after_a_fault_the_old_table_stays_and_the_log_says_why(
    broken: Answer, key: str, times: int, server: Server, time: Time, tmp_path: Path
) -> None:
    server.say(night(800000001))
    with client(server, time) as register:
        fetch("entities", register, tmp_path)
        before = table(tmp_path, "entities").read_bytes()
        server.say(broken)
        server.asked.clear()
        with pytest.raises(UserError) as error:
            fetch("entities", register, tmp_path)
        assert [fault.key for fault in error.value.faults] == [f"sources:{key}"]
        assert len(server.asked) == times
        assert table(tmp_path, "entities").read_bytes() == before
        assert [(each.state, each.fault) for each in read_log(tmp_path)] == [
            *(("read", ""), ("failed", f"sources:{key}")),
        ]
        server.say(night(800000001, 800000002))
        assert fetch("entities", register, tmp_path).logged.rows == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["entities.parquet", "log.json"]


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_is_waited_for(fault: str, server: Server, time: Time, tmp_path: Path) -> None:
    if fault == "half a document":
        pytest.skip("half a packed file is told as such: it is of hundreds of megabytes")
    answer, waits = PASSING[fault]
    server.say(night(800000001))
    Once(server, answer)
    with client(server, time) as register:
        assert fetch("entities", register, tmp_path).logged.state == "read"
    assert time.slept == waits


def test_a_dry_run_checks_and_leaves_nothing(server: Server, time: Time, tmp_path: Path) -> None:
    server.say(night(800000001))
    with client(server, time) as register:
        found = fetch("workplaces", register, tmp_path, dry_run=True)
        server.say(Answer(b"[]"))
        with pytest.raises(UserError):
            fetch("workplaces", register, tmp_path, dry_run=True)
    assert found.logged.rows == 1
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_was_brought_is_kept_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "brought.json.gz"
    file.write_bytes(night(800000001).body)
    found = take("entities", file, "2026-11-29T08:00:00+00:00", tmp_path / "registers")
    assert (found.logged.state, found.logged.address) == ("read", "brought.json.gz")
    assert file.read_bytes() == night(800000001).body


@pytest.mark.walk
def test_the_command_says_what_was_read(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TYNGDEPUNKT_DATA", str(tmp_path))
    server.say(night(800000001))
    asked = ["data", "register", "entities", "--base", server.address]
    assert run([*asked, "--json"]) == 0
    held = json.loads(capsys.readouterr().out)
    assert (held["state"], held["read"]["rows"], held["written"]) == ("read", 1, True)
    assert run([*asked, "--lang", "en"]) == 0
    assert "the same as last time" in capsys.readouterr().out
    assert run([*asked, "--most", "0"]) == 1
