from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from litestar import Response, get, post
from litestar.params import FromQuery
from litestar.testing import TestClient
from markupsafe import escape

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.places import Places
from tyngdepunkt.web import app as web
from tyngdepunkt.web import parts, rendering
from tyngdepunkt.web.app import create_app
from tyngdepunkt.web.read.counties import counties
from tyngdepunkt.web.read.place_autocomplete import suggestions
from tyngdepunkt.web.rendering import Page

Client = TestClient[Any]


@get("/broken", sync_to_thread=True)
def broken() -> str:
    raise ZeroDivisionError("a bug")


@get("/two-faults", sync_to_thread=True)
def two_faults() -> str:
    raise UserError(
        Fault("places:unknown_place", {"name": "<script>alert(1)</script>", "suggestions": [], "meant": ""}),
        Fault("web:query", {"name": "page"}, "line 2"),
    )


@get("/counted", sync_to_thread=True)
def counted(page: Page, count: FromQuery[int]) -> Response[str]:
    return page("error.html", faults=[], status_code=count, search="")


@get("/two-ways", sync_to_thread=True)
def shown(page: Page) -> str:
    return "shown"


@post("/two-ways", sync_to_thread=True)
def taken(page: Page) -> str:
    return "taken"


@pytest.fixture
def odd(web_places: Places, monkeypatch: pytest.MonkeyPatch) -> Client:
    """An application with pages that go wrong."""
    odd_ones = parts.Parts(handlers=(broken, two_faults, counted, shown, taken))
    monkeypatch.setattr(web, "collect", lambda: odd_ones)
    return TestClient(create_app(web_places, b"s" * 32), raise_server_exceptions=False)


def test_the_front_page_leads_to_every_county_and_names_its_snapshot(
    client: Client, web_places: Places
) -> None:
    page = client.get("/").text
    for county in counties(web_places):
        assert page.count(f'href="/places?county={county.code}"') == 2  # once on the map, once in the list
    assert web_places.snapshot.id in page


def test_every_municipality_is_in_one_county(web_places: Places) -> None:
    listed = [one.code for county in counties(web_places) for one in county.municipalities]
    assert sorted(listed) == list(web_places.municipalities)


def test_the_list_of_a_county_is_there(client: Client) -> None:
    assert 'href="/place/5025"' in client.get("/places?county=50").text


def test_ways_are_shown_only_where_their_module_is(odd: Client, client: Client) -> None:
    ways = client.app.state.ways
    page = client.get("/?lang=en").text
    for way in ways:
        assert f'href="{way.path}?lang=en"' in page
        assert str(escape(way.sentence or way.name)) in page
        assert client.get(way.path).status_code == 200
    assert odd.app.state.ways == ()


@pytest.mark.parametrize(
    ("begun", "first"),
    [
        ("røro", "Røros - Rosse"),
        ("ROROS", "Røros - Rosse"),
        ("kárá", "Kárášjohka - Karasjok"),
        ("Mo i R", "Mo i Rana"),
    ],
)
def test_suggestions_find_names_in_any_form(web_places: Places, begun: str, first: str) -> None:
    assert first in {each.value for each in suggestions(web_places, begun)}


@pytest.mark.parametrize("begun", ["", "r", "   ", "\x00\x00", "xqz" * 500, "'; DROP TABLE town; --"])
def test_suggestions_of_nothing_are_nothing(web_places: Places, begun: str) -> None:
    assert suggestions(web_places, begun) == ()


def test_every_suggestion_is_a_place_that_search_understands(web_places: Places) -> None:
    for begun in ("os", "sa", "bø", "her", "vå"):
        for each in suggestions(web_places, begun):
            try:
                web_places.resolve(each.value)
            except UserError as error:
                assert error.faults[0].key == "places:ambiguous_place"  # noqa: PT017  # told apart by its page


