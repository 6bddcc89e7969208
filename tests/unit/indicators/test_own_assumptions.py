"""A case's own cost ranges take the place of the assumptions, and say where they are from."""

from __future__ import annotations

import pytest

from tyngdepunkt import open_places
from tyngdepunkt.analyses.location.assess import assess
from tyngdepunkt.analyses.location.input.read import case_from_text
from tyngdepunkt.indicators.prices import raised

CASE = """
title: Flytting
date: 2023-06-01
trigger: relocation
unit: {name: Enheten, jobs: 10}
moved_from: [{place: Oslo, jobs: 10}]
alternatives: [Røros, Sogndal, Gjøvik]
"""
COSTS = "costs: {one_off_per_job: [100000, 200000], rent_per_m2: [1000, 1000], source: Egen beregning 2023}\n"


@pytest.fixture(scope="module")
def places():
    with open_places() as found:
        yield found


def _figure(text: str, places, indicator: str):
    return assess(case_from_text(text, places), places).alternatives[0].measurements[indicator].figure


def test_the_case_s_own_cost_per_post_is_used_and_cited(places):
    figure = _figure(CASE + COSTS, places, "one_off_cost")
    assert figure.interval == (1_000_000, 2_000_000)
    assert [source.reference for source in figure.sources] == ["Egen beregning 2023"]


def test_without_own_ranges_the_audits_are_used(places):
    figure = _figure(CASE, places, "one_off_cost")
    assert figure.interval == pytest.approx((10e6 * raised(2006), 13e6 * raised(2006)))
    assert "Egen" not in figure.sources[0].reference


def test_the_case_s_own_rent_per_square_metre_is_used(places):
    figure = _figure(CASE + COSTS, places, "rent_per_year")
    assert figure.interval == (10 * 23 * 1000, 10 * 28 * 1000)
