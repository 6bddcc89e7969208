"""`tyngdepunkt ledger`: import, list, effect and undo, from the command line."""

import json
from pathlib import Path

import pytest

from tyngdepunkt.cli import run

EMBEDDED = Path(__file__).parents[3] / "src/tyngdepunkt/places/embedded/manifest.json"
pytestmark = pytest.mark.skipif(not EMBEDDED.is_file(), reason="the embedded snapshot is not built yet")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TYNGDEPUNKT_DATA", str(tmp_path / "kept"))
    found = tmp_path / "events.csv"
    found.write_text(
        "kind;agency;place;jobs;date;source;note\n"
        "moved_out;Skatteetaten;Røros;6;2016-10-04;a letter;x\n"
        "closed;Politiet;Røros;2-3;2017;a letter;\n"
        "moved_in;Skatteetaten;Tynset;6;2016-10-04;a letter;\n",
        encoding="utf-8",
    )
    return found


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert run([*arguments, "--json"]) == 0
    content: dict[str, object] = json.loads(capsys.readouterr().out)
    return content


def test_a_ledger_from_first_import_to_undo(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dry = answer(capsys, "ledger", "import", str(file), "--dry-run")
    assert (dry["import_id"], dry["events"], dry["change"]) == (None, 3, [-3, -2])
    assert not (file.parent / "kept").exists()
    assert answer(capsys, "ledger", "import", str(file))["import_id"] == 1
    listed = answer(capsys, "ledger", "list", "--place", "Røros")["events"]
    assert isinstance(listed, list)
    assert [each["jobs"] for each in listed] == [[6, 6], [2, 3]]
    assert answer(capsys, "ledger", "undo", "1") == {"undone": 1, "events": 3}
    assert answer(capsys, "ledger", "list")["events"] == []


def test_the_effect_warns_where_several_agencies_take_jobs(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["ledger", "import", str(file)])
    capsys.readouterr()
    effects = answer(capsys, "ledger", "effect", "--place", "Røros")["effects"]
    assert isinstance(effects, list)
    assert [(each["level"], each["change"], each["warning"]) for each in effects] == [
        ("municipality", [-9, -8], True),
        ("region", [-9, -8], True),
    ]
    assert run(["ledger", "effect", "--lang", "nn"]) == 0
    told = capsys.readouterr().out
    assert "fleire etatar tek bort jobbar samstundes (Politiet og Skatteetaten)" in told
    assert run(["ledger", "effect", "--window", "1"]) == 0
    assert "Røros" not in capsys.readouterr().out


def test_what_was_left_out_is_said(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ledger", "import", str(file)]) == 0
    assert "Disse kolonnene er ikke brukt: note." in capsys.readouterr().out
    assert run(["ledger", "list", "--lang", "en"]) == 0
    assert "moved out" in capsys.readouterr().out


def test_changes_are_written_in_the_language_of_the_reader(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = file.read_text(encoding="utf-8")
    head, *event_parser = content.splitlines()
    names, first = head.split(";"), event_parser[0].split(";")
    first[names.index("jobs")] = "1000-1250.5"
    file.write_text("\n".join([head, ";".join(first), *event_parser[1:]]) + "\n", encoding="utf-8")
    assert run(["ledger", "import", str(file)]) == 0
    told = {}
    for lang in ("nb", "en"):
        capsys.readouterr()
        assert run(["ledger", "list", "--lang", lang]) == 0
        told[lang] = capsys.readouterr().out
    assert "1,250.5" in told["en"]
    assert "1\u00a0250,5" in told["nb"]


def test_faults_end_with_exit_code_1_and_nothing_written(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(file.read_text(encoding="utf-8") + "closed;A;Nowhere;-3;soon;\n", encoding="utf-8")
    assert run(["ledger", "import", str(file)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("linje 5") == 4
    assert not (file.parent / "kept").exists()
    assert run(["ledger", "import"]) == 1
    assert run(["ledger", "undo", "7"]) == 1
    assert run(["ledger", "effect", "--window", "0"]) == 1


def test_an_empty_ledger_is_said_to_be_empty(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["ledger", "list"], ["ledger", "effect"]):
        assert run(command) == 0
        assert "Regnskapet er tomt." in capsys.readouterr().out
    assert run(["ledger", "list", "--place", "Røros"]) == 0
    assert "Ingen hendelser for Røros." in capsys.readouterr().out


def test_the_decisions_of_the_snapshot(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """455-472 jobs in the press release of 2009 and 428 in the answer of 2016, as stored."""
    found = answer(capsys, "ledger", "import", "--decisions")
    assert (found["events"], found["change"]) == (23, [883, 900])
    assert run(["ledger", "import", "--decisions"]) == 1


def test_events_of_a_municipality_that_is_no_more(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Booked when Gjøvik was 0502, and on a number that no figures know."""
    from tyngdepunkt.analyses.state_jobs import event_parser
    from tyngdepunkt.analyses.state_jobs.events import LedgerEvent

    def old(kind: object, agencies: object, code: str, place: str, *rest: object) -> LedgerEvent:
        return LedgerEvent(kind, agencies, numbers.pop(0), place, *rest)  # type: ignore[arg-type]

    numbers = ["0502", "0502", "9998"]
    monkeypatch.setattr(event_parser, "LedgerEvent", old)
    assert run(["ledger", "import", str(file)]) == 0
    capsys.readouterr()
    listed = answer(capsys, "ledger", "list")["events"]
    assert sorted(each["name"] for each in listed) == ["Gjøvik", "Gjøvik", "Tynset"]  # type: ignore[attr-defined]
    assert len(answer(capsys, "ledger", "list", "--place", "Gjøvik")["events"]) == 2  # type: ignore[arg-type]
    assert run(["ledger", "effect"]) == 1
    told = capsys.readouterr().err
    assert ("9998" in told, "0502" in told, "Traceback" in told) == (True, False, False)


def test_who_books_is_shown_and_must_be_short(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ledger", "import", str(file), "--by", " Regional  department "]) == 0
    capsys.readouterr()
    assert run(["ledger", "list", "--lang", "en"]) == 0
    assert "Booked by" in (told := capsys.readouterr().out)
    assert "Regional department" in told
    assert run(["ledger", "import", str(file), "--by", "x" * 201]) == 1
    assert "201" in capsys.readouterr().err
