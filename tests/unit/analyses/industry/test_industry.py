"""`tyngdepunkt industry`: published answers through the command, and tables that are wrong in known ways."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Brought, Setting, analysis, as_builtins
from tyngdepunkt.analyses.parameters import read_parameters
from tyngdepunkt.cli import run
from tyngdepunkt.errors import UserError
from tyngdepunkt.methods import industry

INDUSTRY = analysis("industry")
A = {"Fish": (90, 100), "Trade": (20, 40), "Health": (10, 10), "School": (60, 55)}
WHOLE = {"Fish": (400, 440), "Trade": (150, 210), "Health": (150, 135), "School": (400, 480)}


def no_store() -> Any:
    raise AssertionError("a table needs no figures of ours")


def ask(table: str, *, lang: str = "en", **given: Any) -> dict[str, Any]:
    question = read_parameters(INDUSTRY, given, lambda name: f"--{name}")
    setting = Setting(lang, no_store, named=lambda name: f"--{name}")
    found = as_builtins(INDUSTRY.answer({"table": Brought("t.csv", table.encode())}, question, setting))
    assert isinstance(found, dict)
    return found


def keys(table: str, **given: Any) -> list[tuple[str, str]]:
    with pytest.raises(UserError) as caught:
        ask(table, **given)
    for lang in ("nb", "nn", "en"):
        assert texts.explain_error(caught.value, lang)
    return [(fault.key.partition(":")[2], fault.where) for fault in caught.value.faults]


def told(answer: dict[str, Any]) -> dict[str, str]:
    return {notice["id"]: notice["text"] for notice in answer["notices"]}


def csv(*rows: tuple[Any, ...], head: str = "place,industry,value") -> str:
    return "\n".join([head, *(",".join(str(cell) for cell in row) for row in rows)]) + "\n"


def growth() -> str:
    rows = [
        (place, name, value, year)
        for place, figures in (("A", A), ("Nation", WHOLE))
        for name, pair in figures.items()
        for value, year in zip(pair, (2010, 2015), strict=True)
    ]
    return csv(*rows, head="place,industry,value,period")


def shares(place: dict[str, float], other: dict[str, float]) -> str:
    return csv(*(("P", n, v) for n, v in place.items()), *(("R", n, v) for n, v in other.items()))


def value(answer: dict[str, Any]) -> float:
    return float(answer["results"][0]["value"])


def test_location_quotient_as_published() -> None:
    table = shares({"x": 1714, "rest": 77292}, {"x": 879213, "rest": 14714011})
    assert round(value(ask(table, measure="lq", place="P", reference="R")), 7) == 0.3847623
    stated = csv(("P", "x", 1714), ("P", "Total", 79006), ("R", "x", 879213), ("R", "Total", 15593224))
    answer = ask(stated, measure="lq", place="P", reference="R", total="stated")
    assert round(value(answer), 7) == 0.3847623


def test_krugman_as_published_with_the_industries_in_another_order() -> None:
    table = csv(
        ("P", "a", 20), ("P", "b", 10), ("P", "c", 70), ("R", "e", 40), ("R", "d", 60)
    )  # fmt: skip
    answer = ask(table, measure="krugman", place="P", reference="R")
    assert answer["results"] == [{"place": "P", "value": 2.0}]
    assert "(5 in all)" in told(answer)["missing_cells"]
    assert value(ask(table, measure="hoover", place="P", reference="R")) == 1.0


def test_gini_and_herfindahl_as_published() -> None:
    names = "abcde"
    own, other = (700, 600, 500, 10000, 40000), (30000, 15000, 10000, 60000, 50000)
    table = shares(dict(zip(names, own, strict=True)), dict(zip(names, other, strict=True)))
    assert round(value(ask(table, measure="gini", place="P", reference="R")), 7) == 0.6222222
    [row] = ask(csv(("P", "a", 20), ("P", "b", 50), ("P", "c", 20), ("P", "d", 10)), measure="herfindahl")[
        "results"
    ]
    assert (round(row["value"], 9), round(row["normalised"], 9), round(row["equivalent"], 2)) == (
        0.34,
        0.12,
        2.94,
    )


PLANTS = {"Wien": (200, 650, 12000, 100, 50), "Linz": (16000, 13000, 1500, 1500), "Graz": (25000,)}
JOBS = {"Wien": 500_000, "Linz": 400_000, "Graz": 100_000}


@pytest.mark.parametrize(
    "order", [["Wien", "Linz", "Graz"], ["Graz", "Linz", "Wien"], ["Linz", "Graz", "Wien"]]
)
def test_ellison_glaeser_as_published_in_any_order(order: list[str]) -> None:
    rows = [(place, "Cars", size, f"{place}{i}") for place in order for i, size in enumerate(PLANTS[place])]
    rows += [(place, "Rest", JOBS[place] - sum(PLANTS[place]), "") for place in reversed(order)]
    answer = ask(csv(*rows, head="place,industry,value,plant"), measure="ellison-glaeser")
    assert answer["results"][0]["industry"] == "Cars"
    assert round(value(answer), 8) == 0.05990628
    assert answer["results"][1] == {"industry": "Rest", "value": None}
    assert "Rest" in told(answer)["without_plants"]
    assert "Graz – Cars" in told(answer)["thin_cells"]


def test_shift_share_as_worked_out() -> None:
    answer = ask(growth(), measure="shift-share", place="A", reference="Nation")
    [row] = answer["results"]
    assert row["value"] == 25
    parts = row["parts"]
    assert [round(parts[name], 9) for name in ("national", "industry_mix", "regional")] == [27, 1, -3]
    assert [each["industry"] for each in row["by_industry"]] == list(A)
    for each in row["by_industry"]:
        assert sum(each["parts"].values()) == pytest.approx(each["value"])
    assert answer["periods"] == ["2010", "2015"]


@pytest.mark.parametrize("method", ["dunn", "esteban-marquillas", "dynamic"])
def test_the_parts_of_every_form_add_up(method: str) -> None:
    answer = ask(growth(), measure="shift-share", method=method, reference="Nation")
    assert sum(answer["results"][0]["parts"].values()) == pytest.approx(25)


@pytest.mark.parametrize(("start", "change"), [("2019", -13_450), ("2020", -4_750)])
def test_the_chain_of_labour_shortage_that_nav_printed(start: str, change: float) -> None:
    """59,450 in 2019 and 46,000 in 2021, 13,450 below 2019 and 4,750 below 2020: NAV's business survey."""
    shortage = {"2019": 59_450, "2020": 46_000 + 4_750, "2021": 46_000}
    table = csv(
        *(("Norway", "all", n, year) for year, n in shortage.items()), head="place,industry,value,year"
    )
    assert value(ask(table, measure="shift-share", **{"from": start})) == change
    assert shortage["2020"] == 50_750


