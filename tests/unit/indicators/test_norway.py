"""Real figures: each against a statement of its own on the tables, and against what one knows."""

import datetime as dt
import math

import pytest

from readers import sql
from tyngdepunkt.figures import Quality
from tyngdepunkt.indicators import Question, all_indicators, get, national_scale, place_facts
from tyngdepunkt.places import Places

RØROS, BÆRUM, SOGNDAL, SUNNFJORD, BERGEN = "5025", "3201", "4640", "4647", "4601"
PLACES = pytest.mark.parametrize("code", [RØROS, BÆRUM, SOGNDAL])
CASE = Question(dt.date(2023, 6, 1), jobs={"2422": (30, 30), "3343": (10, 15)}, total_jobs=(40, 45))
REGION = """
    select municipality from region_member
    where region = (select region from region_member where municipality = ?)
"""
WITHIN = """
    select ? as place union all
    select case when origin = ? then destination else origin end from travel_time
    where (origin = ? or destination = ?) and minutes <= ?
"""


def asked(places: Places, statement: str, *values: object) -> float:
    ((number,),) = sql(places, statement, values)
    return float(number)


def value(places: Places, name: str, code: str) -> float:
    figure = get(name).compute(places, CASE, [code])[0]
    assert figure.value is not None
    return figure.value


@PLACES
@pytest.mark.parametrize("limit", [45, 60])
def test_recruitment(norway: Places, code: str, limit: int) -> None:
    statement = f"""select sum(persons) from population_age where age_from between 20 and 60
        and year = (select max(year) from population_age) and municipality in ({WITHIN})"""
    expected = asked(norway, statement, code, code, code, code, limit)
    assert value(norway, f"recruitment_{limit}", code) == expected


@PLACES
def test_users(norway: Places, code: str) -> None:
    statement = f"""select sum(persons) from population
        where year = (select max(year) from population) and municipality in ({WITHIN})"""
    assert value(norway, "users_90", code) == asked(norway, statement, code, code, code, code, 90)


@PLACES
def test_labour_market_and_extent(norway: Places, code: str) -> None:
    statement = f"select sum(workplace) from employed where year = 2022 and municipality in ({REGION})"
    employed = asked(norway, statement, code)
    assert value(norway, "labour_market_size", code) == employed
    assert value(norway, "contribution_extent", code) == pytest.approx(42.5 / employed)


@PLACES
def test_breadth(norway: Places, code: str) -> None:
    statement = f"""select occupation, sum(persons) from wage_earners
        where municipality in ({REGION}) group by 1 order by 1"""
    persons = {group: float(number) for group, number in sql(norway, statement, [code])}

    def effective(numbers: dict[str, float]) -> float:
        shares = [number / sum(numbers.values()) for number in numbers.values()]
        return math.exp(-sum(share * math.log(share) for share in shares))

    after = {**persons, "2": persons["2"] + 30, "3": persons["3"] + 12.5}
    assert value(norway, "contribution_breadth", code) == pytest.approx(
        effective(after) / effective(persons) - 1
    )


@PLACES
def test_trend_growth_and_coverage(norway: Places, code: str) -> None:
    population = "select sum(persons) from population where municipality = ? and year = ?"
    trend = asked(norway, population, code, 2026) / asked(norway, population, code, 2006) - 1
    assert value(norway, "population_trend", code) == pytest.approx(trend)
    working = f"""select sum(persons) from population_age where age_from between 20 and 60
        and municipality in ({REGION}) and year = ?"""
    growth = asked(norway, working, code, 2026) / asked(norway, working, code, 2016) - 1
    assert value(norway, "working_age_growth", code) == pytest.approx(growth)
    jobs = f"""select sum(workplace) / sum(residents) from employed
        where year = 2022 and municipality in ({REGION})"""
    assert value(norway, "job_coverage", code) == pytest.approx(asked(norway, jobs, code))


@PLACES
def test_stops_education_and_unemployment(norway: Places, code: str) -> None:
    stop = "select min(minutes) from access_time where municipality = ? and kind = ?"
    assert value(norway, "airport_minutes", code) == asked(norway, stop, code, "airport")
    assert value(norway, "railway_minutes", code) == asked(norway, stop, code, "railway")
    level = """select sum(persons) filter (level like 'higher%') / sum(persons)
        from education where level <> 'none_or_unknown' and municipality = ?"""
    assert value(norway, "education_share", code) == pytest.approx(asked(norway, level, code))
    shown = "select avg(percent) / 100 from unemployment where municipality = ?"
    assert value(norway, "unemployment", code) == pytest.approx(asked(norway, shown, code))


