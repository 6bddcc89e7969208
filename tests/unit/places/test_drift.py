"""How far figures moved: what is told, what is passed over, and what stops a refresh."""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tyngdepunkt.places.drift import Drift, Moved, drift
from tyngdepunkt.texts import fault_lines

Figures = Mapping[tuple[str, int], int | None]


def written(folder: Path, figures: Figures) -> Path:
    """A folder with the population of places in years."""
    folder.mkdir()
    cells = ", ".join(
        f"('{code}', {year}, {'NULL' if value is None else value}, 'measured')"
        for (code, year), value in figures.items()
    )
    file = folder / "population.parquet"
    columns = "municipality, year, persons, quality"
    duckdb.execute(f"COPY (SELECT * FROM (VALUES {cells}) t({columns})) TO '{file}' (FORMAT parquet)")
    return folder


def moved(tmp_path: Path, old: Figures, new: Figures) -> list[Drift]:
    return drift(written(tmp_path / "a", old), written(tmp_path / "b", new), {"population": ["persons"]})


def faults(drifts: list[Drift]) -> list[str]:
    found = [fault for each in drifts for fault in each.faults()]
    assert all(fault_lines(fault, lang) for fault in found for lang in ("nb", "nn", "en"))
    return [fault.key.removeprefix("places:drift_") for fault in found]


def test_the_newest_years_and_the_newest_common_year_are_held_against_each_other(tmp_path: Path) -> None:
    old = {("0101", 2022): 1000, ("0101", 2023): 1010}
    new = {("0101", 2022): 1000, ("0101", 2023): 1500, ("0101", 2024): 1520}
    found = moved(tmp_path, old, new)
    assert [each.years for each in found] == [(2023, 2023), (2023, 2024)]
    assert [each.sums for each in found] == [(1010, 1500), (1010, 1520)]
    assert faults(found) == ["places", "all"] * 2


@pytest.mark.parametrize(
    ("after", "stopped"),
    [
        (1200, []),  # 20 % of one place, and 1 % of all
        (1201, ["places"]),
        (799, ["places"]),
        (None, ["places"]),  # gone
        (2001, ["places", "all"]),
    ],
)
def test_a_place_may_move_by_a_fifth_and_all_by_a_twentieth(
    after: int | None, stopped: list[str], tmp_path: Path
) -> None:
    old: Figures = {("0101", 2023): 1000, ("0102", 2023): 19_000}
    assert faults(moved(tmp_path, old, {**old, ("0101", 2023): after})) == stopped


def test_ten_persons_are_passed_over(tmp_path: Path) -> None:
    old: Figures = {("0101", 2023): 10, ("0102", 2023): 19_000}
    [found] = moved(tmp_path, old, {**old, ("0101", 2023): 20})
    assert [each.code for each in found.moved] == ["0101"]
    assert faults([found]) == []


def test_a_hidden_figure_of_before_is_held_against_nothing(tmp_path: Path) -> None:
    old: Figures = {("0101", 2023): None, ("0102", 2023): 100}
    [found] = moved(tmp_path, old, {("0101", 2023): 5000, ("0102", 2023): 100, ("0103", 2023): 9})
    assert (found.places, found.sums, list(found.moved)) == (1, (100, 100), [])


def test_a_table_that_is_not_there_is_left_out(tmp_path: Path) -> None:
    folder = written(tmp_path / "a", {("0101", 2023): 1})
    (tmp_path / "b").mkdir()
    assert drift(folder, tmp_path / "b", {"population": ["persons"]}) == []


@given(st.integers(1, 10**7), st.integers(0, 10**7))
def test_a_share_is_what_it_moved_by(before: int, after: int) -> None:
    found = Drift("population", "persons", (2023, 2024), (before, after), 1, [Moved("0101", before, after)])
    assert found.share == found.moved[0].share == abs(after - before) / before
    assert (not list(found.faults(place=1e9, of_all=1e9))) is True
    assert bool(list(found.faults(0, 0, 0))) == (before != after)
