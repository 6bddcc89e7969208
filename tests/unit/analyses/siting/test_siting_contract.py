"""Siting asked through the contract: limits on its time, files of every kind, and what its page says."""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from litestar.testing import TestClient

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Brought, Setting, analysis
from tyngdepunkt.analyses.parameters import read_parameters
from tyngdepunkt.places import Places
from tyngdepunkt.web.app import create_app

SITING = analysis("siting")
CSV = {"content-type": "text/csv"}
POINTS = "id,x,y,demand\n" + "".join(
    f"{i},{x:.4f},{y:.4f},1\n" for i, (x, y) in enumerate(np.random.default_rng(4).random((2000, 2)))
)
FEW = "id,x,y,demand,existing\na,0,0,5,1\nb,1,0,3,1\nc,9,0,9,1\n"


@pytest.fixture(scope="module")
def client(norway: Places) -> Any:
    with TestClient(create_app(norway, b"0" * 32), base_url="http://localhost") as found:
        yield found


def answer(most_seconds: float | None, content: str = POINTS, **given: Any) -> Any:
    setting = Setting("en", _no_places, most_seconds=most_seconds)
    question = read_parameters(SITING, given, str)
    return SITING.answer({"instance": Brought("points.csv", content.encode())}, question, setting)


def _no_places() -> Places:
    raise AssertionError("siting needs no figures")


def notices(result: Any) -> dict[str, str]:
    return {each["id"]: each["text"] for each in result.notices}


def test_the_limit_of_a_machine_ends_a_search_with_a_bound_and_is_told() -> None:
    result = answer(0.3, p=30)
    assert result.status == "feasible"
    assert result.objective > result.bound > 0
    assert result.gap > 0
    assert "worked on for at most" in notices(result)["held_to"]


ROOMY = "id,x,y,demand,capacity,cost,existing\n" + "".join(
    f"{i},{x:.4f},{y:.4f},{1 + i % 7},60,{20 + i % 9},{i % 2}\n"
    for i, (x, y) in enumerate(np.random.default_rng(5).random((150, 2)))
)


@pytest.mark.parametrize("existing_first", [False, True])
@pytest.mark.parametrize("seconds", [0.01, 0.3])
@pytest.mark.parametrize(
    ("model", "given"),
    [
        ("p-median", {"p": 15}),
        ("cpmp", {"p": 15}),
        ("cflp", {}),
        ("cflp", {"single_source": True}),
        ("mclp", {"p": 9, "radius": 0.2}),
        ("lscp", {"radius": 0.2}),
        ("p-center", {"p": 15}),
    ],
)
def test_what_time_cuts_always_has_a_bound_and_a_plan_its_gap(
    model: str, given: dict[str, Any], seconds: float, existing_first: bool
) -> None:
    result = answer(None, ROOMY, model=model, time_limit=seconds, existing_first=existing_first, **given)
    assert result.status in ("optimal", "feasible", "no_solution_in_time")
    assert result.bound is not None
    assert (result.gap is None) == (result.objective is None)
    assert "no plan can get past" in "".join(said(result)).lower() or result.status == "optimal"


def said(result: Any) -> list[str]:
    from tyngdepunkt.analyses.siting.narrative import _claims

    return list(_claims(result, "en"))


def test_a_shorter_limit_of_ones_own_is_no_notice() -> None:
    result = answer(5, p=30, time_limit=0.3)
    assert (result.status, notices(result)) == ("feasible", {})
    assert answer(0.3, p=30, time_limit=0.2).status == "feasible"


@pytest.mark.parametrize(("used", "left"), [(1.0, 7.7), (6.0, 9.7), (600.0, 9.7), (0.1, 5.0)])
def test_a_process_that_waited_for_the_processor_keeps_time_to_end(
    monkeypatch: Any, used: float, left: float
):
    from types import SimpleNamespace

    from tyngdepunkt.analyses.siting import resolve

    clock = SimpleNamespace(monotonic=lambda: 106.0, process_time=lambda: used)
    monkeypatch.setattr(resolve, "time", clock)
    deadline, _ = resolve._deadline(16.0, Setting("en", _no_places, began=100.0))
    assert deadline.at - deadline.began == pytest.approx(left)


def test_what_is_proved_in_time_says_nothing_of_a_limit() -> None:
    result = answer(5, FEW, p=2)
    assert (result.status, notices(result)) == ("optimal", {})


