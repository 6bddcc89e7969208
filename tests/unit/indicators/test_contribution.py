"""Extent and breadth, against hand computation and the properties Jost (2006) demands."""

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.figures import Quality
from tyngdepunkt.indicators import Question, get
from tyngdepunkt.indicators.occupations import by_group, major_group
from tyngdepunkt.methods import diversity
from tyngdepunkt.places import Places

CASE = Question(dt.date(2023, 6, 1), jobs={"2422": (30, 30), "2611": (10, 15)}, total_jobs=(40, 45))
counts = st.lists(st.integers(0, 5_000), min_size=2, max_size=9).filter(lambda numbers: sum(numbers) > 0)
quiet = settings(max_examples=100, deadline=None)


def test_equal_groups_count_as_many_as_they_are() -> None:
    """Jost 2006: a community of S equally common species has diversity S."""
    assert diversity.effective_number(np.full(9, 7.0)) == pytest.approx(9)
    assert diversity.effective_number(np.array([5.0, 0, 0])) == pytest.approx(1)


def test_a_worked_example_by_hand() -> None:
    """Shares 1/2, 1/4, 1/4: entropy 1.5 ln 2, so 2^1.5 effective groups."""
    assert diversity.effective_number(np.array([2.0, 1, 1])) == pytest.approx(2**1.5)
    assert diversity.breadth(np.array([2.0, 1, 1]), np.array([0.0, 1, 1])) == pytest.approx(3 / 2**1.5 - 1)


@quiet
@given(counts)
def test_doubling_everything_with_nothing_in_common_doubles_the_number(numbers: list[int]) -> None:
    """Jost 2006, the doubling property that entropy itself lacks."""
    once = diversity.effective_number(np.array(numbers, dtype=float))
    assert diversity.effective_number(np.array([*numbers, *numbers], dtype=float)) == pytest.approx(2 * once)


@quiet
@given(counts, st.integers(1, 1000))
def test_more_of_the_same_mix_adds_no_breadth(numbers: list[int], times: int) -> None:
    before = np.array(numbers, dtype=float)
    assert diversity.breadth(before, times * before) == pytest.approx(0, abs=1e-9)


@quiet
@given(counts)
def test_the_number_lies_between_one_and_all_groups(numbers: list[int]) -> None:
    effective = diversity.effective_number(np.array(numbers, dtype=float))
    assert 1 - 1e-9 <= effective <= len(numbers) + 1e-9


def test_extent_is_jobs_over_employed_in_the_region(eksempelland: Places) -> None:
    workplace = eksempelland.values("employed", "workplace", year=2022)
    region = sum(workplace[code] or 0 for code in ("0201", "0202", "0203"))
    figure = get("contribution_extent").compute(eksempelland, CASE, ["0203"])[0]
    assert figure.value == pytest.approx(42.5 / region)
    assert figure.interval == pytest.approx((40 / region, 45 / region))
    assert {source.table for source in figure.sources} == {"employed", "region_member"}


def test_extent_is_missing_where_the_region_is_not_known(eksempelland: Places) -> None:
    figure = get("contribution_extent").compute(eksempelland, CASE, ["0304"])[0]
    assert (figure.value, figure.quality) == (None, Quality.MISSING)


def test_unknown_jobs_give_no_extent_and_no_breadth(eksempelland: Places, nothing_known: Question) -> None:
    for name in ("contribution_extent", "contribution_breadth"):
        figure = get(name).compute(eksempelland, nothing_known, ["0201"])[0]
        assert figure.quality is Quality.MISSING
        assert figure.note


def test_breadth_by_hand_for_a_region(eksempelland: Places) -> None:
    persons = [0.0] * 9
    for code, group, number in eksempelland.rows("wage_earners", ["municipality", "occupation", "persons"]):
        if code in ("0201", "0202", "0203"):
            persons[int(group) - 1] += number

    def effective(numbers: list[float]) -> float:
        shares = [number / sum(numbers) for number in numbers]
        return math.exp(-sum(share * math.log(share) for share in shares))

    after = [number + (42.5 if group == 2 else 0) for group, number in enumerate(persons, start=1)]
    figure = get("contribution_breadth").compute(eksempelland, CASE, ["0202"])[0]
    assert figure.value == pytest.approx(effective(after) / effective(persons) - 1)
    assert figure.low is not None
    assert figure.high is not None
    assert figure.low <= figure.value <= figure.high


def test_jobs_that_are_already_in_the_region_add_nothing(eksempelland: Places) -> None:
    moving = replace(CASE, moved_from={"0201": 45.0})
    for name in ("contribution_extent", "contribution_breadth"):
        here, away = get(name).compute(eksempelland, moving, ["0202", "0301"])
        assert here.value == pytest.approx(0)
        assert here.note == "indicators:already_here"
        assert away == get(name).compute(eksempelland, CASE, ["0301"])[0]


def test_an_office_that_shrinks_gives_a_negative_extent(eksempelland: Places) -> None:
    shrinking = Question(dt.date(2023, 6, 1), total_jobs=(-6, -6), moved_from={"0201": 10.0})
    figure = get("contribution_extent").compute(eksempelland, shrinking, ["0201"])[0]
    assert figure.value == pytest.approx(-6 / 25880)


def test_armed_forces_are_counted_with_group_three() -> None:
    assert major_group("0110") == 3
    assert by_group({"0110": (1, 2), "3311": (3, 4)}) == {3: (4, 6)}


@quiet
@given(st.integers(1, 400), st.integers(0, 400), st.integers(1, 400), st.integers(0, 400))
def test_bounds_hold_what_any_number_in_the_range_gives_at_the_corners(
    low_a: int, more_a: int, low_b: int, more_b: int
) -> None:
    """The least rise lies in a corner: no point of a grid over the ranges falls below the bound."""
    before = np.array([800.0, 150.0, 50.0])
    grid = [
        diversity.breadth(before, np.array([0, low_a + more_a * i / 4, low_b + more_b * j / 4]))
        for i in range(5)
        for j in range(5)
    ]
    corners = [grid[0], grid[4], grid[20], grid[24]]
    assert min(grid) >= min(corners) - 1e-12
