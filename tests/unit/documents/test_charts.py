import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sample_document import HOSTILE
from tyngdepunkt.documents import charts, svg, theme

CONSIDERATIONS = ["Virksomhetens vilkår", "Lokaliseringspolitiske hensyn", "Kostnadseffektivitet"]


def _texts(drawing):
    root = etree.fromstring(drawing)
    return ["".join(node.itertext()) for node in root.iter("{*}text")]


def _profile(count, lang="nb", score=50.0):
    names = [f"Alternativ nummer {i} med et navn på over tretti tegn" for i in range(count)]
    return charts.value_profile(names, CONSIDERATIONS, [[score, 0.0, None]] * count, lang)


def _ranks(names, lang="nb"):
    count = len(names)
    return charts.rank_acceptability(names, [[1 / count] * count] * count, lang)


def _all(lang="nb", name="Fjordby", width=theme.CHART_WIDTH):
    yield charts.value_profile([name, "Nordvik"], [name, "B"], [[1.0, None], [100.0, 2.0]], lang, width=width)
    yield charts.rank_acceptability([name, "Nordvik"], [[0.6, 0.4], [0.4, 0.6]], lang, width=width)
    yield charts.weights_chart([name, "B"], [0.4, None], [0.6, None], name, lang, width=width)
    points = [charts.TradeOffPoint(name, 0, 100, True), charts.TradeOffPoint("Nordvik", 1, 99)]
    yield charts.trade_off(name, "B", points, lang, width=width)
    yield charts.ledger_timeline(
        [name, "Nordvik"], [(-40, -31), None], [(5, 5), (-9, 12345)], lang, width=width
    )
    yield charts.shares_chart([name, "Nordvik"], [1.0, 0.004], [0.2, None], "Andel", lang, width=width)


NARROW = 328


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
@pytest.mark.parametrize(
    "name", ["Fjordby", "Storhavn og omegn interkommunale helseforetak", HOSTILE["long"]]
)
def test_a_narrow_chart_fits_a_telephone_with_letters_of_the_same_size(lang, name):
    sizes = re.compile(r'font-size="([^"]+)"')
    for wide, narrow in zip(_all(lang, name), _all(lang, name, NARROW), strict=True):
        assert svg.size(narrow)[0] <= 360
        assert set(sizes.findall(narrow)) == set(sizes.findall(wide))


def test_a_narrow_chart_leaves_no_rank_and_no_consideration_out():
    ranks = [[1 / 12] * 12] * 12
    assert {"Nr. 1", "Nr. 2", "Nr. 3", "Nr. 4–10", "Nr. 11–12"} <= set(
        _texts(charts.rank_acceptability([f"Sted {i}" for i in range(12)], ranks, "nb", width=NARROW))
    )
    said = _texts(charts.value_profile(["Fjordby"], CONSIDERATIONS, [[1.0, 20.0, None]], "nb", width=NARROW))
    assert set(CONSIDERATIONS) <= set(said)
    assert said.count("Fjordby") == len(CONSIDERATIONS)


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_every_chart_is_shapes_and_text_in_a_plain_sans(lang):
    for drawing in _all(lang):
        assert svg.clean(drawing) == drawing
        assert set(re.findall('font-family="([^"]+)"', drawing)) == {theme.CHART_FONT}
        assert svg.size(drawing)[0] <= theme.CHART_WIDTH + 60


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_hostile_names_are_text_and_nothing_else(hostile):
    for drawing in _all(name=hostile):
        assert "<script" not in drawing
        assert svg.size(drawing)[0] <= theme.CHART_WIDTH + 60


@pytest.mark.parametrize("count", [2, 20, 60])
def test_at_most_twenty_rows_are_drawn_and_the_rest_is_said(count):
    said = " ".join(_texts(_profile(count)))
    assert said.count("Alternativ nummer") == min(count, charts.TOP)
    assert ("20 første av 60" in said) == (count == 60)


def test_missing_is_written_and_nought_is_a_figure():
    said = _texts(_profile(1))
    assert "mangler" in said
    assert "0" in said
    assert "50" in said


@pytest.mark.parametrize(("lang", "word"), [("nb", "mangler"), ("nn", "manglar"), ("en", "missing")])
def test_missing_jobs_are_not_nought(lang, word):
    said = _texts(charts.ledger_timeline(["Fjordby"], [None], [(12, 12)], lang))
    assert word in said
    assert "+12" in said


def test_jobs_that_can_go_either_way_are_written_with_both_ends():
    said = _texts(charts.ledger_timeline(["Fjordby"], [(-12, 4)], [(-12, -2)], "nb"))
    assert "−12 … +4" in said
    assert "−12 … −2" in said
    assert "−4" not in said  # the middle


def test_a_bar_reaches_as_far_as_is_certain():
    def bars(before):
        return charts.ledger_timeline(["Fjordby"], [before], [(20, 20)], "nb")

    assert bars((-12, 4)) != bars((-12, -4)) != bars((-12, -12))


def test_long_names_stand_on_two_lines():
    said = " ".join(_texts(charts.rank_acceptability(["Storhavn og omegn interkommunalt"], [[1.0]], "nb")))
    assert "Storhavn og omegn" in said
    assert "interkommunalt" in said


@given(st.integers(1, 357))
@settings(max_examples=60, deadline=None)
def test_classes_of_ranks_are_at_most_five_and_leave_none_out(count):
    classes = charts.rank_classes(count)
    assert len(classes) <= len(theme.RANKS)
    assert [rank for first, last in classes for rank in range(first, last + 1)] == list(range(1, count + 1))


def test_ranks_beyond_the_fifth_are_put_together():
    said = _texts(_ranks([f"Sted {i}" for i in range(12)]))
    assert {"Nr. 1", "Nr. 4–10", "Nr. 11–12"} <= set(said)


def test_shares_are_written_in_the_bars():
    assert "58" in _texts(charts.rank_acceptability(["Fjordby"], [[0.58, 0.42]], "nb"))


def test_the_weights_chart_writes_both_weights_with_a_comma():
    said = _texts(charts.weights_chart(CONSIDERATIONS, [0.5, 0.3, 0.2], [0.125, 0.575, 0.3], "Nordvik", "nb"))
    assert {"50,0", "12,5", "57,5"} <= set(said)
    assert "Vekt der Nordvik blir jevngod" in said


def test_equal_points_in_a_trade_off_keep_their_own_names():
    points = [charts.TradeOffPoint(f"Sted {i}", 50, 50) for i in range(5)]
    assert {f"Sted {i}" for i in range(5)} <= set(_texts(charts.trade_off("A", "B", points, "nb")))


def test_a_chart_without_rows_can_be_drawn():
    for drawing in (
        charts.value_profile([], CONSIDERATIONS, [], "nb"),
        charts.rank_acceptability([], [], "nb"),
        charts.trade_off("A", "B", [], "nb"),
        charts.ledger_timeline([], [], [], "nb"),
    ):
        assert svg.size(drawing)[0] > 0


def test_the_same_numbers_give_the_same_drawing():
    assert _profile(5) == _profile(5)
