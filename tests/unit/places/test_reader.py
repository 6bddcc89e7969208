"""The seam: another engine gives the same places, towns, travel times and indicators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from readers import ListReader
from tyngdepunkt.indicators import Question, all_indicators
from tyngdepunkt.indicators.peer_similarity import peers
from tyngdepunkt.places import Places, open_places
from tyngdepunkt.places.municipalities import read_towns
from tyngdepunkt.places.reader import SameAs


@pytest.fixture
def other(country: Path, made_up: Places) -> Iterator[Places]:
    """The same snapshot, read by another engine."""
    with Places(made_up.snapshot, country, ListReader(country)) as places:
        yield places


def test_both_engines_have_the_same_columns(made_up: Places, other: Places) -> None:
    assert dict(made_up.reader.columns) == dict(other.reader.columns)


def test_both_engines_list_the_same_places_and_towns(made_up: Places, other: Places) -> None:
    assert dict(made_up.municipalities) == dict(other.municipalities)
    assert dict(made_up.regions) == dict(other.regions)
    assert read_towns(made_up) == read_towns(other)


def test_both_engines_answer_every_kind_of_condition_alike(made_up: Places, other: Places) -> None:
    asked: list[tuple[str, tuple[str, ...], dict[str, object]]] = [
        ("population", ("municipality", "persons"), {"year": [2020, 2021]}),
        ("unemployment", ("municipality", "month"), {"persons": None}),
        ("commuting", ("home", "year", "persons"), {"home": SameAs("work")}),
        ("town", ("town", "date", "part"), {"part": False}),
        ("town", ("town",), {"name": []}),
    ]
    for table, columns, where in asked:
        assert made_up.rows(table, columns, **where) == other.rows(table, columns, **where), table
    assert made_up.years("population") == other.years("population")


def test_a_column_that_is_compared_with_must_be_there(made_up: Places) -> None:
    with pytest.raises(KeyError):
        made_up.rows("commuting", ("home",), home=SameAs('work" OR "home'))


def test_both_engines_give_the_same_ways(made_up: Places, other: Places) -> None:
    assert made_up.travel.codes == other.travel.codes
    assert np.array_equal(made_up.travel.minutes, other.travel.minutes)
    assert np.array_equal(made_up.travel.ferry, other.travel.ferry)


def test_both_engines_give_the_same_indicators_and_peers(made_up: Places, other: Places) -> None:
    codes, question = list(made_up.municipalities), Question(date=dt.date(2023, 6, 1))
    for name, indicator in all_indicators().items():
        one, two = (indicator.compute(places, question, codes) for places in (made_up, other))
        assert one == two, name
    assert peers(made_up, codes[0], 3) == peers(other, codes[0], 3)


def test_a_way_to_a_place_that_is_no_more_is_left_out(country: Path) -> None:
    with open_places(country) as places:
        ends = places.arrays("travel_time", ("origin", "destination", "minutes"))
        assert len({len(each) for each in ends}) == 1
        assert places.travel.minutes.shape == (len(places.municipalities),) * 2
