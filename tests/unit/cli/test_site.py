"""`tyngdepunkt site`: the promised keys, every kind of instance, and what is said about bad input."""

import csv
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tyngdepunkt.cli import run

Run = Callable[..., dict[str, Any]]
KEYS = {
    "model",
    "status",
    "objective",
    "bound",
    "gap",
    "open",
    "assignment",
    "seconds",
    "nodes",
    "memory_mb",
    "tolerance",
    "near_best",
    "curve",
    "closed",
    "worst",
    "fairness",
    "conflict",
    "input",
    "notices",
    "made",
}
POINTS = """id,x,y,demand,candidate,existing,group,cost
a,0,0,5,ja,ja,north,1
b,0,1,3,nei,nei,north,1
c,10,0,4,1,0,south,2
d,10,1,2,true,false,south,3
e,5,5,,x,,,1
"""


@pytest.fixture
def points(tmp_path: Path) -> Path:
    """Two places far from each other, and a site between that nobody lives at."""
    return written(tmp_path, "points.csv", POINTS)


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def site(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command with --json and read what it prints."""

    def ran(*arguments: str | Path) -> dict[str, Any]:
        code = run(["site", *map(str, arguments), "--json"])
        shown = capsys.readouterr()
        assert code == 0
        assert shown.err == "" or "--out" in arguments  # where the files are told
        document: dict[str, Any] = json.loads(shown.out)
        return document

    return ran


@pytest.fixture
def faults(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run the command, which must refuse, and read what it says."""

    def ran(*arguments: str | Path, lang: str = "en") -> str:
        code = run(["site", *map(str, arguments), "--lang", lang])
        shown = capsys.readouterr()
        assert (code, shown.out) == (1, "")
        assert "Traceback" not in shown.err
        return shown.err

    return ran


def test_the_document_has_the_promised_keys_and_the_names_of_the_file(site: Run, points: Path):
    document = site(points, "--model", "mclp", "--p", "2", "--radius", "1")
    assert document.keys() == KEYS
    assert (document["status"], document["objective"], document["gap"]) == ("optimal", 14.0, 0.0)
    assert document["open"] in (["a", "c"], ["a", "d"])
    assert {row["demand"] for row in document["assignment"]} == {"a", "b", "c", "d"}
    assert document["input"]["points"] == 5
    assert re.fullmatch("[0-9a-f]{64}", document["input"]["hash"])
    assert document["fairness"]["by_group"].keys() == {"north", "south"}
    assert document["fairness"]["share_beyond"] == 0.0
    assert document["memory_mb"] > 1


def test_every_model_answers_the_same_question(site: Run, points: Path):
    assert site(points, "--p", "2")["objective"] == 5.0
    assert site(points, "--model", "p-center", "--p", "2")["objective"] == 1.0
    assert site(points, "--model", "lscp", "--radius", "1")["objective"] == 2.0
    assert site(points, "--model", "lscp", "--radius", "8")["open"] == ["e"]


def test_an_existing_site_is_taken_before_a_new_one(site: Run, points: Path, tmp_path: Path):
    turned = written(tmp_path, "turned.csv", POINTS.replace("d,10,1,2,true,false", "d,10,1,2,true,ja"))
    document = site(turned, "--model", "mclp", "--p", "2", "--radius", "1", "--existing-first")
    assert document["open"] == ["a", "d"]
    one = site(turned, "--model", "mclp", "--p", "1", "--radius", "1")
    assert one["open"] == ["a"]
    closed = one["closed"]
    assert [entry["site"] for entry in closed] == ["d"]
    assert closed[0]["goes_to"] == []  # beyond the radius: it goes nowhere
    assert [row["demand"] for row in closed[0]["longer"]] == ["d", "c"]


def test_where_the_demand_of_a_closed_site_goes_is_told(site: Run, tmp_path: Path):
    text = "id,x,y,demand,existing\na,0,0,5,1\nb,1,0,3,1\nc,9,0,9,1\n"
    document = site(written(tmp_path, "three.csv", text), "--p", "2")
    (closed,) = document["closed"]
    assert (closed["site"], closed["goes_to"]) == ("b", [{"site": "a", "demand": 3.0}])
    assert closed["longer"] == [{"demand": "b", "before": 0.0, "after": 1.0}]


def test_the_next_best_plan_its_tolerance_and_the_curve(site: Run, points: Path):
    document = site(
        points, "--model", "mclp", "--p", "1", "--radius", "1", "--near-best", "2", "--curve", "1:3"
    )
    assert document["objective"] == 8.0
    assert [plan["objective"] for plan in document["near_best"]] == [6.0, 6.0]
    assert document["near_best"][0]["open"] != document["near_best"][1]["open"]
    assert document["tolerance"]["demand_percent"] == pytest.approx(100 * 2 / 14)
    assert [point["objective"] for point in document["curve"]] == [8.0, 14.0, 14.0]


def test_a_budget_and_forbidden_pairs_are_kept(site: Run, points: Path, tmp_path: Path):
    arguments = (points, "--model", "mclp", "--radius", "1")
    assert site(*arguments, "--budget", "3")["open"] == ["a", "c"]
    assert site(*arguments, "--budget", "2")["objective"] == 8.0
    forbidden = written(tmp_path, "forbid.csv", "from,to\nb,a\n")
    assert site(*arguments, "--p", "4", "--forbid", forbidden)["objective"] == 11.0


def test_room_is_kept_where_the_file_has_it(site: Run, tmp_path: Path):
    text = "id,x,y,demand,capacity\na,0,0,5,6\nb,0,1,3,2\nc,0,2,4,\n"
    document = site(written(tmp_path, "room.csv", text), "--model", "mclp", "--p", "1", "--radius", "9")
    assert (document["open"], document["objective"]) == (["c"], 12.0)
    held = site(
        written(tmp_path, "room.csv", text.replace("4,\n", "4,5\n")),
        *("--model", "mclp"),
        "--p",
        "1",
        "--radius",
        "9",
    )
    assert held["objective"] == 5.0


def test_capacitated_models_split_only_where_they_may(site: Run, tmp_path: Path):
    text = "id,x,y,demand,capacity,cost\na,0,0,4,6,100\nb,0,1,4,6,100\nc,5,0,4,6,100\n"
    file = written(tmp_path, "plants.csv", text)
    split = site(file, "--model", "cflp")
    whole = site(file, "--model", "cflp", "--single-source")
    assert len(split["open"]) == 2
    assert min(row["share"] for row in split["assignment"]) == 0.5
    assert len(whole["open"]) == 3
    assert {row["share"] for row in whole["assignment"]} == {1.0}
    assert site(file, "--model", "cpmp", "--p", "3")["objective"] == 0.0


def test_what_a_model_cannot_do_is_refused_in_words(faults: Callable[..., str], tmp_path: Path):
    bare = written(tmp_path, "bare.csv", "id,x,y,demand\na,0,0,5\nb,1,0,5\n")
    for model in ("cflp", "cpmp"):
        assert "needs capacities" in faults(bare, "--model", model, "--p", "1")


def test_an_impossible_question_is_said_with_what_would_do(site: Run, points: Path):
    document = site(points, "--model", "lscp", "--radius", "0.5")
    assert (document["status"], document["objective"], document["open"]) == ("infeasible", None, [])
    assert document["conflict"]["demands"] == ["b"]
    assert document["conflict"]["smallest_radius"] == 1.0
    fewer = site(points, "--model", "lscp", "--radius", "1", "--p", "1")
    assert (fewer["status"], fewer["conflict"]["smallest_p"]) == ("infeasible", 2)
    assert fewer["conflict"]["smallest_radius"] == pytest.approx(np.hypot(5, 5))


def test_pairs_have_a_direction_and_what_is_not_there_is_forbidden(site: Run, tmp_path: Path):
    pairs = written(tmp_path, "pairs.csv", "from;to;cost\n1;A;2,5\n2;A;1\n2;B;7\n")
    document = site(pairs, "--model", "p-center", "--p", "1")
    assert (document["open"], document["objective"], document["input"]["pairs"]) == (["A"], 2.5, 3)
    assert [notice["key"] for notice in document["notices"]] == ["direction"]
    uneven = written(tmp_path, "uneven.csv", "from,to,cost\na,b,1\nb,a,2\na,a,0\nb,b,0\n")
    assert "asymmetric" in [n["key"] for n in site(uneven, "--p", "1")["notices"]]


def test_costs_in_place_of_distances_and_a_swapped_file_is_noticed(
    site: Run, points: Path, tmp_path: Path, faults: Callable[..., str]
):
    text = "from,to,cost\na,c,1\nb,c,1\nc,c,1\nd,c,1\n"
    costs = written(tmp_path, "costs.csv", text)
    assert site(points, "--p", "1", "--costs", costs)["open"] == ["c"]
    only = written(tmp_path, "only.csv", "id,x,y,demand,candidate\na,0,0,1,0\ns,1,1,,1\n")
    swapped = written(tmp_path, "swapped.csv", "from,to,cost\ns,a,1\n")
    assert "Swap the names" in faults(only, "--p", "1", "--costs", swapped)


def test_parquet_is_read_as_csv_is(site: Run, points: Path, tmp_path: Path):
    import duckdb

    path = tmp_path / "points.parquet"
    duckdb.sql(f"copy (from read_csv('{points}')) to '{path}' (format parquet)")
    arguments = ("--model", "mclp", "--p", "1", "--radius", "1")
    assert site(path, *arguments)["open"] == site(points, *arguments)["open"]


@pytest.mark.parametrize("yes", ["true", "TRUE", "1", "ja", "Ja", "x", "yes", "1.0"])
def test_fixed_sites_may_be_marked_in_every_usual_way(site: Run, tmp_path: Path, yes: str):
    text = f"id,x,y,demand,fixed\na,0,0,5,nei\nb,9,9,1,{yes}\nc,1,0,5,\n"
    assert site(written(tmp_path, "fixed.csv", text), "--p", "1")["open"] == ["b"]


def test_a_graph_takes_the_last_length_of_an_edge_and_p_overrides(site: Run, tmp_path: Path):
    graph = written(tmp_path, "graph.txt", " 4 4 1\n 1 2 50\n 2 3 1\n 3 4 1\n 2 1 2\n")
    document = site(graph)
    assert (document["objective"], document["input"]["points"]) == (5.0, 4)
    assert document["open"] in (["2"], ["3"])
    assert site(graph, "--p", "4")["objective"] == 0.0


def test_one_point_and_all_distances_equal_have_an_answer(site: Run, tmp_path: Path):
    one = written(tmp_path, "one.csv", "id,x,y,demand\na,1,1,3\n")
    assert site(one, "--p", "1")["objective"] == 0.0
    pairs = "".join(f"{i},{j},2\n" for i in range(4) for j in range(4))
    equal = written(tmp_path, "equal.csv", "from,to,cost\n" + pairs)
    assert site(equal, "--p", "2")["objective"] == 8.0


def test_all_faults_are_told_at_once_with_their_rows(faults: Callable[..., str], tmp_path: Path):
    text = "id,x,y,demand,fixed\na,0,0,5,0\na,1,1,-2,0\nb,q,0,nan,maybe\n,2,2,1,0\nc,3,3,inf,1,9\n"
    told = faults(written(tmp_path, "bad.csv", text), "--model", "mclp", "--near-best", "-1")
    assert told.count("bad.csv, row 3") == 2
    assert told.count("bad.csv, row 4") == 3
    assert told.count("bad.csv, row 5") == 1
    assert told.count("bad.csv, row 6") == 1
    assert "--near-best" in told


def test_what_the_model_needs_is_asked_for_all_at_once(faults: Callable[..., str], tmp_path: Path):
    bare = written(tmp_path, "bare.csv", "id,x,y,demand\na,0,0,5\nb,1,0,5\n")
    told = faults(bare, "--model", "mclp", "--budget", "4", "--curve", "1:9")
    assert "needs to know what is near enough" in told
    assert "the sites have no cost" in told
    assert "only 2 candidates" in told
    assert "only 2 candidates" in faults(bare, "--p", "3")
    for wrong in ("3:1", "0:2", "x", "1:2:3"):
        assert "--curve" in faults(bare, "--p", "1", "--curve", wrong)
    for option in ("--radius", "--budget"):
        assert option in faults(bare, "--p", "1", option, "nan")
    assert "--time-limit" in faults(bare, "--p", "1", "--time-limit", "0")


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
@pytest.mark.parametrize(
    "content",
    [
        "",
        "id,x,y,demand\n",
        "hello,world\n1,2\n",
        "3 2 1\n1 2 5\n",
        "3 1 1\n1 9 5\n",
        "3 1 1\n1 2 x\n",
        "2 1\n5 5\n",
        "1 713\n9 5 120\n1 2 62 3\n",
        "1 2 3 4\n",
        "from,to,cost\na,b,1\na,b,2\n",
        "from,to\na,b\n",
        "id,x,y,demand,colour\na,0,0,1,red\n",
        "id,x,y,demand,candidate\na,0,0,,0\n",
        "id,x,y,demand,candidate,existing\na,0,0,1,0,1\nb,0,0,1,1,0\n",
        "id,x,y,demand,id\na,0,0,1,b\n",
        "id,x,y,demand\na,0,0,1e300\n",
    ],
)
def test_bad_files_are_refused_in_every_language(
    faults: Callable[..., str], tmp_path: Path, content: str, lang: str
):
    told = faults(written(tmp_path, "instance.csv", content), "--p", "1", lang=lang)
    assert "instance.csv" in told


def test_a_file_that_is_not_there_or_only_says_it_is_parquet(faults: Callable[..., str], tmp_path: Path):
    assert "nowhere.csv" in faults(tmp_path / "nowhere.csv")
    assert "Parquet" in faults(written(tmp_path, "text.parquet", "no"), "--p", "1")


def test_forbidden_pairs_must_name_what_is_there(faults: Callable[..., str], points: Path, tmp_path: Path):
    wrong = written(tmp_path, "forbid.csv", "from,to\nz,a\na,b\n")
    told = faults(points, "--p", "1", "--forbid", wrong)
    assert "forbid.csv, row 2" in told
    assert "forbid.csv, row 3" in told


def test_files_are_written_with_everyone_in_them(site: Run, points: Path, tmp_path: Path):
    document = site(points, "--p", "2", "--out", tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"assignment.csv", "sites.csv", "assignment.geojson", "sites.geojson"}
    with (tmp_path / "out" / "sites.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["site"] for row in rows if row["open"] == "1"] == document["open"]
    assert sum(float(row["weight"]) for row in rows) == 14.0
    lines = json.loads((tmp_path / "out" / "assignment.geojson").read_text(encoding="utf-8"))
    assert len(lines["features"]) == len(document["assignment"]) == 4


def test_nothing_is_written_where_something_is_wrong(
    faults: Callable[..., str], points: Path, tmp_path: Path
):
    faults(points, "--p", "99", "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()
    taken = written(tmp_path, "taken", "")
    faults(points, "--p", "1", "--out", taken / "deeper")


def test_the_terminal_says_a_sentence_for_each_claim(capsys: pytest.CaptureFixture[str], points: Path):
    arguments = ["site", str(points), "--model", "mclp", "--p", "1", "--radius", "1", "--near-best", "1"]
    for lang, word in (("nb", "bevist"), ("nn", "bevist"), ("en", "proved")):
        assert run([*arguments, "--curve", "1:2", "--single-source", "--lang", lang]) == 0
        shown = capsys.readouterr().out
        assert word in shown
        assert {"en": "57.1"}.get(lang, "57,1\u00a0%") in shown
        assert "--single-source" in shown
    assert run(["site", str(points), "--model", "lscp", "--radius", "0", "--lang", "nb"]) == 0
    assert "Ingen plan holder alle kravene." in capsys.readouterr().out


def test_a_time_limit_is_kept_and_never_called_optimal(site: Run, tmp_path: Path):
    random = np.random.default_rng(4)
    rows = "".join(f"{i},{x:.4f},{y:.4f},{w:.3f}\n" for i, (x, y, w) in enumerate(random.random((1500, 3))))
    file = written(tmp_path, "many.csv", "id,x,y,demand\n" + rows)
    began = time.process_time()  # a busy machine takes longer by the clock on the wall
    document = site(file, "--model", "mclp", "--p", "40", "--radius", "0.06", "--time-limit", "1.5")
    assert time.process_time() - began < 3.5
    assert document["status"] in ("feasible", "optimal")
    assert (document["gap"] == 0) == (document["status"] == "optimal")
    assert document["bound"] >= document["objective"] > 0


def test_the_stored_instances_of_or_library_are_read(site: Run, shared_data: Path):
    folder = shared_data / "benchmark_lokalisering"
    assert site(folder / "pmed1.txt")["objective"] == 5819.0
    assert site(folder / "pmed1.txt", "--model", "p-center")["objective"] == 127.0


def test_the_radius_that_would_do_is_told_where_only_pairs_in_reach_are_listed(
    site: Run, points: Path, monkeypatch: pytest.MonkeyPatch
):
    from tyngdepunkt.analyses.siting import problem

    arguments = (points, "--model", "lscp", "--radius", "0.5")
    table = site(*arguments)
    monkeypatch.setattr(problem, "MOST_CELLS", 1)
    listed = site(*arguments)
    assert listed["input"]["pairs"] < table["input"]["pairs"]
    assert listed["conflict"] == table["conflict"]
    covering = (points, "--model", "mclp", "--radius", "1", "--p", "2")
    assert site(*covering)["objective"] == 14.0


def test_a_limit_counts_from_the_start_of_the_process(tmp_path: Path):
    """A program that has run for longer than the limit has no time left, and says so."""
    random = np.random.default_rng(4)
    rows = "".join(f"{i},{x:.4f},{y:.4f},1\n" for i, (x, y) in enumerate(random.random((150, 2))))
    file = written(tmp_path, "many.csv", "id,x,y,demand\n" + rows)
    code = (
        "import sys, time; time.sleep(0.6); from tyngdepunkt.cli import main; "
        f"sys.argv[1:] = ['site', {str(file)!r}, '--p', '9', '--time-limit', '0.5', '--json']; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    document = json.loads(done.stdout)
    assert document["status"] == "feasible"
    assert 0 <= document["bound"] < document["objective"]


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (
            ("--model", "p-median", "--p", "1", "--curve", "1:2"),
            ("1 sted er åpent.", "1 sted: ", "2 steder: "),
        ),
        (("--model", "mclp", "--p", "1", "--radius", "5"), ("1 sted er åpent. Av etterspørselen på ",)),
        (("--model", "lscp", "--radius", "999"), ("1 sted er nok til at ingen",)),
    ],
)
def test_one_site_is_told_in_the_singular(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], model: tuple[str, ...], said: tuple[str, ...]
) -> None:
    path = written(tmp_path, "points.csv", "id,x,y,demand\na,0,0,1\nb,3,4,1\nc,6,8,1\n")
    assert run(["site", str(path), *model, "--lang", "nb"]) == 0
    shown = capsys.readouterr().out
    assert all(each in shown for each in said)
    assert "1 steder" not in shown
