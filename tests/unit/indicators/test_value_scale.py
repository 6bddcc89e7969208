"""Drawn value functions: rising, bounded, turned round where less is better."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.figures import Figure, absent
from tyngdepunkt.indicators import (
    Question,
    all_indicators,
    get,
    local_scale,
    national_scale,
    national_values,
    value_points,
)
from tyngdepunkt.indicators.value_scale import quantile_points
from tyngdepunkt.places import Places

quiet = settings(max_examples=100, deadline=None)
numbers = st.lists(st.integers(-1000, 1000).map(float), min_size=1, max_size=40)


def test_the_knots_are_the_quantiles() -> None:
    hundred = [float(number) for number in range(101)]
    straight = ((0, 0), (10, 10), (25, 25), (50, 50), (75, 75), (90, 90), (100, 100))
    assert quantile_points(hundred, "max") == straight
    assert quantile_points(hundred, "min") == tuple((x, 100 - value) for x, value in straight)


def test_many_equal_figures_become_one_knot_in_the_middle_of_their_values() -> None:
    """A ledger: one place lost much, one gained, all others are at zero."""
    assert quantile_points([-50.0, *[0.0] * 30, 20.0], "min") == ((-50, 100), (0, 50), (20, 0))


def test_equal_figures_that_reach_the_end_take_the_end() -> None:
    assert quantile_points([*[0.0] * 30, 8.0], "max") == ((0, 0), (8, 100))


@pytest.mark.parametrize("values", [[], [3.0], [3.0, 3.0], [0.1 + 0.2, 0.3]])
def test_no_spread_is_no_scale(values: list[float]) -> None:
    assert quantile_points(values, "max") == ()
    assert local_scale(get("one_off_cost"), [Figure(value, "NOK") for value in values]) == ()


@quiet
@given(numbers, st.sampled_from(["max", "min"]))
def test_points_always_rise_and_values_stay_within_the_scale(values: list[float], direction: str) -> None:
    points = quantile_points(values, direction)
    figures, found = [x for x, _ in points], [value for _, value in points]
    assert figures == sorted(set(figures))
    assert found == sorted(found, reverse=direction == "min")
    assert all(0 <= value <= 100 for value in found)
    assert not found or {min(found), max(found)} == {0, 100}


def test_the_national_scale_leaves_out_places_without_a_figure(
    eksempelland: Places, nothing_known: Question
) -> None:
    """Ytterøy has no employment figures; Nesvik has the smallest labour market that is known."""
    points = national_scale(get("labour_market_size"), eksempelland, nothing_known)
    assert points[0] == (1_200, 0)
    assert points[-1] == (197_960, 100)


def test_what_does_not_broaden_is_worth_nothing_whatever_the_size_of_the_place(
    eksempelland: Places,
) -> None:
    """Group 9 is the largest in Eksempelland, group 1 the smallest."""
    breadth = get("contribution_breadth")
    narrowing = Question(dt.date(2023, 6, 1), jobs={"9112": (5, 5)}, total_jobs=(5, 5))
    assert max(f.value or 0 for f in breadth.compute(eksempelland, narrowing, ["0101", "0201", "0301"])) <= 0
    assert national_scale(breadth, eksempelland, narrowing) == ()
    broadening = Question(dt.date(2023, 6, 1), jobs={"1120": (1, 1)}, total_jobs=(1, 1))
    points = national_scale(breadth, eksempelland, broadening)
    assert points[0][0] >= 0
    assert points[-1][1] == 100


def test_local_goes_from_the_worst_to_the_best_and_leaves_the_missing_out() -> None:
    cost = get("one_off_cost")
    figures = [Figure(40.0, "NOK"), absent("NOK"), Figure(0.0, "NOK"), Figure(30.0, "NOK")]
    assert local_scale(cost, figures) == ((0, 100), (40, 0))


def test_the_catalogue_chooses_the_kind(eksempelland: Places, nothing_known: Question) -> None:
    assert value_points(get("centrality"), [], nothing_known, [])[0] == (565, 100)
    size = get("labour_market_size")
    nation = national_values(size, eksempelland, nothing_known)
    assert value_points(size, nation, nothing_known, []) == national_scale(size, eksempelland, nothing_known)


def test_a_scale_per_post_stretches_with_the_posts_and_not_with_the_alternatives(
    nothing_known: Question,
) -> None:
    rent, ten = get("rent_per_year"), dataclasses.replace(nothing_known, total_jobs=(8, 12))
    for figures in ([], [Figure(1.0, "NOK"), Figure(2.0, "NOK")]):
        assert value_points(rent, [5.0], ten, figures) == ((0, 100), (3_000_000, 0))
    moved = dataclasses.replace(nothing_known, moved_from={"0101": 4.0})
    assert value_points(get("one_off_cost"), [5.0], moved, []) == ((0, 100), (12_000_000, 0))
    assert value_points(rent, [5.0], nothing_known, []) == ()


def test_no_scale_of_the_catalogue_hangs_on_the_alternatives() -> None:
    assert [name for name, each in all_indicators().items() if each.value == "local"] == []