def test_relatedness_has_a_row_for_each_ordered_pair() -> None:
    table = csv(*((f"P{p}", f"i{i}", 10 + (p * 7 + i * 5) % 11) for p in range(6) for i in range(4)))
    answer = ask(table, measure="relatedness")
    pairs = {(row["industry"], row["other"]): row["value"] for row in answer["results"]}
    assert len(pairs) == len(answer["results"]) == 12
    assert all(pairs[one, other] == pairs[other, one] for one, other in pairs)
    assert {"industry", "other", "value"} == set(answer["results"][0])
    density = ask(table, measure="density", place="P1")["results"]
    assert len(density) == 4
    assert all(0 <= row["value"] <= 1 for row in density)


def test_complexity_gives_places_and_then_industries() -> None:
    table = csv(
        *((f"P{p}", f"i{i}", 100 if i <= p else 1) for p in range(5) for i in range(5)), ("Nowhere", "i0", 0)
    )
    answer = ask(table, measure="complexity")
    places = [row for row in answer["results"] if "place" in row]
    assert answer["results"][: len(places)] == places
    assert all(set(row) == {"industry", "value"} for row in answer["results"][len(places) :])
    assert places[0]["place"] == "P4"
    assert places[-1] == {"place": "Nowhere", "value": None}
    assert "positive" in answer["convention"] or "Sign" in answer["convention"]
    assert "Nowhere" in told(answer)["place_without_industry"]


def test_entropy_is_against_the_reference_and_by_the_natural_logarithm() -> None:
    [row] = ask(shares({"a": 1, "b": 1}, {"a": 3, "b": 1}), measure="entropy", place="P", reference="R")[
        "results"
    ]
    assert row["value"] == pytest.approx(0.1438410362)  # ½ ln(½ / ¾) + ½ ln(½ / ¼)
    assert row["shannon"] == pytest.approx(0.6931471806)
    assert row["equivalent"] == pytest.approx(2)


def test_a_stated_total_is_kept_apart_from_the_parts() -> None:
    answer = ask(csv(("P", "a", 60), ("P", "b", 40), ("P", "Total", 105), ("Q", "a", 1), ("Q", "b", 1)))
    assert told(answer)["total_differs"] == (
        "P: the stated total is 105, but the industries add up to 100. The two are kept apart."
    )
    assert {row["industry"] for row in answer["results"]} == {"a", "b"}
    assert "total_differs" not in told(ask(csv(("P", "a", 60), ("P", "I alt", 60), ("Q", "a", 1))))


