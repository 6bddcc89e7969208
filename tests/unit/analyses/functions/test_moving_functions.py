"""What moving functions costs and gives: by hand, in one price year, and missing where nobody said it."""

from typing import Any

import pytest

from tyngdepunkt.analyses.contract import Brought, Setting, analysis, as_builtins
from tyngdepunkt.analyses.functions.assumed import MOST
from tyngdepunkt.analyses.functions.moving import moving_sheet
from tyngdepunkt.analyses.functions.narrative import moved_blocks
from tyngdepunkt.analyses.parameters import read_parameters
from tyngdepunkt.documents.document import Table
from tyngdepunkt.errors import UserError
from tyngdepunkt.indicators import price_year
from tyngdepunkt.indicators.prices import raised, source
from tyngdepunkt.indicators.travel import reach
from tyngdepunkt.places import Places

FUNCTIONS = analysis("functions")
HEAD = "unit,occupation,municipality,count\n"
STAFF = HEAD + "A,2422,Oslo,30\nA,2422,Sogndal,4\nA,2611,Oslo,10\nB,3355,Oslo,8\n"
OWN = {
    "travel_days": "1–3", "team_days": "2", "day_cost": "2 000–5 000", "equipment": "20 000",
    "double_months": "3–12", "area": "20", "rent_to": "1 500–2 000", "rent_from": "3 000",
}  # fmt: skip


def asked(places: Places, content: str = STAFF, lang: str = "en", **told: Any) -> Any:
    question = read_parameters(FUNCTIONS, told, str)
    brought = {"table": Brought("list.csv", content.encode())}
    return FUNCTIONS.answer(brought, question, Setting(lang, lambda: places))


def moved(places: Places, content: str = STAFF, **told: Any) -> dict[str, Any]:
    return dict(as_builtins(asked(places, content, **told))["consequences"])


def ends(found: dict[str, Any]) -> tuple[float | None, float | None]:
    return found["low"], found["high"]


def words(result: Any, lang: str) -> str:
    return " ".join(getattr(each, "text", "") for each in moved_blocks(result, lang))


def faults(places: Places, **told: Any) -> list[tuple[str, str]]:
    with pytest.raises(UserError) as caught:
        asked(places, **told)
    return [(each.where, each.key.partition(":")[2]) for each in caught.value.faults]


def test_every_part_by_hand(norway: Places) -> None:
    found = moved(norway, **OWN)
    parts = {each["id"]: ends(each) for each in found["per_post"]}
    assert parts == {
        "travel": (12 * 1 * 2000, 12 * 3 * 5000),
        "team": (24 * 2000, 24 * 5000),
        "desk_new": (30_000, 40_000),
        "desk_old": (60_000, 60_000),
        "equipment": (20_000, 20_000),
        "double_rent": (15_000, 60_000),
    }
    total = found["total"]
    assert total["posts"] == 44  # the police are bound
    assert ends(total["cost"]) == (44 * 102_000, 44 * 340_000)
    assert ends(total["saving"]) == (44 * 60_000, 44 * 60_000)
    assert ends(total["net"]) == (44 * 42_000, 44 * 280_000)
    assert ends(total["one_off"]) == (44 * 35_000, 44 * 80_000)
    assert {each["quality"] for each in found["assumptions"]} == {"assumed"}
    assert {each["set_by"] for each in found["assumptions"]} == {"own"}
    for name in ("cost", "saving", "net", "one_off"):
        for end in ("low", "high"):
            assert sum(each[name][end] for each in found["functions"]) == pytest.approx(total[name][end])


def test_the_defaults_are_in_kroner_of_the_price_year_and_have_their_source(norway: Places) -> None:
    for year in (2022, price_year()):
        found = moved(norway, **({} if year == price_year() else {"price_year": year}))
        assert found["price_year"] == year
        desk = next(each for each in found["per_post"] if each["id"] == "desk_new")
        rent = 2464 * raised(2022, year)
        assert ends(desk) == (pytest.approx(23 * rent), pytest.approx(28 * rent))
    known = {each["id"]: each for each in found["assumptions"]}
    assert set(known) == set(MOST)
    assert known["rent_to"]["set_by"] == "source"
    assert known["rent_to"]["year"] == "2022"
    assert "Statsbygg" in known["rent_to"]["source"]
    assert {each["table"] for each in found["sources"]} == {
        "assumption:area_per_post", "assumption:rent_per_m2", "prices",
    }  # fmt: skip
    assert source("en").provider == "Statistics Norway (SSB)"


@pytest.mark.parametrize("left_out", ["travel_days", "team_days", "day_cost", "equipment", "double_months"])
def test_what_is_not_stated_is_missing_and_leaves_the_sum_open(norway: Places, left_out: str) -> None:
    whole = moved(norway, **OWN)["total"]
    found = moved(norway, **{name: value for name, value in OWN.items() if name != left_out})["total"]
    missing = [each for each in found["parts"] if each["quality"] == "missing"]
    assert missing
    assert all(ends(each) == (None, None) for each in missing)
    sums = [found[name] for name in (("net", "cost") if missing[0]["when"] == "yearly" else ("one_off",))]
    for each, name in zip(sums, ("net", "cost") if len(sums) == 2 else ("one_off",), strict=True):
        assert each["at_least"]
        assert each["high"] is None
        assert each["low"] <= whole[name]["low"]
        assert set(each["missing"]) == {part["id"] for part in missing}


