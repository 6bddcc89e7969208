"""What always holds of the measures, whatever the figures."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tyngdepunkt.methods import industry
from tyngdepunkt.methods.validation import Floats

INDUSTRIES = 5


def rows_of(least: int, most: int = 50_000) -> st.SearchStrategy[Floats]:
    """Rows of whole numbers, one for each industry."""
    return st.lists(st.integers(least, most), min_size=INDUSTRIES, max_size=INDUSTRIES).map(
        lambda row: np.array(row, dtype=float)
    )


place = rows_of(0).filter(lambda row: row.sum() > 0)
full = rows_of(1)


@given(place, full)
def test_shares_weigh_the_quotients_to_one(own: Floats, reference: Floats) -> None:
    quotients = industry.location_quotient(own, reference)
    assert quotients @ (reference / reference.sum()) == pytest.approx(1)
    additive = industry.location_quotient(own, reference, form="additive")
    assert additive.sum() == pytest.approx(0, abs=1e-12)


@given(place, full)
def test_bounds_and_kin(own: Floats, reference: Floats) -> None:
    krugman = float(industry.krugman(own, reference))
    assert 0 <= krugman <= 2 + 1e-12
    assert krugman == pytest.approx(float(industry.krugman(reference, own)))
    assert float(industry.hoover(own, reference)) == pytest.approx(krugman / 2)
    assert -1e-12 <= float(industry.gini(own, reference)) <= 1 - 1 / INDUSTRIES + 1e-12
    assert float(industry.relative_entropy(own, reference)) >= -1e-12
    # Pinsker: half the square of the distance is at most the relative entropy
    assert krugman**2 / 2 <= float(industry.relative_entropy(own, reference)) + 1e-9


@given(full)
def test_a_place_like_its_reference_is_not_specialised(own: Floats) -> None:
    twice = own * 2
    assert industry.location_quotient(twice, own) == pytest.approx(np.ones(INDUSTRIES))
    for measure in (industry.krugman, industry.hoover, industry.gini, industry.relative_entropy):
        assert float(measure(twice, own)) == pytest.approx(0, abs=1e-12)


@given(place, st.permutations(range(INDUSTRIES)), full)
def test_the_order_of_the_industries_means_nothing(own: Floats, order: list[int], reference: Floats) -> None:
    for measure in (industry.krugman, industry.gini, industry.relative_entropy):
        assert float(measure(own[order], reference[order])) == pytest.approx(float(measure(own, reference)))
    assert float(industry.entropy(own[order])) == pytest.approx(float(industry.entropy(own)))


@given(place)
def test_herfindahl_and_entropy_agree_on_the_ends(own: Floats) -> None:
    found = industry.herfindahl(own)
    assert 1 / INDUSTRIES - 1e-12 <= float(found.plain) <= 1 + 1e-12
    assert -1e-12 <= float(found.normalised) <= 1 + 1e-12
    # Rényi entropies fall with their order: the equivalent number is at most exp(Shannon)
    assert float(found.equivalent) <= math.exp(float(industry.entropy(own))) + 1e-9


@given(place, rows_of(0, 2))
def test_variety_adds_up_and_neither_part_is_negative(own: Floats, groups: Floats) -> None:
    found = industry.variety(own, groups)
    assert float(found.related) >= -1e-12
    assert float(found.unrelated) >= 0
    assert float(found.unrelated + found.related) == pytest.approx(float(industry.entropy(own)))


def test_a_place_without_any_industry_has_no_measure() -> None:
    nothing, reference = np.zeros(INDUSTRIES), np.arange(1.0, INDUSTRIES + 1)
    assert np.isnan(industry.location_quotient(nothing, reference)).all()
    for measure in (industry.krugman, industry.gini, industry.hoover, industry.relative_entropy):
        assert np.isnan(measure(nothing, reference))
    assert np.isnan(industry.entropy(nothing))
    assert np.isnan(industry.herfindahl(nothing).plain)


def test_an_industry_the_reference_lacks_has_no_quotient_and_no_bounded_gini() -> None:
    own, reference = [5.0, 5.0], [10.0, 0.0]
    assert np.isnan(industry.location_quotient(own, reference)[1])
    assert np.isnan(industry.gini(own, reference))
    assert np.isinf(industry.relative_entropy(own, reference))
    assert float(industry.krugman(own, reference)) == 1


@pytest.mark.parametrize("wrong", [[1.0, -1.0], [1.0, float("nan")], [1.0, float("inf")]])
def test_negative_and_missing_values_are_refused(wrong: list[float]) -> None:
    for measure in (industry.entropy, industry.herfindahl, industry.specialised):
        with pytest.raises(ValueError, match="at least 0"):
            measure(np.array([wrong, wrong]))
    with pytest.raises(ValueError, match="at least 0"):
        industry.shift_share(wrong, [1, 1], [1, 1], [1, 1])


@given(place, place, full, full)
def test_the_parts_of_each_form_add_up(own: Floats, after: Floats, first: Floats, last: Floats) -> None:
    classic = industry.shift_share(own, after, first, last)
    assert classic.national + classic.industry_mix + classic.regional == pytest.approx(after - own, abs=1e-6)
    other = industry.esteban_marquillas(own, after, first, last)
    assert other.allocation is not None
    assert other.national + other.industry_mix + other.regional + other.allocation == pytest.approx(
        after - own, abs=1e-6
    )
    stepwise = industry.dynamic([own, after], [first, last])
    assert stepwise.regional == pytest.approx(classic.regional)


def test_dynamic_takes_each_step_at_its_own_rates() -> None:
    own = np.array([[100, 0], [200, 50], [150, 80]], float)
    reference = np.array([[1000, 500], [1500, 400], [1200, 900]], float)
    found = industry.dynamic(own, reference)
    assert found.change.tolist() == [50, 80]
    first = industry.shift_share(own[0], own[1], reference[0], reference[1])
    second = industry.shift_share(own[1], own[2], reference[1], reference[2])
    assert found.regional == pytest.approx(first.regional + second.regional)
    assert found.national != pytest.approx(
        industry.shift_share(own[0], own[2], reference[0], reference[2]).national
    )
    with pytest.raises(ValueError, match="at least two"):
        industry.dynamic(own[:1], reference[:1])


def test_the_competitive_effect_is_that_of_the_reference_structure() -> None:
    own, after = np.array([90, 10], float), np.array([99, 20], float)
    first, last = np.array([100, 100], float), np.array([105, 105], float)
    found = industry.esteban_marquillas(own, after, first, last)
    assert found.regional == pytest.approx([50 * (0.10 - 0.05), 50 * (1.0 - 0.05)])


def test_ellison_glaeser_refuses_what_has_no_answer() -> None:
    with pytest.raises(ValueError, match="employees"):
        industry.ellison_glaeser([0, 0], [0, 1], [10, 10])
    with pytest.raises(ValueError, match="two places"):
        industry.ellison_glaeser([1, 2], [0, 0], [10, 0])
    assert math.isnan(industry.ellison_glaeser([5], [0], [10, 10]).gamma)


@given(
    st.lists(st.tuples(st.integers(1, 500), st.integers(0, 2)), min_size=2, max_size=12),
    st.permutations(range(3)),
)
def test_ellison_glaeser_does_not_hang_on_the_order_of_the_places(
    plants: list[tuple[int, int]], order: list[int]
) -> None:
    sizes, places = [size for size, _ in plants], [at for _, at in plants]
    jobs = np.array([5000, 3000, 2000])
    turned = [order.index(at) for at in places]
    one, two = (
        industry.ellison_glaeser(sizes, places, jobs),
        industry.ellison_glaeser(sizes, turned, jobs[order]),
    )
    assert one.gamma == pytest.approx(two.gamma)


def test_thin_cells_have_one_or_two_units() -> None:
    assert industry.thin([0, 1, 2, 3]).tolist() == [False, True, True, False]


def test_the_largest_share_lies_where_the_classes_allow() -> None:
    # one unit of 10-19, two of 1-4, together 20: the largest has between 12 and 18
    found = industry.largest_share_between([0, 2, 0, 1, 0], [0, 1, 5, 10, 20], 20)
    assert found is not None
    assert (round(found[0] * 20, 9), round(found[1] * 20, 9)) == (12, 18)
    assert industry.largest_share_between([0, 0], [0, 1], 20) is None
    assert industry.largest_share_between([0, 5], [0, 10], 20) is None


@given(st.lists(st.integers(1, 60), min_size=1, max_size=15))
def test_the_true_largest_share_is_always_inside(sizes: list[int]) -> None:
    lowest = [0, 1, 5, 10, 20, 50]
    units = np.bincount(np.searchsorted(lowest, sizes, side="right") - 1, minlength=len(lowest))
    found = industry.largest_share_between(units, lowest, sum(sizes))
    assert found is not None
    assert found[0] - 1e-9 <= max(sizes) / sum(sizes) <= found[1] + 1e-9
