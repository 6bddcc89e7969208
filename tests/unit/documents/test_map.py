import json
import re

import pytest
from lxml import etree

from sample_document import HOSTILE, country
from tyngdepunkt.documents import svg
from tyngdepunkt.documents.map import MapPoint, overview_map
from tyngdepunkt.documents.map.frame import fitted, scale_bar

FAR = [MapPoint("Fjordby", 150_000, 6_700_000, "1001", True), MapPoint("Nordvik", 260_000, 7_200_000, "3001")]
NEAR = [MapPoint("Fjordby", 150_000, 6_700_000), MapPoint("Storhavn", 170_000, 6_715_000)]


def _texts(drawing):
    return ["".join(node.itertext()) for node in etree.fromstring(drawing).iter("{*}text")]


def test_places_regions_key_and_scale_are_there():
    drawing = overview_map(country(), FAR, {"1001": 0, "3001": 1}, "nb", classes=("Region A", "Region B"))
    assert {"Fjordby", "Nordvik", "Region A", "Region B", "100\u00a0km"} <= set(_texts(drawing))
    assert "url(#class-0)" in drawing
    assert "url(#class-1)" in drawing


def test_the_key_names_only_the_classes_that_are_drawn():
    said = _texts(overview_map(country(), FAR, {"1001": 1}, "nb", classes=("Region A", "Region B")))
    assert "Region B" in said
    assert "Region A" not in said


def test_the_recommended_place_differs_by_shape_and_weight_not_by_colour_alone():
    drawing = overview_map(country(), FAR, {}, "nb")
    assert re.search(r'font-weight="700"[^>]*>Fjordby', drawing)
    assert drawing.count("<circle") == 1


def test_places_close_together_get_a_closer_view_with_the_country_in_a_corner():
    assert "translate(" in overview_map(country(), NEAR, {}, "nb")
    assert "translate(" not in overview_map(country(), NEAR, {}, "nb", closer=False)
    assert "translate(" not in overview_map(country(), FAR, {}, "nb")


def test_one_place_or_none_can_be_drawn():
    assert "Fjordby" in _texts(overview_map(country(), NEAR[:1], {}, "nb"))
    assert svg.size(overview_map(country(), [], {}, "nb")) == (480, 580)
    assert svg.size(overview_map({}, [], {}, "nb")) == (480, 580)
    assert "Fjordby" in _texts(overview_map({}, FAR, {}, "nb"))


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_are_text_and_nothing_else(hostile):
    points = [MapPoint(hostile, 150_000, 6_700_000), MapPoint("Nordvik", 260_000, 7_200_000)]
    drawing = overview_map(country(), points, {"1001": 0}, "nb", classes=(hostile,))
    assert svg.clean(drawing) == drawing
    assert len(drawing) < 20_000


def test_a_code_without_a_boundary_is_left_out():
    assert overview_map(country(), FAR, {"9999": 0}, "nb") == overview_map(country(), FAR, {}, "nb")


@pytest.mark.parametrize("across", [80_000, 400_000, 1_900_000])
def test_the_scale_bar_is_a_round_number_and_as_long_as_it_says(across):
    frame = fitted((0, 0, across, across), 500, 500)
    kilometres, length = scale_bar(frame)
    assert str(kilometres)[0] in "125"
    assert length * frame.scale == pytest.approx(kilometres * 1000)
    assert length <= 125.01


def test_the_same_places_give_the_same_map():
    assert overview_map(country(), FAR, {}, "nb") == overview_map(country(), FAR, {}, "nb")


def test_norway_is_small_and_crisp(shared_data):
    shapely = pytest.importorskip("shapely")
    from pyproj import Transformer

    metres = Transformer.from_crs(4326, 25833, always_xy=True)
    boundaries = {}
    for name, key in (("fylke_s_2025", "fylke_no"), ("kommune_s_2025", "kommune_no")):
        collection = json.loads((shared_data / "grenser" / f"{name}.geojson").read_text("utf-8"))
        for feature in collection["features"]:
            shape = shapely.from_geojson(json.dumps(feature["geometry"]))
            moved = shapely.transform(shape, metres.transform, interleaved=False)
            boundaries[feature["properties"][key]] = shapely.to_wkb(moved)
    points = [
        MapPoint("Oslo", 262_000, 6_649_000, "0301"),
        MapPoint("Alta", 816_000, 7_770_000, "5601", True),
    ]
    drawing = overview_map(boundaries, points, {"0301": 0, "5601": 1}, "nb", classes=("Oslo", "Alta"))
    assert 10_000 < len(drawing) < 60_000
    close = overview_map(boundaries, [MapPoint("Oslo", 262_000, 6_649_000)], {"0301": 0}, "nb")
    assert len(close) < 60_000
