"""Numbers: the table of examples, and what holds for every number."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import number_examples as examples
from tyngdepunkt import texts
from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs import numbers


def answer(read: Any, value: Any, **options: Any) -> Any:
    """What a reader answers: a pair, None, or the name of its fault."""
    try:
        return read(value, **options)
    except UserError as error:
        return error.faults[0].key.removeprefix("inputs:")


@pytest.mark.parametrize(("text", "right"), examples.EXAMPLES.items())
def test_a_text_is_read_as_the_table_says(text: str, right: examples.Answer) -> None:
    assert answer(numbers.span, text) == right


@pytest.mark.parametrize(("value", "right"), examples.TYPED)
def test_a_typed_value_is_taken_as_it_is(value: Any, right: examples.Answer) -> None:
    assert answer(numbers.span, value) == right


@pytest.mark.parametrize(("text", "right"), examples.SHARES.items())
def test_a_share_is_the_same_in_files_and_forms_or_asked_about(text: Any, right: Any) -> None:
    assert (
        answer(numbers.share_span, text),
        answer(numbers.share_span, text, in_percent=True),
    ) == right


def test_a_change_can_be_below_nothing_and_above_all() -> None:
    assert numbers.share_span("−5 %", signed=True) == (-0.05, -0.05)
    assert numbers.share_span("120 %", signed=True) == (1.2, 1.2)
    assert answer(numbers.share_span, "-5", signed=True) == "share_above_one"


@pytest.mark.parametrize("nothing", ["-0", "−0,0", "-0 til 0", -0.0, [-0.0, 0]])
def test_nothing_has_no_sign(nothing: Any) -> None:
    assert [str(end) for end in numbers.span(nothing) or ()] == ["0.0", "0.0"]
    assert numbers.whole("-0") == 0


@pytest.mark.parametrize("text", ["1.9", "0,5", "12,50"])
def test_a_count_is_never_rounded(text: str) -> None:
    with pytest.raises(UserError) as caught:
        numbers.whole(text)
    assert caught.value.faults[0].key == "inputs:not_whole"


def test_one_number_is_not_a_range() -> None:
    assert numbers.number("1 200,5") == 1200.5
    assert numbers.number("ukjent") is None
    assert answer(numbers.number, "10–15") == "not_one_number"
    assert answer(numbers.share, "10–15 %") == "not_one_share"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1.200", ("«1.200» kan være 1200 eller 1,2.", "Skriv 1200 eller 1,2.")),
        ("1,234", ("«1,234» kan være 1234 eller 1,234.", "Skriv 1234 eller 1,2340.")),
        ("10–15 000", ("«10–15 000» kan begynne på 10000 eller på 10.", "Skriv 10000–15000 eller 10–15000.")),
    ],
)
def test_doubt_is_told_with_both_readings_and_each_can_be_sent_back(text: str, told: Any) -> None:
    with pytest.raises(UserError) as caught:
        numbers.span(text)
    lines = texts.fault_lines(caught.value.faults[0], "nb")
    assert (lines["what"], lines["do"]) == told
    for remedy in lines["do"].removeprefix("Skriv ").removesuffix(".").split(" eller "):
        assert numbers.span(remedy) is not None


def test_a_bare_number_where_a_share_is_wanted_is_asked_about() -> None:
    with pytest.raises(UserError) as caught:
        numbers.share(30)
    assert "30 %?" in texts.fault_lines(caught.value.faults[0], "nb")["what"]


def test_a_fault_is_placed_by_the_caller() -> None:
    with pytest.raises(UserError) as caught:
        numbers.span("mange")
    assert [fault.where for fault in caught.value.at("line 3").faults] == ["line 3"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12345678, "12 345 678"),
        (123456.7, "123 456,7"),
        (1.234, "1,2340"),
        (1234.567, "1 234,567"),
        (-1200.0, "−1 200"),
        ((10.0, 15.0), "10–15"),
        ([1200, 1300], "1 200–1 300"),
        ((10.0, 15000.0), "10–15000"),
        ((-10.0, -5.0), "−10–−5"),
        ((12.0, 12.0), "12"),
        (None, ""),
        ("unknown", ""),
        ("ca 25", "ca 25"),
        ("mange", "mange"),
    ],
)
def test_a_number_is_written_as_people_write_it(value: Any, text: str) -> None:
    assert numbers.written(value).replace(numbers.NBSP, " ") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.3, "30 %"),
        (0.07, "7 %"),
        ((0.125, 0.2), "12,5–20 %"),
        (0.003, "0,3 %"),
        (1, "100 %"),
        (0.29, "29 %"),
    ],
)
def test_a_share_is_written_in_per_cent(value: Any, text: str) -> None:
    assert numbers.written(value, percent=True).replace(numbers.NBSP, " ") == text


finite = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15),
    st.integers(-(10**12), 10**12).map(float),
    st.decimals(-(10**9), 10**9, places=3).map(float),
)


@given(finite)
@example(1.234)
@example(1200.0)
@example(0.1 + 0.2)
@example(5e-324)
@example(12345678.0)
def test_what_is_written_reads_back_as_the_same_number(value: float) -> None:
    assert numbers.span(numbers.written(value)) == (value, value)
    assert float(numbers.in_file(value)) == value
    assert "e" not in numbers.in_file(value) + numbers.written(value)


@given(finite, finite)
@example(10.0, 15000.0)
@example(10.5, 15000.0)
@example(-15000.0, -10.0)
@example(1.0, 3000000.0)
def test_a_range_reads_back_as_the_same_range(one: float, other: float) -> None:
    pair = (min(one, other), max(one, other))
    assert numbers.span(numbers.written(pair)) == pair
    assert numbers.span(numbers.typed(pair)) == pair


@given(st.floats(0, 1))
@example(0.29)
@example(0.003)
def test_a_share_reads_back_as_the_same_share_in_form_and_file(value: float) -> None:
    text = numbers.written(value, percent=True)
    assert numbers.share(text) == numbers.share(text, in_percent=True) == value
    assert numbers.share(value) == value


@given(st.text(alphabet="0123456789 .,-–[]%eac\u00a0\u202f", max_size=14))
def test_no_text_is_two_numbers_by_two_readers(text: str) -> None:
    span, in_file, in_form = (
        answer(numbers.span, text),
        answer(numbers.share_span, text),
        answer(numbers.share_span, text, in_percent=True),
    )
    if isinstance(in_file, tuple) and isinstance(in_form, tuple):
        assert in_file == in_form
    if isinstance(span, tuple) and isinstance(in_file, tuple):
        assert span == in_file


@given(st.text(max_size=60))
def test_any_text_is_a_number_unknown_or_a_fault_in_three_languages(text: str) -> None:
    found = answer(numbers.span, text)
    if isinstance(found, str):
        assert set(texts.texts_of("inputs")[found]) == {"what", "why", "do"}


@given(st.decimals(1, 999, places=0), st.integers(0, 999))
def test_three_digits_after_one_mark_are_never_taken(whole: Decimal, part: int) -> None:
    for mark in ".,":
        assert answer(numbers.span, f"{whole}{mark}{part:03}") == "thousands_in_doubt"
