"""A snapshot is taken whole or not at all, and says which table is wrong and what to do."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from readers import duck
from tyngdepunkt import settings
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places, open_places
from tyngdepunkt.places import snapshot as snapshots
from tyngdepunkt.places.reader import DuckReader
from tyngdepunkt.places.verify import verify_snapshot
from tyngdepunkt.texts import explain_error


@pytest.fixture
def copy(country: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the made-up snapshot, with a cache of its own."""
    monkeypatch.setenv("TYNGDEPUNKT_CACHE", str(tmp_path / "cache"))
    return Path(shutil.copytree(country, tmp_path / "snapshot"))


def _fault(folder: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        open_places(folder)
    return caught.value


def test_the_database_file_names_its_snapshot_and_is_left_alone(copy: Path) -> None:
    open_places(copy).close()
    files = list(settings.cache_folder().iterdir())
    assert [file.name.split("-")[0] for file in files] == ["eksempelland"]
    before = files[0].stat().st_mtime_ns
    open_places(copy).close()
    assert [file.stat().st_mtime_ns for file in settings.cache_folder().iterdir()] == [before]


def test_one_changed_byte_is_refused_by_name(copy: Path) -> None:
    file = copy / "population.parquet"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    error = _fault(copy)
    assert [fault.key for fault in error.faults] == ["places:tampered_table"]
    assert "population" in explain_error(error, "nb")
    assert list(settings.cache_folder().glob("*")) == []


def test_a_table_changed_after_the_database_was_made_is_refused_too(copy: Path) -> None:
    open_places(copy).close()
    (copy / "population.parquet").write_bytes(b"changed")
    assert _fault(copy).faults[0].values["table"] == "population"


def test_files_that_are_only_newer_are_looked_at_once_and_taken(copy: Path) -> None:
    open_places(copy).close()
    (copy / "population.parquet").touch()
    open_places(copy).close()
    (file,) = settings.cache_folder().iterdir()
    assert file.stat().st_mtime_ns >= (copy / "population.parquet").stat().st_mtime_ns


class _DamagedDisk:
    """What DuckDB does when a block does not have the checksum it was written with."""

    def cursor(self) -> "_DamagedDisk":
        return self

    def execute(self, statement: str, values: None) -> None:
        raise duckdb.IOException("Corrupt database file: computed checksum does not match stored checksum")


def test_a_damaged_database_is_said_with_the_remedy(made_up: Places) -> None:
    places = Places(made_up.snapshot, made_up.folder, DuckReader(duck(made_up).file, _DamagedDisk()))  # type: ignore[arg-type]
    with pytest.raises(UserError) as caught:
        places.rows("population", ("year",))
    assert caught.value.faults[0].key == "places:damaged_database"
    assert str(duck(made_up).file) in explain_error(caught.value, "nb")


def test_all_broken_tables_are_named_at_once(copy: Path) -> None:
    (copy / "population.parquet").unlink()
    (copy / "town.parquet").write_bytes(b"")
    error = _fault(copy)
    assert {(fault.key, fault.values["table"]) for fault in error.faults} == {
        ("places:missing_table", "population"),
        ("places:tampered_table", "town"),
    }


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"id": "x", "built": "yesterday", "tables": []}'])
def test_a_broken_manifest_is_a_users_matter(copy: Path, content: str) -> None:
    (copy / "manifest.json").write_text(content)
    assert _fault(copy).faults[0].key == "places:broken_manifest"


def test_a_manifest_from_before_there_were_three_languages_can_still_be_read(copy: Path) -> None:
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["tables"][0] |= {"query": "all rows", "note": "as printed", "date": None}
    (copy / "manifest.json").write_text(json.dumps(manifest))
    table = snapshots.read_manifest(copy).tables[0]
    for lang in ("nb", "nn", "en"):
        assert (table.query[lang], table.note[lang], table.date[lang]) == ("all rows", "as printed", "")