def test_a_curve_that_was_cut_is_told_with_the_limit() -> None:
    result = answer(0.3, p=30, curve="20:60")
    assert len(result.curve) < 41
    assert {"curve_cut", "held_to"} <= set(notices(result))


def test_a_request_is_answered_with_a_bound_when_its_time_is_up(client: TestClient[Any]) -> None:
    address = "/api/v1/site?p=30&time_limit=0.5&lang=en"
    told = client.post(address, content=POINTS.encode(), headers=CSV).json()
    assert told["status"] == "feasible"
    assert told["objective"] > told["bound"] > 0
    assert told["gap"] > 0
    assert told["made"]["analysis"] == "siting"


def test_a_parquet_body_is_answered_as_its_csv(client: TestClient[Any], tmp_path: Path) -> None:
    import duckdb

    (tmp_path / "few.csv").write_text(FEW, encoding="utf-8")
    path = tmp_path / "few.parquet"
    duckdb.sql(f"copy (from read_csv('{tmp_path / 'few.csv'}')) to '{path}' (format parquet)")
    kind = {"content-type": "application/vnd.apache.parquet"}
    told = client.post("/api/v1/site?p=2", content=path.read_bytes(), headers=kind).json()
    assert told["open"] == client.post("/api/v1/site?p=2", content=FEW.encode(), headers=CSV).json()["open"]


def send(client: TestClient[Any], files: Mapping[str, tuple[str, str]], **told: str) -> Any:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/analysis/site").text)
    assert found
    body = {name: (own, content.encode()) for name, (own, content) in files.items()}
    return client.post("/analysis/site", data={"csrf_token": found[1], **told}, files=body)


def test_the_files_of_the_command_come_in_one(client: TestClient[Any]) -> None:
    got = send(client, {"instance": ("few.csv", FEW)}, p="2", format="zip")
    archive = zipfile.ZipFile(io.BytesIO(got.content))
    setting = Setting("nb", _no_places)
    question = read_parameters(SITING, {"p": 2}, str)
    result = SITING.answer({"instance": Brought("few.csv", FEW.encode())}, question, setting)
    contents = {name: archive.read(name) for name in archive.namelist()}
    assert contents == dict(SITING.exports(result, "nb"))
    lines = json.loads(contents["assignment.geojson"])["features"]
    assert len(lines) == len(result.assignment)


def test_a_fault_on_the_page_stands_at_its_file_with_its_row(client: TestClient[Any]) -> None:
    files = {
        "instance": ("mine punkter.csv", FEW.replace("9,0,9", "9,0,-9")),
        "forbid": ("forbud.csv", "from,to\na,q\n"),
    }
    page = send(client, files, p="0").text
    assert re.search(r'id="field-instance-error">\s*Rad 4: ', page)
    assert "Antallet steder kan ikke være 0." in page
    sound = {**files, "instance": ("mine punkter.csv", FEW)}
    page = send(client, sound, p="2").text
    assert re.search(r'id="field-forbid-error">\s*Rad 2: ', page)
    assert 'id="field-instance-error"' not in page


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_no_sentence_of_a_page_names_an_option_of_the_command(lang: str) -> None:
    def said(told: Any) -> list[str]:
        if not isinstance(told, dict):
            return []
        return [told[lang]] if lang in told else [each for part in told.values() for each in said(part)]

    assert not [each for each in said(texts.texts_of("analyses.siting")) if "--" in each]


def test_a_sheet_has_every_candidate(client: TestClient[Any]) -> None:
    rows = send(client, {"instance": ("few.csv", FEW)}, p="2", format="csv").content.decode("utf-8-sig")
    assert rows.splitlines() == [
        "Sted;Åpent;Finnes i dag;Fast;Betjener;Etterspørsel",
        "a;ja;ja;nei;2;8",
        "b;nei;ja;nei;0;0",
        "c;ja;ja;nei;1;9",
    ]


@pytest.mark.parametrize("content", [FEW, FEW.replace("demand,existing", "demand,fixed")])
def test_whether_a_site_exists_is_told_only_where_the_file_says_it(content: str) -> None:
    table = SITING.blocks(answer(None, content, p=3), "en")[0]
    assert ("Exists today" in [each.title for each in table.columns]) == ("existing" in content)  # type: ignore[union-attr]
    assert all(len(row) == len(table.columns) for row in table.rows)  # type: ignore[union-attr]
