"""Periods in order of time, as far as their names tell it."""

import itertools

import pytest

from tyngdepunkt.analyses.industry.periods import in_order, tells_time

IN_TIME = [
    ("2016", "2017", "2019"),
    ("9", "10", "11"),
    ("2019K4", "2020K1", "2020K2"),
    ("2016M2", "2016M9", "2016M10"),
    ("2/2016", "10/2016", "1/2017"),
    ("31.12.2016", "01.02.2017", "02.02.2017"),
    ("2016-09-30", "2016-10-01", "2017-01-01"),
    ("Q4 2016", "q1 2017", "Q2 2017"),
    ("2015/16", "2016/17", "2017/18"),
    ("2015", "2016K3", "jan 2017"),  # the years are enough
]
NOT_TOLD = [("during", "before", "after"), ("2016", "2016K1"), ("jan 2016", "feb 2016"), ("2016", "later")]


@pytest.mark.parametrize("names", IN_TIME)
def test_names_that_tell_time_are_put_in_its_order(names: tuple[str, ...]) -> None:
    assert tells_time(names)
    assert {in_order(each) for each in itertools.permutations(names)} == {names}


@pytest.mark.parametrize("names", NOT_TOLD)
def test_names_that_do_not_are_left_as_they_stand(names: tuple[str, ...]) -> None:
    assert not tells_time(names)
    assert in_order([*names, *names]) == names
    assert in_order(names[::-1]) == names[::-1]


def test_one_period_needs_no_order() -> None:
    assert tells_time([""])
    assert in_order(["", ""]) == ("",)
