"""Two toy analyses that fill the contract: what docs/new-analysis.md walks through."""

import json
from pathlib import Path
from typing import Any

import pytest

import tyngdepunkt.analyses
from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Analysis, analysis
from tyngdepunkt.cli.factory import app_of
from tyngdepunkt.errors import UserError
from tyngdepunkt.web.api.analyses import route_of
from tyngdepunkt.web.api.openapi import document

TOYS = Path(__file__).parents[2] / "toys"
MOST_LINES = 150


@pytest.fixture(autouse=True)
def _toys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The toys' folders beside the real analyses."""
    monkeypatch.setattr(tyngdepunkt.analyses, "__path__", [*tyngdepunkt.analyses.__path__, str(TOYS)])
    nouns = texts.texts_of("cli")["nouns"]
    for name in ("toy-reach", "toy-lunch"):
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
