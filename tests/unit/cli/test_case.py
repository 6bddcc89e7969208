"""`tyngdepunkt case`: asking, checking and describing, from the command line."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tyngdepunkt.analyses.location.input.read import read_case
from tyngdepunkt.cli import run
from tyngdepunkt.places import open_places

EXAMPLES = Path(__file__).parents[3] / "examples" / "location"
EMBEDDED = Path(__file__).parents[3] / "src/tyngdepunkt/places/embedded/manifest.json"
pytestmark = pytest.mark.skipif(not EMBEDDED.is_file(), reason="the embedded snapshot is not built yet")

Answers = Callable[..., None]
Capture = pytest.CaptureFixture[str]

ANSWERS = [
    "Et direktorat: prøve # 1",
    "2023-06-01",
    "1",
    "",  # the unit is called the same as the case
    "2611",
    "10-15",
    "2422",
    "30",
    "",
    "Bærum",
    "4601",
    "Førde",
    "",
    "Bergen, Trondheim",
    "avklart: med departementet",
    "",
    "none",
]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    """Answers on stdin, one a line, with an empty folder to write in."""
    monkeypatch.chdir(tmp_path)

    def give(*lines: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return give


@pytest.mark.walk
def test_a_case_asked_for_reads_back_as_answered(answers: Answers, capsys: Capture, tmp_path: Path) -> None:
    answers(*ANSWERS)
    assert run(["case", "new", "--lang", "nn"]) == 0
    file = tmp_path / "et-direktorat-prove-1.yaml"
    assert str(file.name) in capsys.readouterr().out
    with open_places() as places:
        case = read_case(file, places)
    assert case.title == case.unit.name == "Et direktorat: prøve # 1"
    assert case.unit.total_jobs == (40, 45)
    assert [each.codes for each in case.alternatives] == [("3201",), ("4601",), ("4647",)]
    assert case.largest_cities is not None
    assert case.largest_cities.reason == "avklart: med departementet"
    assert case.lang == "nn"
    assert file.read_text(encoding="utf-8").count("# ") > 8  # a comment above each field


def test_wrong_answers_are_asked_again_with_the_reason(
    answers: Answers, capsys: Capture, tmp_path: Path
) -> None:
    wrong = [
        "",
        "?",
        "T",
        "31.02.2023",
        "2023-06-01",
        "7",
        "flytting",
        "3",
        "U",
        "26",
        "9999",
        "ingenslikjobb",
        "rådgiver",
        "",
        "-4",
        "many",
        "unknown",
        "Ingensted",
        "Oslo",
        "",
        "Bærum",
        "",
        "Bærum",
        "Herøy",
        "Hamar",
        "",
        "",
        "",
        "30 30",
        "20 20 20 20 20",
    ]
    answers(*wrong)
    assert run(["case", "new", "mine.yaml"]) == 0
    told = capsys.readouterr().err
    for part in (
        "Teksten er tom",
        "Tittelen står øverst",
        "«31.02.2023» er ikke en dato",
        "«7» er ikke et av valgene",
        "«26» er ikke et yrkesnummer",
        "9999 finnes ikke",
        "Fant ingen yrker med «ingenslikjobb»",
        "Flere yrker har «rådgiver»",
        "-4 er negativt",
        "«many» er ikke et tall",
        "Ingensted",
        "Det trengs minst 2",
        "Bærum er nevnt",
        "Herøy",
        "Det trengs 5 tall",
    ):
        assert part in told
    with open_places() as places:
        case = read_case(tmp_path / "mine.yaml", places)
    assert case.moved_from[0].code == "0301"
    assert case.weights.low == (0.2,) * 5


def test_sets_of_offices_are_asked_for_too(answers: Answers, tmp_path: Path) -> None:
    answers(
        "T",
        "2016-10-04",
        "5",
        "",
        "",
        "",
        "Forslaget",
        "Røros; 6; 0",
        "Tynset; unknown; 10-12",
        "",
        "",
        "",
        "",
        "",
    )
    assert run(["case", "new", "mine.yaml"]) == 0
    with open_places() as places:
        (only,) = read_case(tmp_path / "mine.yaml", places).alternatives
    assert [part.jobs_after for part in only.parts] == [(0, 0), (10, 12)]


def test_a_date_before_the_first_guidelines_names_them_in_the_file(
    answers: Answers, capsys: Capture, tmp_path: Path
) -> None:
    answers("T", "2010-01-01", "1", "", "", "", "Bærum", "Hamar", "", "", "", "")
    assert run(["case", "new", "mine.yaml"]) == 0
    assert "28. november 2014" in capsys.readouterr().err.replace("\u00a0", " ")
    with open_places() as places:
        assert read_case(tmp_path / "mine.yaml", places).rules_version == "2014-11-28"


def test_nothing_is_overwritten_without_a_yes(answers: Answers, capsys: Capture, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("mine", encoding="utf-8")
    for answer in ("nei", ""):
        answers(answer)
        assert run(["case", "new", "mine.yaml"]) == 1
    assert file.read_text(encoding="utf-8") == "mine"
    answers("ja", *ANSWERS)
    assert run(["case", "new", "mine.yaml"]) == 0
    assert "title:" in file.read_text(encoding="utf-8")


def test_answers_that_end_too_soon_write_nothing(answers: Answers, capsys: Capture, tmp_path: Path) -> None:
    answers("T", "2023-06-01")
    assert run(["case", "new", "mine.yaml"]) == 1
    assert "Svarene tok slutt" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    assert run(["case", "new", "no/such/folder.yaml"]) == 1


def test_a_good_case_is_summed_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["case", "check", str(EXAMPLES / "eksempeldirektoratet.yaml")]) == 0
    told = capsys.readouterr()
    assert "Filen kan brukes." in told.out
    assert "40–45" in told.out
    assert told.err == ""


def test_check_as_json_is_one_document(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["case", "check", str(EXAMPLES / "deksa.yaml"), "--json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert (content["valid"], content["rules"], content["total_jobs"]) == (True, "2022-08-12", None)
    bad = tmp_path / "bad.yaml"
    bad.write_text("title: T\ndate: 2023-06-01\n", encoding="utf-8")
    assert run(["case", "check", str(bad), "--json", "--lang", "en"]) == 1
    told = capsys.readouterr()
    faults = json.loads(told.out)["faults"]
    assert [fault["what"] for fault in faults] == [
        f"The field “{name}” is missing." for name in ("trigger", "unit", "alternatives")
    ]
    assert told.err == ""


def test_faults_go_to_stderr(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["case", "check", str(tmp_path / "nothing.yaml")]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "Fant ikke filen" in told.err


def test_the_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["case", "schema", "--lang", "en"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Location case"


def test_the_order_of_the_considerations_is_found_one_question_at_a_time(
    answers: Answers, capsys: Capture, tmp_path: Path
) -> None:
    answers(*ANSWERS[:-1], "sammenlign", "9", "1", "2", "0", "2", "1", "1", "2", "1", "1")
    assert run(["case", "new", "--lang", "nb"]) == 0
    with open_places() as places:
        case = read_case(tmp_path / "et-direktorat-prove-1.yaml", places)
    assert case.weights.kind == "order"
    assert sorted(name for group in case.weights.groups for name in group) == sorted(case.weights.ids)
    assert len(case.weights.groups) == len(case.weights.ids) - 1  # two of them matter as much
    told = capsys.readouterr().err
    assert "Hva betyr mest i saken?" in told
    assert "poeng, til" in told  # the ends of a consideration are two real municipalities
