"""The location case in a browser without JavaScript: kept answers, faults at fields, two tabs."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from tyngdepunkt.places import open_places
from tyngdepunkt.web.app import create_app


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Any]]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("drafts")
        patch.setenv("TYNGDEPUNKT_DATABASE", f"sqlite:///{folder / 'd.sqlite'}")
        with open_places("embedded") as places, TestClient(create_app(places, b"x" * 32)) as client:
            client.headers["accept-language"] = "nb"
            yield client


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.fixture
def base(client: TestClient[Any]) -> str:
    token = hidden(client.get("/case").text, "csrf_token")
    made = client.post("/case", data={"csrf_token": token}, follow_redirects=False)
    return str(made.headers["location"]).rsplit("/", 1)[0]


def answer(client: TestClient[Any], address: str, version: str = "", **told: Any) -> Any:
    page = client.get(address).text
    sent = {"csrf_token": hidden(page, "csrf_token"), "version": version or hidden(page, "version"), **told}
    return client.post(address, data=sent, follow_redirects=False)


UNIT = {"title": "Sak", "unit.name": "X", "date": "2026-01-01", "trigger": "new_agency"}
PLACES = {"how": "named", "places": "Hamar\nGjøvik\nFørde\nBergen"}


def complete(client: TestClient[Any], base: str) -> None:
    assert answer(client, f"{base}/unit", **UNIT).status_code == 303
    assert answer(client, f"{base}/alternatives", **PLACES).status_code == 303


def test_answers_are_kept(client: TestClient[Any], base: str) -> None:
    complete(client, base)
    assert 'value="Sak"' in client.get(f"{base}/unit").text
    assert "Gjøvik" in client.get(f"{base}/check").text


def test_a_fault_stands_in_the_summary_and_at_its_field(client: TestClient[Any], base: str) -> None:
    got = answer(client, f"{base}/unit", **{**UNIT, "date": "i morgen"})
    assert got.status_code == 422
    assert 'href="#date"' in got.text
    assert 'id="date-error"' in got.text
    assert 'value="i morgen"' in got.text
    assert "<title>Feil" in got.text


def test_a_script_in_a_name_is_only_text(client: TestClient[Any], base: str) -> None:
    answer(client, f"{base}/unit", **{**UNIT, "title": "<script>alert(1)</script>"})
    for step in ("unit", "check"):
        assert "<script>alert" not in client.get(f"{base}/{step}").text


def test_the_second_of_two_tabs_is_told_and_loses_nothing(client: TestClient[Any], base: str) -> None:
    answer(client, f"{base}/unit", **UNIT)
    answer(client, f"{base}/unit", version="2", **{**UNIT, "title": "Fra fane en"})
    second = answer(client, f"{base}/unit", version="2", **{**UNIT, "title": "Fra fane to"})
    assert second.status_code == 409
    assert "Fra fane en" in second.text
    assert 'value="Fra fane to"' in second.text
    assert "Fra fane en" in client.get(f"{base}/check").text


def test_weights_changed_after_scores_were_seen_need_a_role_and_a_reason(
    client: TestClient[Any], base: str
) -> None:
    complete(client, base)
    assert client.get(f"{base}/result").status_code == 200
    order = {"kind": "order", "order.conditions": "1"}
    assert answer(client, f"{base}/considerations", **order).status_code == 422
    told = {**order, "role": "Leder", "reason": "Ny kunnskap"}
    assert answer(client, f"{base}/considerations", **told).status_code == 303
    assert "Ny kunnskap" in client.get(f"{base}/result").text


def test_the_exported_file_comes_back_as_the_same_case(client: TestClient[Any], base: str) -> None:
    complete(client, base)
    file = client.get(f"{base}/document/yaml").content
    token = hidden(client.get("/case").text, "csrf_token")
    made = client.post(
        "/case/upload", data={"csrf_token": token}, files={"file": ("a.yaml", file)}, follow_redirects=False
    )
    again = made.headers["location"].rsplit("/", 1)[0]
    assert client.get(f"{again}/document/yaml").content == file


def test_a_file_that_is_too_large_is_refused_with_a_page(client: TestClient[Any]) -> None:
    token = hidden(client.get("/case").text, "csrf_token")
    for size in (1_000_001, 3_000_000):
        sent = {"file": ("a.yaml", b"a" * size)}
        got = client.post("/case/upload", data={"csrf_token": token}, files=sent)
        assert got.status_code == 413
        assert "<h1" in got.text


@pytest.mark.parametrize("step", ["unit", "check", "result", "documents", "alternatives"])
def test_an_unknown_draft_is_said(client: TestClient[Any], step: str) -> None:
    got = client.get(f"/case/nothing/{step}")
    assert got.status_code == 404
    assert "utkast" in got.text


def test_a_form_from_elsewhere_changes_nothing(client: TestClient[Any], base: str) -> None:
    got = client.post(f"{base}/unit", data={**UNIT, "csrf_token": "1.forged"})
    assert got.status_code == 403
    assert 'value="Sak"' not in client.get(f"{base}/unit").text


def test_the_api_gives_every_fault_of_a_case(client: TestClient[Any]) -> None:
    got = client.post("/api/v1/assess", json={"title": "x"})
    assert got.status_code == 422
    assert len(got.json()["errors"]) > 1
