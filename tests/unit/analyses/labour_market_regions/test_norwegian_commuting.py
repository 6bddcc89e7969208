"""The official list of 2020 from the figures: how near one comes, and what every difference rests on."""

from pathlib import Path

import duckdb
import numpy as np
import pytest

from tyngdepunkt.analyses.contract import Brought
from tyngdepunkt.analyses.labour_market_regions.assess import Delineated, delineate
from tyngdepunkt.analyses.labour_market_regions.load_flows import read_flows
from tyngdepunkt.analyses.labour_market_regions.municipal import recoded
from tyngdepunkt.analyses.labour_market_regions.norwegian_commuting import Norway, norway
from tyngdepunkt.analyses.labour_market_regions.official_list_comparison import Comparison, compare
from tyngdepunkt.analyses.labour_market_regions.parameters import Commuting, DelineationParameters
from tyngdepunkt.errors import Faults, UserError
from tyngdepunkt.methods.labour_markets.flows import from_cells
from tyngdepunkt.places import Places


def by_rules(country: Norway, **more: object) -> Delineated:
    ask = DelineationParameters(
        "ba",
        minutes=country.minutes,
        base=country.base,
        centres=country.centres,
        other_mode=country.other_mode,
        **more,  # type: ignore[arg-type]
    )
    return delineate(country.commuting, ask)


@pytest.fixture(scope="module")
def now(norway_places: Places) -> Norway:
    return norway(norway_places)


@pytest.fixture(scope="module")
def norway_places(norway: Places) -> Places:
    return norway


@pytest.fixture(scope="module")
def then(norway_places: Places, shared_data: Path) -> Norway:
    """2017, the year the list rests on, in today's municipalities."""
    return in_year(norway_places, shared_data, 2017)


def in_year(places: Places, shared_data: Path, year: int) -> Norway:
    file = shared_data / "pendling" / "pendling_03321_2017_2022.parquet"
    rows = duckdb.execute(
        "select bosted, arbeidssted, antall from read_parquet(?) where aar = ?", [str(file), year]
    ).fetchall()
    codes = sorted({row[0] for row in rows} | {row[1] for row in rows})
    at = {code: i for i, code in enumerate(codes)}
    flows = from_cells([at[r[0]] for r in rows], [at[r[1]] for r in rows], [r[2] for r in rows], len(codes))
    found = recoded(places, Commuting(tuple(codes), flows), year)
    assert len(found.whole) == 357
    return norway(places, year, found.flows, found.whole)


def named(comparison: Comparison, country: Norway) -> dict[str, str]:
    """Municipality → reason."""
    places, names = country.commuting.places, country.commuting.names
    return {names[places[d.place]]: d.reason for d in comparison.differences}


def test_the_printed_percentages_are_those_of_2017_and_of_20_to_66_years(then: Norway) -> None:
    found = by_rules(then)
    comparison = compare(found, then)
    gaps = np.array([abs(c.out_now - c.out_then) for c in comparison.changes])
    back = np.array([abs(c.back_now - c.back_then) for c in comparison.changes])
    assert len(gaps) == 192
    assert np.median(gaps) < 0.05
    assert np.median(back) < 0.05
    assert (gaps < 0.25).mean() > 0.9


def test_the_list_comes_out_but_for_seven_municipalities_and_each_has_its_reason(then: Norway) -> None:
    comparison = compare(by_rules(then), then)
    assert (comparison.regions_then, comparison.same_region) == (159, 350)
    assert named(comparison, then) == {
        "Larvik": "travel_time",
        "Kragerø": "travel_time",
        "Nissedal": "travel_time",
        "Lærdal": "stronger_centre",
        "Bremanger": "contiguity",
        "Gratangen - Rivtták": "travel_time",
        "Gáivuotna - Kåfjord - Kaivuono": "travel_time",
    }


