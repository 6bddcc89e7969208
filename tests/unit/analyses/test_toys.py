"""Three toy analyses that fill the contract: what docs/new-analysis.md walks through."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.progress import Progress

import tyngdepunkt.analyses
from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Analysis, analysis
from tyngdepunkt.cli.factory import app_of
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places
from tyngdepunkt.web.api.analyses import route_of
from tyngdepunkt.web.api.openapi import document

TOYS = Path(__file__).parents[2] / "toys"
MOST_LINES = 150


@pytest.fixture(autouse=True)
def _toys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The toys' folders beside the real analyses."""
    monkeypatch.setattr(tyngdepunkt.analyses, "__path__", [*tyngdepunkt.analyses.__path__, str(TOYS)])
    nouns = texts.texts_of("cli")["nouns"]
    for name in ("toy-reach", "toy-lunch", "toy-venue"):
        monkeypatch.setitem(nouns, name, {"nb": "En prøve.", "nn": "Ei prøve.", "en": "A trial."})


def _run(one: Analysis, *arguments: str) -> None:
    app_of(one)(list(arguments), exit_on_error=False, result_action="return_value")


@pytest.mark.parametrize("name", ["toy_reach", "toy_lunch"])
def test_an_analysis_costs_few_lines(name: str) -> None:
    lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in (TOYS / name).glob("*.py"))
    assert lines < MOST_LINES


def test_a_table_with_three_options(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = analysis("toy_reach")
    file = tmp_path / "places.yaml"
    file.write_text(one.example, encoding="utf-8")
    _run(one, str(file), "--minutes", "60", "--order", "far", "--json")
    found = json.loads(capsys.readouterr().out)
    assert [each["place"] for each in found["within"]] == ["Berg", "Alby"]
    _run(one, str(file), "--minutes", "5", "--lang", "nn")
    assert "Ingen stader er innan rekkjevidd." in capsys.readouterr().out
    with pytest.raises(UserError) as caught:
        _run(one, str(file), "--minutes", "601", "--most", "0")
    assert [fault.where for fault in caught.value.faults] == ["--minutes", "--most"]
    file.write_text("Alby: near\nBerg: true\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        _run(one, str(file))
    assert [fault.where for fault in caught.value.faults] == ["line 1, Alby", "line 2, Berg"]


def test_a_case_file_with_a_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = analysis("toy_lunch")
    file = tmp_path / "case.yaml"
    file.write_text(one.example, encoding="utf-8")
    _run(one, str(file), "--lang", "nb", "--out", str(tmp_path / "out"), "--format", "html")
    assert "Billigst er soup: 360 kr." in capsys.readouterr().out.replace(texts.NBSP, " ")
    assert "Billigst er soup" in (tmp_path / "out" / "toy-lunch.html").read_text(encoding="utf-8")
    file.write_text("title: A\npeople: 0\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        _run(one, str(file))
    assert len(caught.value.faults) == 2


@pytest.fixture
def venue(tmp_path: Path) -> Callable[..., Path]:
    """Runs the toy with weights on one folder; where its JSON lies."""

    def go(price: int, *options: str, more: str = "") -> Path:
        one = analysis("toy_venue")
        file = tmp_path / "case.yaml"
        weights = f"{{price: {price}, light: {100 - price}}}"
        file.write_text(one.example.replace("{price: 60, light: 40}", weights) + more, encoding="utf-8")
        _run(one, str(file), "--out", str(tmp_path / "out"), *options)
        return tmp_path / "out"

    return go


def test_weights_that_were_shown_are_remembered_and_not_changed_in_silence(
    venue: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    out = venue(60, "--format", "json")
    assert sorted(each.name for each in out.iterdir()) == ["toy-venue.json", "toy-venue.weights.json"]
    before = (out / "toy-venue.json").read_bytes()
    with pytest.raises(UserError) as caught:
        venue(10, "--format", "json")
    assert "price 60, light 40" in texts.explain_error(caught.value, "en")
    assert (out / "toy-venue.json").read_bytes() == before
    venue(10, "--format", "json", more="weight_log: [A new order]\n")
    assert json.loads((out / "toy-venue.json").read_text(encoding="utf-8"))["order"] == ["Loft", "Hall"]


def test_an_answer_of_an_earlier_method_is_kept_and_told_of(
    venue: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    file = venue(60, "--format", "json") / "toy-venue.json"
    older = json.loads(file.read_text(encoding="utf-8"))
    assert older["notices"] == []
    older["made"]["method_version"], older["order"] = "1", ["Loft", "Hall"]
    file.write_text(json.dumps(older), encoding="utf-8")
    capsys.readouterr()
    venue(60, "--format", "json,html", "--lang", "en")
    kept = file.with_name("toy-venue-method-1.json")
    assert json.loads(kept.read_text(encoding="utf-8")) == older
    said = "Before, Loft was the best: toy-venue-method-1.*."
    assert json.loads(file.read_text(encoding="utf-8"))["notices"][0]["text"] == said
    assert said in " ".join(capsys.readouterr().out.split())
    venue(60, "--format", "json")  # the method is the same now
    assert json.loads(file.read_text(encoding="utf-8"))["notices"] == []


def test_a_document_may_draw_on_places_and_take_a_template(
    venue: Callable[..., Path], norway: Places, tmp_path: Path
) -> None:
    page = venue(60, "--format", "html") / "toy-venue.html"
    assert norway.snapshot.id in page.read_text(encoding="utf-8")
    with pytest.raises(UserError) as caught:
        venue(60, "--format", "docx", "--template", str(tmp_path / "none.docx"))
    assert "none.docx" in texts.explain_error(caught.value, "en")


@pytest.mark.parametrize(("asked", "steps"), [((), 1), (("--out", "out"), 2)])
def test_steps_are_named_as_they_begin(
    asked: tuple[str, ...], steps: int, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    """A document is one step more; `--quiet` and a pipe hear nothing."""
    one, told = analysis("toy_venue"), []
    file = tmp_path / "case.yaml"
    file.write_text(one.example, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(Progress, "update", lambda bar, task, **what: told.append(what))
    _run(one, str(file), "--lang", "en", *asked)
    names = [each["description"] for each in told if "description" in each]
    assert names == ["Computing", "Writing"][:steps]
    assert [each["completed"] for each in told] == list(range(steps + 1))
    told.clear()
    _run(one, str(file), "--quiet", *asked)
    assert told == []


def test_a_case_may_say_its_own_language(
    venue: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    venue(60, "--format", "json", more="lang: nn\n")
    assert "Best er Hall." in capsys.readouterr().out
    venue(60, "--format", "json", "--lang", "en", more="lang: nn\n")
    assert "The best is Hall." in capsys.readouterr().out


def test_what_has_no_document_offers_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert not analysis("toy_reach").has_document
    _run(analysis("toy_reach"), "--help")
    assert "--out" not in capsys.readouterr().out
    _run(analysis("toy_lunch"), "--help")
    assert "--out" in capsys.readouterr().out


def test_the_route_is_described_from_the_same_model() -> None:
    told: dict[str, Any] = document([route_of(analysis("toy_reach"))])
    operation = told["paths"]["/toy-reach"]["post"]
    named = {each["name"]: each for each in operation["parameters"]}
    assert {"minutes", "most", "order", "lang"} == set(named)
    assert named["minutes"]["schema"]["maximum"] == 600
    assert named["order"]["description"] == "The nearest or the farthest first."