def test_unknown_pages_are_told_as_a_page_or_as_a_problem(client: Client) -> None:
    page = client.get("/nothing-here?lang=en", headers={"accept": "text/html"})
    assert page.status_code == 404
    assert "We did not find the page." in page.text
    for address, accept in (("/nothing.json", "*/*"), ("/api/v1/nothing", "*/*"), ("/x", "application/json")):
        answer = client.get(address, headers={"accept": accept})
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"
        problem = answer.json()
        assert {"type", "title", "status", "detail", "instance", "errors"} == set(problem)
        assert {"key", "where", "what", "why", "do"} == set(problem["errors"][0])


def test_all_faults_are_told_at_once_and_nothing_typed_becomes_markup(odd: Client) -> None:
    page = odd.get("/two-faults?lang=en", headers={"accept": "text/html"})
    assert page.status_code == 404
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text
    assert "line 2" in page.text
    problem = odd.get("/two-faults", headers={"accept": "application/problem+json"}).json()
    assert [error["key"] for error in problem["errors"]] == ["places:unknown_place", "web:query"]


def test_a_bug_says_sorry_and_shows_no_traceback(odd: Client) -> None:
    page = odd.get("/broken?lang=en", headers={"accept": "text/html"})
    assert page.status_code == 500
    assert "on our side" in page.text
    assert "ZeroDivisionError" not in page.text


def test_a_query_that_cannot_be_read_names_what_is_wrong(odd: Client) -> None:
    problem = odd.get("/counted?count=many", headers={"accept": "application/json"})
    assert problem.status_code == 400
    assert "count" in problem.json()["title"]


def test_a_template_that_is_not_given_what_it_uses_is_a_bug(odd: Client) -> None:
    template = rendering.environment().from_string("{{ not_given }}")
    with pytest.raises(Exception, match="not_given"):
        template.render()


def test_the_same_page_is_not_sent_twice(client: Client) -> None:
    first = client.get("/")
    tag = first.headers["etag"]
    again = client.get("/", headers={"if-none-match": tag})
    assert (again.status_code, again.text) == (304, "")
    assert client.get("/", headers={"if-none-match": tag.removeprefix("W/")}).status_code == 304
    assert client.get("/?lang=nn", headers={"if-none-match": tag}).status_code == 200
    assert client.get("/", headers={"if-none-match": '"another"'}).status_code == 200


def test_another_snapshot_has_another_tag(
    client: Client, web_places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = client.get("/").headers["etag"]
    monkeypatch.setattr(web_places, "snapshot", dataclasses.replace(web_places.snapshot, id="another"))
    assert client.get("/", headers={"if-none-match": tag}).status_code == 200


def test_files_with_a_mark_of_their_content_are_kept(client: Client) -> None:
    kept = client.get("/static/app.css?v=1")
    assert "immutable" in kept.headers["cache-control"]
    assert "immutable" not in client.get("/static/app.css").headers["cache-control"]
    assert client.get("/static/../app.py").status_code == 404
    assert client.get("/static/%2e%2e/app.py").status_code == 404


def test_links_keep_the_language_asked_for_and_here_keeps_the_rest(client: Client) -> None:
    page = client.get("/about/sources?lang=nn&x=1&x=2").text
    assert 'href="/about/accessibility?lang=nn"' in page
    assert 'href="/about/sources?lang=en&amp;x=1&amp;x=2"' in page
    assert 'href="/about/accessibility"' in client.get("/about/sources").text


def test_a_path_with_two_methods_and_two_applications_answers(odd: Client, client: Client) -> None:
    for found in (odd, client, odd):
        assert found.get("/two-ways" if found is odd else "/about/sources").status_code == 200


def test_the_sources_page_shows_what_licences_ask_for(client: Client, web_places: Places) -> None:
    page = client.get("/about/sources").text
    for table in web_places.snapshot.tables:
        assert str(escape(table.title["nb"])) in page
        assert str(escape(table.attribution["nb"])) in page
    assert "OpenStreetMap" in page
