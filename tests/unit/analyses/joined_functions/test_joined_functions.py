"""`tyngdepunkt functions join`: ranges that hold the truth and tell nothing more, and what is refused."""

import copy
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import optimize, sparse

from tyngdepunkt.analyses.contract import Brought, Setting, analysis, as_builtins, numbered
from tyngdepunkt.analyses.functions.exports import PUBLISHED
from tyngdepunkt.analyses.functions.publish import RULE_VERSION
from tyngdepunkt.analyses.joined_functions.known import _sums
from tyngdepunkt.cli import run
from tyngdepunkt.errors import UserError
from tyngdepunkt.methods.disclosure.audit import feasible_intervals
from tyngdepunkt.methods.disclosure.published import published_intervals
from tyngdepunkt.methods.disclosure.structure import build
from tyngdepunkt.methods.disclosure.suppress import suppress
from tyngdepunkt.places import Places

JOINED, FUNCTIONS = analysis("joined_functions"), analysis("functions")
PLACES = ("0301", "4640", "4601", "5001", "1804", "1103")
CODES = ("1112", "2422", "3341", "4110", "5223")
RULE = {"version": "1", "below": 5, "width": 5, "least": 1}
EXAMPLE: list[dict[str, Any]] = json.loads(JOINED.example)["results"]


def published(places: Places, content: str, agency: str) -> bytes:
    """The file that an agency publishes."""
    brought = {"table": Brought("list.csv", content.encode())}
    setting = Setting("en", lambda: places, most_seconds=0.5)
    result = FUNCTIONS.answer(brought, FUNCTIONS.question(agency=agency), setting)
    return dict(FUNCTIONS.exports(result, "en"))[PUBLISHED]


def join(places: Places, *files: Any, lang: str = "en") -> dict[str, Any]:
    brought = {
        numbered("results", at): Brought(
            f"file {at}.json", each if isinstance(each, bytes) else json.dumps(each).encode()
        )
        for at, each in enumerate(files)
    }
    return dict(as_builtins(JOINED.answer(brought, JOINED.question(), Setting(lang, lambda: places))))


def faults(places: Places, *files: Any) -> list[str]:
    with pytest.raises(UserError) as caught:
        join(places, *files)
    return [each.key.partition(":")[2] for each in caught.value.faults]


def generated(seed: int) -> tuple[str, Counter[tuple[str, str]]]:
    """A list of posts, uneven as in an agency, and the true sums by place and by group."""
    random = np.random.default_rng(seed)
    units, posts = int(random.integers(2, 5)), int(random.integers(20, 160))
    weights = [random.lognormal(0, 1, many) for many in (units, len(PLACES), len(CODES))]
    drawn = [random.choice(len(w), posts, p=w / w.sum()) for w in weights]
    truth: Counter[tuple[str, str]] = Counter()
    rows = []
    for unit, place, code in zip(*drawn, strict=True):
        rows.append(f"Unit {unit},{CODES[code]},{PLACES[place]}\n")
        truth["place", PLACES[place]] += 1
        truth["group", CODES[code][0]] += 1
        truth["all", ""] += 1
    return "unit,occupation,municipality\n" + "".join(rows), truth


@pytest.fixture(scope="module")
def agencies(norway: Places) -> list[tuple[bytes, Counter[tuple[str, str]]]]:
    """What nine agencies publish, with the truth; of those whose tables can be published."""
    found = []
    for seed in range(9):
        content, truth = generated(seed)
        file = published(norway, content, f"Agency {seed}")
        found.append((file, truth))
    return found


def test_the_range_of_every_sum_holds_the_true_sum(norway: Places, agencies: Any) -> None:
    some_hidden = 0
    for first in range(0, 9, 3):
        chosen = agencies[first : first + 3]
        found = join(norway, *(file for file, _ in chosen))
        truth: Counter[tuple[str, str]] = sum((each for _, each in chosen), Counter())
        sums = [found["total"], *found["places"], *found["groups"]]
        assert {(each["table"], each["place"] or each["group"] or "") for each in sums} == set(truth)
        for each in sums:
            true = truth[each["table"], each["place"] or each["group"] or ""]
            assert each["low"] <= true
            assert each["high"] is None or true <= each["high"]
            some_hidden += each["hidden"] > 0
            if each["hidden"]:
                assert each["high"] is None or each["high"] - each["low"] >= RULE["width"] * each["hidden"]
            else:
                assert each["low"] == each["high"]
        for each in found["counts"]:
            assert each["suppressed"] == (each["high"] != each["low"])
    assert some_hidden > 5


