"""`tyngdepunkt desks`: the figures by hand, the page's files, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from scipy.stats import binom

from tyngdepunkt.analyses.contract import Brought, Setting, analysis, as_builtins
from tyngdepunkt.analyses.parameters import read_parameters
from tyngdepunkt.cli import run
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places

DESKS = analysis("desk_need")


def answer(content: str, places: Places | None = None, **asked: Any) -> dict[str, Any]:
    def opened() -> Places:
        assert places is not None, "no homes are named"
        return places

    question = read_parameters(DESKS, asked, str)
    brought = {"table": Brought("list.csv", content.encode())}
    return dict(as_builtins(DESKS.answer(brought, question, Setting("en", opened))))


def faults(content: str, **asked: Any) -> list[tuple[str, str]]:
    with pytest.raises(UserError) as caught:
        answer(content, **asked)
    return [(each.where, each.key.partition(":")[2]) for each in caught.value.faults]


def test_one_group_is_a_binomial() -> None:
    [place] = answer("place,posts,days,share_low,share_high\nA,40,2,0.2,0.4\n")["places"]
    assert place["people"] == pytest.approx(12)
    assert place["expected"] == place["peak_weekday"] == pytest.approx(4.8)
    for row in place["full_house"]:
        assert row["chance"] == pytest.approx(binom.sf(row["desks"], 40, 0.3 * 0.4), abs=1e-9)
    assert binom.sf(place["desks_needed"], 40, 0.12) <= 0.05 < binom.sf(place["desks_needed"] - 1, 40, 0.12)
    low, high = (int(binom.isf(0.05, 40, share * 0.4)) for share in (0.2, 0.4))
    assert place["desks_range"] == {"low": low, "high": high}
    assert place["experience"] == {"low": pytest.approx(6), "high": pytest.approx(8.64)}


def test_a_busier_day_needs_more_and_nobody_comes_more_than_once_a_day() -> None:
    content = "place,posts,days,share\nA,30,3,1\n"
    [even], [busy] = (answer(content, **told)["places"] for told in ({}, {"busiest": "0.3"}))
    assert busy["peak_weekday"] == pytest.approx(27)
    assert busy["expected"] == even["expected"] == pytest.approx(18)
    assert busy["desks_needed"] > even["desks_needed"]
    [full] = answer(content, busiest="0.5")["places"]
    assert full["peak_weekday"] == pytest.approx(30)
    assert full["desks_needed"] == 30


def test_rows_of_one_place_are_one_house_and_the_order_of_rows_changes_nothing() -> None:
    rows = ["A,10,2,0.5", "B,4,1,0.3", "A,20,1,0.2"]
    one = answer("place,posts,days,share\n" + "\n".join(rows))
    other = answer("place,posts,days,share\n" + "\n".join(reversed(rows)))
    assert [each["place"] for each in one["places"]] == ["A", "B"]
    assert {e["place"]: e["desks_needed"] for e in one["places"]} == {
        e["place"]: e["desks_needed"] for e in other["places"]
    }


def test_homes_are_municipalities_and_a_number_that_changed_is_told(norway: Places) -> None:
    found = answer("bosted;stillinger;dager;andel\n1432;5;2;30 %\nFørde;5;2;30 %\n", norway)
    assert [(each["place"], each["posts"]) for each in found["places"]] == [("Sunnfjord", 10)]
    assert found["made"]["snapshot"] == norway.snapshot.id
    told = [each["where"] for each in found["notices"] if each["id"] == "place_read_as"]
    assert told == ["line 2", "line 3"]


def test_everything_that_is_wrong_is_told_with_its_line() -> None:
    content = "place;posts;days;share low;share high\nA;0;6;0,1;0,2\nB;2,5;2;yes;0,3\n;3;1;0,4;0,3\n"
    assert faults(content) == [
        ("line 2", "posts_outside"),
        ("line 2", "days_outside"),
        ("line 3", "posts_outside"),
        ("line 3", "not_a_number_or_range"),
        ("line 4", "cell_missing"),
    ]
    assert faults("place;posts;days;share low;share high\nA;3;1;0,4;0,3\n") == [("line 2", "turned_shares")]
    assert faults("place,posts\nA,1\n") == [("line 1", "missing_column")] * 2
    assert faults("place,posts,days,share\n") == [("line 1", "no_rows")]
    many = "A,600000,1,30 %\nB,600000,1,30 %\n"
    assert faults(f"place,posts,days,share\n{many}") == [("line 1", "too_many_posts")]
    assert faults("place,posts,days,share\nA,1,1,30\n") == [("line 2", "share_above_one")]


def test_the_command_writes_json_and_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "need.csv"
    file.write_text(DESKS.example, encoding="utf-8")
    options = ["--json", "--out", str(tmp_path), "--format", "csv", "--format", "docx"]
    assert run(["desks", str(file), *options]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [each["place"] for each in printed["places"]] == ["Førde", "Sogndal"]
    assert run(["desks", str(file), "--json", "--chance", "5 %", "--busiest", "20 prosent"]) == 0
    assert json.loads(capsys.readouterr().out)["places"] == printed["places"]
    lines = (tmp_path / "desks.csv").read_text("utf-8-sig").splitlines()
    assert lines[1].startswith("Førde;52;")
    assert (tmp_path / "desks.docx").stat().st_size > 5000


def test_sixty_thousand_posts_take_seconds() -> None:
    rows = "\n".join(f"A,1,{1 + n % 5},0.{1 + n % 8}" for n in range(2_000))
    found = answer(f"place,posts,days,share\n{rows}\nA,58000,2,0.3\n")
    assert found["places"][0]["posts"] == 60_000
