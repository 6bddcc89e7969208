"""Snapshots on this machine: compared, chosen, taken away, carried in a file; and files that are none."""

import datetime as dt
import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

import statbank
from tyngdepunkt import settings
from tyngdepunkt.cli import run
from tyngdepunkt.places.keep import export, take_in
from tyngdepunkt.places.snapshot import (
    built_snapshots,
    embedded_folder,
    find_folder,
    identity_of,
    read_manifest,
)
from tyngdepunkt.workspace.drafts import Drafts

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def tyngdepunkt(capsys: pytest.CaptureFixture[str]) -> Run:
    def ran(*arguments: str | Path) -> tuple[int, str, str]:
        code = run(["data", *map(str, arguments), "--lang", "en"])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return ran


@pytest.fixture
def old() -> Path:
    return statbank.small_country(settings.data_folder())


@pytest.fixture
def new(old: Path) -> Path:
    """A day younger: one figure changed, a year more, one row gone, one table gone and one renewed."""
    folder = old.parent / "eksempelland-2"
    shutil.copytree(old, folder)
    sql = (
        "SELECT * REPLACE (CASE WHEN municipality = '0101' THEN 1 ELSE workplace END AS workplace) "
        f"FROM '{old}/employed.parquet' WHERE municipality <> '0102' "
        f"UNION ALL SELECT * REPLACE (2024 AS year) FROM '{old}/employed.parquet'"
    )
    file = folder / "employed.parquet"
    duckdb.execute(f"COPY ({sql}) TO '{file}' (FORMAT parquet)")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["id"], manifest["built"] = folder.name, "2026-12-01"
    tables = {entry["name"]: entry for entry in manifest["tables"]}
    del tables["population"]
    (folder / "population.parquet").unlink()
    tables["employed"] |= {
        "rows": duckdb.execute(f"SELECT count(*) FROM '{file}'").fetchall()[0][0],
        "years": [2022, 2024],
        "sha256": _sha256(file),
    }
    manifest["tables"] = list(tables.values())
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.walk
def test_what_differs_is_told_in_words_and_numbers(tyngdepunkt: Run, old: Path, new: Path) -> None:
    code, out, _ = tyngdepunkt("diff", old.name, new.name)
    assert code == 0
    assert "2 tables differ" in out
    assert "employed: 12 new rows, 1 gone, 1 changed" in out
    assert "new years: 2024" in out
    assert "population: gone" in out
    tables = json.loads(tyngdepunkt("diff", old.name, new.name, "--json")[1])["tables"]
    found = {each["table"]: each for each in tables}
    assert (found["employed"]["state"], found["population"]["state"]) == ("changed", "gone")
    same_year = [each for each in found["employed"]["moved"] if each["years"] == [2022, 2022]]
    workplace = next(each for each in same_year if each["column"] == "workplace")
    assert [place["after"] for place in workplace["moved"] if place["code"] == "0101"] == [1]
    assert [place["after"] for place in workplace["moved"] if place["code"] == "0102"] == [None]
    assert json.loads(tyngdepunkt("diff", old.name, old.name, "--json")[1])["tables"] == []


@pytest.mark.walk
def test_another_snapshot_is_used_until_the_newest_is_again(tyngdepunkt: Run, old: Path, new: Path) -> None:
    assert find_folder(None) == new
    assert tyngdepunkt("use", old.name)[0] == 0
    assert find_folder(None) == old
    assert tyngdepunkt("use", "nothing-like-it")[0] == 1
    assert find_folder(None) == old
    assert tyngdepunkt("use", "newest")[0] == 0
    assert find_folder(None) == new
    (old / "employed.parquet").write_bytes(b"damaged")
    assert tyngdepunkt("use", old.name)[0] == 1


def test_one_that_is_in_use_is_not_taken_away(tyngdepunkt: Run, old: Path, new: Path) -> None:
    code, _, err = tyngdepunkt("remove", new.name)
    assert (code, "is in use" in err, new.is_dir()) == (1, True, True)
    assert tyngdepunkt("remove", "embedded")[0] == 1
    assert tyngdepunkt("remove", old.name, "--dry-run")[0] == 0
    assert old.is_dir()
    assert tyngdepunkt("remove", old.name)[0] == 0
    assert list(built_snapshots()) == [new.name]
    assert sorted(path.name for path in new.parent.iterdir()) == [new.name]


def test_an_id_that_is_not_there_is_told_by_the_command_and_not_by_the_setting(
    tyngdepunkt: Run, old: Path, new: Path
) -> None:
    for asked in (("use", "x"), ("remove", "x"), ("diff", "x", old.name), ("export", "f", "--snapshot", "x")):
        code, _, err = tyngdepunkt(*asked)
        assert (code, "TYNGDEPUNKT_SNAPSHOT" in err) == (1, False), asked
        assert f"embedded, {old.name} and {new.name}" in err, asked
    assert "comes with the program" in tyngdepunkt("remove", "embedded")[2]


def test_cases_that_may_rest_on_one_are_named(tyngdepunkt: Run, old: Path) -> None:
    os.utime(old / "manifest.json", (1_700_000_000, 1_700_000_000))
    drafts = Drafts()
    drafts.create({"title": "A desk in Nesvik"})
    drafts.close()
    code, out, _ = tyngdepunkt("remove", old.name, "--dry-run")
    assert (code, "A desk in Nesvik" in out, ": 1. Documents" in out) == (0, True, True)


def _no_link(*_: object) -> None:
    raise PermissionError


