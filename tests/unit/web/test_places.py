"""Pages of places, regions and towns, and their twins, over the embedded snapshot."""

import csv
import io
import re
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest
from litestar.testing import TestClient
from markupsafe import escape

from tyngdepunkt import texts
from tyngdepunkt.places import Places
from tyngdepunkt.places.profile import profile
from tyngdepunkt.rules.small_town import small_town_test, small_town_text
from tyngdepunkt.web.read import region
from tyngdepunkt.web.read.place import place_page

PAGES = [
    "/place/5025",
    "/places?county=50",
    "/region/30",
    "/town/0001",
    "/search?q=bod%C3%B8",
    "/about/sources",
]


def plain(page: str) -> str:
    """The words of a page without its markup."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", page)))


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_made_in_every_language(client: TestClient[Any], path: str, lang: str) -> None:
    answer = client.get(path, headers={"accept-language": lang})
    assert answer.status_code == 200
    assert f'<html lang="{lang}"' in answer.text
    assert answer.text.count("<h1") == 1


def _extremes(places: Places) -> set[str]:
    """Municipalities that a page could stumble over, each for its own reason."""
    known = places.municipalities
    persons = places.values("population", "persons", year=max(places.years("population")))
    by_size = sorted(known, key=lambda code: persons.get(code) or 0)
    towns = {row[0] for row in places.rows("town", ("municipality",))}
    far = sorted(known, key=lambda code: (len(places.travel.within(code, 90)), code))
    named = max(known, key=lambda code: len(known[code].names))
    no_region = [code for code, place in known.items() if place.region is None]
    no_town = [code for code in known if code not in towns]
    divided = ["1508", "1580"]
    return {*by_size[:2], *by_size[-2:], *far[:3], named, *no_region[:3], *no_town[:3], *divided}


def test_the_whole_of_what_a_page_tells_can_be_put_together(web_places: Places) -> None:
    """Of every fortieth municipality, beside those furthest out in some way, which are looked at below."""
    for code in list(web_places.municipalities)[::40]:
        assert place_page(web_places, code, "nb").municipality == web_places.municipalities[code]


def test_every_figure_of_a_municipality_says_where_it_was_looked_for(web_places: Places) -> None:
    """Of every fourth municipality, and of those furthest out in some way."""
    for code in {*list(web_places.municipalities)[::4], *_extremes(web_places)}:
        found = profile(web_places, code)
        assert found.municipality == web_places.municipalities[code]
        for fact in found.facts.values():
            assert fact.figure.sources, (code, fact.id)


def test_the_municipalities_furthest_out_have_a_page(client: TestClient[Any], web_places: Places) -> None:
    for code in sorted(_extremes(web_places)):
        place = web_places.municipalities[code]
        page = client.get(f"/place/{code}", headers={"accept-language": "nb"})
        assert page.status_code == 200, code
        assert f">{place.name}</h1>" in unescape(page.text), code
        assert "None" not in plain(page.text), code


@pytest.mark.parametrize("lang", ["nn", "en"])
def test_a_sample_of_municipalities_in_the_other_languages(
    client: TestClient[Any], web_places: Places, lang: str
) -> None:
    for code in list(web_places.municipalities)[::120]:
        page = client.get(f"/place/{code}", headers={"accept-language": lang})
        assert page.status_code == 200, code
        assert f'<html lang="{lang}"' in page.text


def test_a_sample_of_regions_and_towns_have_a_page(client: TestClient[Any], web_places: Places) -> None:
    for number in list(web_places.regions)[::40]:
        assert client.get(f"/region/{number}").status_code == 200, number
    towns = [row[0] for row in web_places.rows("town", ("town",))]
    for number in towns[::150]:
        assert client.get(f"/town/{number}").status_code == 200, number


def test_a_town_says_where_it_lies(client: TestClient[Any]) -> None:
    page = client.get("/town/6631", headers={"accept-language": "nb"})
    assert "Tettsted nummer 6631 i Røros" in plain(page.text)


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


@pytest.mark.parametrize("figure", ["commuting_out", "commuting_in", "travel_time", "peer", "town"])
def test_the_csv_has_what_the_tables_of_the_page_have(client: TestClient[Any], figure: str) -> None:
    rows = [
        row
        for row in csv.DictReader(io.StringIO(client.get("/place/5025.csv").text))
        if row["figure"] == figure
    ]
    assert rows
    for row in rows:
        assert all(row[column] for column in ("value", "quality", "about", "tables"))


@pytest.mark.parametrize(
    "path",
    ["/place/5025", "/region/30", "/town/0001", "/places", "/search?q=os", "/compare?place=5025&place=0301"],
)
def test_the_head_and_the_page_lead_to_the_twins(client: TestClient[Any], path: str) -> None:
    page = client.get(path).text
    head = page[: page.index("</head>")]
    for kind in ("application/json", "text/csv"):
        address = re.search(rf'<link rel="alternate" type="{kind}" href="([^"]+)"', head)
        assert address
        answer = client.get(unescape(address[1]))
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(kind)
        assert page.count(f'href="{address[1]}"') == 2


def test_a_csv_file_is_plain_and_has_no_mark_before_its_head(client: TestClient[Any]) -> None:
    content = client.get("/places.csv").content
    assert content.startswith(b"code,name,")
    assert b"\r\n" in content
    assert len(content.decode("utf-8").splitlines()) == 358


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_sources_are_told_wholly_in_the_language_of_the_reader(
    client: TestClient[Any], web_places: Places, lang: str
) -> None:
    pages = [unescape(client.get(path, headers={"accept-language": lang}).text) for path in PAGES]
    text = " ".join(pages)
    for table in web_places.snapshot.tables:
        for part in (table.title, table.query, table.date, table.licence, table.note, table.attribution):
            others = {part[other] for other in ("nb", "nn", "en")} - {part[lang]}
            for other in others:
                if len(other) > 30 and other not in part[lang]:
                    assert other not in text, (table.name, other)
            if part[lang]:
                assert part[lang] in pages[-1], (table.name, part[lang])


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_every_table_of_a_place_has_its_sources(
    client: TestClient[Any], web_places: Places, lang: str
) -> None:
    page = unescape(client.get("/place/5025", headers={"accept-language": lang}).text)
    assert page.count("source-of-table") == 8
    for table in ("population", "employed", "commuting", "travel_time", "town", "state_office"):
        info = web_places.info(table)
        assert f"{info.title[lang]}: {info.query[lang]}" in page
        assert info.note[lang] in page


def test_a_figure_that_is_not_measured_is_marked_where_it_stands(client: TestClient[Any]) -> None:
    page = client.get("/place/1508", headers={"accept-language": "en"}).text
    series = page[page.index('id="people-table-data"') :]
    row = next(row for row in series.split("<tr>") if ">2021<" in row)
    assert "estimated" in row
    row = next(row for row in series.split("<tr>") if ">2019<" in row)
    assert "estimated" not in row


def test_decisions_on_state_jobs_are_told_where_there_are_any(
    client: TestClient[Any], web_places: Places
) -> None:
    rows = web_places.rows("location_decision", ("municipality", "agency"))
    code, agency = next(row for row in rows if row[0])
    assert agency in unescape(client.get(f"/place/{code}").text)
    assert agency in [one["agency"] for one in client.get(f"/place/{code}.json").json()["location_decisions"]]
    assert client.get("/place/0301.json").json()["location_decisions"] == []


def test_sentences_do_not_run_into_each_other(client: TestClient[Any]) -> None:
    for lang in ("nb", "nn", "en"):
        for path in ("/place/5025", "/place/0301", "/region/30", "/town/0001"):
            page = client.get(path, headers={"accept-language": lang}).text
            lead = page[page.index("</h1>") : page.index("</h1>") + 1500]
            assert not re.search(r"[a-zåøæ]\.[A-ZÆØÅ]", plain(lead)), (path, lang)


@pytest.mark.parametrize("asked", ["R%C3%B8ros", "r%C3%B8ros", "R%C3%B8ros%20kommune", "K-5025"])
def test_names_lead_to_the_place(client: TestClient[Any], asked: str) -> None:
    answer = client.get(f"/place/{asked}.json?lang=nn", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, "/place/5025.json?lang=nn")


@pytest.mark.parametrize("address", ["/place/", "/api/v1/places/"])
@pytest.mark.parametrize("slash", ["/", "%2F"])
def test_a_name_with_a_slash_leads_to_its_place(client: TestClient[Any], address: str, slash: str) -> None:
    answer = client.get(f"{address}Snåase{slash}Snåsa", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, f"{address}5041")
    ending = (
        "" if address.startswith("/api") else ".json"
    )  # a document of a municipality cannot be a region's
    region = client.get(f"{address}Skien{slash}Porsgrunn{ending}?lang=en", headers={"accept": "*/*"})
    assert region.status_code == 422
    assert "Skien/Porsgrunn" in region.text
    assert "Write one of the municipalities" in region.text


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
@pytest.mark.parametrize("asked", ["Skien/Porsgrunn", "Skien%2FPorsgrunn", "Grenland", "Alta-regionen"])
def test_the_name_of_a_region_leads_to_its_page_which_says_so(
    client: TestClient[Any], web_places: Places, asked: str, lang: str
) -> None:
    page = client.get(f"/place/{asked}?lang={lang}")
    assert page.status_code == 200
    number = int(page.url.path.removeprefix("/region/"))
    said = region.read_as(web_places, unquote(asked))
    assert said is not None
    assert said[0] == number
    words = texts.text(said[1].key, lang, **said[1].values)
    assert words in unescape(page.text)
    for other in (f"/region/{number}", f"/region/{number}?asked=Oslo", "/region/1?asked=" + asked):
        assert words not in unescape(client.get(other, params={"lang": lang}).text)


def test_a_name_or_number_taken_to_another_place_is_said_where_it_leads(client: TestClient[Any]) -> None:
    answer = client.get("/place/1640.json?lang=nn", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, "/place/5025.json?lang=nn&asked=1640")
    assert "1640" in client.get("/place/1640.json").json()["notice"]
    page = client.get("/place/Finnsnes", headers={"accept-language": "nb"})
    assert page.url.path == "/place/5530"
    assert "Finnsnes ligger i kommunen Senja (5530) og regnes som den kommunen." in page.text
    for path in ("/place/5530", "/place/5530?asked=Hamar", "/place/5530?asked=xyz", "/place/5530?asked="):
        assert "regnes som den kommunen" not in client.get(path, headers={"accept-language": "nb"}).text


def test_a_divided_number_lists_its_parts(client: TestClient[Any]) -> None:
    page = client.get("/place/1507")
    assert page.status_code == 409
    assert 'href="/place/1508"' in page.text
    assert 'href="/place/1580"' in page.text
    problem = client.get("/place/1507.json")
    assert problem.status_code == 409
    assert problem.headers["content-type"].startswith("application/problem+json")


@pytest.mark.parametrize(
    "path", ["/place/zzzzqq.csv", "/region/999.csv", "/map.csv?layer=zz", "/places.csv?class=9"]
)
def test_the_fault_of_a_csv_twin_is_never_a_page(client: TestClient[Any], path: str) -> None:
    answer = client.get(path, headers={"accept": "text/html"})
    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"].startswith("application/problem+json")


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_a_figure_that_is_missing_says_why_and_where_we_looked(web_places: Places, lang: str) -> None:
    towns = {row[0] for row in web_places.rows("town", ("municipality",))}
    code = next(code for code in web_places.municipalities if code not in towns)
    told = next(told for told in place_page(web_places, code, lang).facts if told.id == "largest_town")
    assert told.figure.value is None
    assert told.sources[0].table == "town"
    assert told.note == texts.text("web.read:no_row", lang)


def test_a_drawing_has_a_narrow_sister_with_letters_of_the_same_size(client: TestClient[Any]) -> None:
    page = client.get("/place/5025").text
    pairs = re.findall(r'drawn-(wide|narrow)"><svg[^>]*?\bwidth="(\d+)', page)
    assert len(pairs) == 6
    assert all(int(width) <= 360 for kind, width in pairs if kind == "narrow")
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


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


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ("roros", "/place/5025"),
        ("RØROS", "/place/5025"),
        ("Røros kommune", "/place/5025"),
        ("1640", "/place/5025"),
        ("Guovdageaidnu", "/place/5612"),
        ("kautokeino", "/place/5612"),
        ("trøndelag", "/places?county=50"),
        ("Troms fylke", "/places?county=55"),
        ("1507", "/place/1508"),
        ("1507", "/place/1580"),
        ("Herøy", "/place/1515"),
        ("Herøy", "/place/1818"),
        ("trondhjem", "/search?q=Trondheim"),
        ("brekkstad", "/search?q=Brekstad"),
        ("qxzqxz", "/places"),
    ],
)
def test_search_leads_to(client: TestClient[Any], asked: str, path: str) -> None:
    answer = client.get("/search", params={"q": asked})
    assert answer.status_code == 200
    main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
    assert f'href="{path}"' in main


def test_what_is_searched_for_is_never_markup(client: TestClient[Any]) -> None:
    assert "<script>x" not in client.get("/search", params={"q": "<script>x</script>"}).text
    assert client.get("/search", params={"q": "x" * 3000}).status_code == 200


def test_hits_stand_by_kind_and_the_twins_have_them_all(client: TestClient[Any]) -> None:
    page = client.get("/search?q=bod%C3%B8", headers={"accept-language": "en"}).text
    assert page.index(">Municipalities (") < page.index(">Towns (") < page.index(">Labour-market regions (")
    items = client.get("/search.json?q=bod%C3%B8").json()["items"]
    rows = list(csv.DictReader(io.StringIO(client.get("/search.csv?q=bod%C3%B8").text)))
    assert [row["id"] for row in rows] == [item["id"] for item in items]


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
@pytest.mark.parametrize("code", ["3405", "0301", "1151"])
def test_a_place_says_what_centrality_means_whether_it_is_a_small_town_and_what_is_not_known(
    client: TestClient[Any], web_places: Places, code: str, lang: str
) -> None:
    text = client.get(f"/place/{code}?lang={lang}").text
    assert all(f'id="{each}"' in text for each in ("centrality", "small-town", "state-jobs-unknown"))
    here = web_places.municipalities[code]
    persons = max((each.persons or 0 for each in web_places.towns(code)), default=None)
    answer = small_town_test(here.is_centre, here.centrality_class, persons)
    assert str(escape(small_town_text(answer, lang))) in text


def test_a_town_leads_with_the_figures_of_its_municipality(client: TestClient[Any]) -> None:
    text = client.get("/town/6631?lang=nb").text
    facts = text.index('id="facts-')
    assert facts < text.index('id="others-table"')
    assert "Sentralitet" in text[facts : text.index('id="others-table"')]


def test_what_is_said_of_state_jobs_follows_what_is_counted(web_places: Places) -> None:
    counted = {row[0] for row in web_places.rows("jobs_by_sector", ("municipality",), sector="state")}
    assert counted
    assert place_page(web_places, min(counted), "nb").state_counted
    assert place_page(web_places, min(set(web_places.municipalities) - counted), "nb").state_counted is None
