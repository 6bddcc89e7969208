"""`tyngdepunkt data`: which figures there are, and whether they are whole."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import eksempelland
from tyngdepunkt.cli import run
from tyngdepunkt.places import open_places

Ran = tuple[int, str, str]
Run = Callable[..., Ran]


@pytest.fixture
def tyngdepunkt(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line: exit code, stdout, stderr."""
    monkeypatch.setenv("COLUMNS", "120")

    def ran(*arguments: str) -> Ran:
        code = run(arguments)
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return ran


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The made-up snapshot with two files that are not what they should be."""
    folder = eksempelland.write_snapshot(tmp_path / "changed")
    (folder / "town.parquet").write_bytes(b"not the towns")
    (folder / "region.parquet").unlink()
    monkeypatch.setenv("TYNGDEPUNKT_SNAPSHOT", str(folder))
    return folder


def test_status_lists_every_table_with_its_source(tyngdepunkt: Run) -> None:
    code, out, err = tyngdepunkt("data", "status", "--json")
    document = json.loads(out)
    assert (code, err) == (0, "")
    tables = {table["name"]: table for table in document["tables"]}
    assert tables["municipality"]["rows"] == 357
    assert tables["population"]["years"] == list(range(2006, 2027))
    assert all(table["licence"] and table["provider"] and table["title"] for table in tables.values())
    assert "ODbL" in tables["town"]["licence"]
    assert Path(document["folder"]).is_dir()


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_status_reads_as_a_table(tyngdepunkt: Run, lang: str) -> None:
    code, out, _ = tyngdepunkt("data", "status", "--lang", lang)
    assert code == 0
    assert "2006–2026" in out
    assert "2025-01-01" in out  # a table without years has a date: each figure carries its time in view
    assert "population_age" in out


def test_status_names_snapshots_that_were_built_here(
    tyngdepunkt: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TYNGDEPUNKT_DATA", str(tmp_path))
    eksempelland.write_snapshot(tmp_path / "snapshots" / eksempelland.SNAPSHOT_ID)
    assert eksempelland.SNAPSHOT_ID in tyngdepunkt("data", "status")[1]
    monkeypatch.setenv("TYNGDEPUNKT_SNAPSHOT", "embedded")
    assert eksempelland.SNAPSHOT_ID in tyngdepunkt("data", "status")[1]


def test_verify_says_that_the_embedded_snapshot_is_sound(tyngdepunkt: Run) -> None:
    code, out, err = tyngdepunkt("data", "verify", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["sound"] is True


def test_verify_ends_with_1_and_names_every_fault(tyngdepunkt: Run, changed: Path) -> None:
    code, out, err = tyngdepunkt("data", "verify", "--lang", "en")
    assert (code, out) == (1, "")
    assert "town" in err
    assert "region" in err
    assert err.count("→") == 2


def test_verify_as_json_keeps_its_exit_code(tyngdepunkt: Run, changed: Path) -> None:
    code, out, _ = tyngdepunkt("data", "verify", "--json")
    assert code == 1
    assert len(json.loads(out)["faults"]) == 2


def test_a_changed_table_stops_every_question(tyngdepunkt: Run, changed: Path) -> None:
    code, out, err = tyngdepunkt("place", "Hovedby")
    assert (code, out) == (1, "")
    assert "town" in err


def test_an_unknown_snapshot_is_one_clear_message(tyngdepunkt: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TYNGDEPUNKT_SNAPSHOT", "1814-05-17")
    code, out, err = tyngdepunkt("data", "status")
    assert (code, out) == (1, "")
    assert "embedded" in err


@pytest.fixture
def official(tmp_path: Path) -> Path:
    """A folder with one official file: the centrality index as Klass 128 gives it."""
    with open_places("embedded") as places:
        rows = places.rows("centrality", ("municipality", "index", "class"))
    lines = ['"code","parentCode","level","name","notes"', '"01","","1","Sentralitet: 1",""']
    lines += [f'"{code}","0{group}","2","x","{index}"' for code, index, group in rows]
    file = tmp_path / "official" / "klass" / "128.csv"
    file.parent.mkdir(parents=True)
    file.write_text("\n".join(lines), encoding="utf-8")
    return tmp_path / "official"


@pytest.mark.walk
def test_a_built_snapshot_is_sound_and_is_the_one_in_use_from_then_on(
    tyngdepunkt: Run, official: Path
) -> None:
    code, out, err = tyngdepunkt("data", "build", "--from", str(official), "--json")
    document = json.loads(out)
    assert (code, err) == (0, "")
    assert document["written"] is True
    assert Path(document["folder"]).name == document["id"]
    assert json.loads(tyngdepunkt("data", "status", "--json")[1])["id"] == document["id"]
    assert tyngdepunkt("data", "verify")[0] == 0
    assert json.loads(tyngdepunkt("place", "Røros", "--json")[1])["snapshot"] == document["id"]


def test_a_dry_run_builds_and_checks_and_writes_nothing(
    tyngdepunkt: Run, official: Path, tmp_path: Path
) -> None:
    out_folder = tmp_path / "out"
    code, out, _ = tyngdepunkt(
        "data", "build", "--from", str(official), "--out", str(out_folder), "--dry-run"
    )
    assert code == 0
    assert out
    assert [path.name for path in tmp_path.iterdir()] == ["official"]


def test_a_snapshot_can_be_built_where_one_wants_it(tyngdepunkt: Run, official: Path, tmp_path: Path) -> None:
    for _ in range(2):  # the second takes the place of the first
        code, _, _ = tyngdepunkt("data", "build", "--from", str(official), "--out", str(tmp_path / "mine"))
        assert code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "official"]


def test_a_folder_with_other_things_in_it_is_never_replaced(
    tyngdepunkt: Run, official: Path, tmp_path: Path
) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "to-mother.txt").write_text("kept")
    code, out, err = tyngdepunkt("data", "build", "--from", str(official), "--out", str(tmp_path / "letters"))
    assert (code, out) == (1, "")
    assert "letters" in err
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["to-mother.txt"]


def test_build_from_an_empty_folder_writes_nothing(tyngdepunkt: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    out_folder = tmp_path / "out"
    code, out, err = tyngdepunkt("data", "build", "--from", str(tmp_path / "empty"), "--out", str(out_folder))
    assert (code, out) == (1, "")
    assert "→" in err
    assert not out_folder.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


def test_build_from_a_folder_that_is_not_there(tyngdepunkt: Run, tmp_path: Path) -> None:
    code, _, err = tyngdepunkt("data", "build", "--from", str(tmp_path / "nowhere"))
    assert code == 1
    assert "→" in err
