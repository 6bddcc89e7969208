"""The command of a register is made from its declaration: rooms to let, a toy without command code."""

import json
from pathlib import Path
from typing import Any

import pytest

import tyngdepunkt.analyses
from tyngdepunkt import cli, texts
from tyngdepunkt.analyses import contract
from tyngdepunkt.workspace.database import Database

EMBEDDED = Path(__file__).parents[3] / "src/tyngdepunkt/places/embedded/manifest.json"
TOYS = Path(__file__).parents[2] / "toys"
pytestmark = pytest.mark.skipif(not EMBEDDED.is_file(), reason="the embedded snapshot is not built yet")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two rooms; the toy is listed where the ledger is, and nowhere else."""
    monkeypatch.setenv("TYNGDEPUNKT_DATA", str(tmp_path / "kept"))
    monkeypatch.setattr(tyngdepunkt.analyses, "__path__", [*tyngdepunkt.analyses.__path__, str(TOYS)])
    monkeypatch.setitem(contract.REGISTERS, "toy-rooms", "toy_rooms")
    monkeypatch.setattr(cli, "_NOUNS", ("toy-rooms", "ledger"))
    monkeypatch.setitem(cli._WHERE, "toy-rooms", "tyngdepunkt.cli.registers:toy-rooms")
    named = {"nb": "Rom til leie.", "nn": "Rom til leige.", "en": "Rooms to let."}
    monkeypatch.setitem(texts.texts_of("cli")["nouns"], "toy-rooms", named)
    from tyngdepunkt.analyses.toy_rooms.tables import Base

    with Database().session(write=True) as session:
        Base.metadata.create_all(session.connection())
    found = tmp_path / "rooms.csv"
    found.write_text("Vik,4\nDal,2\n", encoding="utf-8")
    return found


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert cli.run(["toy-rooms", *arguments, "--json"]) == 0
    content: dict[str, Any] = json.loads(capsys.readouterr().out)
    return content


def test_a_register_without_command_code_from_first_import_to_undo(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = {"rooms": 2, "ignored_columns": [], "notices": []}
    dry = answer(capsys, "import", str(file), "--dry-run")
    assert dry == {"dry_run": True, "import_id": None, **made}
    assert answer(capsys, "list") == {"rooms": []}
    booked = answer(capsys, "import", str(file), "--by", " The estate  office ")
    assert booked == {"dry_run": False, "import_id": 1, **made}
    first, _ = answer(capsys, "list")["rooms"]
    assert first.pop("imported_at")
    assert first == {
        "import_id": 1,
        "place": "Dal",
        "desks": 2,
        "position": "line 2",
        "file": "rooms.csv",
        "booked_by": "The estate office",
    }
    assert [each["place"] for each in answer(capsys, "list", "--least", "3")["rooms"]] == ["Vik"]
    assert answer(capsys, "undo", "1") == {"undone": 1, "rooms": 2}
    assert answer(capsys, "list") == {"rooms": []}


def test_it_is_told_in_the_words_of_the_register(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for arguments in (["import", str(file)], ["list"], ["list", "--least", "9"], ["undo", "1"], ["list"]):
        assert cli.run(["toy-rooms", *arguments, "--lang", "nn"]) == 0
        told.append(capsys.readouterr().out)
    assert told == [
        "Ført: 2, nummer 1.\n",
        "Nummer  Stad  Plassar\n1       Dal   2\n1       Vik   4\n",
        "Ingen med 9 plassar.\n",
        "Teke tilbake: 2, nummer 1.\n",
        "Ingen rom.\n",
    ]


def test_its_faults_are_told_all_at_once_and_nothing_is_booked(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("Vik,x\nDal,y\nLia,3\n", encoding="utf-8")
    assert cli.run(["toy-rooms", "import", str(file), "--lang", "en"]) == 1
    assert capsys.readouterr().err.count("The desks are no number.") == 2
    assert answer(capsys, "list") == {"rooms": []}
    file.write_text("Vik,4\n", encoding="utf-8")
    assert cli.run(["toy-rooms", "import", str(file), "--by", "x" * 201, "--lang", "en"]) == 1
    assert "201 signs" in capsys.readouterr().err
    for arguments in (
        ["import"],
        ["undo", "7"],
        ["list", "--least", "0"],
        ["list", "--place", "Vik"],
        ["effect"],
    ):
        assert cli.run(["toy-rooms", *arguments]) == 1
    capsys.readouterr()
    assert answer(capsys, "list") == {"rooms": []}


def test_its_help_is_in_the_language_set_and_names_only_its_own_options(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TYNGDEPUNKT_LANG", "nb")
    helps = {}
    for verb in ("import", "list", "undo"):
        assert cli.run(["toy-rooms", verb, "--help"]) == 0
        helps[verb] = capsys.readouterr().out
    assert "Før inn en fil (CSV, XLSX, YAML eller JSON)" in helps["import"]
    assert "hver rad får en motpost" in helps["undo"]
    assert "Bare rom med så mange plasser." in helps["list"]
    assert "--decisions" not in helps["import"]
    assert "--least" in helps["list"]
