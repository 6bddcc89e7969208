"""A backup is whole, and going back keeps what it replaces."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from killed_restore import Restores
from running import Web, command, stored_cases
from tyngdepunkt.cli import run
from tyngdepunkt.errors import UserError
from tyngdepunkt.texts import explain_error
from tyngdepunkt.workspace.backup import backup, restore
from tyngdepunkt.workspace.drafts import Drafts

OLD = Path(__file__).with_name("written_by_61ca4fc.sql")


def refusal(error: UserError) -> list[str]:
    assert all(explain_error(error, lang) for lang in ("nb", "nn", "en"))
    return [each.key for each in error.faults]


def titles(address: str) -> list[str]:
    return sorted(each.title for each in Drafts(address).list())


def test_a_backup_taken_while_the_database_is_written_in_is_one_whole_file(
    tmp_path: Path, sqlite: str
) -> None:
    drafts = Drafts(sqlite)
    for title in "AB":
        drafts.create({"title": title})  # in the log: the connection is open
    assert (tmp_path / "d.sqlite-wal").stat().st_size > 0
    (tmp_path / "b").mkdir()
    found = backup(tmp_path / "b" / "b.sqlite", sqlite)
    assert (found.cases, found.saves, found.imports, found.events) == (2, 2, 0, 0)
    assert [each.name for each in (tmp_path / "b").iterdir()] == ["b.sqlite"]
    assert (tmp_path / "b" / "b.sqlite").stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(tmp_path / "b" / "b.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM case_draft").fetchone() == (2,)


def test_going_back_brings_what_was_and_keeps_what_is(tmp_path: Path, sqlite: str) -> None:
    drafts = Drafts(sqlite)
    made = drafts.create({"title": "A"})
    backup(tmp_path / "b.sqlite", sqlite)
    drafts.save(made.id, {"title": "B"}, 1, "unit")
    drafts.close()
    tried = restore(tmp_path / "b.sqlite", sqlite, dry_run=True)
    assert (tried.content.saves, tried.kept, titles(sqlite)) == (1, None, ["B"])
    _all_closed(sqlite)
    done = restore(tmp_path / "b.sqlite", sqlite)
    assert titles(sqlite) == ["A"]
    assert done.kept is not None
    assert titles(f"sqlite:///{done.kept}") == ["B"]


def _all_closed(address: str) -> None:
    """Connections of other tests' drafts on this address are given back."""
    from tyngdepunkt.workspace import engine as engines

    for held in [held for key, held in engines._held.items() if key == address]:
        held.engine.dispose()


def test_going_back_is_refused_while_the_web_has_it_open(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Web(data) as web:
        first = web.new_case("Røros")
        assert command(data, "data", "backup", tmp_path / "b.sqlite").returncode == 0
        second = web.new_case("Alta")
        refused = command(data, "data", "restore", tmp_path / "b.sqlite")
        assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)
        assert "serve" in refused.stderr
        assert web.get(f"/case/{second}/unit") == 200
    assert sorted(stored_cases(data)) == sorted((first, second))
    assert command(data, "data", "restore", tmp_path / "b.sqlite").returncode == 0
    assert stored_cases(data) == [first]


def test_what_was_written_by_an_older_program_is_brought_up(tmp_path: Path, sqlite: str) -> None:
    with closing(sqlite3.connect(tmp_path / "old.sqlite")) as connection:
        connection.executescript(OLD.read_text(encoding="utf-8"))
    before = (tmp_path / "old.sqlite").read_bytes()
    done = restore(tmp_path / "old.sqlite", sqlite)
    assert (done.content.cases, done.content.saves, done.content.imports, done.kept) == (3, 6, 3, None)
    assert len(titles(sqlite)) == 2
    assert (tmp_path / "old.sqlite").read_bytes() == before


