"""The API over the read models: paging, tags, problem documents."""

from typing import Any

import pytest
from litestar.testing import TestClient


def test_following_the_links_gives_every_place_once(client: TestClient[Any]) -> None:
    found, address = [], "/api/v1/places?limit=100&class=5"
    while address:
        answer = client.get(address)
        found += [row["code"] for row in answer.json()["items"]]
        address = answer.links["next"]["url"] if "next" in answer.links else ""
    assert len(found) == len(set(found)) == client.get("/api/v1/places?class=5").json()["total"]


@pytest.mark.parametrize("query", ["limit=0", "limit=9999", "offset=-1", "limit=x", "class=9", "county=99"])
def test_bad_queries_are_problem_documents(client: TestClient[Any], query: str) -> None:
    answer = client.get(f"/api/v1/places?{query}")
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert answer.json()["errors"][0]["do"]


def test_the_same_answer_is_not_sent_twice(client: TestClient[Any]) -> None:
    first = client.get("/api/v1/places/5025")
    again = client.get("/api/v1/places/5025", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_no_other_site_may_read_it(client: TestClient[Any]) -> None:
    answer = client.get("/api/v1/snapshot", headers={"origin": "https://example.org"})
    assert "access-control-allow-origin" not in answer.headers
    assert len(answer.json()["tables"]) > 30


def test_towns_regions_and_search(client: TestClient[Any]) -> None:
    assert client.get("/api/v1/regions?limit=400").json()["total"] == 159
    assert client.get("/api/v1/towns?limit=1").json()["items"][0]["name"] == "Oslo"
    assert client.get("/api/v1/search?q=1640").json()["meant"]["code"] == "5025"
    assert client.get("/api/v1/search").status_code == 400
