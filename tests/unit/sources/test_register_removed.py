"""What the register has removed goes out of the copy, and nothing else does."""

from pathlib import Path

import duckdb
import pytest

from tyngdepunkt.cli import run as cli
from tyngdepunkt.errors import UserError
from tyngdepunkt.settings import data_folder
from tyngdepunkt.sources.register_removed import remove
from unit.sources.served import Server, as_json
from unit.sources.test_register_changes import Register, change


def a_table(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "entities.parquet"
    rows = f"SELECT CAST(800000000 + i AS VARCHAR) AS number, i AS employees FROM range({count}) t(i)"
    duckdb.sql(rows).write_parquet(str(file))
    return file


def numbers(file: Path) -> list[str]:
    return sorted(row[0] for row in duckdb.read_parquet(str(file)).project("number").fetchall())


@pytest.mark.parametrize(
    ("gone", "found"),
    [([], 0), (["900000000"], 0), (["800000003", "900000000"], 1), (["800000000", "800000004"], 2)],
)
def test_only_what_is_named_goes(gone: list[str], found: int, tmp_path: Path) -> None:
    file = a_table(tmp_path / "it's", 5)
    before, content = numbers(file), file.read_bytes()
    assert remove(file, gone) == found
    assert numbers(file) == [number for number in before if number not in gone]
    assert found or file.read_bytes() == content
    assert [each.name for each in file.parent.iterdir()] == ["entities.parquet"]


def test_where_there_is_no_table_nothing_is_made(tmp_path: Path) -> None:
    assert remove(tmp_path / "entities.parquet", ["800000001"]) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_table_that_is_none_is_told_and_stays(tmp_path: Path) -> None:
    file = tmp_path / "entities.parquet"
    file.write_bytes(b"no parquet")
    with pytest.raises(UserError) as error:
        remove(file, ["800000001"])
    assert [fault.key for fault in error.value.faults] == ["sources:unreadable"]
    assert file.read_bytes() == b"no parquet"


@pytest.mark.walk
def test_the_command_takes_out_what_is_removed_and_leaves_what_is_deleted(
    server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    file = a_table(data_folder() / "registers", 6)
    register = server.answer = Register(change(1, kind="Fjernet"), change(2, kind="Sletting"), change(3))
    register.entities = {"800000003": as_json({"organisasjonsnummer": "800000003"}, 410)}
    asked = ["data", "changes", "entities", "--base", server.address, "--since", "2026-11-01", "--ask-each"]
    assert cli([*asked, "--dry-run"]) == 0
    assert len(numbers(file)) == 6
    assert cli([*asked, "--lang", "en"]) == 0
    assert "2 of them were taken out" in capsys.readouterr().out.replace("\n", " ")
    assert numbers(file) == ["800000000", "800000002", "800000004", "800000005"]
