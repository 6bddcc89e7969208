"""A database of an older version is brought up with all that is in it, and one of a newer is left alone."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier, Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError

from tyngdepunkt import workspace
from tyngdepunkt.analyses.state_jobs.store import Ledger
from tyngdepunkt.errors import UserError
from tyngdepunkt.texts import explain_error
from tyngdepunkt.workspace import version
from tyngdepunkt.workspace.drafts import Drafts, carry, store
from tyngdepunkt.workspace.drafts.carry import exported
from tyngdepunkt.workspace.drafts.store import SCHEMA
from tyngdepunkt.workspace.tables import ONLY_ADDED_TO, Base

OLD = Path(__file__).with_name("written_by_61ca4fc.sql")
COUNTS = {
    "case_draft": 3,
    "case_draft_version": 6,
    "ledger_import": 3,
    "ledger_event": 4,
    "ledger_event_agency": 5,
}
FIRST = "Zq8fK2mXw1cVtB7yNsHdJ4Lg"


@contextmanager
def writing(address: str) -> Iterator[Connection]:
    engine = create_engine(address)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def old_sqlite(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(OLD.read_text(encoding="utf-8"))
        connection.execute("PRAGMA journal_mode=WAL")


def old_postgresql(address: str) -> None:
    """The same rows in the tables as they were then, and no number."""
    with closing(sqlite3.connect(":memory:")) as source, writing(address) as target:
        source.executescript(OLD.read_text(encoding="utf-8"))
        version.upgrade(target, "0001")
        target.execute(text("DROP TABLE alembic_version"))
        for table in COUNTS:
            found = source.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
            names = [each[0] for each in found.description]
            places = ", ".join(f":{name}" for name in names)
            for row in found:
                statement = text(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})")
                target.execute(statement, dict(zip(names, row, strict=True)))
        for table in ("ledger_import", "ledger_event"):
            target.execute(text(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"))


@pytest.fixture
def old(address: str) -> str:
    """The address of a database as the first version left it."""
    file = make_url(address).database
    if address.startswith("sqlite"):
        old_sqlite(Path(str(file)))
    else:
        old_postgresql(address)
    return address


def counts(address: str) -> dict[str, int]:
    with writing(address) as connection:
        return {table: int(connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0) for table in COUNTS}


def test_what_an_older_version_wrote_is_all_there_afterwards(old: str) -> None:
    assert counts(old) == COUNTS
    drafts, ledger = Drafts(old), Ledger(old)
    shown = drafts.list()
    assert {each.title for each in shown} == {
        "Eksempeltilsynet til Vidda",
        "Kopi av Eksempeltilsynet til Vidda",
    }
    assert {each.kind for each in shown} == {"location"}
    assert [each.title for each in drafts.list(deleted=True)] == ["Sletta sak"]
    assert [each.step for each in drafts.history(FIRST)] == [
        "considerations",
        "considerations",
        "unit",
        "start",
    ]
    first = drafts.get(FIRST)
    assert (first.version, first.seen, first.content["weight_log"][0]["scores_seen"]) == (4, 3, True)
    assert drafts.get(FIRST, 3).content["weights"] == {"spread": 40, "market": 60}
    assert [each.record.agencies for each in ledger.booked()] == [("Tilsynet",), ("Tilsynet", "Verket")]
    assert ledger.last_import() == 3
    assert counts(old) == COUNTS  # the import that was undone too
    with writing(old) as connection:
        assert connection.scalars(text("SELECT schema FROM case_draft_version")).all() == [1] * 6


def test_it_can_be_worked_on_and_a_copy_of_what_it_was_lies_beside_it(tmp_path: Path, sqlite: str) -> None:
    old_sqlite(tmp_path / "d.sqlite")
    drafts = Drafts(sqlite)
    assert drafts.save(FIRST, {"title": "Nytt navn"}, 4, "unit").version == 5
    (copy,) = tmp_path.glob("d-before-upgrade-*.sqlite")
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT max(version) FROM case_draft_version").fetchone() == (4,)
        columns = [row[1] for row in connection.execute("PRAGMA table_info(case_draft)")]
    assert "kind" not in columns
    Drafts(sqlite).list()
    assert len(list(tmp_path.glob("d-before-upgrade-*.sqlite"))) == 1  # only once


def test_an_installation_with_the_ledger_alone_gets_the_rest(tmp_path: Path, sqlite: str) -> None:
    old_sqlite(tmp_path / "d.sqlite")
    with closing(sqlite3.connect(tmp_path / "d.sqlite")) as connection:
        connection.executescript("DROP TABLE case_draft_version; DROP TABLE case_draft;")
    drafts = Drafts(sqlite)
    assert drafts.list() == ()
    assert drafts.create({"title": "A"}).version == 1
    assert len(Ledger(sqlite).booked()) == 2


def test_many_who_open_it_at_once_bring_it_up_once(old: str, tmp_path: Path) -> None:
    ready, found = Barrier(8), []

    def open_it() -> None:
        ready.wait()
        found.append(len(Drafts(old).list()))

    threads = [Thread(target=open_it) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == [2] * 8
    assert len(list(tmp_path.glob("d-before-upgrade-*.sqlite"))) == (1 if old.startswith("sqlite") else 0)


def test_a_step_that_fails_leaves_the_database_as_it_was(old: str, monkeypatch: pytest.MonkeyPatch) -> None:
    brought_up = version.upgrade

    def fails(connection: Connection) -> None:
        brought_up(connection)
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("tyngdepunkt.workspace.version.upgrade", fails)
        with pytest.raises(UserError) as told:
            Drafts(old).list()
    assert [each.key for each in told.value.faults] == ["workspace:no_database"]
    with writing(old) as connection:
        assert version.version_of(connection) == version.BEFORE_NUMBERS
        assert "kind" not in {each["name"] for each in inspect(connection).get_columns("case_draft")}
    assert len(Drafts(old).list()) == 2


def test_a_newer_database_is_refused_with_a_sentence_and_left_alone(address: str) -> None:
    drafts = Drafts(address)
    made = drafts.create({"title": "A"})
    with writing(address) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UserError) as meanwhile:  # a program that had it open already
        drafts.save(made.id, {"title": "B"}, 1, "unit")
    drafts.close()
    with pytest.raises(UserError) as told:
        Drafts(address).list()
    for error in (meanwhile.value, told.value):
        assert [each.key for each in error.faults] == ["workspace:newer"]
        assert all("9999" in explain_error(error, lang) for lang in ("nb", "nn", "en"))
    assert counts(address)["case_draft_version"] == 1


def test_a_new_database_is_what_an_older_one_becomes(old: str) -> None:
    Drafts(old).list()
    with writing(old) as connection:
        assert version.version_of(connection) == version.NEWEST
        difference = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert difference == []


def test_rows_are_only_ever_added_also_in_a_database_that_was_brought_up(old: str) -> None:
    Drafts(old).list()
    for table in ONLY_ADDED_TO:
        column = first_column(old, table)
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {column} = {column}"):
            with pytest.raises(DBAPIError, match="only added to"), writing(old) as connection:
                connection.execute(text(statement))
    assert counts(old) == COUNTS


def first_column(address: str, table: str) -> str:
    with writing(address) as connection:
        return str(inspect(connection).get_columns(table)[0]["name"])


def test_every_step_is_known_by_its_number() -> None:
    folder = str(Path(workspace.__file__).parent / "migrations")
    config = Config()
    config.set_main_option("script_location", folder)
    steps = [each.revision for each in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(steps)) == version.KNOWN


def test_reading_makes_no_database(tmp_path: Path, sqlite: str) -> None:
    assert Drafts(sqlite).list() == ()
    with pytest.raises(UserError):
        Drafts(sqlite).get("nothing")
    assert list(tmp_path.iterdir()) == []


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "theirs.db"
    with closing(sqlite3.connect(file)) as theirs:
        theirs.execute("CREATE TABLE bookmarks (url TEXT)")
        theirs.execute("CREATE TABLE alembic_version (version_num TEXT)")
        theirs.execute("INSERT INTO alembic_version VALUES ('0001')")
        theirs.commit()
    before = file.read_bytes()
    for ask in (lambda drafts: drafts.list(), lambda drafts: drafts.create({"title": "A"}, "start")):
        with pytest.raises(UserError) as caught, closing(Drafts(f"sqlite:///{file}")) as drafts:
            ask(drafts)
        assert [fault.key for fault in caught.value.faults] == ["workspace:foreign"]
    with closing(sqlite3.connect(file)) as theirs:
        tables = {name for (name,) in theirs.execute("SELECT name FROM sqlite_master")}
    assert tables == {"bookmarks", "alembic_version"}
    assert file.read_bytes() == before


def test_a_link_that_leads_nowhere_is_no_empty_database(tmp_path: Path) -> None:
    link = tmp_path / "ours.db"
    link.symlink_to(tmp_path / "gone" / "ours.db")
    for ask in (lambda drafts: drafts.list(), lambda drafts: drafts.create({"title": "A"}, "start")):
        with pytest.raises(UserError) as caught, closing(Drafts(f"sqlite:///{link}")) as drafts:
            ask(drafts)
        assert [fault.key for fault in caught.value.faults] == ["workspace:leads_nowhere"]
    assert not (tmp_path / "gone").exists()


def test_content_of_a_schema_that_is_not_known_is_listed_and_left_alone(sqlite: str) -> None:
    with closing(Drafts(sqlite)) as drafts:
        ours, theirs = (drafts.create({"title": title}, "start") for title in ("Ours", "Theirs"))
        assert drafts.get(ours.id).content == {"title": "Ours"}
    with writing(sqlite) as connection:
        connection.execute(text("DROP TRIGGER case_draft_version_no_update"))
        connection.execute(
            text("UPDATE case_draft_version SET schema = 99 WHERE draft_id = :id"), {"id": theirs.id}
        )
    with closing(Drafts(sqlite)) as drafts:
        assert {draft.title for draft in drafts.list()} == {"Ours", "Theirs"}
        for ask in (drafts.get, drafts.whole, lambda id_: drafts.save(id_, {"title": "X"}, 1, "start")):
            with pytest.raises(UserError) as caught:
                ask(theirs.id)
            assert [fault.key for fault in caught.value.faults] == ["workspace.drafts:newer_content"]


def test_the_schema_of_content_is_one_number(sqlite: str) -> None:
    """What is written, what a file says and what is read are the same; no step fills in a later one."""
    with closing(Drafts(sqlite)) as drafts:
        made = drafts.create({"title": "A"}, "start")
        told = json.loads(exported(drafts, made.id))
    with writing(sqlite) as connection:
        assert connection.scalar(text("SELECT schema FROM case_draft_version")) == SCHEMA == told["schema"]
    folder = Path(version.__file__).parent / "migrations" / "versions"
    steps = "".join(step.read_text(encoding="utf-8") for step in folder.glob("v*.py"))
    defaults = re.findall(r'Column\("schema".*?server_default="(\d+)"', steps)
    assert defaults
    assert max(map(int, defaults)) <= SCHEMA
    assert carry.SCHEMA is store.SCHEMA
