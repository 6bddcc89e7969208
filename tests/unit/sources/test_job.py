"""The folder of a fetching: what is there is whole, whatever happens to the disk or the process."""

import errno
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tyngdepunkt.errors import UserError
from tyngdepunkt.sources._job import Asked, Job
from tyngdepunkt.sources._parts import Selection

ASKED = Asked("https://data.example/tables/1/data", "no", {}, {"Tid": ("*",)})
WHOLE = {"Tid": ("2022", "2023", "2024", "2025")}
NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)


def job(folder: Path, asked: Asked = ASKED, updated: str = "2026") -> Job:
    return Job(folder, asked, updated, WHOLE, 2)


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_what_is_kept_is_there_the_next_time(tmp_path: Path) -> None:
    first, second = job(tmp_path).parts()
    part = job(tmp_path).keep(first, b"raw", NOW)
    assert job(tmp_path).kept(first) == part
    assert job(tmp_path).kept(second) is None
    assert (tmp_path / part.file).read_bytes() == b"raw"
    assert (part.cells, part.size, part.fetched) == (2, 3, "2026-11-29T08:00:00+00:00")


def test_parts_that_were_halved_are_halved_the_next_time_and_kept_ones_are_not(tmp_path: Path) -> None:
    running = job(tmp_path)
    first, *rest = running.parts()
    running.keep(first, b"raw", NOW)
    finer: list[Selection] = [first, {"Tid": ("2024",)}, {"Tid": ("2025",)}]
    assert running.shrink([first, *rest], 1) == finer
    assert job(tmp_path).parts() == finer


@pytest.mark.parametrize("failing", ["part.0001.json", "job.json"])
def test_a_full_disk_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    running = job(tmp_path)
    first, _ = running.parts()
    replace = os.replace

    def full(source: Any, target: Any) -> None:
        if Path(target).name == failing:
            raise OSError(errno.ENOSPC, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(UserError) as error:
        running.keep(first, b"raw", NOW)
    assert error.value.faults[0].key == "sources:cannot_write"
    monkeypatch.undo()
    assert not [name for name in names(tmp_path) if name.startswith(".")]
    assert json.loads((tmp_path / "job.json").read_text())["parts"] == []
    assert job(tmp_path).kept(first) is None
    assert job(tmp_path).keep(first, b"raw", NOW).file == "part.0001.json"


def test_what_a_process_that_is_no_more_left_is_cleared(tmp_path: Path) -> None:
    left = tmp_path / ".part.0001.json.999999999.0123abcd"
    left.write_bytes(b"half")
    job(tmp_path)
    assert names(tmp_path) == {"job.json"}


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"parts": []}', "null"])
def test_a_list_that_cannot_be_read_begins_anew(tmp_path: Path, text: str) -> None:
    (tmp_path / "job.json").write_text(text)
    assert len(job(tmp_path).parts()) == 2


def test_another_query_does_not_touch_the_folder(tmp_path: Path) -> None:
    running = job(tmp_path)
    running.keep(running.parts()[0], b"raw", NOW)
    before = {name: (tmp_path / name).read_bytes() for name in names(tmp_path)}
    with pytest.raises(UserError):
        job(tmp_path, Asked("https://data.example/tables/2/data", "no", {}, {"Tid": ("*",)}))
    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == before