def test_what_one_knows_of_the_places(norway: Places) -> None:
    """Airports in Røros, Bergen and Sogndal; the railway in Røros; none in Sunnfjord; Oslo is near Bærum."""
    assert max(value(norway, "airport_minutes", code) for code in (RØROS, BERGEN, SOGNDAL)) < 30
    assert value(norway, "railway_minutes", RØROS) < 10
    assert value(norway, "railway_minutes", SUNNFJORD) > 90
    assert value(norway, "oslo_minutes", BÆRUM) < 30
    assert 350 < value(norway, "oslo_minutes", BERGEN) < 450
    assert value(norway, "recruitment_45", BÆRUM) > 10 * value(norway, "recruitment_45", SUNNFJORD)
    assert 200_000 < value(norway, "largest_town", BERGEN) < 350_000
    assert 3_000 < value(norway, "largest_town", RØROS) < 6_000


def test_contribution_is_relatively_larger_in_small_labour_markets(norway: Places) -> None:
    """The strategy, chapter 6.4."""
    extents = [
        value(norway, "contribution_extent", code) for code in (BÆRUM, BERGEN, SUNNFJORD, SOGNDAL, RØROS)
    ]
    assert extents == sorted(extents)


def test_regions_add_up_to_the_country(norway: Places) -> None:
    one_of_each = [region.members[0] for region in norway.regions.values()]
    found = get("labour_market_size").compute(norway, CASE, one_of_each)
    assert sum(figure.value or 0 for figure in found) == 2_809_789


def test_no_score_crosses_a_border_that_was_moved(norway: Places) -> None:
    """442 went from Rauma to Vestnes on 1 January 2021; how many went to Nes in 2020 is not known."""
    population = "select persons from population where municipality = ? and year = ?"
    trend = get("population_trend").compute(norway, CASE, ["1539", "1535", "3228", "0301"])
    for code, came, figure in (("1539", -442, trend[0]), ("1535", 442, trend[1])):
        after, before = (asked(norway, population, code, year) for year in (2026, 2006))
        assert figure.value == pytest.approx(after / (before + came) - 1)
        assert figure.quality is Quality.ESTIMATED
        assert figure.note == "indicators:border_taken_off"
    assert trend[2].value is None
    assert trend[2].note == "indicators:border_unknown"
    assert trend[3].note == ""
    growth = get("working_age_growth").compute(norway, CASE, ["1539", "3228", "0301"])
    aged = """select sum(persons) from population_age
        where municipality = ? and year = ? and age_from between 20 and 60"""
    after, before = (asked(norway, aged, "1539", year) for year in (2026, 2016))
    moved = 442 * before / asked(norway, population, "1539", 2016)
    assert growth[0].value == pytest.approx(after / (before - moved) - 1)
    assert growth[1].value is not None, "Nes and Lillestrøm are in one region: nobody crossed its border"
    assert growth[1].value == growth[2].value


def test_what_is_not_stored_is_missing_and_what_is_hidden_is_suppressed(norway: Places) -> None:
    larvik, ålesund, fedje = "3909", "1508", "4633"
    assert get("education_share").compute(norway, CASE, [larvik])[0].quality is Quality.MISSING
    assert get("working_age_growth").compute(norway, CASE, [ålesund])[0].quality is Quality.MISSING
    unemployment = get("unemployment").compute(norway, CASE, [ålesund, fedje])
    assert [figure.quality for figure in unemployment] == [Quality.MISSING, Quality.SUPPRESSED]


def test_three_hidden_cells_make_an_estimate_not_a_hole(norway: Places) -> None:
    found = get("contribution_breadth").compute(norway, CASE, ["1151", RØROS])
    assert [figure.quality for figure in found] == [Quality.ESTIMATED, Quality.MEASURED]


@pytest.mark.parametrize("name", [each.id for each in all_indicators().values() if each.value == "national"])
def test_every_national_scale_is_drawn_from_0_to_100_or_not_at_all(norway: Places, name: str) -> None:
    points = national_scale(get(name), norway, CASE)
    ends = {value for _, value in points}
    assert not points or {min(ends), max(ends)} == {0, 100}
    if name not in {"ledger_municipality", "ledger_region", "recruitment_occupation"}:
        assert points


def test_facts_of_røros(norway: Places) -> None:
    facts = place_facts(norway, RØROS)
    assert facts["region"] == "Røros"
    assert facts["role"] == "indicators:role.centre"
    assert facts["largest_town"] == "Røros"
    population = facts["population"]
    assert not isinstance(population, str)
    assert 5_000 < (population.value or 0) < 6_500
    assert population.sources[0].reference == "SSB 07459"
