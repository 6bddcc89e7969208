"""Places side by side."""

from html import unescape
from typing import Any

import pytest
from litestar.testing import TestClient

from tyngdepunkt.figures import Quality
from tyngdepunkt.places.region_profile import Amount, since_first

FIVE = ("5025", "4647", "0301", "1508", "1580")


def address(codes: tuple[str, ...], ending: str = "") -> str:
    return f"/compare{ending}?" + "&".join(f"place={code}" for code in codes)


def test_figures_stand_in_rows_and_places_in_columns(client: TestClient[Any]) -> None:
    text = client.get("/compare?place=5025&place=4647").text
    table = text[text.index('id="compare-table"') :]
    assert table[: table.index("</table>")].count('scope="col"') == 3
    told = client.get("/compare.json?place=5025&place=4647").json()
    assert [place["code"] for place in told["places"]] == ["5025", "4647"]
    ids = [row["id"] for row in told["figures"]]
    assert len(ids) == len(set(ids))
    assert {"largest_town", "indicator.largest_town"} <= set(ids)


def test_the_figures_are_those_of_the_places_own_pages(client: TestClient[Any]) -> None:
    told = client.get("/compare.json?place=5025&place=0301").json()
    row = next(row for row in told["figures"] if row["id"] == "population_last")
    for code in ("5025", "0301"):
        own = client.get(f"/place/{code}.json").json()
        assert row["values"][code]["value"] == own["figures"]["population_last"]["value"]
        assert told["series"]["population"][code] == own["series"]["population"]


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_five_places_in_every_language(client: TestClient[Any], lang: str) -> None:
    answer = client.get(address(FIVE), headers={"accept-language": lang})
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in answer.text
    assert answer.text.count("<svg") >= 3
    for code in FIVE:
        assert f'href="/place/{code}"' in answer.text


def test_the_address_can_be_copied_and_a_place_taken_away(client: TestClient[Any]) -> None:
    page = unescape(client.get(address(FIVE[:3])).text)
    field = page[page.index('id="share-address"') :]
    assert f'value="http://testserver.local{address(FIVE[:3])}"' in field[: field.index(">")]
    assert "readonly" in field[: field.index(">")]
    for code in FIVE[:3]:
        assert f'href="{address(tuple(each for each in FIVE[:3] if each != code))}"' in page
    two = unescape(client.get(address(FIVE[:2])).text)
    assert 'href="/compare?place=5025"' not in two


def test_an_old_number_is_told_and_the_shared_address_has_the_new(client: TestClient[Any]) -> None:
    page = unescape(client.get("/compare?place=1640&place=oslo", headers={"accept-language": "en"}).text)
    assert "1640" in page
    assert f"{address(('5025', '0301'))}" in page


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("place=5025&place=1640", "web.read:too_few"),
        (
            "&".join(f"place={code}" for code in (*FIVE, "3401")),
            "web.read:too_many",
        ),
        ("place=5025&place=1507", "places:split_number"),
        ("place=5025&place=zzqqzz", "places:unknown_place_nothing_near"),
        ("place=5025&place=Her%C3%B8y", "places:ambiguous_place"),
        ("place=5025&place=region+30", "places:unknown_place_nothing_near"),
        ("place=5025&place=%00", "places:empty_place"),
        ("place=5025&place=" + "x" * 5000, "places:unknown_place_nothing_near"),
    ],
)
def test_faults_are_a_page_and_a_problem(client: TestClient[Any], query: str, key: str) -> None:
    problem = client.get(f"/compare.json?{query}").json()
    assert key in [error["key"] for error in problem["errors"]]
    page = client.get(f"/compare?{query}")
    assert page.status_code == 422
    assert "ds-error-summary" in page.text
    assert 'aria-invalid="true"' in page.text
    assert 'value="5025"' in page.text


def test_a_fault_stands_at_its_own_field(client: TestClient[Any]) -> None:
    page = client.get("/compare?place=5025&place=zzqqzz&place=1507").text
    assert 'href="#place-2"' in page
    assert 'href="#place-3"' in page
    assert 'id="place-2-error"' in page
    assert 'id="place-1-error"' not in page


def test_too_many_places_are_all_given_back(client: TestClient[Any]) -> None:
    page = client.get(address((*FIVE, "3401"))).text
    for code in (*FIVE, "3401"):
        assert f'value="{code}"' in page


@pytest.mark.parametrize("query", ["", "?place=", "?places=5025", "?place[]=5025", "?lang=xx"])
def test_without_places_there_is_a_form(client: TestClient[Any], query: str) -> None:
    answer = client.get(f"/compare{query}")
    assert answer.status_code == 200
    assert answer.text.count('name="place"') == 5


@pytest.mark.parametrize("query", ["place=5025", "place=5025&place=5025", "place=R%C3%B8ros&place="])
def test_one_place_is_kept_and_others_like_it_are_offered(client: TestClient[Any], query: str) -> None:
    answer = client.get(f"/compare?{query}")
    assert answer.status_code == 200
    assert "ds-error-summary" not in answer.text
    assert 'value="Røros - Rosse"' in answer.text
    assert 'href="/compare?place=5025&amp;place=' in answer.text
    assert client.get(f"/compare.json?{query}").json()["status"] == 422


def test_differences_are_told_in_words(client: TestClient[Any]) -> None:
    told = client.get("/compare.json?place=5025&place=0301", headers={"accept-language": "en"}).json()
    assert any(
        "highest in Oslo" in each and "lowest in Røros - Rosse" in each for each in told["differences"]
    )


def test_an_index_begins_at_a_hundred_and_keeps_what_is_missing() -> None:
    known = (
        Amount(2006, None, Quality.MISSING),
        Amount(2007, 200.0, Quality.MEASURED),
        Amount(2008, 250.0, Quality.ESTIMATED),
    )
    assert [(one.persons, one.quality) for one in since_first(known)] == [
        (None, Quality.MISSING),
        (100.0, Quality.MEASURED),
        (125.0, Quality.ESTIMATED),
    ]
    assert since_first((Amount(2006, None, Quality.MISSING),)) == ()
