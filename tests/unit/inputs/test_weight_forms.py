"""Weights as a form asks for them and as a file holds them, whatever it is that is weighed."""

import jsonschema
import pytest

from tyngdepunkt.inputs import weight_forms


@pytest.mark.parametrize(
    "written",
    [
        weight_forms.points({"a": 40, "b": 30}, ["c"]),
        weight_forms.points({"a": None}, ["a"]),
        weight_forms.ranges({"a": (10, None), "b": (None, None)}),
        weight_forms.order({"a": "2", "b": "1.", "c": "2"}),
    ],
)
def test_what_a_form_makes_is_what_a_file_may_hold(written: object) -> None:
    jsonschema.validate(written, weight_forms.schema())


@pytest.mark.parametrize(
    "written", [{"a": 101}, {"a": [1, 2, 3]}, {}, "some", weight_forms.order({"a": "no"})]
)
def test_what_a_file_may_not_hold_is_refused(written: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(written, weight_forms.schema())


def test_points_are_shared_out_to_exactly_a_hundred() -> None:
    shared = weight_forms.scaled({"a": 1, "b": 1, "c": 1, "d": 4})
    assert sum(shared.values()) == pytest.approx(100, abs=1e-9)
    assert weight_forms.scaled({"a": [0, 100]}) == {"a": [0, 100]}
    assert weight_forms.total({"a": 0}) is None
