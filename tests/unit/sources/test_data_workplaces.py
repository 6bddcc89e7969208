"""Advertised posts by place of work: from NAV's feed on this machine to shares, precision and recall."""

import json
from pathlib import Path
from typing import Any

import pytest

from tyngdepunkt.analyses.advertised.counted import counted
from tyngdepunkt.analyses.advertised.labels import labels_in
from tyngdepunkt.analyses.advertised.narrative import blocks
from tyngdepunkt.cli import run as cli
from tyngdepunkt.errors import UserError
from unit.sources.served import Server
from unit.sources.test_vacancies import PERSONS, PLACE, TOKEN, Nav, uuid

FREE = "<p>Ring Kari, 99887766</p><p>Arbeidsstedet er valgfritt.</p>"
LAWYER = {"categoryType": "STYRK08", "code": "2611", "name": "", "description": "", "score": 1.0}


@pytest.fixture
def fetched(server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Six vacancies of the feed, fetched by the command."""
    server.answer = Nav()
    for number, other in enumerate(
        (
            {"description": FREE},
            {"description": FREE, "categoryList": [LAWYER], "positioncount": "4"},
            {"description": "Arbeidssted er Hamar eller Oslo.", "positioncount": "flere"},
            {"workLocations": [PLACE, {**PLACE, "municipal": "HAMAR"}]},
            {"description": "Arbeidsstedet er ikke valgfritt.", "categoryList": []},
            {},
        ),
        start=1,
    ):
        server.answer.post(number, **other)
    monkeypatch.setenv("TYNGDEPUNKT_NAV_TOKEN", TOKEN)
    monkeypatch.setenv("TYNGDEPUNKT_DATA", str(tmp_path / "data"))
    assert cli(["data", "vacancies", "--base", server.address, "--since", "2026-11-01"]) == 0
    return tmp_path


def answer(capsys: pytest.CaptureFixture[str], *told: str) -> dict[str, Any]:
    capsys.readouterr()
    assert cli(["data", "workplaces", "--json", *told]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_shares_by_occupation_and_employer(fetched: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys)
    assert (found["fetched"], found["vacancies"], found["unjudged"], found["unnumbered"]) == (True, 6, 0, 1)
    total = found["total"]
    assert (total["posts"], total["free"], total["several"]) == (13, 6, 3)
    assert total["free_share"] == pytest.approx(6 / 13)
    by_code = {each["key"]: (each["posts"], each["free"], each["several"]) for each in found["occupations"]}
    assert by_code == {"2342": (7, 2, 3), "2611": (4, 4, 0), "": (2, 0, 0)}
    assert [(each["key"], each["posts"]) for each in found["employers"]] == [("123456789", 13)]
    assert found["measured"] == []
    kept = b"".join(file.read_bytes() for file in (fetched / "data").rglob("*") if file.is_file())
    assert not [word for word in (*PERSONS, b"valgfritt") if word in kept]


@pytest.mark.walk
def test_precision_and_recall_are_measured_against_what_persons_say(
    fetched: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = {1: "fritt", 2: "ett", 3: "Flere", 5: "fritt", 6: "ett", 99: "fritt"}
    labels = fetched / "labels.csv"
    labels.write_text(
        "Annonse;Arbeidssted\n" + "".join(f"{uuid(n)};{it}\n" for n, it in said.items()), "utf-8"
    )
    found = answer(capsys, "--labels", str(labels))
    free, both = found["measured"]
    assert (free["kind"], free["labelled"], free["said"], free["meant"], free["right"]) == (
        "free",
        5,
        2,
        2,
        1,
    )
    assert (free["precision"], free["recall"]) == (0.5, 0.5)
    assert (both["said"], both["meant"], both["right"]) == (3, 3, 2)
    assert found["unknown_labels"] == 1
    assert cli(["data", "workplaces", "--labels", str(labels), "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert told.index("precision 50.0") < told.index("Advertised posts: 13")
    assert "not measured" not in told


def test_without_labels_or_the_feed_nothing_is_said_to_be_measured(
    fetched: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    capsys.readouterr()
    assert cli(["data", "workplaces", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert told.index("Precision and recall are not measured: nobody") < told.index("Advertised posts: 13")
    monkeypatch.setenv("TYNGDEPUNKT_DATA", str(fetched / "nothing"))
    assert cli(["data", "workplaces", "--lang", "en"]) == 0
    assert "has not been fetched" in capsys.readouterr().out
    assert answer(capsys)["total"] is None


def test_what_came_before_the_rules_is_in_no_share(fetched: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = fetched / "data/sources/nav/vacancies.json"
    held = json.loads(file.read_bytes())
    for each in (held["vacancies"][uuid(1)], held["vacancies"][uuid(6)]):
        del each["workplace"]
    file.write_text(json.dumps(held), "utf-8")
    found = answer(capsys)
    assert (found["vacancies"], found["unjudged"], found["total"]["posts"]) == (6, 2, 9)


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_nothing_is_a_share_of_nothing(lang: str) -> None:
    found = counted({}, True, {}, {})
    assert (found.total, found.measured) == (None, [])
    assert len(blocks(found, lang)) == 1


def test_everything_that_is_wrong_with_labels_is_told_with_its_line() -> None:
    with pytest.raises(UserError) as caught:
        labels_in(b"vacancy,workplace\na,free\nb,perhaps\na,one\n,one\n", Path("labels.csv"))
    told = [(each.where, each.key.partition(":")[2]) for each in caught.value.faults]
    assert [key for _, key in told] == ["not_a_label", "labelled_twice", "not_a_label"]
    assert [where.rpartition(" ")[2] for where, _ in told] == ["3", "4", "5"]
    with pytest.raises(UserError) as caught:
        labels_in(b"vacancy,other\na,free\n", Path("labels.csv"))
    assert [each.key.partition(":")[2] for each in caught.value.faults] == ["missing_column"]