def test_where_no_part_is_known_the_sum_is_missing_and_not_zero(norway: Places) -> None:
    total = moved(norway)["total"]
    assert ends(total["one_off"]) == (None, None)
    assert total["one_off"]["quality"] == "missing"
    assert not total["one_off"]["at_least"]
    result = asked(norway)
    assert "The one-off cost is not known." in words(result, "en")
    assert "the extra cost a year is NOK at least" in words(result, "en")
    assert "not counted as zero" in words(result, "en")


def test_who_comes_within_reach_is_not_whoever_is_so_already(norway: Places) -> None:
    found = moved(norway, to="Sogndal", **OWN)
    assert (found["to"], found["to_name"]) == ("4640", "Sogndal")
    assert [(each["occupation"], each["posts"]) for each in found["functions"]] == [
        ("2422", 30),
        ("2611", 10),
    ]
    gained = found["total"]["gained"]
    assert 0 < gained["low"] <= gained["mean"] <= gained["high"]
    assert (gained["quality"], gained["year"], gained["minutes"]) == ("estimated", 2018, 45)
    codes = list(norway.municipalities)
    names = ("municipality", "persons")
    counts = dict(norway.rows("wage_earners", names, year=2018, occupation="2"))
    _, near, _ = reach(norway, 45)
    row, oslo = near[codes.index("4640")], near[codes.index("0301")]
    by_hand = sum(counts[code] for at, code in enumerate(codes) if row[at] and not oslo[at])
    assert gained["mean"] == by_hand
    near_oslo, far_off = (
        moved(norway, f"{HEAD}A,2422,{place},9\n", to="Bærum")["total"]["gained"]["mean"]
        for place in ("Oslo", "Tromsø")
    )
    assert near_oslo < far_off / 10
    team = found["total"]["team"]
    assert (team["days_low"], team["days_high"]) == (24, 24)
    assert 24 * 2 * 3 < team["hours_low"] < team["hours_high"] < 24 * 2 * 7  # 4 to 5 hours from Oslo
    vacated = found["total"]["vacated"]
    assert ends(vacated) == (pytest.approx(40 * 0.74), pytest.approx(40 * 0.97))


@pytest.mark.parametrize(
    ("content", "told", "said"),
    [
        (STAFF, {}, "the new place was not stated"),
        (HEAD + "A,2422,,9\n", {"to": "Sogndal"}, "without a municipality"),
    ],
)
def test_reach_that_cannot_be_reckoned_is_missing_and_says_why(
    norway: Places, content: str, told: dict[str, str], said: str
) -> None:
    gained = moved(norway, content, **told)["total"]["gained"]
    assert (gained["low"], gained["mean"], gained["high"]) == (None, None, None)
    assert gained["quality"] == "missing"
    assert said in gained["reason"]


def test_where_nothing_moves_nothing_is_reckoned(norway: Places) -> None:
    for content in (
        HEAD + "A,3355,Oslo,8\n",
        HEAD + "A,2422,Sogndal,8\n",
    ):
        result = asked(norway, content, to="Sogndal")
        assert result.consequences.total.posts == 0
        assert result.consequences.functions == []
        assert words(result, "en").startswith("No posts move")
        assert len(moved_blocks(result, "en")) == 1


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_no_range_is_told_as_one_exact_number_and_every_mark_is_shown(norway: Places, lang: str) -> None:
    mark = {"nb": "forutsatt", "nn": "føresett", "en": "assumed"}[lang]
    result = asked(norway, lang=lang, to="Sogndal", **OWN)
    functions, parts, assumptions = (each for each in moved_blocks(result, lang) if isinstance(each, Table))
    for row in functions.rows:
        for cell in (row[3], row[5], row[6]):
            assert "–" in str(cell)
    assert mark in functions.caption
    assert {row[3] for row in parts.rows} == {row[3] for row in assumptions.rows} == {mark}
    assert mark in words(result, lang)
    assert {row[-1] for row in moving_sheet(result.consequences, lang).rows[1:]} == {mark}


def test_what_is_told_of_a_sum_is_never_within_its_ends(norway: Places) -> None:
    result = asked(norway, day_cost="1234–1236", travel_days="1", team_days="0")
    table = next(
        each for each in moved_blocks(result, "en") if isinstance(each, Table) and len(each.columns) == 4
    )
    assert table.rows[0][1] == "14,800–14,900"
    assert table.rows[1][1] == "0"
    table = [each for each in moved_blocks(asked(norway, area="22.75–23"), "en") if isinstance(each, Table)][
        2
    ]
    assert [row[1] for row in table.rows][5:7] == ["22.75–23", "about 2,680"]


def test_everything_that_cannot_be_meant_is_told_at_once(norway: Places) -> None:
    wrong = {
        "travel_days": "40",
        "day_cost": "mange",
        "rent_to": "3000–2000",
        "to": "Xyzby",
        "price_year": 2031,
    }
    found = dict(faults(norway, **wrong))
    assert set(found) == set(wrong)
    assert found["travel_days"] == "assumption_outside"
    assert found["price_year"] == "no_price_year"
    assert dict(faults(norway, area="-1")) == {"area": "assumption_outside"}
