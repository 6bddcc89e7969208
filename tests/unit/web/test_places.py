"""Pages of places, regions and towns, and their twins, over the embedded snapshot."""

import csv
import io
from typing import Any

import pytest
from litestar.testing import TestClient


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
@pytest.mark.parametrize(
    "path", ["/place/5025", "/places?county=50", "/region/30", "/town/0001", "/search?q=bod%C3%B8"]
)
def test_every_page_is_made_in_every_language(client: TestClient[Any], path: str, lang: str) -> None:
    answer = client.get(
        path, params={"lang": lang} if "?" not in path else None, headers={"accept-language": lang}
    )
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in answer.text
    assert answer.text.count("<h1") == 1


def test_the_twins_give_the_same_figures(client: TestClient[Any]) -> None:
    told = client.get("/place/5025.json").json()
    rows = list(csv.DictReader(io.StringIO(client.get("/place/5025.csv").text)))
    by_name = {
        row["figure"]: row
        for row in rows
        if row["year"] in ("", str(told["figures"].get(row["figure"], {}).get("year")))
    }
    assert float(by_name["population_last"]["value"]) == told["figures"]["population_last"]["value"]
    assert len([row for row in rows if row["figure"] == "population"]) == len(told["series"]["population"])
    assert told == client.get("/api/v1/places/5025").json()


@pytest.mark.parametrize("asked", ["1640", "R%C3%B8ros", "r%C3%B8ros"])
def test_old_numbers_and_names_lead_to_the_place(client: TestClient[Any], asked: str) -> None:
    answer = client.get(f"/place/{asked}.json?lang=nn", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, "/place/5025.json?lang=nn")


def test_a_divided_number_lists_its_parts(client: TestClient[Any]) -> None:
    page = client.get("/place/1507")
    assert page.status_code == 409
    assert 'href="/place/1508"' in page.text
    assert 'href="/place/1580"' in page.text
    problem = client.get("/place/1507.json")
    assert problem.status_code == 409
    assert problem.headers["content-type"].startswith("application/problem+json")


@pytest.mark.parametrize("path", ["/place/zzzzqq", "/region/999", "/region/x", "/town/zz"])
def test_what_does_not_exist_is_not_found(client: TestClient[Any], path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.get(f"{path}.json").json()["status"] == 404


def test_the_list_is_filtered_by_its_address(client: TestClient[Any]) -> None:
    found = client.get("/places.json", params={"class": 6, "county": "50", "centre": "yes"}).json()["items"]
    assert found
    assert all(
        row["centrality_class"] == 6 and row["county_code"] == "50" and row["is_centre"] for row in found
    )
    assert len(client.get("/places.json").json()["items"]) == 357
    assert client.get("/places", params={"class": 9}).status_code == 422


def test_a_map_has_a_link_past_it_to_the_table(client: TestClient[Any]) -> None:
    text = client.get("/place/5025").text
    for table in ("people-table", "work-table", "out-table"):
        assert f'href="#{table}"' in text
        assert f'id="{table}"' in text


def test_search_finds_and_suggests(client: TestClient[Any]) -> None:
    assert "/place/5025" in client.get("/search?q=roros").text
    assert "/place/5025" in client.get("/search?q=1640").text
    assert "Trondheim" in client.get("/search?q=trondhjem").text
    assert "<script>x" not in client.get("/search", params={"q": "<script>x</script>"}).text
    assert client.get("/search", params={"q": "x" * 3000}).status_code == 200
