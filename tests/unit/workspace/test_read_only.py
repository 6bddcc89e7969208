"""A data folder that cannot be written in: one can read, and is told that nothing can be saved."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from running import COMMAND, DATABASE, Web
from tyngdepunkt.workspace.drafts import Drafts

LEFT_OUT = ["--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]
EXAMPLE = Path(__file__).parents[3] / "examples" / "location" / "eksempeldirektoratet.yaml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with one case in it, open to writing until a test has it closed."""
    return tmp_path / "data"


def commanded(data: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A command by somebody who may do only what the modes of files allow; root is held to them."""
    lessened: list[str] = []
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("root may write anywhere, and there is no setpriv to take that away")
        lessened = ["setpriv", *LEFT_OUT]
    return subprocess.run(
        [*lessened, COMMAND, *arguments], capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "TYNGDEPUNKT_DATA": str(data)},
    )  # fmt: skip


def closed(data: Path) -> None:
    for file in data.iterdir():
        file.chmod(0o400)
    data.chmod(0o500)


def kept(data: Path) -> str:
    drafts = Drafts(f"sqlite:///{data / DATABASE}")
    made = drafts.create({"title": "Sak"})
    drafts.close()
    return made.id


def test_what_was_saved_can_be_read_and_nothing_can_be_saved(data: Path, tmp_path: Path) -> None:
    case = kept(data)
    closed(data)
    listed = commanded(data, "case", "list")
    assert (listed.returncode, case in listed.stdout) == (0, True), listed.stderr
    assert commanded(data, "ledger", "list").returncode == 0
    assert commanded(data, "case", "export", case, tmp_path / "case.json").returncode == 0
    assert commanded(data, "data", "backup", tmp_path / "b.sqlite").returncode == 0
    assert commanded(data, "assess", EXAMPLE, "--json").returncode == 0
    refused = commanded(data, "ledger", "import", "--decisions", "--lang", "en")
    assert refused.returncode == 1
    assert "Nothing can be saved" in refused.stderr
    assert [each.name for each in data.iterdir()] == [DATABASE]


def test_what_stands_in_the_log_of_a_killed_program_is_read_too(data: Path) -> None:
    with Web(data) as web:
        case = web.new_case("Røros")  # killed at the end
    assert (data / f"{DATABASE}-wal").stat().st_size > 0
    closed(data)
    listed = commanded(data, "case", "list")
    assert (listed.returncode, case in listed.stdout) == (0, True), listed.stderr


def test_an_older_database_says_that_it_has_to_be_brought_up_first(data: Path) -> None:
    data.mkdir()
    with closing(sqlite3.connect(data / DATABASE)) as connection:
        connection.executescript(Path(__file__).with_name("written_by_61ca4fc.sql").read_text("utf-8"))
    closed(data)
    refused = commanded(data, "case", "list", "--lang", "en")
    assert refused.returncode == 1
    assert "older edition" in refused.stderr


def test_a_folder_that_is_not_there_and_cannot_be_made(tmp_path: Path) -> None:
    closed(tmp_path)
    assert commanded(tmp_path / "data", "case", "list").returncode == 0
    refused = commanded(tmp_path / "data", "ledger", "import", "--decisions", "--lang", "en")
    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)
