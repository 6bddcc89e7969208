"""The map: layers, page, drawing and table say the same, and nothing is fetched from afar unless asked."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest
import shapely
from litestar.testing import TestClient
from lxml import etree  # type: ignore[import-untyped]

from tyngdepunkt.documents.map.layers import LAYERS, geojson
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places
from tyngdepunkt.web import background_map, security
from tyngdepunkt.web.read import map as read
from tyngdepunkt.web.read import map_drawing
from tyngdepunkt.web.read.case_map import alternatives_map, leaving

Client = TestClient[Any]
NORWAY = shapely.box(4.0, 57.9, 31.4, 71.3)
TILES = "https://tiles.example.org/topo/{z}/{y}/{x}.png"


@pytest.fixture
def behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A background map of another."""
    monkeypatch.setenv("TYNGDEPUNKT_BACKGROUND_MAP", TILES)
    monkeypatch.setenv("TYNGDEPUNKT_BACKGROUND_MAP_BY", "© Example")


def policy(answer: Any) -> dict[str, str]:
    parts = answer.headers["content-security-policy"].split("; ")
    return {name: rest for name, _, rest in (part.partition(" ") for part in parts)}


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_is_geojson_within_norway(web_places: Places, name: str) -> None:
    content = json.loads(geojson(web_places, name))
    assert content["type"] == "FeatureCollection"
    assert content["features"]
    shapes: list[Any] = [shapely.from_geojson(json.dumps(each["geometry"])) for each in content["features"]]
    assert all(shape.is_valid and not shape.is_empty for shape in shapes)
    if name == "offices":  # some stand abroad or on Svalbard in the register itself
        shapes = [shape for shape in shapes if NORWAY.covers(shape)]
        assert len(shapes) > 2000
    if name in ("airports", "towns"):  # Longyearbyen
        shapes = [shape for shape in shapes if shape.y < 72]
    assert all(shapely.covers(NORWAY, shapes))


def test_every_municipality_is_there_around_its_own_centre(web_places: Places) -> None:
    features = json.loads(geojson(web_places, "municipalities"))["features"]
    assert len(features) == 357
    near = 0
    for feature in features:
        place = web_places.municipalities[feature["properties"]["code"]]
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        near += shape.distance(shapely.Point(place.lon, place.lat)) < 0.06  # some sit on a small island
    assert near == 357