def _newer(file: Path) -> None:
    Drafts(f"sqlite:///{file}").create({"title": "A"})
    _all_closed(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


def _foreign(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE hens (eggs)")


def _bare(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(
            "CREATE TABLE alembic_version (version_num); INSERT INTO alembic_version VALUES ('0003')"
        )


def _torn(file: Path) -> None:
    drafts = Drafts(f"sqlite:///{file.with_suffix('.whole')}")
    for at in range(60):
        drafts.create({"title": "A" * 500, "at": at})
    backup(file, f"sqlite:///{file.with_suffix('.whole')}")
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])


def _text(file: Path) -> None:
    file.write_text("title: A\n" * 100, encoding="utf-8")


def _empty(file: Path) -> None:
    file.touch()


@pytest.mark.parametrize(
    ("make", "key"),
    [
        (_newer, "newer"),
        (_foreign, "not_a_backup"),
        (_bare, "not_a_backup"),
        (_torn, "not_a_backup"),
        (_text, "not_a_backup"),
        (_empty, "not_a_backup"),
        (Path.mkdir, "no_file"),
        (lambda file: None, "no_file"),
    ],
)
def test_what_is_no_backup_of_ours_changes_nothing(
    tmp_path: Path, sqlite: str, make: object, key: str
) -> None:
    Drafts(sqlite).create({"title": "Mine"})
    _all_closed(sqlite)
    make(tmp_path / "x.sqlite")  # type: ignore[operator]
    with pytest.raises(UserError) as told:
        restore(tmp_path / "x.sqlite", sqlite)
    assert refusal(told.value) == [f"workspace:{key}"]
    assert titles(sqlite) == ["Mine"]
    assert not list(tmp_path.glob("d-before*"))


def test_a_database_that_is_broken_can_be_gone_back_from(tmp_path: Path, sqlite: str) -> None:
    Drafts(sqlite).create({"title": "A"})
    backup(tmp_path / "b.sqlite", sqlite)
    _all_closed(sqlite)
    (tmp_path / "d.sqlite").write_bytes(b"no database at all" * 100)
    done = restore(tmp_path / "b.sqlite", sqlite)
    assert titles(sqlite) == ["A"]
    assert done.kept is not None
    assert done.kept.read_bytes().startswith(b"no database")


def test_a_backup_writes_over_nothing_and_leaves_nothing_half(tmp_path: Path, sqlite: str) -> None:
    with pytest.raises(UserError) as none:
        backup(tmp_path / "b.sqlite", sqlite)
    assert refusal(none.value) == ["workspace:nothing_kept"]
    assert not list(tmp_path.iterdir())
    Drafts(sqlite).create({"title": "A"})
    (tmp_path / "there").write_text("mine")
    for target, key in ((tmp_path / "there", "file_exists"), (tmp_path / "no" / "b", "cannot_write")):
        with pytest.raises(UserError) as told:
            backup(target, sqlite)
        assert refusal(told.value) == [f"workspace:{key}"]
    assert (tmp_path / "there").read_text() == "mine"


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
def test_a_backup_does_not_bear_a_name_that_sqlite_deletes(tmp_path: Path, sqlite: str, ending: str) -> None:
    Drafts(sqlite).create({"title": "A"})
    _all_closed(sqlite)
    with pytest.raises(UserError) as told:
        backup(tmp_path / f"d.sqlite{ending}", sqlite)
    assert refusal(told.value) == ["workspace:journal_name"]


def test_a_damaged_database_is_told_as_that_and_leaves_no_copy(tmp_path: Path, sqlite: str) -> None:
    drafts = Drafts(sqlite)
    drafts.create({"title": "A"})
    _all_closed(sqlite)
    with closing(sqlite3.connect(tmp_path / "d.sqlite")) as connection:
        connection.executescript("PRAGMA foreign_keys=OFF; DELETE FROM case_draft")
    with pytest.raises(UserError) as told:
        backup(tmp_path / "b.sqlite", sqlite)
    assert refusal(told.value) == ["workspace:damaged"]
    assert not list(tmp_path.glob("*b.sqlite*"))


@pytest.mark.parametrize("links", [True, False])
def test_what_somebody_begins_while_a_backup_is_put_back_is_kept(
    tmp_path: Path, sqlite: str, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    Drafts(sqlite).create({"title": "A"})
    backup(tmp_path / "b.sqlite", sqlite)
    _all_closed(sqlite)
    other = f"sqlite:///{tmp_path / 'new' / 'd.sqlite'}"

    def no_link(*_: object) -> None:
        raise PermissionError

    def flush_late(path: Path) -> None:
        if path.name.startswith(".d.sqlite"):
            Drafts(other).create({"title": "B"})
            _all_closed(other)

    monkeypatch.setattr("tyngdepunkt.workspace.copies.flush", flush_late)
    if not links:
        monkeypatch.setattr("os.link", no_link)
    done = restore(tmp_path / "b.sqlite", other)
    assert done.kept is not None
    assert (titles(other), titles(f"sqlite:///{done.kept}")) == (["A"], ["B"])


def test_a_server_is_backed_up_with_its_own_tools(tmp_path: Path) -> None:
    address = "postgresql+psycopg://u:secret@h/d"
    for ask in (lambda: backup(tmp_path / "b", address), lambda: restore(tmp_path / "b", address)):
        with pytest.raises(UserError) as told:
            ask()
        assert refusal(told.value) == ["workspace:use_pg_dump"]
        assert "secret" not in explain_error(told.value, "en")


def test_the_commands_say_what_they_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TYNGDEPUNKT_DATA", str(tmp_path / "data"))
    drafts = Drafts()
    drafts.create({"title": "A"})
    drafts.close()
    file = tmp_path / "b.sqlite"
    assert run(["data", "backup", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["saves"] == 1
    shutil.copy(file, tmp_path / "c.sqlite")
    assert run(["data", "restore", str(tmp_path / "c.sqlite"), "--dry-run", "--lang", "en"]) == 0
    assert "cases: 1, versions of them: 1" in capsys.readouterr().out
    assert run(["data", "restore", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["dry_run"], told["cases"], Path(told["kept"]).exists()) == (False, 1, True)


def test_going_back_that_is_killed_leaves_the_old_or_the_new_whole(tmp_path: Path) -> None:
    restores = Restores(tmp_path, seed=1)
    assert restores.endure(5) == []
    assert restores.found.total() == 5
