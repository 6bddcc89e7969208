"""What answers share as JSON."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from types import MappingProxyType

import msgspec
import pytest

from tyngdepunkt.json_types import from_attributes, plain


class Told(msgspec.Struct):
    name: str
    value: float | None
    day: dt.date


@dataclass(frozen=True)
class Kept:
    name: str
    value: float
    other: int = 0


def test_a_struct_takes_the_attributes_of_the_same_names_and_what_is_given():
    made = from_attributes(Told, Kept("a", 1.5), day=dt.date(2026, 1, 2))
    assert made == Told("a", 1.5, dt.date(2026, 1, 2))
    assert from_attributes(Told, Kept("a", 1.5), day=dt.date(2026, 1, 2), value=None).value is None


def test_a_field_that_nobody_fills_is_refused():
    with pytest.raises(TypeError):
        from_attributes(Told, Kept("a", 1.5))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.1 + 0.2, 0.3),
        (-0.0, 0.0),
        (3, 3),
        (True, True),
        ((1.00000000001, None), [1.0, None]),
        (MappingProxyType({"a": (1e-11,)}), {"a": [0.0]}),
        (dt.date(2026, 1, 2), "2026-01-02"),
    ],
)
def test_numbers_lose_the_noise_of_the_last_bits_and_the_rest_is_plain(value, expected):
    found = plain(value, 10)
    assert json.dumps(found) == json.dumps(expected)
