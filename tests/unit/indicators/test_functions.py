"""Each indicator against figures counted by hand in Eksempelland."""

import datetime as dt
from dataclasses import replace

import pytest

from tyngdepunkt.figures import Figure, Quality
from tyngdepunkt.indicators import Question, StateJobEvent, all_indicators, get
from tyngdepunkt.indicators.prices import raised
from tyngdepunkt.places import Places

DAY = dt.date(2023, 6, 1)
NEW = Question(DAY)
LEDGER = (
    StateJobEvent("0302", -12, -10, DAY, DAY, "closed", ("Etaten",), "press"),
    StateJobEvent("0301", 4, 4, DAY, DAY, "established", ("Tilsynet",), "letter"),
    StateJobEvent("0302", 1, 1, DAY, DAY, "moved_in", ("Etaten",), "press"),
)


def one(places: Places, name: str, code: str, question: Question = NEW) -> Figure:
    return get(name).compute(places, question, [code])[0]


def test_recruitment_counts_the_five_year_groups_20_to_64_within_reach(eksempelland: Places) -> None:
    """0202 reaches 0201 (15.8) and 0203 (29.2); each five-year group is a twentieth of its place."""
    figure = one(eksempelland, "recruitment_45", "0202")
    assert figure.value == 9 * (40_000 + 10_000 + 9_000) / 20
    assert figure.quality is Quality.ESTIMATED
    assert [source.table for source in figure.sources] == ["population_age", "travel_time"]


def test_the_bounds_of_a_reach_are_the_error_of_the_travel_times(eksempelland: Places) -> None:
    """0201–0203 is 44.7 minutes: inside 45, outside 39."""
    figure = one(eksempelland, "recruitment_45", "0201")
    assert figure.value == 9 * 59_000 / 20
    assert figure.interval == (9 * 50_000 / 20, 9 * 59_000 / 20)


def test_a_longer_reach_never_counts_fewer(eksempelland: Places) -> None:
    codes = tuple(eksempelland.municipalities)
    for short, long in (("recruitment_45", "recruitment_60"), ("users_60", "users_90")):
        near, far = (get(name).compute(eksempelland, NEW, codes) for name in (short, long))
        assert all((a.value or 0) <= (b.value or 0) for a, b in zip(near, far, strict=True))


def test_recruitment_by_occupation_needs_only_the_codes(eksempelland: Places) -> None:
    named = replace(NEW, occupations=("2422", "2611", "4110"))
    figure = one(eksempelland, "recruitment_occupation", "0204", named)
    assert figure.value == 3000 // 20 * 2 // 9 + 3000 // 20 * 4 // 9
    assert one(eksempelland, "recruitment_occupation", "0204").quality is Quality.NOT_STATED


def test_labour_market_is_the_sum_over_the_region(eksempelland: Places) -> None:
    workplace = eksempelland.values("employed", "workplace", year=2022)
    expected = sum(workplace[code] or 0 for code in ("0301", "0302", "0303"))
    assert one(eksempelland, "labour_market_size", "0303").value == expected


def test_a_figure_missing_in_the_snapshot_is_missing_and_never_zero(eksempelland: Places) -> None:
    for name in ("labour_market_size", "job_coverage"):
        figure = one(eksempelland, name, "0304")
        assert (figure.value, figure.quality) == (None, Quality.MISSING)


def test_a_table_without_rows_gives_missing_with_a_reason(eksempelland: Places) -> None:
    figure = one(eksempelland, "education_share", "0101")
    assert (figure.quality, figure.note) == (Quality.MISSING, "indicators:no_figure")


def test_nearest_stop_is_the_least_of_those_stored(eksempelland: Places) -> None:
    assert one(eksempelland, "airport_minutes", "0301").value == 15
    assert one(eksempelland, "railway_minutes", "0301").value == 115
    assert one(eksempelland, "railway_minutes", "0301").interval == (102, 128)


def test_no_way_from_a_place_to_itself(eksempelland: Places) -> None:
    assert one(eksempelland, "oslo_minutes", "0301").interval == (0, 0)


def test_site_travel_is_the_mean_and_not_stated_without_sites(eksempelland: Places) -> None:
    question = replace(NEW, sites=("0102", "0101"))
    expected = (eksempelland.travel.between("0103", "0101") + eksempelland.travel.between("0103", "0102")) / 2
    assert one(eksempelland, "site_travel", "0103", question).value == pytest.approx(expected)
    assert one(eksempelland, "site_travel", "0103").quality is Quality.NOT_STATED


def test_a_town_in_parts_is_counted_once(eksempelland: Places) -> None:
    """Hovedby 380 000 has a row of its own; Storvik and Holmen are there only as parts."""
    assert one(eksempelland, "towns_in_reach", "0101").value == 380_000
    assert one(eksempelland, "towns_in_reach", "0202").value == 30_000 + 8_000 + 2_500
    assert one(eksempelland, "largest_town", "0202").value == 38_000
    assert one(eksempelland, "largest_town", "0103").value == 380_000  # through Nærby, 42.7 minutes away


