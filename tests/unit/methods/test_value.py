"""Value functions: anchors, steps, and the two faults seen in other tools."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.methods.value import (
    NEUTRAL,
    Identity,
    Linear,
    MinMax,
    Piecewise,
    Step,
    value_matrix,
)

FIGURES = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=12)
FUNCTIONS = [
    Linear(90, 30),
    Piecewise(((0, 0), (10, 0.5), (40, 1))),
    Step(((0, 0.2), (20, 1))),
    MinMax("max"),
    MinMax("min"),
]


def test_piecewise_is_the_worked_example_of_the_r_package_smaa() -> None:
    # smaa (van Valkenhoef & Tervonen), help page of smaa.pvf: cut-offs 50, 75, 90, 100
    function = Piecewise(((50, 1), (75, 0.8), (90, 0.5), (100, 0)))
    assert function([50, 90, 100, 10, 40, 101, 120]) == pytest.approx([1, 0.5, 0, 1, 1, 0, 0])


def test_a_line_between_anchors_in_either_direction() -> None:
    assert Linear(worst=90, best=30)([120, 90, 60, 30, 0]) == pytest.approx([0, 0, 0.5, 1, 1])
    assert Linear(worst=0, best=4)([1, 3]) == pytest.approx([0.25, 0.75])


def test_a_step_holds_from_its_figure_on() -> None:
    step = Step(((0, 0.2), (20, 0.6), (50, 1.0)))
    assert step([-5, 0, 19.9, 20, 49, 50, 80]).tolist() == [0.2, 0.2, 0.2, 0.6, 0.6, 1.0, 1.0]


def test_a_criterion_equal_for_all_does_not_divide_by_zero() -> None:
    assert MinMax("max")([7.0, 7.0, 7.0]).tolist() == [NEUTRAL] * 3
    assert MinMax("min")([7.0, 7.0, 7.0]).tolist() == [NEUTRAL] * 3


def test_identity_negates_where_little_is_better() -> None:
    assert Identity("min")([3.0, 0.0]).tolist() == [-3.0, 0.0]
    assert Identity("max")([3.0, 0.0]).tolist() == [3.0, 0.0]


@pytest.mark.parametrize("function", [*FUNCTIONS, Identity()])
def test_a_missing_figure_is_never_passed_on(function: object) -> None:
    with pytest.raises(ValueError, match="missing figure"):
        function([1.0, np.nan])  # type: ignore[operator]


def test_drawn_points_must_rise_and_be_known() -> None:
    for points in [((0, 0), (0, 1)), ((1, 0), (0, 1)), ((0, 0),), ((0, 0), (1, float("nan")))]:
        with pytest.raises(ValueError, match="point"):
            Piecewise(points)
    with pytest.raises(ValueError, match="differ"):
        Linear(3, 3)


def test_whether_drawn_points_only_rise_or_only_fall() -> None:
    assert Piecewise(((0, 1), (5, 0.4), (9, 0))).monotone
    assert not Piecewise(((0, 0), (5, 1), (9, 0))).monotone


def test_a_batch_of_draws_is_valued_draw_by_draw() -> None:
    draws = np.array([[1.0, 2.0, 3.0], [10.0, 30.0, 20.0]])
    assert MinMax()(draws).tolist() == [[0, 0.5, 1], [0, 1, 0.5]]


@given(FIGURES)
@settings(max_examples=60, deadline=None)
def test_values_lie_from_0_to_1(figures: list[float]) -> None:
    for function in FUNCTIONS:
        values = function(figures)
        assert values.min() >= 0
        assert values.max() <= 1


@given(FIGURES, st.floats(1e-3, 1e3), st.floats(-1e3, 1e3))
@settings(max_examples=60, deadline=None)
def test_the_unit_of_a_criterion_changes_nothing(figures: list[float], factor: float, shift: float) -> None:
    if np.ptp(figures) < 1e-3 and np.ptp(figures) > 0:
        return  # what the shift would round away
    moved = np.array(figures) * factor + shift
    assert MinMax("max")(moved) == pytest.approx(MinMax("max")(figures), abs=1e-6)


def test_one_function_per_criterion() -> None:
    with pytest.raises(ValueError, match="value functions"):
        value_matrix(np.ones((2, 3)), (MinMax(),))