def test_a_sum_of_places_is_no_place() -> None:
    rows = [("P", "a", 60), ("P", "b", 1), ("Q", "a", 40), ("Q", "b", 1)]
    answer = ask(csv(*rows, ("Hele landet", "a", 101), ("Hele landet", "b", 2)), measure="krugman")
    assert {row["place"] for row in answer["results"]} == {"P", "Q"}
    assert {"place_is_a_sum", "whole_differs"} <= set(told(answer))
    named = ask(csv(*rows, ("R", "a", 5), ("R", "b", 5), ("Land", "a", 105), ("Land", "b", 7)))
    assert "Land" in told(named)["may_be_a_sum"]


def test_a_missing_pair_counts_as_nothing_and_is_told() -> None:
    answer = ask(csv(("P", "a", 1), ("P", "b", 1), ("Q", "a", 2)), measure="lq", place="Q")
    values = {row["industry"]: row["value"] for row in answer["results"]}
    assert values["b"] == 0
    assert "Q – b" in told(answer)["missing_cells"]


def test_a_year_that_is_missing_is_told_and_the_place_has_no_value() -> None:
    rows = [
        ("P", "a", 1, 2016),
        ("P", "a", 2, 2017),
        ("P", "a", 3, 2019),
        ("Q", "a", 5, 2016),
        ("Q", "a", 5, 2017),
    ]
    answer = ask(csv(*rows, head="place,industry,value,year"), measure="shift-share")
    assert answer["results"][-1] == {"place": "Q", "value": None}
    assert {"period_missing", "years_missing", "left_out_of_reference"} <= set(told(answer))
    assert "2018" in told(answer)["years_missing"]


@pytest.mark.parametrize(("method", "value"), [("dunn", 0.0), ("dynamic", None)])
def test_a_period_that_one_place_lacks_between_is_told(method: str, value: float | None) -> None:
    years = {"P": (2016, 2017, 2018), "Q": (2016, 2018), "R": (2016, 2017, 2018)}
    rows = [(place, "a", 5, year) for place, held in years.items() for year in held]
    answer = ask(
        csv(*rows, head="place,industry,value,year"), measure="shift-share", place="Q", method=method
    )
    assert answer["results"][0]["value"] == value
    said = told(answer)["period_between_missing" if method == "dunn" else "period_missing"]
    assert "2017" in said
    assert "Q" in said
    assert "P" not in said


def test_an_industry_the_reference_lacks_has_no_quotient() -> None:
    answer = ask(shares({"a": 1, "b": 1}, {"a": 3}), place="P", reference="R")
    assert [row["value"] for row in answer["results"]] == [0.5, None]
    assert "reference_lacks" in told(answer)


def test_every_fault_of_a_table_is_told_at_once_with_its_line() -> None:
    table = csv(
        ("P", "a", -5), ("P", "b", "many"), ("P", "c", ""), ("P", "d", 1), ("P", "d", 2), ("", "e", 3)
    )
    assert set(keys(table)) == {
        ("value_negative", "line 2"),
        ("value_kind", "line 3"),
        ("value_missing", "line 4"),
        ("duplicate", "line 6"),
        ("empty_cell", "line 7"),
    }


def test_plants_are_no_duplicates_and_a_plant_twice_is() -> None:
    head = "place,industry,value,plant"
    twice = csv(("P", "a", 1, "x"), ("P", "a", 2, "y"), ("Q", "a", 1, "z"), head=head)
    assert ask(twice, measure="herfindahl")["results"]
    assert keys(csv(("P", "a", 1, "x"), ("P", "a", 2, "x"), head=head)) == [("duplicate_plant", "line 3")]


def test_two_standards_in_one_table_are_refused() -> None:
    head = "place,industry,value,period,standard"
    same = [("P", "45", 1, 2025, "SN2007"), ("P", "46", 1, 2025, "NACE Rev. 2.1")]
    assert keys(csv(*same, head=head)) == [("two_standards", "line 3")]
    after = [("P", "45", 1, 2024, "SN2007"), ("P", "46", 1, 2025, "SN2025")]
    assert keys(csv(*after, head=head), measure="shift-share")[0][0] == "standard_changes"