def test_a_place_without_a_known_town_has_no_largest(eksempelland: Places) -> None:
    assert one(eksempelland, "largest_town", "0304").quality is Quality.MISSING


def test_a_full_register_says_zero(eksempelland: Places) -> None:
    assert one(eksempelland, "state_activity", "0101").value == 2
    assert one(eksempelland, "state_activity", "0304").value == 0


def test_population_trend_is_over_the_whole_series(eksempelland: Places) -> None:
    first, last = (eksempelland.values("population", "persons", year=year)["0201"] for year in (2016, 2026))
    assert one(eksempelland, "population_trend", "0201").value == pytest.approx(
        (last or 0) / (first or 1) - 1
    )


def test_hidden_unemployment_is_suppressed_not_missing_not_zero(eksempelland: Places) -> None:
    figure = one(eksempelland, "unemployment", "0302")
    assert (figure.value, figure.quality, figure.note) == (None, Quality.SUPPRESSED, "indicators:suppressed")
    assert one(eksempelland, "unemployment", "0101").value == pytest.approx(0.018)


def test_the_ledger_adds_up_in_the_place_and_in_its_region(eksempelland: Places) -> None:
    booked = replace(NEW, events=LEDGER, window=(dt.date(2014, 1, 1), DAY))
    assert one(eksempelland, "ledger_municipality", "0302", booked).interval == (-11, -9)
    assert one(eksempelland, "ledger_region", "0303", booked).interval == (-7, -5)
    assert one(eksempelland, "ledger_municipality", "0101", booked).value == 0
    figure = one(eksempelland, "ledger_region", "0301", booked)
    assert figure.value == -6
    assert figure.sources[0].reference == "letter; press"


def test_no_ledger_is_missing_not_zero(eksempelland: Places) -> None:
    assert one(eksempelland, "ledger_municipality", "0101").quality is Quality.MISSING
    assert one(eksempelland, "ledger_municipality", "0101", replace(NEW, events=())).value == 0


def test_moving_costs_only_where_existing_posts_move(eksempelland: Places) -> None:
    moving = replace(NEW, total_jobs=(40, 50), moved_from={"0101": 45.0})
    assert one(eksempelland, "one_off_cost", "0201", moving).interval == pytest.approx(
        (40e6 * raised(2006), 45 * 1.3e6 * raised(2006))
    )
    assert one(eksempelland, "one_off_cost", "0101", moving).value == 0
    new = one(eksempelland, "one_off_cost", "0201", replace(NEW, total_jobs=(40, 40)))
    assert new.quality is Quality.NOT_APPLICABLE


def test_staff_and_double_staffing_follow_the_move(eksempelland: Places) -> None:
    moving = replace(NEW, moved_from={"0101": 97.0})
    assert one(eksempelland, "follow_share", "0201", moving).interval == (0.03, 0.26)
    assert one(eksempelland, "double_staffing", "0201", moving).quality is Quality.ASSUMED
    for name in ("follow_share", "double_staffing"):
        assert one(eksempelland, name, "0101", moving).quality is Quality.NOT_APPLICABLE
        assert one(eksempelland, name, "0201").quality is Quality.NOT_APPLICABLE


def test_rent_is_the_national_mean_until_the_case_states_one(eksempelland: Places) -> None:
    jobs = replace(NEW, total_jobs=(10, 10))
    national = pytest.approx((10 * 23 * 2464 * raised(2022), 10 * 28 * 2464 * raised(2022)))
    assert one(eksempelland, "rent_per_year", "0201", jobs).interval == national
    stated = replace(jobs, rents={"0201": (1000.0, 1500.0)})
    assert one(eksempelland, "rent_per_year", "0201", stated).interval == (230_000, 420_000)
    elsewhere = one(eksempelland, "rent_per_year", "0301", stated)  # not stated there: the national mean
    assert elsewhere.interval == national
    assert elsewhere.note == "indicators:national_rent"
    assert one(eksempelland, "office_area", "0301").quality is Quality.MISSING


@pytest.mark.parametrize("name", all_indicators())
def test_every_indicator_answers_for_every_place_in_the_order_asked(eksempelland: Places, name: str) -> None:
    codes = tuple(reversed(eksempelland.municipalities))
    question = Question(
        DAY,
        jobs={"2422": (5, 9)},
        total_jobs=(5, 9),
        moved_from={"0101": 4.0},
        sites=("0101",),
        events=LEDGER,
        rents={"0101": (900.0, 1100.0)},
    )
    indicator = get(name)
    found = indicator.compute(eksempelland, question, codes)
    assert len(found) == len(codes)
    assert {figure.unit for figure in found} == {indicator.unit}
    assert found[3] == indicator.compute(eksempelland, question, [codes[3]])[0]
    for figure in found:
        assert figure.note or figure.value is not None
        if figure.interval is not None and figure.value is not None:
            assert figure.interval[0] <= figure.value <= figure.interval[1]


def test_a_snapshot_without_the_table_says_so(eksempelland: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Places, "has", lambda self, table: table != "town")
    figure = one(eksempelland, "largest_town", "0101")
    assert (figure.quality, figure.note) == (Quality.MISSING, "indicators:no_table")
