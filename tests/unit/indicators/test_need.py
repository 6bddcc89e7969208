"""What a unit needs and adds: counted by hand in Eksempelland, and held to what was computed elsewhere."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from tyngdepunkt.figures import Figure, Quality
from tyngdepunkt.indicators import Question, StateJobEvent, get, value_points
from tyngdepunkt.indicators.prices import index, price_year, raised
from tyngdepunkt.places import Places

NEW = Question(dt.date(2023, 6, 1))
PROFESSIONALS = replace(NEW, jobs={"2422": (10, 10)}, total_jobs=(10, 10))


def one(places: Places, name: str, code: str, question: Question) -> Figure:
    return get(name).compute(places, question, [code])[0]


def persons(places: Places, group: int, codes: tuple[str, ...]) -> float:
    rows = places.rows("wage_earners", ["municipality", "occupation", "persons"], year=2018)
    return sum(count for code, name, count in rows if code in codes and int(name) == group)


def test_a_covered_need_is_one_and_never_more(eksempelland: Places) -> None:
    """0202 reaches 0201 and 0203. Ten professionals ask for 10 · 20 / 0.495 = 404 within reach."""
    near = persons(eksempelland, 2, ("0201", "0202", "0203"))
    assert near > 10 * 20 / 0.495
    figure = one(eksempelland, "recruitment_need", "0202", PROFESSIONALS)
    assert figure.value == 1.0
    assert figure.quality is Quality.ASSUMED
    many = replace(PROFESSIONALS, jobs={"2422": (1000, 1000)}, total_jobs=(1000, 1000))
    assert one(eksempelland, "recruitment_need", "0202", many).value == pytest.approx(
        near / (1000 * 20 / 0.495)
    )


def test_each_occupation_is_covered_by_itself(eksempelland: Places) -> None:
    """Plenty of one group cannot make up for too few of another."""
    both = replace(NEW, jobs={"2422": (1, 1), "1120": (1000, 1000)}, total_jobs=(1001, 1001))
    near = persons(eksempelland, 1, ("0201", "0202", "0203"))
    expected = 1 / 1001 + 1000 / 1001 * near / (1000 * 20)
    assert one(eksempelland, "recruitment_need", "0202", both).value == pytest.approx(expected)


def test_a_case_can_set_the_ratio(eksempelland: Places) -> None:
    many = replace(PROFESSIONALS, jobs={"2422": (1000, 1000)}, total_jobs=(1000, 1000))
    halved = replace(many, assumed={"recruits_per_job": (10, 10, "saken")})
    values = [one(eksempelland, "recruitment_need", "0202", each).value or 0 for each in (many, halved)]
    assert values[1] == pytest.approx(2 * values[0])


def test_without_occupations_a_usual_mix_is_assumed_and_said(eksempelland: Places) -> None:
    unnamed = replace(NEW, total_jobs=(20, 20))
    mixed = replace(unnamed, jobs={"2422": (15, 15), "3343": (3, 3), "4110": (2, 2)})
    for name in ("recruitment_need", "contribution_lack"):
        found, expected = (one(eksempelland, name, "0204", each) for each in (unnamed, mixed))
        assert found.value == pytest.approx(expected.value)
        assert found.quality is Quality.ASSUMED
        assert found.note.endswith("usual_mix")
        assert any(source.table == "assumption:usual_professionals" for source in found.sources)
        assert one(eksempelland, name, "0204", NEW).quality is Quality.MISSING


def test_lack_is_how_many_fewer_the_region_has_than_the_country(eksempelland: Places) -> None:
    everywhere = tuple(eksempelland.municipalities)
    rows = eksempelland.rows("wage_earners", ["municipality", "occupation", "persons"], year=2018)
    here = sum(n for code, _, n in rows if code in ("0301", "0302", "0303"))
    everyone = sum(n for code, _, n in rows if code in everywhere)
    own = persons(eksempelland, 2, ("0301", "0302", "0303")) / here
    nation = persons(eksempelland, 2, everywhere) / everyone
    figure = one(eksempelland, "contribution_lack", "0301", PROFESSIONALS)
    assert figure.value == pytest.approx(1 - own / nation, rel=1e-3)  # hidden cells are counted as one


def test_jobs_are_held_against_the_larger_of_the_two_markets(eksempelland: Places) -> None:
    workplace = eksempelland.values("employed", "workplace", year=2022)
    region = sum(workplace[code] or 0 for code in ("0301", "0302", "0303"))
    figure = one(eksempelland, "contribution_market", "0301", PROFESSIONALS)
    assert figure.value == pytest.approx(10 / region)
    assert (one(eksempelland, "contribution_market", "0103", PROFESSIONALS).value or 0) <= (
        one(eksempelland, "contribution_extent", "0103", PROFESSIONALS).value or 0
    )
    leaving = replace(PROFESSIONALS, total_jobs=(-12, -8))
    low, high = one(eksempelland, "contribution_market", "0301", leaving).interval or (0, 0)
    assert low < high < 0


def test_the_capital_is_reached_the_quicker_way(norway: Places) -> None:
    hamar, alta = (one(norway, "capital_minutes", code, NEW) for code in ("3403", "5601"))
    assert hamar.value == one(norway, "oslo_minutes", "3403", NEW).value
    airport = one(norway, "airport_minutes", "5601", NEW).value or 0
    assert alta.value == pytest.approx(airport + 180)
    later = replace(NEW, assumed={"flight_to_capital": (240, 240, "saken")})
    assert one(norway, "capital_minutes", "5601", later).value == pytest.approx(airport + 240)


def test_kroner_per_post_are_in_one_price_year(eksempelland: Places) -> None:
    """Rent 2,464 of 2022 is 2,681 of 2024; a move of 1.0–1.3 million of 2006 is 159–206,000 a year."""
    assert price_year() == 2024
    assert 2464 * raised(2022) == pytest.approx(2681, abs=1)
    unit = replace(NEW, total_jobs=(10, 10))
    low, high = one(eksempelland, "cost_per_post", "0201", unit).interval or (0, 0)
    assert (low, high) == pytest.approx((23 * 2464 * raised(2022), 28 * 2464 * raised(2022)))
    moved = replace(unit, moved_from={"0101": 10.0})
    more = one(eksempelland, "cost_per_post", "0201", moved).interval or (0, 0)
    assert more[0] - low == pytest.approx(158_670, rel=1e-3)
    assert more[1] - high == pytest.approx(206_271, rel=1e-3)
    stays = one(eksempelland, "cost_per_post", "0101", moved).interval
    assert stays == pytest.approx((low, high))
    stated = replace(unit, rents={"0201": (1000.0, 1000.0)})
    assert one(eksempelland, "cost_per_post", "0201", stated).interval == pytest.approx((23_000, 28_000))


def test_the_price_index_rises_from_year_to_year_and_is_100_in_2015() -> None:
    values = [index()[year] for year in sorted(index())]
    assert values == sorted(values)
    assert index()[2015] == 100


def test_one_lost_job_is_small_beside_a_labour_market(eksempelland: Places) -> None:
    lost = StateJobEvent("0302", -1, -1, NEW.date, NEW.date, "closed", ("Etaten",), "press")
    question = replace(NEW, events=(lost,), covered=lambda code: code != "0101")
    workplace = eksempelland.values("employed", "workplace", year=2022)
    own = workplace["0302"] or 0
    region = sum(workplace[code] or 0 for code in ("0301", "0302", "0303"))
    figure = one(eksempelland, "ledger_change", "0302", question)
    assert figure.value == pytest.approx((-1000 / own - 1000 / region) / 2)
    assert one(eksempelland, "ledger_change", "0201", question).value == 0
    assert one(eksempelland, "ledger_change", "0201", NEW).value is None
    assert (
        one(eksempelland, "ledger_change", "0101", question).value is None
    )  # not covered: not the same as none
    assert one(eksempelland, "ledger_change", "0302", replace(question, covered=None)).value is None


@pytest.mark.parametrize(
    ("jobs", "above", "tenths"),
    [
        ({"2422": (100, 100), "3343": (20, 20)}, 148, (0.05, 0.27, 0.42)),
        ({"4110": (90, 90), "1120": (10, 10)}, 132, (-0.04, 0.16, 0.39)),
    ],
)
def test_the_regions_lack_what_was_computed_elsewhere(
    norway: Places, jobs: dict[str, tuple[float, float]], above: int, tenths: tuple[float, ...]
) -> None:
    """An independent prototype over the 159 regions: how many lack the occupations, and its tenths."""
    total = sum(low for low, _ in jobs.values())
    question = replace(NEW, jobs=jobs, total_jobs=(total, total))
    members = [region.members[0] for region in norway.regions.values()]
    values = [f.value for f in get("contribution_lack").compute(norway, question, members) if f.value]
    assert sum(value > 0 for value in values) == above
    assert np.quantile(values, [0.1, 0.5, 0.9]) == pytest.approx(tenths, abs=0.016)


@pytest.mark.parametrize("jobs", [{"2422": (0.0, 0.0)}, None])
@pytest.mark.parametrize("name", ["recruitment_need", "contribution_lack"])
def test_a_unit_of_no_posts_lacks_nothing_that_can_be_counted(
    eksempelland: Places, name: str, jobs: dict[str, tuple[float, float]] | None
) -> None:
    none = replace(NEW, jobs=jobs, total_jobs=(0, 0))
    assert one(eksempelland, name, "0202", none).value is None


@pytest.mark.parametrize("year", [2006, 2015, 2023])
def test_another_price_year_moves_kroner_and_scale_alike_and_no_points(
    eksempelland: Places, year: int
) -> None:
    moved = replace(NEW, total_jobs=(10, 10), moved_from={"0101": 10.0})
    earlier = replace(moved, price_year=year)
    for name in ("cost_per_post", "one_off_cost", "rent_per_year"):
        now, then = (one(eksempelland, name, "0201", each) for each in (moved, earlier))
        assert then.interval == pytest.approx([end * raised(2024, year) for end in now.interval or ()])
        scales = [value_points(get(name), [1.0], each, []) for each in (moved, earlier)]
        assert [x * raised(2024, year) for x, _ in scales[0]] == pytest.approx([x for x, _ in scales[1]])
    stated = replace(
        earlier, rents={"0201": (1000.0, 1000.0)}, assumed={"cost_per_post": (5e5, 5e5, "saken")}
    )
    low, high = one(eksempelland, "rent_per_year", "0201", stated).interval or (0, 0)
    assert (low, high) == (230_000, 280_000)
    assert one(eksempelland, "one_off_cost", "0201", stated).interval == (5e6, 5e6)
    minutes = get("airport_minutes")
    assert value_points(minutes, [1, 2, 3], moved, []) == value_points(minutes, [1, 2, 3], earlier, [])
