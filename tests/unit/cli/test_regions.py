"""`tyngdepunkt regions`: the promised keys, the methods, and what must not change the answer."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tyngdepunkt.analyses.contract import Brought, Setting, as_builtins
from tyngdepunkt.analyses.labour_market_regions import ANALYSIS, narrative
from tyngdepunkt.analyses.labour_market_regions.question import Question
from tyngdepunkt.cli import run
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places

Run = Callable[..., dict[str, Any]]
GROUPS = 3
EACH = 5


@pytest.fixture
def flows(tmp_path: Path) -> Path:
    """Three clear groups of five places; the first of each has most jobs."""
    random = np.random.default_rng(3)
    size = GROUPS * EACH
    group = np.repeat(np.arange(GROUPS), EACH)
    mean = np.where(group[:, None] == group, 30, 2) + np.diag([400] * size)
    mean[:, ::EACH] += np.where(group[:, None] == group[::EACH], 120, 0)
    persons = random.poisson(mean)
    rows = [f"{i + 1},{j + 1},{persons[i, j]}" for i in range(size) for j in range(size)]
    return written(tmp_path, "flows.csv", "from,to,persons", rows)


@pytest.fixture
def travel(tmp_path: Path) -> Path:
    """Twenty minutes within a group, two hours between."""
    size = GROUPS * EACH
    rows = [f"{i + 1},{j + 1},{20 if i // EACH == j // EACH else 120}" for i in range(size) for j in range(i)]
    return written(tmp_path, "travel.csv", "from,to,minutes", rows)


def written(folder: Path, name: str, header: str, rows: list[str]) -> Path:
    path = folder / name
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def regions(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command with --json and read what it prints."""
    monkeypatch.setenv("TYNGDEPUNKT_SNAPSHOT", "embedded")

    def ran(*arguments: str | Path) -> dict[str, Any]:
        code = run(["regions", *map(str, arguments), "--json"])
        shown = capsys.readouterr()
        assert (code, shown.err) == (0, "")
        document: dict[str, Any] = json.loads(shown.out)
        return document

    return ran


def members(document: dict[str, Any]) -> list[list[str]]:
    return [region["members"] for region in document["regions"]]


PLANTED = [[str(k * EACH + i + 1) for i in range(EACH)] for k in range(GROUPS)]


def test_every_method_finds_what_is_there_and_keeps_the_promise(
    regions: Run, flows: Path, travel: Path
) -> None:
    sizes = ("--min-size", "500", "--target-size", "3000")
    for arguments in (
        ("--method", "euro", *sizes),
        ("--method", "flow"),
        ("--method", "ba", "--travel", travel),
    ):
        document = regions(flows, *arguments)
        assert document["method"] == arguments[1]
        assert members(document) == PLANTED
        assert document["unassigned"] == []
        assert [region["centre"] for region in document["regions"]] == ["1", "6", "11"]
        assert [region["id"] for region in document["regions"]] == [1, 2, 3]
        for region in document["regions"]:
            assert isinstance(region["workers"], int)
            assert isinstance(region["jobs"], int)
            assert 0.8 < region["supply_self_containment"] < 1
            assert 0.8 < region["demand_self_containment"] < 1
        rows = [row.split(",") for row in flows.read_text("utf-8").splitlines()[1:]]
        assert sum(region["workers"] for region in document["regions"]) == sum(int(row[2]) for row in rows)


def test_the_order_of_rows_changes_nothing(regions: Run, flows: Path, tmp_path: Path) -> None:
    header, *rows = flows.read_text("utf-8").splitlines()
    turned = written(tmp_path, "turned.csv", header, rows[::-1])
    for method in ("euro", "flow"):
        first, second = (regions(file, "--method", method) for file in (flows, turned))
        assert first.pop("made") != second.pop("made")
        assert first == second


def test_a_file_is_divided_by_the_european_method_and_norway_by_its_own_rules(
    regions: Run, flows: Path
) -> None:
    document = regions(flows)
    assert document["method"] == "euro"
    assert document["parameters"] == {
        "min_size": 1000,
        "target_size": 10_000,
        "min_self_containment": 0.6667,
        "target_self_containment": 0.75,
    }
    assert set(document["moves"]) == {str(i + 1) for i in range(GROUPS * EACH)}
    own = regions()
    assert own["method"] == "ba"
    assert own["year"] == 2022
    assert sum(map(len, members(own))) == 357
    compared = own["compared_with_list_of_2020"]
    assert compared["regions_in_list"] == 159
    assert compared["municipalities_in_the_same_region"] + len(compared["differences"]) == 357
    assert all(each["reason"] and each["region_then"] for each in compared["differences"])
    assert len(own["grounds"]) == 357
    assert own["shares_of"] == "population_20_66"


def test_norway_by_the_other_methods(regions: Run) -> None:
    euro, flow = regions("--method", "euro"), regions("--method", "flow")
    assert sum(map(len, members(euro))) == sum(map(len, members(flow))) == 357
    assert 50 < len(euro["regions"]) < 200
    assert 5 < len(flow["regions"]) < 60
    assert all(region["supply_self_containment"] > 0.5 for region in flow["regions"])


def test_grounds_of_a_file_say_what_the_shares_are_of(regions: Run, flows: Path, travel: Path) -> None:
    document = regions(flows, "--method", "ba", "--travel", travel)
    assert document["shares_of"] == "employed_residents"
    by_place = {each["place"]: each for each in document["grounds"]}
    assert by_place["1"]["ground"] == "R"
    assert by_place["2"]["ground"] == "U8"
    assert by_place["2"]["nearest_centre"] == "1"
    assert by_place["2"]["minutes"] == 20
    assert [notice["key"] for notice in document["notices"]] == ["no_centres"]