def test_a_division_that_ceased_is_told_where_no_standard_is_named() -> None:
    rows = [("P", "45", 10), ("P", "46", 5), ("P", "47", 9), ("Q", "46", 8), ("Q", "47", 20)]
    assert "45" in told(ask(csv(*rows)))["standard_may_change"]
    assert "standard_may_change" not in told(ask(csv(*rows[:3])))


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        (("45", "45.1"), {"levels_mixed"}),
        (("45-47", "46"), {"levels_mixed"}),
        (("10-33", "45-47", "46.2"), {"levels_mixed"}),
        (("62.010", "62.100"), {"codes_of_two_standards"}),
        (("45.1", "95.3"), {"codes_of_two_standards"}),
        (("45 Bilhandel", "95.31 Bilverksted"), {"codes_of_two_standards"}),
        (("62.010", "62.020", "46.7"), set()),
        (("45-47", "49-53", "10-33"), set()),
        (("45.1", "46.7", "47.1"), set()),
        (("95.3", "46.8", "62.1"), set()),
        (("Fish", "Fishing"), set()),
    ],
)
def test_codes_of_two_standards_and_of_two_levels_are_told(codes: tuple[str, ...], found: set[str]) -> None:
    table = csv(*((place, code, 10 + at) for place in "PQ" for at, code in enumerate(codes)))
    answer = told(ask(table))
    assert {"levels_mixed", "codes_of_two_standards"} & set(answer) == found
    for key in found:
        assert codes[-1] in answer[key]


@pytest.mark.parametrize(
    ("years", "told_so"),
    [
        (("2016", "twenty"), True),
        (("before", "after"), True),
        (("2016", "2016K1"), True),
        (("2016", "2017K1"), False),
        (("9/2016", "10/2016"), False),
        (("31.12.2016", "01.02.2017"), False),
        (("2016M9", "2016M10"), False),
        (("Q4 2016", "Q1 2017"), False),
        (("9", "10"), False),
    ],
)
def test_periods_whose_order_is_a_guess_are_told(years: tuple[str, str], told_so: bool) -> None:
    rows = [("P", "a", 5 + at, year) for at, year in enumerate(years)]
    answer = ask(csv(*rows, head="place,industry,value,year"), measure="shift-share")
    assert ("periods_unlike" in told(answer)) is told_so
    assert answer["periods"] == list(years)
    assert answer["results"][0]["value"] == 1
    turned = ask(csv(*rows[::-1], head="place,industry,value,year"), measure="shift-share")
    assert (
        turned["periods"] == list(years)
    ) is not told_so  # as they stand only where their names do not tell


@pytest.mark.parametrize(
    "rows",
    [
        (("P", "Fish", 5), ("P", "fish", 6)),
        (("OSLO", "a", 5), ("Oslo", "b", 6)),
        (("0301", "a", 5), ("301", "b", 6)),
        (("P", "01", 5), ("P", "1", 6)),
    ],
)
def test_names_that_differ_in_capitals_or_leading_zeros_only_are_told(
    rows: tuple[tuple[str, str, int], ...],
) -> None:
    assert "names_alike" in told(ask(csv(*rows)))
    assert "names_alike" not in told(ask(csv(rows[0], ("Q", "b", 4))))


def test_levels_in_different_places_are_not_counted_twice() -> None:
    assert "levels_mixed" not in told(ask(csv(("P", "46", 10), ("Q", "46.2", 9), ("Q", "46.3", 4))))


@pytest.mark.parametrize(("value", "small"), [(0, False), (1, True), (2, True), (2.5, True), (3, False)])
def test_a_cell_below_three_is_told(value: float, small: bool) -> None:
    answer = told(ask(csv(("P", "a", value), ("P", "b", 50), ("Q", "a", 40), ("Q", "b", 40))))
    assert ("small_cells" in answer) is small
    if small:
        assert "P – a" in answer["small_cells"]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"place": "Albi"}, [("unknown_place", "--place")]),
        ({"place": "x", "reference": "y"}, [("unknown_place", "--place"), ("unknown_place", "--reference")]),
        ({"measure": "shift-share", "from": "1999"}, [("unknown_period", "--from")]),
        ({"measure": "shift-share", "from": "2015", "to": "2010"}, [("turned_periods", "--from")]),
        ({"measure": "ellison-glaeser"}, [("no_plants", "")]),
        ({"measure": "complexity", "reference": "Nation"}, [("one_place", "")]),
    ],
)
def test_what_cannot_be_asked_is_told(given: dict[str, str], found: list[tuple[str, str]]) -> None:
    assert keys(growth(), **given) == found


