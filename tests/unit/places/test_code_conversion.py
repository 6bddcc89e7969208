"""Series over time: what goes in comes out, mergers are exact, splits are marked, nothing becomes 0."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.errors import UserError
from tyngdepunkt.figures import Quality
from tyngdepunkt.places import Places, open_places
from tyngdepunkt.places.code_conversion import CodeBook, CodeValue

STRUCTURES = (2017, 2018, 2019, 2020, 2023, 2024)
PAIRS = list(itertools.product(STRUCTURES, repeat=2))


@pytest.fixture(scope="module")
def book() -> CodeBook:
    with open_places("embedded") as places:
        return places.codes


def _total(series: dict[str, CodeValue]) -> float:
    return math.fsum(part.value for part in series.values() if part.value is not None)


def test_all_six_structures_are_there(book: CodeBook) -> None:
    assert book.structures == STRUCTURES
    assert [len(book.codes[year]) for year in STRUCTURES] == [426, 422, 422, 356, 356, 357]


@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_the_total_is_kept_between_any_two_structures(book: CodeBook, start: int, end: int) -> None:
    series = {code: float(place * 7 % 1001) for place, code in enumerate(sorted(book.codes[start]))}
    found = book.convert(series, start, end)
    assert found.keys() == book.codes[end]
    assert _total(found) == pytest.approx(sum(series.values()), rel=1e-12)


@given(data=st.data(), pair=st.sampled_from(PAIRS))
@settings(max_examples=40, deadline=None)
def test_forwards_and_back_keeps_the_total(
    book: CodeBook, data: st.DataObject, pair: tuple[int, int]
) -> None:
    seed = data.draw(st.randoms(use_true_random=False))
    series = {code: seed.randrange(0, 10**6) / 8 for code in sorted(book.codes[pair[0]])}
    there = book.convert(series, *pair)
    back = book.convert(there, *reversed(pair))
    assert back.keys() == series.keys()
    assert _total(back) == pytest.approx(math.fsum(series.values()), rel=1e-12)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_the_same_structure_changes_nothing(book: CodeBook, structure: int) -> None:
    series = dict.fromkeys(book.codes[structure], 3.5)
    assert book.convert(series, structure, structure) == {
        code: CodeValue(3.5) for code in sorted(book.codes[structure])
    }


def test_a_merger_is_exact_and_measured(book: CodeBook) -> None:
    """Sunnfjord (4647) came of Førde, Naustdal, Gaular and Jølster in 2020 (Klass 131)."""
    series = {"1430": 10, "1431": 20, "1432": 30, "1433": 40}
    assert book.convert(series, 2019, 2024) == {"4647": CodeValue(100, Quality.MEASURED)}


def test_a_split_is_shared_out_and_marked(book: CodeBook) -> None:
    found = book.convert({"1507": 1000.0}, 2020, 2024)
    assert set(found) == {"1508", "1580"}
    assert {part.quality for part in found.values()} == {Quality.ESTIMATED}
    assert _total(found) == pytest.approx(1000)
    assert found["1508"].value > found["1580"].value  # type: ignore[operator]


def test_a_split_undone_is_exact_again(book: CodeBook) -> None:
    assert book.convert({"1508": 900, "1580": 100}, 2024, 2020) == {"1507": CodeValue(1000, Quality.MEASURED)}


def test_a_number_that_simply_changed_keeps_its_value(book: CodeBook) -> None:
    assert book.convert({"1640": 5500}, 2017, 2024) == {"5025": CodeValue(5500, Quality.MEASURED)}


@pytest.mark.parametrize("hidden", [None, CodeValue(None, Quality.SUPPRESSED)])
def test_a_hidden_part_hides_the_sum(book: CodeBook, hidden: CodeValue | None) -> None:
    series = {"1430": 10, "1431": hidden, "1432": 30, "1433": 40}
    quality = Quality.MISSING if hidden is None else Quality.SUPPRESSED
    assert book.convert(series, 2019, 2024) == {"4647": CodeValue(None, quality)}


def test_a_part_that_was_not_given_hides_the_sum_too(book: CodeBook) -> None:
    """Half a sum would look like a whole one."""
    assert book.convert({"1432": 30}, 2019, 2024) == {"4647": CodeValue(None, Quality.MISSING)}


def test_a_hidden_value_that_is_split_stays_hidden(book: CodeBook) -> None:
    found = book.convert({"1507": None}, 2020, 2024)
    assert found == {code: CodeValue(None, Quality.MISSING) for code in ("1508", "1580")}


def test_a_quality_is_never_bettered(book: CodeBook) -> None:
    found = book.convert({"1640": CodeValue(5.0, Quality.ASSUMED)}, 2017, 2024)
    assert found["5025"].quality is Quality.ASSUMED


def test_all_strange_numbers_are_named_at_once(book: CodeBook) -> None:
    with pytest.raises(UserError) as caught:
        book.convert({"5025": 1, "1640": 2, "9999": 3}, 2017, 2024)
    (fault,) = caught.value.faults
    assert fault.key == "places:codes_not_in_structure"
    assert fault.values["codes"] == ["5025", "9999"]


def test_an_unknown_structure_names_the_known(book: CodeBook) -> None:
    with pytest.raises(UserError) as caught:
        book.convert({"5025": 1}, 2024, 1814)
    assert caught.value.faults[0].values == {"unknown": [1814], "known": STRUCTURES}


def test_the_function_takes_the_snapshot_it_is_given(made_up: Places) -> None:
    found = made_up.codes.convert({"0205": 100.0, "0203": 9.0}, 2020, 2024)
    assert {code: part.value for code, part in found.items()} == {"0201": 80.0, "0202": 20.0, "0203": 9.0}


def test_national_totals_survive_the_way_back_to_2019(norway: Places) -> None:
    people = norway.values("population", "persons", year=2024)
    back = norway.codes.convert(people, 2024, 2019)
    assert _total(back) == pytest.approx(5_550_203, rel=1e-12)