def test_those_who_would_change_now_are_told_from_those_the_travel_time_moves(
    now: Norway, then: Norway
) -> None:
    comparison = compare(by_rules(now), now, then)
    reasons = named(comparison, now)
    assert reasons["Vik"] == "commuting_rose"
    assert reasons["Engerdal"] == "commuting_changed"
    assert reasons["Eidsvoll"] == "stronger_centre"
    assert reasons["Larvik"] == "travel_time"
    assert "rule_met" not in reasons.values()
    assert set(reasons) == set(named(compare(by_rules(now), now), now))
    assert named(compare(by_rules(now), now), now)["Vik"] == "rule_met", "without 2017 one cannot tell"


def test_the_embedded_matrix_of_2022_gives_the_regions_it_gave(now: Norway) -> None:
    found = by_rules(now)
    comparison = compare(found, now)
    assert (now.year, len(found.regions), comparison.same_region) == (2022, 152, 337)
    joined = {d.place: d for d in comparison.differences}
    assert all(d.now.tie is not None or d.now.ground == "R" for d in joined.values())


def test_recoding_loses_nobody(now: Norway, then: Norway) -> None:
    assert then.commuting.flows.living.sum() == pytest.approx(2_609_737)
    assert now.commuting.flows.living.sum() == 2_809_789
    assert then.commuting.places == now.commuting.places


def test_the_population_of_working_age_is_whole_but_for_the_divided_municipality(now: Norway) -> None:
    assert [notice.key for notice in now.notices] == ["base_guessed"]
    assert now.notices[0].values["places"] == ["Ålesund", "Haram"]
    assert 0.55 < now.base.sum() / 5_425_270 < 0.62


def test_printed_travel_times_stand_before_our_own(now: Norway) -> None:
    at = now.commuting.position
    assert now.minutes[at["5538"], at["5501"]] != now.printed["5538"].minutes, "a region of its own"
    assert now.minutes[at["1111"], at["1101"]] == pytest.approx(now.printed["1111"].minutes)
    assert (now.minutes == now.minutes.T).all()


def test_strange_numbers_are_refused(norway_places: Places) -> None:
    strange = Commuting(("0301", "9876"), from_cells([0, 1], [0, 1], [5, 5], 2))
    with pytest.raises(UserError) as caught:
        recoded(norway_places, strange, 2017)
    assert caught.value.faults[0].values["place"] == "9876"


def some(places: Places, names: tuple[str, ...], year: int) -> Norway:
    """Places of a file in which nine tenths live and work in the same one, the rest in the first."""
    n = len(names)
    homes, works = [*range(n), *range(n), *[0] * n], [*range(n), *[0] * n, *range(n)]
    flows = from_cells(homes, works, [9000] * n + [900] * n + [100] * n, n)
    found = recoded(places, Commuting(names, flows), year)
    return norway(places, year, found.flows, found.whole)


def test_a_place_that_is_not_in_the_file_is_missing_and_not_empty(norway_places: Places) -> None:
    country = some(norway_places, ("3403", "3411"), 2024)
    assert country.commuting.places == ("3403", "3411")
    assert country.base.min() > 10_000
    assert [(n.key, n.values.get("count")) for n in country.notices] == [("partial", 2)]
    comparison = compare(by_rules(country), country)
    assert (comparison.judged, comparison.same_region, comparison.differences) == (2, 2, ())


def test_those_whose_centre_is_missing_are_not_judged(norway_places: Places) -> None:
    """Ringsaker, Løten and Stange belong to Hamar in the list; with Hamar left out nobody can say."""
    every = tuple(code for code in sorted(norway_places.municipalities) if code != "3403")
    country = some(norway_places, every, 2024)
    told = {notice.key: notice.values for notice in country.notices}
    assert told["partial"] == {"count": 356, "all": 357}
    assert told["partial_lacks"]["places"] == ["Hamar"]
    assert {"Ringsaker", "Løten", "Stange"} <= set(told["centre_missing"]["places"])
    comparison = compare(by_rules(country), country)
    assert comparison.judged == 356 - len(country.unjudged)
    codes = country.commuting.places
    assert not {"3411", "3412", "3413"} & {codes[each.place] for each in comparison.differences}