@pytest.mark.parametrize("name", LAYERS)
def test_a_layer_is_small_when_packed_and_asked_for_once(client: Client, name: str) -> None:
    first = client.get(f"/map/layers/{name}.geojson", headers={"accept-encoding": "gzip"})
    assert first.status_code == 200
    assert first.headers["content-type"].startswith("application/geo+json")
    assert first.headers["content-encoding"] == "gzip"
    assert int(first.headers["content-length"]) < 300_000
    again = client.get(
        f"/map/layers/{name}.geojson",
        headers={"accept-encoding": "gzip", "if-none-match": first.headers["etag"]},
    )
    assert again.status_code == 304
    assert again.content == b""
    plain = client.get(f"/map/layers/{name}.geojson", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.headers["etag"] != first.headers["etag"]
    assert plain.json() == first.json()


@pytest.mark.parametrize("name", ["nothing.geojson", "towns.json", "towns", "..%2Ftowns.geojson"])
def test_there_are_no_other_layers(client: Client, name: str) -> None:
    assert client.get(f"/map/layers/{name}").status_code == 404


@pytest.mark.parametrize(
    ("figure", "lang"),
    [
        *((each, "nb") for each in read.FIGURES),
        *((each, lang) for lang in ("nn", "en") for each in tuple(read.FIGURES)[::6]),
    ],
)
def test_page_json_and_csv_say_the_same(client: Client, figure: str, lang: str) -> None:
    told = client.get("/map.json", params={"layer": figure, "lang": lang}).json()
    rows = list(
        csv.DictReader(io.StringIO(client.get("/map.csv", params={"layer": figure, "lang": lang}).text))
    )
    assert len(told["items"]) == len(rows) == 357
    for item, row in zip(told["items"], rows, strict=True):
        assert row["code"] == item["code"]
        for name in ("value", "low", "high"):
            assert row[name] == ("" if item[name] is None else str(item[name]))
        assert row["class"] == ("" if item["class"] is None else str(item["class"] + 1))
    page = client.get("/map", params={"layer": figure, "lang": lang, "county": "50"}).text
    there = [item for item in told["items"] if item["code"].startswith("50")]
    shown = re.sub(r"\s+", " ", page)
    assert all(item["name"] in shown and item["text"].replace("\xa0", " ") in shown for item in there)
    assert all(each["text"].replace("\xa0", " ") in shown for each in told["classes"])


def test_a_municipality_without_a_figure_has_no_class(web_places: Places) -> None:
    found = read.coloured(web_places, "unemployment", "nb")
    without = [code for code, told in found.told.items() if told.figure.value is None]
    assert len(without) == found.missing > 0
    assert all(found.class_of(code) is None and code not in found.fills for code in without)
    assert sum(row.count for row in found.key) + found.missing == 357


def test_classes_hold_what_their_limits_say(web_places: Places) -> None:
    found = read.coloured(web_places, "population_trend", "nb")
    for code, told in found.told.items():
        at = found.class_of(code)
        if at is not None and told.figure.value is not None:
            low, high = found.key[at].low, found.key[at].high
            assert low is None or told.figure.value >= low
            assert high is None or told.figure.value < high


def test_the_drawing_has_the_colours_of_the_key_and_a_title(client: Client, web_places: Places) -> None:
    answer = client.get("/map.svg?layer=unemployment&place=5025&show=towns&show=airports&lang=nn")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    tree = etree.fromstring(answer.content)
    assert tree[0].tag.endswith("title")
    found = read.coloured(web_places, "unemployment", "nn")
    assert tree[0].text == found.label
    fills = {shape.get("fill") for shape in tree.iter("{*}path")}
    assert {row.colour for row in found.key if row.count} <= fills
    texts = " ".join(str(text) for text in tree.itertext())
    assert "Røros" in texts
    assert "Kartverket" in texts
    assert not re.search(r"<script|style=|\son\w+=|href=\"http", answer.text)


def test_a_point_in_degrees_stands_where_its_metres_are(web_places: Places) -> None:
    place = web_places.municipalities["5025"]
    ((x, y),) = map_drawing._in_metres([(place.lon, place.lat)])
    assert abs(x - place.x) < 2
    assert abs(y - place.y) < 2


def test_the_page_has_the_drawing_the_table_and_a_way_past_the_map(client: Client) -> None:
    page = client.get("/map?layer=oslo_minutes&lang=en").text
    assert 'href="#table"' in page
    assert page.index('href="#table"') < page.index('id="live-map"') < page.index('id="table"')
    assert re.search(r'<img class="map-drawing"[^>]* alt="[^"]{20,}"', page)
    assert "style=" not in page
    assert "© Kartverket, CC BY 4.0" in page


def test_towns_name_whom_their_licence_asks_for(client: Client) -> None:
    assert "OpenStreetMap" not in client.get("/map").text
    assert "OpenStreetMap" in client.get("/map?show=towns").text


def test_a_place_is_pointed_out_by_name_and_told_of(client: Client) -> None:
    page = client.get("/map?place=R%C3%B8ros&lang=nb").text
    assert re.search(r'id="map-told"[^>]*>\s*<p[^>]*><a[^>]*href="/place/5025', page)


def test_an_unknown_place_comes_back_with_the_field_and_the_map(client: Client) -> None:
    answer = client.get("/map", params={"place": "<b>Ingensteds", "lang": "nb"})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert "<b>Ingen" not in answer.text
    assert 'id="live-map"' in answer.text


@pytest.mark.parametrize(
    "query", ["layer=shoe_size", "show=moon", "county=99", "page=0", "page=7", "page=x", "page=9" * 3]
)
@pytest.mark.parametrize("ending", ["", ".json"])
def test_what_no_map_can_show_is_told(client: Client, query: str, ending: str) -> None:
    if ending and query.startswith("page"):
        pytest.skip("only the page has pages")
    answer = client.get(f"/map{ending}?{query}")
    assert answer.status_code == (404 if query.startswith("county") else 422)


def test_every_page_of_the_table_leads_on(client: Client) -> None:
    codes = [
        code
        for number in range(1, 7)
        for code in re.findall(
            r'<th scope="row"[^>]*><a[^>]*/place/(\d{4})', client.get(f"/map?page={number}").text
        )
    ]
    assert len(codes) == len(set(codes)) == 357


def test_the_map_is_among_the_ways(client: Client) -> None:
    assert 'href="/map' in client.get("/").text


def test_without_a_background_nothing_absolute_is_named(client: Client) -> None:
    answer = client.get("/map?background=yes&show=towns&show=roads")
    assert not re.search(r"http://(?!testserver)", answer.text)
    assert "https:" not in answer.text
    assert 'name="background"' not in answer.text
    assert answer.headers["content-security-policy"] == security.POLICY


def test_with_a_background_its_host_alone_is_let_in_and_only_on_the_map(client: Client, behind: None) -> None:
    offered = client.get("/map?lang=en")
    assert 'name="background"' in offered.text
    assert "sees your network address" in offered.text
    assert TILES not in offered.text
    chosen = client.get("/map?background=yes&lang=en")
    assert TILES in chosen.text
    assert "© Example" in chosen.text
    for answer in (offered, chosen):
        assert policy(answer)["img-src"] == "'self' data: https://tiles.example.org"
        assert policy(answer)["connect-src"] == "'self' https://tiles.example.org"
        assert policy(answer)["script-src"] == "'self'"
        assert answer.headers["content-security-policy"].count("https:") == 2
    for path in ("/", "/place/5025", "/map.json", "/map.svg", "/static/map.js"):
        assert client.get(path).headers["content-security-policy"] == security.POLICY


def test_a_kept_page_is_asked_for_again_when_the_background_changes(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = client.get("/map").headers["etag"]
    assert client.get("/map", headers={"if-none-match": tag}).status_code == 304
    monkeypatch.setenv("TYNGDEPUNKT_BACKGROUND_MAP", TILES)
    assert client.get("/map", headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize(
    "tiles",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}.png",
        "https://*.example.org/{z}/{x}/{y}",
        "https://a.example.org;script-src *//{z}/{x}/{y}",
        "https://a b.example.org/{z}/{x}/{y}",
        "https://me:secret@example.org/{z}/{x}/{y}",
        "https://[::1/{z}/{x}/{y}",
        "/tiles/{z}/{x}/{y}",
    ],
)
def test_an_address_that_would_open_more_is_refused(monkeypatch: pytest.MonkeyPatch, tiles: str) -> None:
    monkeypatch.setenv("TYNGDEPUNKT_BACKGROUND_MAP", tiles)
    with pytest.raises(UserError) as caught:
        background_map.background()
    assert caught.value.faults[0].key == "documents.map:background"


def test_alternatives_are_numbered_as_in_the_table(web_places: Places) -> None:
    found = alternatives_map(web_places, ["5025", "", "1804", "0301"], ["0301"], "nb")
    assert found is not None
    texts = " ".join(str(text) for text in etree.fromstring(found.svg).itertext())
    assert all(label in texts for label in ("1 Røros", "3 Bodø", "4 Oslo (flyttes fra)"))
    assert "3 er Bodø" in found.words
    assert "Oslo" in found.words.split(". ")[-1]
    assert found.svg.count("url(#class-0)") > 0
    assert found.svg.count("url(#class-1)") > 0


def test_alternatives_that_are_no_places_have_no_map(web_places: Places) -> None:
    assert alternatives_map(web_places, ["", ""], [], "en") is None


def test_where_jobs_leave_is_read_from_a_draft(web_places: Places) -> None:
    content = {"moved_from": ["Oslo", {"place": "Røros", "jobs": 3}, "Ingensteds", {"jobs": 2}, None]}
    assert leaving(content, web_places) == ["0301", "5025"]
    assert leaving({"moved_from": "Oslo"}, web_places) == []


@pytest.mark.parametrize(
    ("layer", "told"), [("centrality_class", "Kvalitet: målt."), ("recruitment_45", "Kvalitet: anslått.")]
)
def test_the_source_of_a_map_tells_the_quality_of_its_figures(
    client: TestClient[Any], layer: str, told: str
) -> None:
    page = client.get("/map", params={"layer": layer, "lang": "nb"}).text
    source = page[page.index('<details class="source">') :]
    assert told in source[: source.index("</details>")]
