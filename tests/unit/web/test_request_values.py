"""Small values from addresses and forms: whatever is sent, something plain comes of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tyngdepunkt.web.request_values import clean, parsed, whole


@pytest.mark.parametrize("text", ["", "²", "-1", "1.0", "1e9", "٣", "9" * 400, None])
def test_what_is_no_whole_number_is_the_default(text: str | None) -> None:
    assert whole(text, 7) == 7


@given(st.integers(0, 10**9 - 1))
def test_a_whole_number_is_itself(number: int) -> None:
    assert whole(str(number)) == number


@given(st.text(st.characters()))
def test_clean_text_can_be_written_anywhere(text: str) -> None:
    clean(text).encode()
    assert clean(clean(text)) == clean(text)


@given(st.recursive(st.none() | st.booleans() | st.integers(0, 999) | st.just("Så"), st.lists))
def test_json_of_ours_comes_back(value: Any) -> None:
    assert parsed(json.dumps(value)) == value


@pytest.mark.parametrize("text", ["NaN", "[Infinity]", "{", "[" * 100_000, "9" * 400, ""])
def test_what_is_no_json_is_nothing(text: str) -> None:
    assert parsed(text) is None