def test_one_that_was_put_together_is_whole_with_all_its_parts(norway_places: Places) -> None:
    """Stavanger took in Finnøy (1141) and Rennesøy (1142) in 2020 and kept its number."""
    assert some(norway_places, ("1103", "1141", "1142", "1106"), 2017).commuting.places == ("1103", "1106")
    assert some(norway_places, ("1103", "1141", "1106"), 2017).commuting.places == ("1106",)
    assert some(norway_places, ("1103", "1106"), 2024).commuting.places == ("1103", "1106")
    with pytest.raises(UserError) as caught:
        some(norway_places, ("1103",), 2017)
    assert caught.value.faults[0].key.endswith(":none_whole")


def test_municipalities_by_number_and_name(norway_places: Places) -> None:
    written = ("301", "Hamar", "3411 Ringsaker", "K-3407 Gjøvik")
    assert some(norway_places, written, 2024).commuting.places == ("0301", "3403", "3407", "3411")


def test_names_are_those_of_the_year(norway_places: Places) -> None:
    """A name that another municipality bears now, or none, is that year's; a label's number is carried on."""
    merged = some(norway_places, ("Ringsaker kommune", "Haram", "Drammen (2020-2023)", "Vestby"), 2018)
    assert merged.commuting.places == ("1580", "3216", "3411")  # Drammen of 2018 is only a part of today's
    label = some(norway_places, ("Drammen (2020-2023)", "Hamar"), 2022)
    assert label.commuting.places == ("3301", "3403")
    with pytest.raises(UserError) as caught:
        some(norway_places, ("Finnsnes", "Våler", "Hamar"), 2022)
    assert [fault.values["place"] for fault in caught.value.faults] == ["Finnsnes", "Våler"]


def test_each_unknown_name_is_told_with_its_line(norway_places: Places, tmp_path: Path) -> None:
    file = tmp_path / "flows.csv"
    ways = [f"{one},{other},9" for one in ("Hamar", "Vidda", "Nowhere") for other in ("Hamar", "Vidda", one)]
    file.write_text("\n".join(["from,to,persons", *dict.fromkeys(ways)]) + "\n", encoding="utf-8")
    faults = Faults()
    given = read_flows(Brought.from_path(file), faults)
    faults.raise_if_any()
    with pytest.raises(UserError) as caught:
        recoded(norway_places, given, 2024)
    told = [(f.key.partition(":")[2], f.where, f.values["place"]) for f in caught.value.faults]
    assert told == [
        ("unknown_municipality", "flows.csv, line 6", "Nowhere"),
        ("unknown_municipality", "flows.csv, line 3", "Vidda"),
    ]


def test_a_municipality_that_is_written_in_two_ways_is_not_added_up(norway_places: Places) -> None:
    with pytest.raises(UserError) as caught:
        some(norway_places, ("Hamar", "3403", "0301", "301"), 2024)
    told = [(f.key.partition(":")[2], f.values["first"], f.values["second"]) for f in caught.value.faults]
    assert told == [("same_municipality", "Hamar", "3403"), ("same_municipality", "0301", "301")]


def test_only_what_is_wrong_is_blamed(norway_places: Places) -> None:
    written = ("0301", "3201", "9999", "2111", "Utlandet", "9876", "Oppland")
    with pytest.raises(UserError) as caught:
        some(norway_places, written, 2024)
    told = [
        (f.key.partition(":")[2], f.values.get("places", f.values.get("place"))) for f in caught.value.faults
    ]
    assert told == [
        ("unknown_municipality", "9876"),
        ("unknown_municipality", "Oppland"),
        ("no_municipality", ["9999 (Uoppgitt)", "2111 (Spitsbergen)", "Utlandet"]),
    ]


def test_most_municipalities_are_firm(now: Norway) -> None:
    shares = by_rules(now, draws=20).stability
    assert shares is not None
    assert (shares >= 0.95).mean() > 0.85
    assert shares.min() < 0.9, "some are on the edge"


def test_eksempelland_can_be_asked_too(eksempelland: Places) -> None:
    country = norway(eksempelland)
    found = by_rules(country)
    comparison = compare(found, country)
    assert sum(len(region.members) for region in found.regions) == 12
    assert comparison.regions_then == 5
