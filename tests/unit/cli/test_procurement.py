"""`tyngdepunkt procurement check` and `compare`: exit codes, one document or lines, distance."""

import json
from pathlib import Path

import pytest

from mutated_notices import sound
from tyngdepunkt.analyses.procurement import ANALYSIS
from tyngdepunkt.cli import run
from tyngdepunkt.settings import LANGUAGES

KEYS = ["notice", "lots", "findings", "national", "counts", "warnings", "reach", "notices", "made"]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """A notice, a draft, a better draft, and half a notice."""
    contents = {
        "notice.xml": sound(),
        "draft.yaml": ANALYSIS.example.encode(),
        "better.yaml": ANALYSIS.example.replace("2 000 000", "800 000").encode(),
        "half.xml": sound()[:900],
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return {name: str(tmp_path / name) for name in contents}


def test_one_file_gives_one_document(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["procurement", "check", files["notice.xml"], "--json", "--as-of", "2026-09-15"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == KEYS
    assert found["notice"] == {
        "id": "11111111-2222-4333-8444-555555555555",
        "procedure_id": "66666666-7777-4888-8999-000000000000",
        "subtype": "E3",
        "sdk": "1.13",
    }
    assert set(found["findings"][0]) == {"rule", "lot", "verdict", "field", "value", "text", "basis", "line"}


def test_several_files_give_lines_and_the_broken_one_is_told(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    names = [files[name] for name in ("notice.xml", "half.xml", "draft.yaml")]
    assert run(["procurement", "check", *names, "--json", "--lang", "en"]) == 1
    shown = capsys.readouterr()
    assert [json.loads(line)["notice"]["subtype"] for line in shown.out.splitlines()] == ["E3", None]
    assert "half.xml" in shown.err
    assert "not whole XML" in shown.err
    assert run(["procurement", "check", files["notice.xml"], files["draft.yaml"], "--json"]) == 0


def test_a_file_that_cannot_be_read_ends_with_one(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["procurement", "check", files["half.xml"]]) == 1
    assert run(["procurement", "check", files["half.xml"] + "?"]) == 1
    assert capsys.readouterr().out == ""


def test_a_long_answer_is_written_piece_by_piece(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "many.xml"
    file.write_bytes(sound(1_200))
    assert run(["procurement", "check", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == KEYS
    assert len(found["findings"]) == 3 + 21 * 1_200 == sum(found["counts"].values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_hindrance_is_told_with_what_would_keep_its_purpose(
    files: dict[str, str], capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    assert run(["procurement", "check", files["draft.yaml"], "--lang", lang]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "art. 63" in shown or "Article 63" in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_note_can_be_filed_with_the_case(
    files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    out = tmp_path / "out"
    options = ["--out", str(out), "--format", "html", "--format", "docx", "--lang", lang]
    assert run(["procurement", "check", files["draft.yaml"], *options]) == 0
    note = (out / "procurement.html").read_text(encoding="utf-8")
    assert "58" in note
    assert {"en": "2,000,000"}.get(lang, "2\u00a0000\u00a0000") in note
    assert (out / "procurement.docx").stat().st_size > 5_000
    assert run(["procurement", "check", files["draft.yaml"], files["better.yaml"], *options]) == 0
    assert (out / "better" / "procurement.html").is_file()
    assert capsys.readouterr().out


def test_what_a_changed_draft_gained(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["procurement", "compare", files["draft.yaml"], files["better.yaml"], "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    [change] = found["changes"]
    assert (change["rule"], change["was"], change["now"], change["effect"]) == (
        5,
        "hinders",
        "neutral",
        "gained",
    )
    assert run(["procurement", "compare", files["better.yaml"], files["draft.yaml"], "--lang", "en"]) == 0
    assert "lost" in capsys.readouterr().out
    assert run(["procurement", "compare", files["draft.yaml"], files["draft.yaml"], "--lang", "en"]) == 0
    assert "No answer changed." in capsys.readouterr().out


def test_the_stored_draft_is_mended_by_the_one_beside_it(capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(__file__).parents[3] / "examples" / "procurement"
    drafts = [str(folder / f"vintervedlikehold{end}.yaml") for end in ("", "-endret")]
    assert run(["procurement", "check", *drafts, "--json", "--lang", "en"]) == 0
    before, after = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert [before["counts"]["hinders"], after["counts"]["hinders"]] == [5, 1]
    assert run(["procurement", "compare", *drafts, "--json"]) == 0
    gained = [
        each["rule"] for each in json.loads(capsys.readouterr().out)["changes"] if each["effect"] == "gained"
    ]
    assert gained == [5, 6, 8]


def test_how_near_the_work_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def answer(place: str, asking: str) -> str:
        file = tmp_path / "draft.yaml"
        file.write_text(f"procurement:\n  lots:\n    - places: [{place}]\n", encoding="utf-8")
        assert run(["procurement", "check", str(file), "--place", asking, "--json", "--lang", "en"]) == 0
        found = json.loads(capsys.readouterr().out)
        return str(next(each["text"] for each in found["findings"] if each["rule"] == 15))

    assert "minutes by car from Kongsvinger" in answer("{city: Elverum}", "Kongsvinger")
    assert "(Elverum)" in answer('{postcode: "2407", city: Elverum}', "Kongsvinger")
    assert "in Kongsvinger itself" in answer("{city: Kongsvinger}", "3401")
    assert "not found in the figures" in answer("{city: Xyzzyvik}", "Kongsvinger")
    assert "Only the county" in answer("{county: NO020}", "Kongsvinger")


def test_a_place_nobody_knows_is_told(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["procurement", "check", files["draft.yaml"], "--place", "Xyzzyvik"]) == 1
    assert "--place" in capsys.readouterr().err


def test_the_help_of_compare_is_in_the_language_of_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["procurement", "compare", "--help"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "Si hva et endret utkast vant og tapte." in shown
    assert "Utkastet slik det er nå." in shown