def test_joining_tells_nothing_more_of_any_hidden_count(norway: Places, agencies: Any) -> None:
    """With the joined sums beside both agencies' tables, an attacker gets no closer to one hidden count."""
    tried = 0
    for first in range(0, 8, 2):
        files = [json.loads(file) for file, _ in agencies[first : first + 2]]
        found = join(norway, *files)
        keys = [
            (at, (c["unit"], c["place"], c["group"])) for at, f in enumerate(files) for c in f["published"]
        ]
        counts = [c["count"] for f in files for c in f["published"]]
        number = {key: at for at, key in enumerate(keys)}
        own = [_sums([key for at, key in keys if at == agency]) for agency in (0, 1)]
        equal = sparse.block_diag(own).tocsr()
        rows, limits = [], []
        for each in (found["total"], *found["places"], *found["groups"]):
            row = np.zeros(len(keys))
            for agency in (0, 1):
                at = number.get((agency, (None, each["place"], each["group"])))
                row[at if at is not None else []] = 1.0
            rows += [-row, *([row] if each["high"] is not None else [])]
            limits += [-each["low"], *([each["high"]] if each["high"] is not None else [])]
        bounds = [(1, None) if count is None else (count, count) for count in counts]
        for cell in [at for at, count in enumerate(counts) if count is None]:
            cost = np.zeros(len(keys))
            for sign in (1.0, -1.0):
                cost[cell] = sign
                given = {"A_eq": equal, "b_eq": np.zeros(equal.shape[0]), "bounds": bounds}
                alone = optimize.linprog(cost, **given)
                beside = optimize.linprog(cost, A_ub=np.array(rows), b_ub=limits, **given)
                assert beside.status == alone.status
                if alone.status == 0:
                    assert beside.fun == pytest.approx(alone.fun, abs=1e-5)
            tried += 1
    assert tried > 20


@pytest.mark.parametrize("seed", range(12))
def test_the_published_counts_tell_as_much_as_all_combinations(seed: int) -> None:
    random = np.random.default_rng(seed)
    records = np.column_stack([random.integers(0, many, 60) for many in (3, 5, 4)])
    structure = build(records, [(0, 1), (0, 2)])
    hidden = suppress(structure).hidden
    known = feasible_intervals(structure, hidden, least=1)
    names: list[Any] = [tuple(None if at < 0 else str(at) for at in key) for key in structure.keys.tolist()]
    at = structure.cell
    found = published_intervals(structure.values[at], hidden[at], _sums(names))
    for entry in np.flatnonzero(hidden[at]):
        assert found.low[entry] == pytest.approx(known.low[at[entry]], abs=1e-6)
        assert found.high[entry] == pytest.approx(known.high[at[entry]], abs=1e-6)


def test_the_example_by_hand(norway: Places) -> None:
    """One hidden place of 3 beside one of 14, of 17 in both; the second is hidden for the first."""
    found = join(norway, *EXAMPLE)
    places = {each["name"]: (each["low"], each["high"], each["hidden"]) for each in found["places"]}
    assert places == {"Oslo": (51, 51, 0), "Sogndal": (24, 39, 1), "Bergen": (16, 31, 1)}
    assert (found["total"]["low"], found["total"]["high"]) == (106, 106)
    told = {each["id"]: each["text"] for each in found["notices"]}
    assert "no hidden count becomes known" in told["ranges"]
    assert [each["agency"] for each in found["agencies"]] == ["First Directorate", "Second Directorate"]


