"""Places side by side."""

from typing import Any

import pytest
from litestar.testing import TestClient


def test_figures_stand_in_rows_and_places_in_columns(client: TestClient[Any]) -> None:
    text = client.get("/compare?place=5025&place=4647").text
    assert text.count('scope="col"') == 3
    told = client.get("/compare.json?place=5025&place=4647").json()
    assert [place["code"] for place in told["places"]] == ["5025", "4647"]
    ids = [row["id"] for row in told["figures"]]
    assert len(ids) == len(set(ids))
    assert {"largest_town", "indicator.largest_town"} <= set(ids)


def test_the_figures_are_those_of_the_places_own_pages(client: TestClient[Any]) -> None:
    row = next(
        row
        for row in client.get("/compare.json?place=5025&place=0301").json()["figures"]
        if row["id"] == "population_last"
    )
    for code in ("5025", "0301"):
        own = client.get(f"/place/{code}.json").json()["figures"]["population_last"]["value"]
        assert row["values"][code]["value"] == own


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("place=5025", "web.read:too_few"),
        ("place=5025&place=1640", "web.read:too_few"),
        (
            "&".join(f"place={code}" for code in ("5025", "4647", "0301", "1508", "1580", "3401")),
            "web.read:too_many",
        ),
        ("place=5025&place=1507", "places:split_number"),
    ],
)
def test_faults_are_a_page_and_a_problem(client: TestClient[Any], query: str, key: str) -> None:
    problem = client.get(f"/compare.json?{query}").json()
    assert key in [error["key"] for error in problem["errors"]]
    page = client.get(f"/compare?{query}")
    assert page.status_code == 422
    assert "ds-error-summary" in page.text
    assert 'value="5025"' in page.text


def test_without_places_there_is_a_form(client: TestClient[Any]) -> None:
    answer = client.get("/compare")
    assert answer.status_code == 200
    assert answer.text.count('name="place"') == 5
