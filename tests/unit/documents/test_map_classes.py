"""Degrees, classes and the coloured drawing, on shapes made up for it."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree  # type: ignore[import-untyped]

from tyngdepunkt.documents.map.choropleth import MARKS, SIZE, Coloured, choropleth, mark, outlines
from tyngdepunkt.documents.map.classes import MISSING, classes, steps
from tyngdepunkt.documents.map.degrees import degrees, metres
from tyngdepunkt.documents.map.overview import MapPoint
from tyngdepunkt.documents.theme import contrast

CORNERS = [(-75_000.0, 6_450_000.0), (500_000.0, 7_200_000.0), (1_115_000.0, 7_940_000.0)]
"""The south-west, the middle meridian, and the far north-east of Norway."""

amounts = st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=60)


def test_degrees_agree_with_proj_within_a_metre() -> None:
    pyproj = pytest.importorskip("pyproj", reason="pyproj is for development only")
    turn = pyproj.Transformer.from_crs(25833, 4258, always_xy=True)
    wanted = np.array([turn.transform(*corner) for corner in CORNERS])
    assert np.abs(degrees(np.array(CORNERS)) - wanted).max() < 1e-6


def test_metres_are_the_way_back() -> None:
    there = np.array(CORNERS)
    assert np.abs(metres(degrees(there)) - there).max() < 0.01


@given(amounts)
@settings(max_examples=100, deadline=None)
def test_every_value_is_in_a_class_that_has_a_colour(values: list[float]) -> None:
    for made in (classes(values), classes(values, about_zero=True)):
        assert list(made.limits) == sorted(set(made.limits))
        assert all(0 <= made.of(value) < len(made.colours) for value in values)
        assert len(made.colours) == len(made.limits) + 1


def test_limits_are_round_and_classes_alike_in_size() -> None:
    made = classes([float(value) for value in range(1, 1001)])
    assert made.limits == (200.0, 400.0, 600.0, 800.0)
    assert [made.of(value) for value in (199.0, 200.0, 1000.0)] == [0, 1, 4]


def test_growth_and_decline_have_zero_between_them() -> None:
    made = classes([-0.2, -0.1, 0.05, 0.1, 0.3, 0.5], about_zero=True)
    assert 0.0 in made.limits
    assert [-limit for limit in reversed(made.limits)] == pytest.approx(list(made.limits))


def test_steps_are_one_class_each() -> None:
    made = steps(1, 6, darkest_first=True)
    assert [made.of(float(value)) for value in range(1, 7)] == list(range(6))
    assert made.colours[0] == "#253494"


def test_colours_run_from_light_to_dark_so_that_grey_paper_tells_them_apart() -> None:
    for count in range(2, 7):
        shades = [contrast(colour, "#ffffff") for colour in steps(1, count).colours]
        assert shades == sorted(shades)
        assert shades[-1] / shades[0] > 3


def square(x: float, y: float) -> bytes:
    side = 100_000.0
    return bytes(shapely.to_wkb(shapely.box(x, y, x + side, y + side)))


MUNICIPALITIES = {"0001": square(0, 6_500_000), "0002": square(100_000, 6_500_000)}
COUNTIES = {"00": shapely.to_wkb(shapely.box(0, 6_500_000, 200_000, 6_600_000))}


def drawn(size: tuple[int, int] = SIZE, **changes: object) -> etree._Element:
    what = {"title": "Innbyggere <1>", "fills": {"0001": "#253494"}, **changes}
    return etree.fromstring(choropleth(outlines(MUNICIPALITIES, COUNTIES, size), Coloured(**what), "nb"))  # type: ignore[arg-type]


def texts(tree: etree._Element) -> str:
    return " ".join(str(text) for text in tree.itertext())


def test_the_drawing_has_a_title_and_hatches_what_has_no_figure() -> None:
    tree = drawn()
    assert tree[0].tag.endswith("title")
    assert tree[0].text == "Innbyggere <1>"
    fills = {path.get("fill") for path in tree.iter("{*}path")}
    assert {"#253494", "url(#shown-none)"} <= fills
    assert MISSING in {rect.get("fill") for rect in tree.iter("{*}rect")}


def test_the_drawing_says_its_key_its_sources_and_the_place() -> None:
    place = MapPoint("Storvik", 50_000.0, 6_550_000.0, "0001", emphasis=True)
    tree = drawn(key=[("#253494", "under 10")], missing="Ingen tall", source="SSB.", place=place)
    assert all(word in texts(tree) for word in ("under 10", "Ingen tall", "SSB.", "Storvik", "km"))


def test_a_narrow_drawing_has_its_head_above_the_map_and_its_source_in_lines() -> None:
    told = {"key": [("#253494", "under 10")], "when": "Tall fra 2018, etter forutsetningene"}
    source = "Statistisk sentralbyrå og andre som har tallene. Grenser: Kartverket."
    tree = drawn((300, 350), source=source, **told)
    _, top, width, height = map(float, tree.get("viewBox", "").split())
    assert (width, top < 0) == (300, True)
    assert source in texts(tree)  # nothing is cut
    heads = [each for each in tree.iter("{*}text") if float(each.get("y", "0")) < 0]
    assert "Innbyggere <1>" in [each.text for each in heads]
    lowest = max(float(each.get("y", "0")) for each in tree.iter("{*}text"))
    assert lowest < top + height
    assert drawn(**told).get("viewBox", "").startswith("0 0 600 ")


def test_marks_stand_where_the_places_are() -> None:
    uses = list(drawn(points={"towns": [(50_000.0, 6_550_000.0)]}).iter("{*}use"))
    assert [use.get("href") for use in uses] == ["#shown-mark-towns"]
    assert all(mark(name).startswith("<path") for name in MARKS)