def test_two_results_of_the_same_agency_are_refused(norway: Places) -> None:
    first, second = copy.deepcopy(EXAMPLE)
    second["agency"] = " first  directorate"
    assert faults(norway, first, second) == ["same_agency"]
    renamed = {**copy.deepcopy(EXAMPLE[0]), "agency": "Another"}
    assert faults(norway, first, renamed) == ["same_tables"]
    unnamed = [{**each, "agency": None} for each in EXAMPLE]
    brought = {
        numbered("results", at): Brought("a/p.json", json.dumps(each).encode())
        for at, each in enumerate(unnamed)
    }
    with pytest.raises(UserError) as caught:
        JOINED.answer(brought, JOINED.question(), Setting("en", lambda: norway))
    assert [each.key.partition(":")[2] for each in caught.value.faults] == ["same_name"]


def test_different_rules_are_refused(norway: Places) -> None:
    first, second = copy.deepcopy(EXAMPLE)
    second["rule"]["version"] = "0"
    assert faults(norway, first, second) == ["mixed_rules"]
    second["rule"] = {**RULE, "below": 3}
    assert faults(norway, first, second) == ["mixed_rules"]
    assert EXAMPLE[0]["rule"]["version"] == RULE_VERSION


def test_what_is_no_published_result_is_refused_each_with_its_file(norway: Places) -> None:
    without, empty, odd, twice, short = (copy.deepcopy(EXAMPLE[0]) for _ in range(5))
    del without["rule"]
    empty["published"] = []
    odd["published"][0]["suppressed"] = True
    twice["published"].append(twice["published"][0])
    short["published"] = [each for each in short["published"] if each["unit"] is not None]
    told = ["not_published", "nothing_published", "odd_count", "odd_count", "incomplete"]
    assert faults(norway, without, empty, odd, twice, short) == told
    assert faults(norway, [3, {"published": 4}]) == ["not_published", "not_published"]
    huge, long = (copy.deepcopy(EXAMPLE[0]) for _ in range(2))
    for each in huge["published"]:
        each["count"] = each["count"] and each["count"] * 10**315
    long["agency"] = "A" * 201
    assert faults(norway, huge, long) == ["not_published", "not_published"]


def test_counts_that_do_not_add_up_or_do_not_protect_are_refused(norway: Places) -> None:
    changed = copy.deepcopy(EXAMPLE[0])
    total = next(c for c in changed["published"] if c["unit"] is c["place"] is c["group"] is None)
    total["count"] += 1
    assert faults(norway, changed) == ["not_adding_up"]
    leaking = copy.deepcopy(EXAMPLE[1])
    for each in leaking["published"]:
        if each["place"] == "4601":
            each["count"], each["suppressed"] = 14, False
    assert faults(norway, leaking) == ["not_protected"]
    elsewhere = json.loads(json.dumps(EXAMPLE[0]).replace("4640", "9998"))
    assert faults(norway, elsewhere) == ["unknown_places"]


def test_what_is_published_holds_nothing_for_own_use(norway: Places) -> None:
    content, _ = generated(3)
    told = json.loads(published(norway, content, "Agency"))
    assert set(told) == {"agency", "rule", "made", "published"}
    assert set(told["made"]) == {"analysis", "method_version", "snapshot"}
    assert all((each["count"] is None) == each["suppressed"] for each in told["published"])
    assert all(each["count"] is None or each["count"] >= 5 for each in told["published"])


def test_the_command_reads_several_files_and_whole_answers(
    norway: Places, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = []
    for seed in (0, 1):
        (tmp_path / f"{seed}.csv").write_text(generated(seed)[0], encoding="utf-8")
        assert run(["functions", str(tmp_path / f"{seed}.csv"), "--json"]) == 0
        files.append(tmp_path / f"agency {seed}.json")
        files[-1].write_text(capsys.readouterr().out, encoding="utf-8")
    out = ["--out", str(tmp_path / "out"), "--format", "xlsx", "--format", "csv", "--lang", "en", "--json"]
    assert run(["functions", "join", *map(str, files), *out]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {each["agency"] for each in found["agencies"]} == {"agency 0", "agency 1"}
    assert {"named_by_file", "for_own_use"} <= {each["id"] for each in found["notices"]}
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
        "functions-join.csv",
        "functions-join.xlsx",
    ]
    assert run(["functions", "join", str(files[0]), str(files[0]), "--lang", "en"]) == 1
    assert "Two files are called agency 0" in capsys.readouterr().err
