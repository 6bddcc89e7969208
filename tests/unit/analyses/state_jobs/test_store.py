"""The ledger in the database: all or nothing, never twice, only ever added to."""

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from tyngdepunkt.analyses.state_jobs.events import EventKind, LedgerEvent, Row
from tyngdepunkt.analyses.state_jobs.store import Ledger
from tyngdepunkt.errors import UserError
from tyngdepunkt.texts import explain_error
from tyngdepunkt.workspace.tables import Base


def event(
    jobs: float = 6, place: str = "0303", kind: EventKind = EventKind.CLOSED, agency: str = "A"
) -> LedgerEvent:
    day = dt.date(2020, 3, 1)
    return LedgerEvent(kind, (agency, "Other"), place, "Vidda", jobs, jobs + 1, day, day, "letter")


def rows(*events: LedgerEvent) -> list[Row]:
    return [Row(f"line {at}", each) for at, each in enumerate(events, start=2)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "ledger.sqlite"


@pytest.fixture
def ledger(file: Path) -> Ledger:
    return Ledger(f"sqlite:///{file}")


def refusal(error: UserError) -> tuple[str, ...]:
    assert explain_error(error, "nn")
    return tuple(fault.key.split(":")[1] for fault in error.faults)


def test_what_is_booked_comes_back_the_same(ledger: Ledger) -> None:
    booked = (event(), event(3, "0101", EventKind.MOVED_IN))
    summary = ledger.add(rows(*booked), "a.csv", "hash")
    assert (summary.import_id, summary.events, summary.low, summary.high) == (1, 2, -7 + 3, -6 + 4)
    held = ledger.booked()
    assert {each.record for each in held} == set(booked)
    assert {(each.import_id, each.file_name) for each in held} == {(1, "a.csv")}


def test_reading_makes_no_file(ledger: Ledger, file: Path) -> None:
    assert ledger.booked() == ()
    assert not file.exists()


def test_a_dry_run_writes_nothing(ledger: Ledger, file: Path) -> None:
    assert ledger.add(rows(event()), "a.csv", "hash", dry_run=True).import_id is None
    assert not file.exists()
    ledger.add(rows(event()), "a.csv", "hash")
    with pytest.raises(UserError):  # but it finds what would be refused
        ledger.add(rows(event()), "b.csv", "other", dry_run=True)


def test_the_same_file_is_refused(ledger: Ledger) -> None:
    ledger.add(rows(event()), "a.csv", "hash")
    with pytest.raises(UserError) as caught:
        ledger.add(rows(event(9)), "renamed.csv", "hash")
    assert refusal(caught.value) == ("imported_already",)


def test_an_event_that_holds_already_is_refused_and_nothing_is_written(ledger: Ledger) -> None:
    ledger.add(rows(event(), event(7)), "a.csv", "hash")
    with pytest.raises(UserError) as caught:
        ledger.add(rows(event(8), event(agency=" a "), event(7)), "b.csv", "other")
    assert refusal(caught.value) == ("booked_already", "booked_already")
    assert caught.value.faults[0].values["first"] == "2"
    assert len(ledger.booked()) == 2


def test_an_undo_reverses_and_keeps_every_row(ledger: Ledger, file: Path) -> None:
    ledger.add(rows(event(), event(7)), "a.csv", "hash")
    ledger.add(rows(event(9)), "b.csv", "other")
    assert ledger.undo(1) == 2
    assert [each.record.low for each in ledger.booked()] == [9]
    with sqlite3.connect(file) as raw:
        kept = raw.execute("SELECT jobs_low, reverses FROM ledger_event ORDER BY id").fetchall()
    assert kept == [(6, None), (7, None), (9, None), (-6, 1), (-7, 2)]


def test_what_was_undone_can_be_booked_again_and_undone_again(ledger: Ledger) -> None:
    for import_id in (1, 3, 5):
        assert ledger.add(rows(event()), "a.csv", "hash").import_id == import_id
        ledger.undo(import_id)
    assert ledger.booked() == ()


def test_undoing_what_cannot_be_undone(ledger: Ledger) -> None:
    ledger.add(rows(event()), "a.csv", "hash")
    ledger.undo(1)
    for import_id, key in [(1, "undone_already"), (2, "undoes_an_undo"), (9, "no_import")]:
        with pytest.raises(UserError) as caught:
            ledger.undo(import_id)
        assert refusal(caught.value) == (key,)


@pytest.mark.parametrize("table", ["ledger_event", "ledger_import", "ledger_event_agency"])
@pytest.mark.parametrize("change", ["DELETE FROM {table}", "UPDATE {table} SET rowid = rowid"])
def test_the_database_itself_refuses_to_change_a_row(
    ledger: Ledger, file: Path, table: str, change: str
) -> None:
    ledger.add(rows(event()), "a.csv", "hash")
    with sqlite3.connect(file) as raw, pytest.raises(sqlite3.IntegrityError, match="only added to"):
        raw.execute(change.format(table=table))
    assert len(ledger.booked()) == 1


def test_two_imports_at_once_cannot_book_the_same_event(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.add(rows(event()), "a.csv", "hash")
    # the other import was not there yet when this one looked
    monkeypatch.setattr("tyngdepunkt.workspace.register.Register._refuse_known", lambda *_: None)
    monkeypatch.setattr("tyngdepunkt.workspace.register.Register._counted", lambda *_: {})
    with pytest.raises(UserError) as caught:
        ledger.add(rows(event(8), event()), "b.csv", "other")
    assert refusal(caught.value) == ("changed_meanwhile",)
    assert len(ledger.booked()) == 1


def test_a_large_import_stays_one_import(ledger: Ledger) -> None:
    many = [event(jobs) for jobs in range(1, 1201)]
    assert ledger.add(rows(*many), "a.csv", "hash").events == 1200
    assert len(ledger.booked()) == 1200
    with pytest.raises(UserError) as caught:
        ledger.add(rows(*many), "b.csv", "other")
    assert len(caught.value.faults) == 1200


def test_sqlite_runs_with_a_write_ahead_log(ledger: Ledger, file: Path) -> None:
    ledger.add(rows(event()), "a.csv", "hash")
    with sqlite3.connect(file) as raw:
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize(
    "address", ["nonsense", "oracledb://u:secret@h/d", "sqlite:////proc/no/such/place.sqlite"]
)
def test_a_database_that_cannot_be_used_says_so_without_its_password(address: str) -> None:
    with pytest.raises(UserError) as caught:
        Ledger(address).add(rows(event()), "a.csv", "hash")
    assert refusal(caught.value) == ("no_database",)
    assert "secret" not in explain_error(caught.value, "nb")


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "text.sqlite"
    file.write_text("this is not a database, and long enough to be looked at" * 10)
    with pytest.raises(UserError) as caught:
        Ledger(f"sqlite:///{file}").booked()
    assert refusal(caught.value) == ("no_database",)


def test_the_same_tables_can_be_made_in_postgresql() -> None:
    made = [
        str(CreateTable(table).compile(dialect=postgresql.dialect())) for table in Base.metadata.sorted_tables
    ]
    assert "jobs_low DOUBLE PRECISION NOT NULL" in "".join(made)
    assert "TIMESTAMP WITH TIME ZONE" in "".join(made)


def test_who_books_is_kept_and_told(ledger: Ledger) -> None:
    ledger.add(rows(event()), "a.csv", "hash", booked_by="The regional department")
    ledger.add(rows(event(9)), "b.csv", "other")
    assert sorted(each.booked_by for each in ledger.booked()) == ["", "The regional department"]