@pytest.mark.walk
def test_one_is_carried_in_a_file(
    tyngdepunkt: Run, old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "figures.zip"
    assert tyngdepunkt("export", file)[0] == 0
    before = {path.name: path.read_bytes() for path in old.iterdir()}
    assert tyngdepunkt("export", file)[0] == 1  # not written over
    again = tmp_path / "again.zip"
    export(old, again)
    assert again.read_bytes() == file.read_bytes()
    monkeypatch.setattr(os, "link", _no_link)
    stick = tmp_path / "stick.zip"
    export(old, stick)
    assert stick.read_bytes() == file.read_bytes()
    shutil.rmtree(old)
    code, out, _ = tyngdepunkt("import", file)
    assert (code, "eksempelland-1 is in use" in out) == (0, True)
    assert {path.name: path.read_bytes() for path in old.iterdir()} == before


def _changed(file: Path, target: Path, change: Callable[[str, bytes], tuple[str, bytes] | None]) -> Path:
    with zipfile.ZipFile(file) as archive, zipfile.ZipFile(target, "w") as out:
        for name in archive.namelist():
            kept = change(name, archive.read(name))
            if kept:
                out.writestr(*kept)
    return target


def test_a_file_that_is_not_whole_changes_nothing(tyngdepunkt: Run, old: Path, tmp_path: Path) -> None:
    file = tmp_path / "figures.zip"
    export(old, file)
    shutil.rmtree(old)
    faulty = {
        "a table is gone": lambda name, held: None if name == "employed.parquet" else (name, held),
        "the manifest is gone": lambda name, held: None if name == "manifest.json" else (name, held),
        "a table is another": lambda name, held: (name, held[::-1] if name == "employed.parquet" else held),
        "a way out": lambda name, held: ("../" + name if name == "employed.parquet" else name, held),
        "another file": lambda name, held: (name.replace("employed.", "emp loyed."), held),
        "a table nobody described": lambda name, held: (name.replace("employed.", "extra."), held),
        "a manifest of nothing": lambda name, held: (name, b"{}" if name == "manifest.json" else held),
        "a manifest without end": lambda name, held: (
            name,
            b"[" * 10**5 if name == "manifest.json" else held,
        ),
        "a hidden id": lambda name, held: (name, held.replace(b'"id": "eks', b'"id": ".ks')),
    }
    for title, change in faulty.items():
        changed = _changed(file, tmp_path / f"{title}.zip", change)
        code, _, err = tyngdepunkt("import", changed)
        assert (code, "→ Use a file made by" in err, ".building" in err) == (1, True, False), title
    cut = tmp_path / "cut.zip"
    cut.write_bytes(file.read_bytes()[:-2000])
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("manifest.json", b" " * 10**6)
    for other in (cut, packed, tmp_path, tmp_path / "nothing.zip"):
        assert tyngdepunkt("import", other)[0] == 1, other
    assert built_snapshots() == {}
    assert list((settings.data_folder() / "snapshots").iterdir()) == []
    assert take_in(file)[1].id == "eksempelland-1"


def test_what_was_accepted_is_told_with_the_snapshot(tyngdepunkt: Run, old: Path) -> None:
    manifest = json.loads((old / "manifest.json").read_text(encoding="utf-8"))
    manifest["record"] = {"tables": {}, "accepted": {"employed": {"reason": "a new plant", "found": []}}}
    (old / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert "Accepted for employed: a new plant" in tyngdepunkt("status")[1]
    assert json.loads(tyngdepunkt("status", "--json")[1])["accepted"] == {"employed": "a new plant"}
    assert read_manifest(old).id == "eksempelland-1"


def _named(old: Path, built: str) -> str:
    """The snapshot under the id that its content gives it, as the builder names one."""
    manifest = json.loads((old / "manifest.json").read_text(encoding="utf-8"))
    manifest["built"] = built
    manifest["id"] = identity_of(
        dt.date.fromisoformat(built), (each["sha256"] for each in manifest["tables"])
    )
    (old / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return str(manifest["id"])


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b'"id": "2024-', b'"id": "2031-'),
        (b'"built": "2024-', b'"built": "2031-'),
    ],
)
def test_a_day_that_was_changed_is_seen(
    was: bytes, becomes: bytes, tyngdepunkt: Run, old: Path, tmp_path: Path
) -> None:
    file, identity = tmp_path / "figures.zip", _named(old, "2024-05-01")
    export(old, file)
    shutil.rmtree(old)
    changed = _changed(file, tmp_path / "changed.zip", lambda name, held: (name, held.replace(was, becomes)))
    code, _, err = tyngdepunkt("import", changed)
    assert (code, "an id that is not its own" in err, "2031" in err) == (1, True, True)
    assert built_snapshots() == {}
    assert take_in(file)[1].id == identity


@pytest.mark.parametrize("damaged", ["manifest.json", "employed.parquet"])
def test_the_remedy_for_a_damaged_one_works(tyngdepunkt: Run, old: Path, new: Path, damaged: str) -> None:
    (new / damaged).write_bytes((new / damaged).read_bytes()[:-9] + b"!" * 9)
    code, _, err = tyngdepunkt("use", new.name)
    assert (code, "tyngdepunkt data use embedded" in err, "older id" in err) == (1, True, True)
    assert tyngdepunkt("use", old.name)[0] == 0
    assert tyngdepunkt("use", "embedded")[0] == 0
    assert find_folder(None) == embedded_folder()
    assert tyngdepunkt("remove", new.name)[0] == 0
