"""Dates: how people write them, what is asked about, and what holds for every day."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tyngdepunkt import texts
from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs import dates

JUNE = dt.date(2023, 6, 1)


def day(year: int, month: int = 1, number: int = 1) -> dt.date:
    return dt.date(year, month, number)


DAYS: list[Any] = [
    "2023-06-01", "20230601", "2023-06-01 00:00:00", "2023-06-01T00:00:00", "1.6.2023", "01.06.2023",
    "1. 6. 2023", "01.06.2023 ", "1/6-2023", "1.6-2023", "1. juni 2023", "1 juni 2023", "1. Juni 2023",
    "1. jun. 2023", "1 June 2023", "1st June 2023", "June 1, 2023", "Jun 1 2023", "1.\u00a0juni\u00a02023",
    20230601, 20230601.0, "45078", 45078, 45078.5, JUNE, dt.datetime(2023, 6, 1, 12, tzinfo=dt.UTC),
]  # fmt: skip
PERIODS: dict[Any, tuple[dt.date, dt.date]] = {
    "2023": (day(2023), day(2023, 12, 31)),
    2023: (day(2023), day(2023, 12, 31)),
    2009.0: (day(2009), day(2009, 12, 31)),
    "2009.0": (day(2009), day(2009, 12, 31)),
    "2023-06": (day(2023, 6), day(2023, 6, 30)),
    "06.2023": (day(2023, 6), day(2023, 6, 30)),
    "6/2023": (day(2023, 6), day(2023, 6, 30)),
    "februar 2024": (day(2024, 2), day(2024, 2, 29)),
    "2005-2009": (day(2005), day(2009, 12, 31)),
    "2005–2009": (day(2005), day(2009, 12, 31)),
    "2005/2009": (day(2005), day(2009, 12, 31)),
    "2005 til 2009": (day(2005), day(2009, 12, 31)),
    "[2005, 2009]": (day(2005), day(2009, 12, 31)),
    "1.1.2005–31.12.2009": (day(2005), day(2009, 12, 31)),
    "1.1.2005 til 31.12.2009": (day(2005), day(2009, 12, 31)),
    "2005-01-01/2009-12-31": (day(2005), day(2009, 12, 31)),
    "2005-01-01 - 2009-12-31": (day(2005), day(2009, 12, 31)),
    "juni 2023 – 31. august 2023": (day(2023, 6), day(2023, 8, 31)),
}
FAULTS: dict[Any, str] = {
    "1.6.23": "short_year",
    "01.06.99": "short_year",
    "1/6-23": "short_year",
    "1/6/23": "short_year",
    "1. juni 23": "short_year",
    "2005–09": "years_in_doubt",
    "2009 – 11": "years_in_doubt",
    "2023\n06": "not_a_date",
    "01/06/2023": "day_or_month",
    "1-6-2023": "day_or_month",
    "30.2.2023": "not_a_date",
    "2023-02-30": "not_a_date",
    "2023-W01-1": "not_a_date",
    "1.13.2023": "not_a_date",
    "i går": "not_a_date",
    "": "not_a_date",
    "19": "not_a_date",
    "3. kvartal 2023": "not_a_date",
    "2009–2005": "turned_period",
    True: "not_a_date",
    float("nan"): "not_a_date",
    float("inf"): "not_a_date",
    0.5: "not_a_date",
    "9" * 500: "not_a_date",
}


@pytest.mark.parametrize("written", DAYS)
def test_a_day_is_read_however_it_is_written(written: Any) -> None:
    assert dates.date(written) == JUNE


@pytest.mark.parametrize(("written", "right"), PERIODS.items())
def test_a_year_a_month_or_a_period_is_its_first_and_last_day(written: Any, right: Any) -> None:
    assert dates.period(written) == right


def test_a_pair_of_cells_is_a_period() -> None:
    assert dates.period([2005, "31.12.2009"]) == (day(2005), day(2009, 12, 31))
    for wrong in ([2005], [2005, 2006, 2007], [2005, [2006, 2007]], [2005, "i går"]):
        with pytest.raises(UserError):
            dates.period(wrong)


@pytest.mark.parametrize(("written", "key"), FAULTS.items())
def test_what_is_no_date_or_in_doubt_is_a_fault(written: Any, key: str) -> None:
    with pytest.raises(UserError) as caught:
        dates.period(written)
    assert caught.value.faults[0].key == f"inputs:{key}"
    for lang in ("nb", "nn", "en"):
        texts.fault_lines(caught.value.faults[0], lang)


@pytest.mark.parametrize("written", ["2023", "juni 2023", "2005–2009"])
def test_where_a_day_is_wanted_a_year_is_asked_about(written: str) -> None:
    with pytest.raises(UserError) as caught:
        dates.date(written)
    assert caught.value.faults[0].key == "inputs:no_day"


@pytest.mark.parametrize("written", ["1.6.23", "01/06/2023", "1. juni 23"])
def test_each_remedy_can_be_sent_back(written: str) -> None:
    with pytest.raises(UserError) as caught:
        dates.date(written)
    told = texts.fault_lines(caught.value.faults[0], "nb")["do"]
    one, two = told.removeprefix("Skriv ").removesuffix(".").split(" eller ")
    assert dates.date(one) != dates.date(two)


def test_a_day_above_twelve_says_which_is_the_day() -> None:
    assert dates.date("25/06/2023") == dates.date("06/25/2023") == day(2023, 6, 25)


@given(st.dates(dt.date(1000, 1, 1)))
def test_what_is_written_reads_back_as_the_same_day(value: dt.date) -> None:
    assert dates.date(dates.written(value)) == value
    assert dates.date(value.isoformat()) == value
    for lang in ("nb", "nn", "en"):
        assert dates.date(texts.date(value, lang)) == value


@given(st.text(max_size=30))
def test_any_text_is_a_period_or_a_fault(text: str) -> None:
    try:
        first, last = dates.period(text)
    except UserError:
        return
    assert first <= last


class Compared(float):
    """A number that counts how often it is compared."""

    times = 0

    def __eq__(self, other: object) -> bool:
        self.times += 1
        return super().__eq__(other)

    __hash__ = float.__hash__


@pytest.mark.parametrize("number", [20230601.0, 1e5, 1e308, 99999999.0])
def test_a_number_cell_is_not_looked_for_one_day_at_a_time(number: float) -> None:
    """One such cell took four seconds: `in` walks through a range for what is no whole number."""
    cell = Compared(number)
    with suppress(UserError):
        assert dates.period(cell) == (dt.date(2023, 6, 1), dt.date(2023, 6, 1))
    assert cell.times < 10
