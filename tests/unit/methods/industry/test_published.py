"""Answers that have been published elsewhere, to every digit that is printed there."""

import pytest

from tyngdepunkt.methods import industry


def test_location_quotient_of_farhauer_and_kroell() -> None:
    own, whole = [1714, 79006 - 1714], [879213, 15593224 - 879213]
    found = industry.location_quotient(own, whole)
    assert round(float(found[0]), 7) == 0.3847623
    stated = industry.location_quotient([1714], [879213], totals=79006, reference_total=15593224)
    assert stated[0] == pytest.approx(found[0], rel=1e-14)


def test_krugman_of_places_with_nothing_in_common_is_two() -> None:
    assert industry.krugman([20, 10, 70, 0, 0], [0, 0, 0, 60, 40]) == pytest.approx(2, abs=1e-15)
    assert industry.hoover([20, 10, 70, 0, 0], [0, 0, 0, 60, 40]) == pytest.approx(1, abs=1e-15)


def test_gini_of_specialisation_in_reat() -> None:
    found = industry.gini([700, 600, 500, 10000, 40000], [30000, 15000, 10000, 60000, 50000])
    assert round(float(found), 7) == 0.6222222


def test_herfindahl_of_doersam() -> None:
    found = industry.herfindahl([20, 50, 20, 10])
    assert round(float(found.plain), 10) == 0.34
    assert round(float(found.normalised), 10) == 0.12
    assert round(float(found.equivalent), 2) == 2.94


AUSTRIA = {"Wien": 500_000, "Linz": 400_000, "Graz": 100_000}
PLANTS = [200, 650, 12_000, 100, 50, 16_000, 13_000, 1500, 1500, 25_000]
LIE_IN = ["Wien"] * 5 + ["Linz"] * 4 + ["Graz"]


def test_ellison_glaeser_of_farhauer_and_kroell() -> None:
    names = list(AUSTRIA)
    found = industry.ellison_glaeser(PLANTS, [names.index(name) for name in LIE_IN], list(AUSTRIA.values()))
    assert round(found.gamma, 8) == 0.05990628


def test_ellison_glaeser_with_places_paired_wrongly_is_the_known_fault() -> None:
    names = sorted(AUSTRIA)
    found = industry.ellison_glaeser(PLANTS, [names.index(name) for name in LIE_IN], list(AUSTRIA.values()))
    assert round(found.gamma, 4) == -0.2531


START, END = [400, 150, 150, 400], [440, 210, 135, 480]
REGIONS = {
    "A": ([90, 20, 10, 60], [100, 40, 10, 55], (25, 27, 1, -3)),
    "B": ([60, 30, 30, 40], [85, 55, 40, 35], (55, 24, -1, 32)),
}


@pytest.mark.parametrize("region", REGIONS)
def test_shift_share_of_two_regions(region: str) -> None:
    before, after, answer = REGIONS[region]
    found = industry.shift_share(before, after, START, END)
    parts = (found.change, found.national, found.industry_mix, found.regional)
    assert tuple(float(part.sum()) for part in parts) == pytest.approx(answer, abs=1e-12)