def test_an_id_that_would_leave_the_cache_folder_is_refused(copy: Path) -> None:
    manifest = json.loads((copy / "manifest.json").read_text())
    (copy / "manifest.json").write_text(json.dumps({**manifest, "id": "../../elsewhere"}))
    assert _fault(copy).faults[0].key == "places:broken_manifest"


def test_wrong_rows_are_seen_before_the_file_is_used(copy: Path) -> None:
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["tables"][0]["rows"] += 1
    (copy / "manifest.json").write_text(json.dumps(manifest))
    assert _fault(copy).faults[0].key == "places:wrong_rows"
    assert list(settings.cache_folder().glob("*")) == []


def test_a_cut_database_file_is_made_anew(copy: Path) -> None:
    open_places(copy).close()
    (file,) = settings.cache_folder().iterdir()
    os.truncate(file, 1000)
    with open_places(copy) as places:
        assert len(places.municipalities) == 12


def test_a_snapshot_built_anew_does_not_meet_the_old_file(copy: Path) -> None:
    open_places(copy).close()
    manifest = (copy / "manifest.json").read_text()
    (copy / "manifest.json").write_text(manifest + "\n")
    open_places(copy).close()
    assert len(list(settings.cache_folder().iterdir())) == 2


def test_a_cache_that_cannot_be_written_names_the_remedy(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TYNGDEPUNKT_CACHE", str(tmp_path / "file" / "cache"))
    error = _fault(copy)
    assert error.faults[0].key == "places:cache_not_writable"
    assert "TYNGDEPUNKT_CACHE" in explain_error(error, "en")


def test_several_processes_may_make_the_file_at_once(copy: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from tyngdepunkt import open_places; print(len(open_places(sys.argv[1]).municipalities))"
    )
    environment = {**os.environ, "TYNGDEPUNKT_CACHE": str(tmp_path / "shared-cache")}
    command = [sys.executable, "-c", script, str(copy)]
    running = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    assert [process.communicate(timeout=60)[0].strip() for process in running] == ["12"] * 3
    assert [file.suffix for file in (tmp_path / "shared-cache").iterdir()] == [".duckdb"]


def test_the_settings_choose_the_snapshot(country: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = settings.data_folder() / "snapshots"
    shutil.copytree(country, home / "eksempelland-1")
    assert snapshots.find_folder(None) == home / "eksempelland-1"
    assert snapshots.find_folder("eksempelland-1") == home / "eksempelland-1"
    monkeypatch.setenv("TYNGDEPUNKT_SNAPSHOT", "embedded")
    assert snapshots.find_folder(None) == snapshots.embedded_folder()


def test_an_unknown_snapshot_names_those_there_are() -> None:
    with pytest.raises(UserError) as caught:
        snapshots.find_folder("1814-05-17")
    assert caught.value.faults[0].values["ids"] == ["embedded"]


def test_half_built_snapshots_are_not_offered(country: Path) -> None:
    shutil.copytree(country, settings.data_folder() / "snapshots" / ".building.12ab")
    assert snapshots.built_snapshots() == {}


def test_verify_finds_the_changed_table(copy: Path) -> None:
    (copy / "town.parquet").write_bytes(b"changed")
    found = list(verify_snapshot(copy, snapshots.read_manifest(copy)))
    assert [fault.key for fault in found] == ["places:tampered_table"]


def test_the_embedded_snapshot_is_sound() -> None:
    folder = snapshots.embedded_folder()
    assert list(verify_snapshot(folder, snapshots.read_manifest(folder))) == []


def test_a_snapshot_of_an_older_format_is_named_and_never_chosen_by_itself(
    copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TYNGDEPUNKT_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("TYNGDEPUNKT_SNAPSHOT", raising=False)
    built = Path(shutil.copytree(copy, tmp_path / "data" / "snapshots" / "eksempelland"))
    assert snapshots.find_folder(None) == built
    manifest = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
    (built / "manifest.json").write_text(json.dumps({**manifest, "format": 1}), encoding="utf-8")
    assert snapshots.find_folder(None) == snapshots.embedded_folder()
    assert _fault(built).faults[0].key == "places:old_snapshot"
