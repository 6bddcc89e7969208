"""A figure is never bare, and missing is never zero."""

import pytest

from tyngdepunkt.figures import Figure, Quality, absent, weakest


@pytest.mark.parametrize("quality", [each for each in Quality if not each.has_value])
def test_a_figure_without_value_says_why(quality):
    assert absent("persons", quality).interval is None
    with pytest.raises(ValueError, match=str(quality)):
        Figure(0.0, "persons", quality)


@pytest.mark.parametrize("quality", [each for each in Quality if each.has_value])
def test_a_figure_of_a_kind_that_has_a_value_must_have_one(quality):
    assert Figure(0.0, "persons", quality).interval == (0.0, 0.0)
    with pytest.raises(ValueError, match=str(quality)):
        Figure(None, "persons", quality)


def test_a_result_inherits_the_weakest_quality():
    assert weakest([Quality.MEASURED, Quality.ASSUMED, Quality.ESTIMATED]) is Quality.ASSUMED
    assert weakest([Quality.ASSUMED, Quality.SUPPRESSED]) is Quality.SUPPRESSED
    assert weakest([]) is Quality.MEASURED
