"""The web and the command line on one data folder: what was answered as saved is there, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from running import Web, command, rows, stored_cases

EXAMPLE = Path(__file__).parents[3] / "examples" / "location" / "eksempeldirektoratet.yaml"
EVENTS = """agency,place,kind,jobs,date,source
Tilsynet,Røros,established,5,2020-01-01,letter
Verket,Alta,moved_out,7,2021-01-01,letter
"""


@pytest.fixture
def events(tmp_path: Path) -> Path:
    file = tmp_path / "events.csv"
    file.write_text(EVENTS, encoding="utf-8")
    return file


# every command that opens the database, in the words of the command line
COMMANDS = (
    ("ledger", "list"),
    ("ledger", "effect"),
    ("ledger", "import", "{events}"),
    ("ledger", "undo", "1"),
    ("assess", str(EXAMPLE), "--json"),
    ("case", "list"),
    ("case", "export", "{case}", "{folder}/case.json"),
    ("data", "backup", "{folder}/backup.sqlite"),
    ("data", "restore", "{folder}/backup.sqlite", "--dry-run"),
)


@pytest.mark.slow
def test_what_the_web_saved_is_there_whatever_the_command_line_did_beside_it(
    tmp_path: Path, events: Path
) -> None:
    data, saved = tmp_path / "data", []
    with Web(data) as web:
        saved.append(web.upload(EXAMPLE))
        assert web.get(f"/case/{saved[0]}/result") == 200
        for words in COMMANDS:
            told = {"events": events, "folder": tmp_path, "case": saved[0]}
            ended = command(data, *(word.format_map(told) for word in words))
            assert ended.returncode == 0, (words, ended.stderr)
            saved.append(web.new_case("Røros"))
            assert web.get(f"/case/{saved[-1]}/unit") == 200, words
            assert web.get("/case") == 200
    assert sorted(stored_cases(data)) == sorted(saved)  # after a kill
    with Web(data) as web:
        saved.append(web.new_case("Alta"))
        web.stop()
    assert sorted(stored_cases(data)) == sorted(saved)
    assert rows(data, "SELECT count(*) FROM ledger_event") == [(4,)]  # two, and their reversals