@pytest.mark.parametrize("measure", ["complexity", "relatedness", "density", "ellison-glaeser"])
def test_a_measure_that_compares_places_is_called_by_its_word(measure: str) -> None:
    alone = "place,industry,plant,value\nP,a,x,5\nP,b,y,7\n"
    with pytest.raises(UserError) as caught:
        ask(alone, measure=measure)
    for lang in ("nb", "nn", "en"):
        word = texts.text(f"analyses.industry:fields.measure.choices.{measure.replace('-', '_')}", lang)
        assert f"  {word} " in texts.explain_error(caught.value, lang)


def test_a_period_cannot_be_chosen_where_the_table_has_none() -> None:
    found = keys(csv(("P", "a", 1), ("Q", "a", 2)), **{"from": "1999", "to": "2015"})
    assert found == [("no_periods", "--from"), ("no_periods", "--to")]


def test_a_measure_there_is_not_is_told_with_those_there_are() -> None:
    with pytest.raises(UserError) as caught:
        read_parameters(INDUSTRY, {"measure": "theil", "from_": "1"}, lambda name: f"--{name}")
    assert {(fault.key, fault.where) for fault in caught.value.faults} == {
        ("analyses:not_one_of", "--measure"),
        ("analyses:no_parameter", "--from_"),
    }
    assert "shift-share" in texts.explain_error(caught.value, "en")


def test_a_table_without_its_columns_or_rows_is_refused() -> None:
    assert ("missing_column", "line 1") in keys("place,value\nP,1\n")
    assert keys(csv(("P", "Total", 5))) == [("no_rows", "line 1")]


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
@pytest.mark.parametrize(
    "measure", ["lq", "entropy", "shift-share", "complexity", "relatedness", "herfindahl"]
)
def test_the_command_prints_every_measure(
    measure: str, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "t.csv"
    file.write_text(growth() + "B,Fish,5,2010\nB,Fish,3,2015\nB,School,9,2015\n", encoding="utf-8")
    options = ["--measure", measure, "--from", "2010"]
    assert run(["industry", str(file), *options, "--lang", lang]) == 0
    assert capsys.readouterr().out.strip()
    assert run(["industry", str(file), *options, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"measure", "convention", "reference", "periods", "results", "notices", "made"}


@pytest.mark.parametrize(("lang", "word"), [("nb", "linje 2"), ("nn", "linje 2"), ("en", "line 2")])
def test_the_line_of_the_first_of_two_is_told_in_the_readers_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str, word: str
) -> None:
    file = tmp_path / "t.csv"
    file.write_text("place,industry,value\nA,x,5\nA,x,3\n", encoding="utf-8")
    assert run(["industry", str(file), "--lang", lang]) == 1
    assert word in capsys.readouterr().err


PROXIMITIES = ("minimum", "conditional", "cosine", "jaccard", "association", "correlation")


@pytest.mark.parametrize("proximity", PROXIMITIES)
@pytest.mark.parametrize("measure", ["relatedness", "density", "complexity"])
def test_measures_between_industries_need_two_of_them(measure: str, proximity: str) -> None:
    """One industry has no other; the correlation of one is a bare number, which used to break."""
    one = csv(("P", "a", 5), ("Q", "a", 6), ("R", "a", 9))
    assert keys(one, measure=measure, proximity=proximity) == [("one_industry", "")]
    values = np.array([[5.0], [6.0], [9.0]])
    assert industry.proximity(values, proximity).shape == (1, 1)


@pytest.mark.parametrize("measure", ["lq", "krugman", "gini", "hoover", "entropy"])
def test_a_place_that_is_measured_against_itself_is_told(measure: str) -> None:
    table = csv(("P", "a", 5), ("P", "b", 6), ("Q", "a", 9), ("Q", "b", 4))
    assert "P" in told(ask(table, measure=measure, place="P", reference="P"))["against_itself"]
    assert "against_itself" in told(ask(csv(("P", "a", 5), ("P", "b", 6)), measure=measure))
    for given in ({}, {"place": "P"}, {"reference": "P"}, {"place": "P", "reference": "Q"}):
        assert "against_itself" not in told(ask(table, measure=measure, **given))


def test_a_place_that_lost_all_has_a_change_and_is_not_called_missing() -> None:
    rows = [("P", "a", 5, 2016), ("P", "a", 0, 2017), ("Q", "a", 9, 2016), ("Q", "a", 12, 2017)]
    answer = ask(csv(*rows, head="place,industry,value,year"), measure="shift-share")
    assert {row["place"]: row["value"] for row in answer["results"]} == {"P": -5, "Q": 3}
    assert "place_without_industry" not in told(answer)
    assert "place_without_industry" in told(ask(csv(*rows, head="place,industry,value,year")))