@pytest.mark.walk
def test_neighbours_keep_regions_in_one_piece(regions: Run, flows: Path, tmp_path: Path) -> None:
    """5 borders only on 6, which is in another group."""
    pairs = [f"{i},{i + 1}" for i in range(1, 15) if i != 4]
    neighbours = written(tmp_path, "neighbours.csv", "from,to", pairs)
    document = regions(flows, "--method", "flow", "--neighbours", neighbours)
    assert document["moved_to_be_in_one_piece"] == ["5"]
    assert members(document)[1] == ["5", *PLANTED[1]]


def test_stability_has_a_share_for_every_place(regions: Run, flows: Path) -> None:
    stability = regions(flows, "--method", "flow", "--draws", "10", "--seed", "5")["stability"]
    assert (stability["draws"], stability["seed"]) == (10, 5)
    assert set(stability["stays"].values()) == {1.0}


def test_flow_tells_how_much_hangs_on_the_order(regions: Run, flows: Path) -> None:
    orders = regions(flows, "--method", "flow")["orders"]
    assert orders["tried"] == 20
    assert 1 <= orders["reached_the_best"] <= 20
    assert 0 <= orders["share_of_places_that_move"] <= 1
    assert -0.5 <= orders["modularity"] <= 1


def test_norway_can_be_divided_in_an_earlier_year_of_the_snapshot(regions: Run) -> None:
    then, now = regions("--year", "2017"), regions()
    assert (then["year"], now["year"]) == (2017, 2022)
    same = [d["compared_with_list_of_2020"]["municipalities_in_the_same_region"] for d in (then, now)]
    assert same[0] > same[1] > 300, "the list rests on the commuting of 2017"


def test_those_without_a_region_have_their_reason(
    regions: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ["a,a,900", "a,b,300", "b,a,400", "b,b,800", "c,c,50"]
    file = written(tmp_path, "alone.csv", "from,to,persons", rows)
    document = regions(file)
    assert document["unassigned_reasons"] == {"c": "closed"}
    assert run(["regions", str(file), "--lang", "en"]) == 0
    assert "nobody commutes in or out: c" in " ".join(capsys.readouterr().out.split())


def test_options_without_a_use_are_said(regions: Run, flows: Path) -> None:
    notices = regions(flows, "--method", "flow", "--min-size", "10")["notices"]
    assert [notice.pop("text") for notice in notices] != [""]
    known = {"key": "not_used", "id": "not_used", "where": ""}
    assert notices == [{**known, "options": ["--min-size"], "method": "flow"}]


def refused(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    assert run(["regions", *map(str, arguments), "--lang", "en"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    return shown.err


def test_faults_of_options_and_files_come_together(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, flows: Path
) -> None:
    bad = written(tmp_path, "bad.csv", "from,to,persons", ["A,A,5", "A,A,5", "B,A,-1"])
    told = refused(capsys, bad, "--method", "ba", "--draws", "-1", "--min-size", "0")
    for part in (
        "size 0",
        "-1 draws",
        "lacks travel times",
        "stands twice",
        "negative",
        "live and work in B",
    ):
        assert part in told
    assert "without flows" in refused(capsys, "--travel", flows)
    assert "whole commuting of 2019" in refused(capsys, "--year", "2019")  # Rindal is missing
    assert "whole commuting of 2024" in refused(capsys, "--year", "2024")
    assert "year 1999" in refused(capsys, flows, "--year", "1999")
    assert "No municipality in 2017" in refused(capsys, flows, "--year", "2017")
    assert "--before is only used" in refused(capsys, flows, "--before", flows)


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_it_is_said_in_words(
    lang: str, flows: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TYNGDEPUNKT_SNAPSHOT", "embedded")
    assert run(["regions", "--lang", lang, "--draws", "2"]) == 0
    shown = capsys.readouterr().out
    assert "Oslo" in shown
    assert "159" in shown
    assert {"nb": "Vik: fra egen region til", "nn": "Vik: frå eigen region til", "en": "Vik: from a region"}[
        lang
    ] in (shown.replace("\n", " "))
    assert run(["regions", str(flows), "--method", "flow", "--lang", lang, "--draws", "2"]) == 0
    assert "15" in capsys.readouterr().out


def test_every_reason_and_notice_has_its_words() -> None:
    from typing import get_args

    from tyngdepunkt.analyses.labour_market_regions.official_list_comparison import Reason
    from tyngdepunkt.texts import texts_of

    assert set(texts_of("analyses.labour_market_regions")["reason"]) == set(get_args(Reason))
    assert narrative.SHOWN > 159


def test_the_same_question_can_be_asked_without_the_command(norway: Places, flows: Path) -> None:
    brought = {"flows": Brought.from_path(flows)}
    setting = Setting("nb", lambda: norway)
    result = ANALYSIS.answer(brought, Question(method="flow"), setting)
    assert members(as_builtins(result)) == PLANTED
    assert result.made.snapshot is None, "no figures were used"
    own = ANALYSIS.answer({}, Question(method="euro"), setting)
    assert own.made.snapshot == norway.snapshot.id
    with pytest.raises(UserError):
        ANALYSIS.answer(brought, Question(method="ba"), setting)
