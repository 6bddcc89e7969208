"""`tyngdepunkt business`: Tinn and Fyresdal against the tables, other places, breaks, and what is refused."""

import json
import re
import time
from collections.abc import Callable
from functools import cached_property
from itertools import cycle
from pathlib import Path
from typing import Any

import msgspec
import pytest

from readers import sql
from tyngdepunkt import texts
from tyngdepunkt.analyses.business import brief, data, firms, people
from tyngdepunkt.analyses.business.area import Area, area_of
from tyngdepunkt.analyses.business.cells import Cells
from tyngdepunkt.analyses.business.document import document
from tyngdepunkt.analyses.business.jobs import Jobs
from tyngdepunkt.analyses.business.narrative import blocks, parts
from tyngdepunkt.analyses.business.pictures import industries
from tyngdepunkt.analyses.business.run import _Profile
from tyngdepunkt.analyses.business.tables import Tables, summed
from tyngdepunkt.analyses.contract import Setting, analysis, as_builtins
from tyngdepunkt.analyses.parameters import read_parameters
from tyngdepunkt.cli import run
from tyngdepunkt.documents.document import Table
from tyngdepunkt.errors import UserError
from tyngdepunkt.indicators.peer_similarity import likeness
from tyngdepunkt.places import Places
from tyngdepunkt.places.build_catalogue import catalogue
from tyngdepunkt.places.profile import profile
from tyngdepunkt.places.standards import changes

BUSINESS = analysis("business")
PARTS = ("employment", "change", "structure", "cornerstone", "commuting", "public_jobs", "sizes", "exposure")


@pytest.fixture
def ask(norway: Places) -> Callable[..., dict[str, Any]]:
    """Ask for the profile of a place."""

    def asked(place: str, lang: str = "en") -> dict[str, Any]:
        question = read_parameters(BUSINESS, {"place": place}, str)
        found = as_builtins(BUSINESS.answer({}, question, Setting(lang, lambda: norway)))
        assert isinstance(found, dict)
        return found

    return asked


def told(answer: dict[str, Any]) -> set[str]:
    return {notice["id"] for notice in answer["notices"]}


@pytest.mark.parametrize("written", ["Grenland", "Skien/Porsgrunn", "Skien/Porsgrunn-regionen"])
def test_a_labour_market_region_is_the_sum_of_its_municipalities(
    ask: Callable[..., dict[str, Any]], norway: Places, written: str
) -> None:
    found = ask(written)
    region = norway.regions[31]
    place = {"kind": "region", "code": "31", "name": region.name, "municipalities": len(region.members)}
    assert found["place"] == place
    assert found["title"].startswith("Skien/Porsgrunn:")
    said = next(each["text"] for each in found["notices"] if each["id"] == "place_read_as")
    assert all(norway.municipalities[code].called in said for code in region.members)
    residents = next(each for each in found["growth"] if each["what"] == "residents")
    own = [
        norway.rows("population", ("persons",), municipality=code, year=residents["end"])[0][0]
        for code in region.members
    ]
    assert residents["last"] == sum(own)


@pytest.mark.parametrize(
    ("written", "others"), [("Grenland", {"4010", "4012", "4014", "4016"}), ("Nord-Jæren", set())]
)
def test_a_district_that_no_source_draws_is_said_to_be_assumed(
    norway: Places, written: str, others: set[str]
) -> None:
    for lang, word in (("nb", "forutsatt"), ("nn", "føresett"), ("en", "assumed")):
        said = next(
            each.text for each in profile_of(norway, written, lang).notices if each.id == "place_read_as"
        )
        assert word in said
        beside = said.partition("SSB" if lang != "en" else "Statistics Norway")[2]
        assert all(norway.municipalities[code].called in beside for code in others)
        assert bool(beside) is bool(others)


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_a_place_is_called_by_its_norwegian_name(norway: Places, lang: str) -> None:
    question = read_parameters(BUSINESS, {"place": "Hábmer", "all": "yes"}, str)
    found = BUSINESS.answer({}, question, Setting(lang, lambda: norway))
    assert found.title.startswith("Hamarøy:")
    said = str(document(found, lang))
    assert "Hábmer:" not in said
    assert "Hamarøy" in said


def test_tinn_has_every_part(ask: Callable[..., dict[str, Any]]) -> None:
    tinn = ask("Tinn")
    assert all(tinn[part] is not None for part in PARTS)
    assert not tinn["missing"]
    assert tinn["employment"]["parts"] == sum(each["persons"] for each in tinn["employment"]["industries"])
    assert {each["table"] for each in tinn["sources"]} >= {"jobs_by_industry", "commuting", "firms_by_size"}
    assert tinn["made"]["snapshot"]


def test_the_figures_of_tinn_are_those_of_the_tables(
    ask: Callable[..., dict[str, Any]], norway: Places
) -> None:
    tinn = ask("4026")
    rows = {each["code"]: each for each in tinn["employment"]["industries"]}
    own = dict(norway.rows("jobs_by_industry", ("industry", "persons"), municipality="4026", year=2025))
    every = sql(norway, "SELECT industry, sum(persons) FROM jobs_by_industry WHERE year = 2025 GROUP BY 1")
    county = {industry: float(persons) for industry, persons in every}
    for code, row in rows.items():
        assert row["persons"] == own[code]
        if row["quotient"] is not None:
            expected = own[code] / sum(own.values()) / (county[code] / sum(county.values()))
            assert row["quotient"] == pytest.approx(expected)
            assert row["quotient_low"] <= row["quotient"] <= row["quotient_high"]
    change = tinn["change"]
    parts = change["national"] + change["industry_mix"] + change["regional"]
    assert parts == pytest.approx(change["value"])
    before = sql(
        norway, "SELECT sum(persons) FROM jobs_by_industry WHERE municipality = '4026' AND year = 2016"
    )
    assert change["value"] == tinn["employment"]["parts"] - float(before[0][0])
    structure = tinn["structure"]
    assert structure["unrelated"] + structure["related"] == pytest.approx(structure["variety"])


REFUSED = ("share", "quotient", "quotient_low", "quotient_high", "quotient_like", "change")


def test_an_industry_of_fewer_than_three_establishments_has_its_number_and_nothing_made_of_it(
    ask: Callable[..., dict[str, Any]],
) -> None:
    seen = 0
    for place in ("Fyresdal", "Hjartdal", "Siljan", "Tinn", "Drangedal"):
        found = ask(place)
        for each in found["employment"]["industries"]:
            few = each["persons"] > 0 and (each["establishments"] < 3 or each["persons"] < 3)
            assert each["thin"] is few
            assert not few or all(each[name] is None for name in REFUSED)
            seen += few
        exposed = {each["code"]: each for each in found["exposure"]["groups"]}
        thin = {each["code"] for each in found["employment"]["industries"] if each["thin"]}
        assert all(
            exposed[code]["change"] is exposed[code]["relative"] is None for code in thin & set(exposed)
        )
        assert ("thin" in told(found)) is bool(thin)
    assert seen > 10


def test_the_largest_industry_is_named_without_a_share_where_two_firms_are_all_of_it(norway: Places) -> None:
    tables = Tables(norway)
    tinn = area_of("Tinn", norway, "")
    full = Jobs(tables, tinn, "en", {})
    largest = full.largest(full.employment(None))
    assert all(each.share is not None and each.low < each.share < each.high for each in largest)
    thin = Jobs(tables, tinn, "en", dict.fromkeys(full.codes, 2))
    named = thin.largest(thin.employment(None))
    assert [each.code for each in named] == [each.code for each in largest]
    assert all(each.share is each.low is each.quotient is None for each in named)
    assert industries(profile_of(norway, "Tinn", "en"), "en") is not None


def test_a_profile_where_everything_is_thin_is_told_in_words(
    norway: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        firms, "units", lambda tables, members, year: dict.fromkeys(data.groups()["names"], 1)
    )
    found = profile_of(norway, "Tinn", "nb")
    assert industries(found, "nb") is None
    said = " ".join(getattr(block, "text", "") for block in blocks(found, "nb"))
    assert "andelen er holdt tilbake" in said
    factor = next(each for each in found.vulnerability if each.id == "specialisation")
    assert factor.value is factor.low is factor.place is None
    assert BUSINESS.document(found, "nb").sections


def test_without_establishments_the_guard_says_what_it_cannot_see(norway: Places) -> None:
    tables = Tables(norway)
    tables.sizes = {}  # type: ignore[misc]  # as where SSB 10309 has not been fetched
    found = _Profile(tables, area_of("Tinn", norway, ""), "en").result(profile_of(norway, "Tinn", "en").made)
    assert "units_unknown" in {notice.id for notice in found.notices}
    assert found.cornerstone is None
    assert found.employment is not None
    assert all(each.thin is (0 < each.persons < 3) for each in found.employment.industries)


RANGED = {
    "structure": {"krugman", "hoover", "gini", "herfindahl", "equivalent", "variety", "unrelated", "related"},
    "change": {"value", "national", "industry_mix", "regional"},
    "commuting": {"out_share", "in_share", "integration"},
}


@pytest.mark.parametrize("place", ["Tinn", "Fyresdal", "Skien", "Ålesund", "Utsira"])
def test_every_measure_of_counts_has_a_range_around_it(
    ask: Callable[..., dict[str, Any]], place: str
) -> None:
    found = ask(place)
    for part, names in RANGED.items():
        if found[part] is None:
            continue
        ranges = found[part]["ranges"]
        assert set(ranges) == names
        values = {"integration": found["vulnerability"][2]["value"], **found[part]}
        for name, held in ranges.items():
            assert held["low"] <= values[name] + 1e-12
            assert held["high"] >= values[name] - 1e-12
            assert held["low"] < held["high"]
    for part in ("public_jobs", "exposure"):
        if found[part] is not None:
            assert 0 <= found[part]["low"] < found[part]["share"] < found[part]["high"] <= 1
    for each in found["employment"]["industries"] if found["employment"] else ():
        if each["quotient"] is not None:
            assert each["quotient_low"] <= each["quotient"] < each["quotient_high"]
    assert {"ranges", "no_ranges"} <= told(found)


def test_the_smaller_the_place_the_wider_its_ranges(ask: Callable[..., dict[str, Any]]) -> None:
    widths = []
    for place in ("Fyresdal", "Tinn", "Skien"):
        held = ask(place)["structure"]["ranges"]["krugman"]
        widths.append(held["high"] - held["low"])
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_ranges_stand_after_their_figures_in_words_and_tables(norway: Places, lang: str) -> None:
    found = profile_of(norway, "Tinn", lang)
    assert found.structure is not None
    held = found.structure.ranges["krugman"]
    written = f"({texts.number(held.low, 2, lang)}–{texts.number(held.high, 2, lang)})"
    for shown in (blocks(found, lang), [b for s in document(found, lang).sections for b in s.blocks]):
        assert any(written in getattr(block, "text", "") for block in shown)
        tables = [block for block in shown if isinstance(block, Table)]
        heading = texts.text("analyses.business:view.range", lang)
        assert sum(heading in [column.title for column in table.columns] for table in tables) == 2


def test_totals_that_were_shared_out_are_told_beside_commuting(norway: Places) -> None:
    found = profile_of(norway, "Ålesund", "nb")
    assert found.commuting is not None
    assert found.commuting.estimated
    assert not profile_of(norway, "Tinn", "nb").commuting.estimated
    exposed = next(part for title, part in parts(found, "nb") if "utsatt" in title)
    assert any("er anslag" in getattr(block, "text", "") for block in exposed)


def test_parts_that_do_not_add_up_after_rounding_are_told(norway: Places) -> None:
    found = profile_of(norway, "Tinn", "en")
    assert found.change is not None
    for mix, told_so in ((1.4, True), (1.0, False)):
        change = msgspec.structs.replace(
            found.change, value=7.8, national=5.4 if told_so else 5.8, industry_mix=mix, regional=1.0
        )
        said = [getattr(b, "text", "") for b in blocks(msgspec.structs.replace(found, change=change), "en")]
        assert any("rounded one by one" in text for text in said) is told_so


def test_the_country_is_not_the_reference_until_it_is_fetched(ask: Callable[..., dict[str, Any]]) -> None:
    tinn = ask("Tinn")
    assert tinn["employment"]["reference"] == "Telemark (17 municipalities)"
    assert "not_the_country" in told(tinn)
    telemark = ask("Telemark")
    assert telemark["place"]["municipalities"] == 17
    assert telemark["structure"]["krugman"] is None
    assert telemark["change"] is None
    assert "no_reference" in told(telemark)
    total = sum(ask(code)["employment"]["parts"] for code in ("4026", "4032"))
    assert telemark["employment"]["parts"] > total


def test_the_cornerstone_is_an_interval(ask: Callable[..., dict[str, Any]]) -> None:
    tinn = ask("Tinn")
    found = tinn["cornerstone"]
    assert 0 < found["low"] <= found["high"] < 1
    assert found["low"] == pytest.approx(found["employees_from"] / tinn["employment"]["parts"])
    factors = {each["id"]: each for each in tinn["vulnerability"]}
    assert factors["cornerstone"]["value"] is None
    assert (factors["cornerstone"]["low"], factors["cornerstone"]["high"]) == (found["low"], found["high"])
    assert factors["specialisation"]["among"] == 17
    assert factors["integration"]["among"] == 357
    assert all("a reading" in each["meaning"] for each in factors.values())


def test_commuters_come_from_totals_and_those_who_stay(
    ask: Callable[..., dict[str, Any]], norway: Places
) -> None:
    found = ask("Tinn")["commuting"]
    [[residents, jobs]] = norway.rows("employed", ("residents", "workplace"), municipality="4026", year=2022)
    [[stay]] = norway.rows("commuting", ("persons",), home="4026", work="4026", year=2022)
    assert (found["out"], found["into"]) == (residents - stay, jobs - stay)
    assert found["out_share"] == pytest.approx((residents - stay) / residents)


def test_commuting_out_is_the_same_share_wherever_it_is_shown(norway: Places) -> None:
    tables = Tables(norway)
    compared = likeness(norway).figures["commuting_out"]
    for at, code in list(enumerate(norway.municipalities))[::40]:
        own = people.commuting(tables, area_of(code, norway, ""))
        stay = profile(norway, code).facts["self_containment"]
        assert own is not None
        assert own.out_share == pytest.approx(compared[at])
        assert stay.figure.value == pytest.approx(1 - own.out_share)


def test_any_other_place_gets_what_there_is_and_is_told_what_is_not(
    ask: Callable[..., dict[str, Any]],
) -> None:
    found = ask("Ålesund")
    assert found["employment"] is found["sizes"] is found["public_jobs"] is found["exposure"] is None
    assert found["commuting"]["out"] > 0
    assert found["growth"][0]["what"] == "residents"
    missing = {each["table"]: each["fetch"] for each in found["missing"]}
    assert set(missing) == {"jobs_by_industry", "firms_by_size", "jobs_by_sector"}
    assert "13470" in missing["jobs_by_industry"]
    assert "10309" in missing["firms_by_size"]
    assert "13472" in missing["jobs_by_sector"]
    assert found["hinterland"]["reach"][2]["residents"] >= found["hinterland"]["reach"][0]["residents"] > 0


def test_every_service_has_a_source_or_is_marked_assumed_or_is_not_judged(
    ask: Callable[..., dict[str, Any]],
) -> None:
    found = ask("Tinn")["hinterland"]
    for each in found["services"]:
        assert (each["threshold"] is None) or each["assumed"] or each["source"], each
        if each["threshold"] is None:
            assert each["within"] is None
    pharmacy = next(each for each in found["services"] if each["id"] == "pharmacy")
    reach = {each["minutes"]: each["residents"] for each in found["reach"]}
    assert pharmacy["within"] == min(
        m for m, residents in reach.items() if residents >= pharmacy["threshold"]
    )


def test_the_country_has_a_profile_without_commuting_out_of_it(ask: Callable[..., dict[str, Any]]) -> None:
    norway = ask("Norge")
    assert norway["place"]["kind"] == "country"
    assert norway["commuting"] is None
    assert "commuting" not in {each["table"] for each in norway["missing"]}
    assert norway["growth"]


def test_a_series_breaks_where_the_standard_changes(norway: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = {"jobs_by_industry": [(2000, "SN2007"), (2025, "SN2025")]}
    codes = ["10-33", "45-47", "90-99"]
    change = data.change_in("jobs_by_industry", 2016, 2025, changed)
    assert change is not None
    assert [code for code in codes if change.touches(code)] == ["45-47", "90-99"]
    assert data.change_in("jobs_by_industry", 2016, 2024, changed) is None
    assert data.change_in("jobs_by_industry", 2016, 2025) is None
    monkeypatch.setattr(
        data, "standard_in", lambda table, year, known=None: "SN2025" if year > 2024 else "SN2007"
    )
    tables = Tables(norway)
    jobs = Jobs(tables, area_of("Tinn", norway, ""), "en", {})
    rows = {each.code: each for each in jobs.employment(None).industries}
    assert rows["45-47"].broken
    assert rows["45-47"].change is None
    assert rows["10-33"].change is not None
    change = jobs.change()
    assert change is not None
    assert len(change.broken) == 2
    kept = sum(each.change for each in rows.values() if each.change is not None)
    assert change.value == pytest.approx(kept)
    exposed = {each.code: each.change for each in jobs.exposure().groups}
    assert exposed["45-47"] is None
    assert exposed["55-56"] is not None


def test_a_table_by_industry_declares_the_standards_of_its_rows(norway: Places) -> None:
    """And says the same in words; years before and after are of one that is known."""
    [table] = [each for each in catalogue() if each.name == "jobs_by_industry"]
    assert table.standards
    for lang, said in table.provenance["query"].items():
        assert all(name in said for _, name in table.standards), lang
    known = {name for change in changes() for name in (change.before, change.after)}
    years = norway.years("jobs_by_industry")
    assert {data.standard_in("jobs_by_industry", year) for year in years} <= known
    assert data.standard_in("jobs_by_industry", min(table.standards)[0] - 1) == ""
    assert data.standard_in("population", 2020) == ""


@pytest.mark.parametrize(
    ("moves", "broken"),
    [
        ((), {"45-47", "90-99"}),  # what is known from the divisions alone
        ((("45.110", "46.710"), ("45.200", "95.310"), ("47.110", "47.110")), {"45-47", "90-99"}),
        ((("45.110", "46.710"), ("45.200", "47.820")), set()),  # every move inside a group
        ((("45.110", "46.710"), ("74.909", "82.400")), {"68-75", "77-82"}),
    ],
)
def test_a_fetched_correspondence_says_which_series_break(
    norway: Places,
    monkeypatch: pytest.MonkeyPatch,
    moves: tuple[tuple[str, str], ...],
    broken: set[str],
) -> None:
    monkeypatch.setattr(
        data, "standard_in", lambda table, year, known=None: "SN2025" if year > 2024 else "SN2007"
    )
    made = profile_of(norway, "Tinn", "en").made
    tables = Tables(norway)
    tables.moves = moves  # type: ignore[misc]  # as where Klass 6 has been fetched
    found = _Profile(tables, area_of("Tinn", norway, ""), "en").result(made)
    assert {each.code for each in found.employment.industries if each.broken} == broken
    assert len(found.change.broken) == len(broken)
    said = {notice.id: notice.text for notice in found.notices}
    assert ("industry_change" in {each.table for each in found.missing}) is not bool(moves)
    crossing = [f"{old} → {new}" for old, new in moves if new in ("95.310", "82.400")]
    assert ("moved" in said) is bool(crossing)
    assert all(each in said["moved"] for each in crossing)


def test_a_missing_cell_is_refused_and_not_taken_for_nothing() -> None:
    figures = {"a": {"x": 1.0, "y": 2.0}, "b": {"x": 3.0, "y": None}}
    assert summed(figures, ["a"], ["x", "y"]) == {"x": 1.0, "y": 2.0}
    assert summed(figures, ["a", "b"], ["x", "y"]) is None
    assert summed(figures, ["a", "c"], ["x"]) is None


def test_a_missing_cell_of_jobs_leaves_the_area_without_a_sum() -> None:
    cells = Cells.of({"a": {"x": 1.0, "y": 2.0}, "b": {"x": 3.0, "y": None}, "c": {"x": 4.0}}, ["x", "y"])
    assert cells.whole == ["a"]
    assert cells.total(["a"]) == pytest.approx([1.0, 2.0])
    assert cells.total(["a", "b"]) is cells.total(["a", "c"]) is cells.total(["a", "d"]) is None


def test_a_border_change_leaves_out_the_change_in_population(norway: Places) -> None:
    from tyngdepunkt.places.borders import border_changes

    tables = Tables(norway)
    crossed = next(
        change
        for change in border_changes()
        if not change.small
        and change.year > 2016
        and {change.giver, change.taker} <= set(norway.municipalities)
    )
    found = people.residents(tables, area_of(crossed.giver, norway, ""))
    assert found is not None
    assert found.change is None


def test_every_section_of_the_stored_table_belongs_to_a_group(norway: Places) -> None:
    stored = {row[0] for row in sql(norway, "SELECT DISTINCT industry FROM firms_by_size")}
    assert stored <= set(data.groups()["sections"])
    groups = {row[0] for row in sql(norway, "SELECT DISTINCT industry FROM jobs_by_industry")}
    assert set(data.groups()["sections"].values()) == groups == set(data.groups()["names"])
    broad = [code for codes in data.groups()["broad"].values() for code in codes]
    assert sorted(broad) == sorted(groups - {data.groups()["unknown"]})


def test_the_classes_of_size_hold_every_establishment(norway: Places) -> None:
    tables = Tables(norway)
    year = firms.last_year(tables, ["4026"])
    assert year is not None
    [[count]] = sql(
        norway, f"SELECT sum(establishments) FROM firms_by_size WHERE municipality='4026' AND year={year}"
    )
    assert sum(each.establishments for each in firms.sizes(tables, ["4026"], year).classes) == count


def test_an_unknown_place_is_refused_in_its_own_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["business", "Tullby", "--lang", "en"]) == 1
    assert "Tullby" in capsys.readouterr().err


def test_an_empty_name_is_refused() -> None:
    with pytest.raises(UserError):
        read_parameters(BUSINESS, {"place": ""}, str)


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
@pytest.mark.parametrize("place", ["Tinn", "Ålesund", "Telemark", "Norge"])
def test_the_profile_is_told_in_every_language(
    ask: Callable[..., dict[str, Any]], norway: Places, place: str, lang: str
) -> None:
    question = read_parameters(BUSINESS, {"place": place}, str)
    result = BUSINESS.answer({}, question, Setting(lang, lambda: norway))
    blocks = BUSINESS.blocks(result, lang)
    assert len(blocks) > 4
    document = BUSINESS.document(result, lang)
    assert document.sections
    assert document.summary
    assert texts.text("analyses.business:view.lives_of", lang)


def test_the_command_writes_json_and_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--out", str(tmp_path), "--format", "html", "--format", "xlsx"]
    assert run(["business", "Tinn", "--json", *options]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["place"]["code"] == "4026"
    assert {path.name for path in tmp_path.iterdir()} == {"business.html", "business.xlsx"}


def test_all_municipalities_are_listed_with_their_area(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--all", "--out", str(tmp_path), "--format", "csv", "--format", "xlsx"]
    assert run(["business", "Telemark", "--json", "--lang", "nb", *options]) == 0
    answer = json.loads(capsys.readouterr().out)
    rows = {each["code"]: each for each in answer["places"]}
    assert len(rows) == 17
    # the total of 2022, which every place has; the profile of Tinn goes on to 2025
    assert (rows["4026"]["jobs"], rows["4026"]["jobs_year"]) == (2603, 2022)
    lines = (tmp_path / "business.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Kommunenummer;Kommune;Fylke")
    assert len(lines) == 18
    assert (tmp_path / "business.xlsx").stat().st_size > 5000


def test_all_places_take_seconds_and_each_has_a_row(norway: Places) -> None:
    question = read_parameters(BUSINESS, {"all": "true"}, str)
    began = time.process_time()
    result = BUSINESS.answer({}, question, Setting("en", lambda: norway))
    assert time.process_time() - began < 60
    assert len(result.places) == 357
    assert all(each.residents for each in result.places)
    without = [each for each in result.places if each.krugman is None]
    assert len(without) == 357 - 17


def test_with_industries_of_the_whole_country_a_row_is_still_that_of_its_own_profile(
    norway: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Dealt(Tables):
        """The counts of Telemark dealt out to every municipality: the work of the whole country."""

        @cached_property
        def jobs(self) -> dict[int, dict[str, dict[str, float | None]]]:
            years = Tables(norway).jobs.items()
            codes = norway.municipalities
            return {year: dict(zip(codes, cycle(known.values()), strict=False)) for year, known in years}

    tables = Dealt(norway)
    monkeypatch.setattr("tyngdepunkt.analyses.business.run.remember", lambda places, key, make: tables)
    began = time.process_time()
    found = {each.code: each for each in profile_of(norway, "Norge", "en", all="true").places}
    assert time.process_time() - began < 30
    assert all(each.krugman is not None for each in found.values())
    for name in ("Tinn", "Utsira"):
        own = profile_of(norway, name, "en")
        assert own.alike[0] == found[own.place.code]
        assert len(own.employment.like) == 5


def test_each_source_of_the_document_names_its_publisher_and_licence(norway: Places) -> None:
    question = read_parameters(BUSINESS, {"place": "Tinn"}, str)
    result = BUSINESS.answer({}, question, Setting("nb", lambda: norway))
    sources = BUSINESS.document(result, "nb").sources
    assert len(sources) == len(result.sources) > 4
    assert all(each.provider and each.licence and each.query for each in sources)


def test_only_the_terminal_names_the_command_that_brings_figures_in(norway: Places) -> None:
    question = read_parameters(BUSINESS, {"place": "Ålesund"}, str)
    result = BUSINESS.answer({}, question, Setting("nb", lambda: norway))
    shown = str(BUSINESS.blocks(result, "nb"))
    assert "SSB 10309 for hele landet: tyngdepunkt data refresh --only 10309." in shown
    assert "SSB 13470 for hele landet: tyngdepunkt data refresh --only 13470." in shown
    told = str(BUSINESS.document(result, "nb").sections)
    assert "tyngdepunkt" not in told
    assert "SSB 13470" in told


def test_the_command_that_is_named_knows_the_table_that_is_named(
    norway: Places, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tyngdepunkt.sources.declared import own_tables

    for place in ("Ålesund", "Halden", "Oslo", "Innlandet"):
        for lack in profile_of(norway, place, "en").missing:
            told = lack.fetch.rpartition(": ")[2].rstrip(".").split()
            assert told[:4] == ["tyngdepunkt", "data", "refresh", "--only"]
            assert lack.table in own_tables().tables[told[4]].makes
    assert run(["data", "refresh", "--help"]) == 0
    assert "--only" in capsys.readouterr().out


def test_no_jobs_within_reach_is_told_in_words(norway: Places) -> None:
    question = read_parameters(BUSINESS, {"place": "Kautokeino"}, str)
    told = str(BUSINESS.blocks(BUSINESS.answer({}, question, Setting("nb", lambda: norway)), "nb"))
    assert "Ingen annen kommune har senteret sitt innenfor 45 minutter" in told


def test_the_table_of_one_municipality_has_it_and_those_like_it(norway: Places) -> None:
    question = read_parameters(BUSINESS, {"place": "Namsos"}, str)
    rows = BUSINESS.sheet(BUSINESS.answer({}, question, Setting("nb", lambda: norway)), "nb").rows
    assert [len(rows), rows[1][0]] == [7, "5007"]


def test_no_heading_and_no_figure_is_cut_in_a_narrow_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["business", "Steinkjer", "--lang", "nb"]) == 0
    shown = capsys.readouterr().out
    assert "…" not in shown
    assert "24 007" in shown.replace("\u00a0", " ")


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_the_industries_are_drawn_with_the_reference_and_told_in_words(norway: Places, lang: str) -> None:
    drawn = industries(profile_of(norway, "Tinn", lang), lang)
    assert drawn is not None
    assert drawn.svg.startswith("<svg")
    assert "Telemark" in drawn.caption
    assert ("22.9" if lang == "en" else "22,9") in drawn.alt
    assert industries(profile_of(norway, "Røros", lang), lang) is None, "no figures, no picture"


def profile_of(places: Places, name: str, lang: str, **given: str) -> Any:
    question = read_parameters(BUSINESS, {"place": name, **given}, str)
    return BUSINESS.answer({}, question, Setting(lang, lambda: places))


def test_a_place_with_names_in_several_languages_is_called_by_the_first(norway: Places) -> None:
    question = read_parameters(BUSINESS, {"place": "Røros"}, str)
    found = BUSINESS.answer({}, question, Setting("nb", lambda: norway))
    assert found.title == "Røros: næringsliv og sårbarhet"
    assert found.place.name == "Røros - Rosse"
    said = document(found, "nb")
    assert not [lack for lack in found.missing if "Rosse" in lack.fetch]
    refs = {
        ref for section in said.sections for block in section.blocks for ref in getattr(block, "refs", ())
    }
    assert refs == set(range(1, len(said.sources) + 1))


def test_a_table_of_places_says_the_years_of_its_columns(norway: Places) -> None:
    question = read_parameters(BUSINESS, {"place": "Tinn"}, str)
    found = BUSINESS.answer({}, question, Setting("nb", lambda: norway))
    told = " ".join(getattr(block, "text", "") for block in blocks(found, "nb"))
    own = found.alike[0]
    assert f"Arbeidsplassene er fra {own.jobs_year}, og endringen er fra {own.jobs_start}." in told
    apart = msgspec.structs.replace(found.alike[1], jobs_start=2011)
    told = " ".join(
        getattr(block, "text", "")
        for block in blocks(msgspec.structs.replace(found, alike=[own, apart]), "nb")
    )
    assert "Arbeidsplassene er fra" not in told


def test_columns_that_nobody_has_figures_for_are_left_out(norway: Places) -> None:
    question = read_parameters(BUSINESS, {"place": "Telemark"}, str)
    found = BUSINESS.answer({}, question, Setting("en", lambda: norway))
    table = next(block for block in blocks(found, "en") if isinstance(block, Table))
    assert [column.title for column in table.columns] == ["Industry", "Employed", "Share", "Since 2016"]
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_the_range_of_a_figure_stands_beside_it_in_the_sheet(norway: Places) -> None:
    question = read_parameters(BUSINESS, {"place": "Tinn"}, str)
    found = BUSINESS.answer({}, question, Setting("nb", lambda: norway))
    tinn, fyresdal = found.alike[0], next(each for each in found.alike if each.krugman is None)
    for name in brief.RANGED:
        low, value, high = (getattr(tinn, each) for each in (f"{name}_low", name, f"{name}_high"))
        assert low <= value <= high
        assert low < high
        assert (getattr(fyresdal, f"{name}_low") is None) == (getattr(fyresdal, f"{name}_high") is None)
    assert fyresdal.krugman_low is None
    assert tinn.out_share_low == found.commuting.ranges["out_share"].low
    assert tinn.equivalent_industries_high == found.structure.ranges["equivalent"].high
    heads = BUSINESS.sheet(found, "nb").rows[0]
    assert len(set(heads)) == len(heads)
    at = heads.index("Andel som pendler ut")
    assert [head.partition(": ")[2] for head in heads[at + 1 : at + 3]] == [
        "nedre ende av spennet",
        "øvre ende av spennet",
    ]


@pytest.mark.parametrize("before", [None, "det som sto der"])
def test_a_profile_stopped_while_it_is_written_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    def stopped(document: object) -> bytes:
        raise KeyboardInterrupt

    out = tmp_path / "ut"
    if before is not None:
        out.mkdir()
        (out / "business.csv").write_text(before)
    monkeypatch.setattr("tyngdepunkt.documents.xlsx.render", stopped)
    with pytest.raises(SystemExit):
        run(
            ["business", "Tinn", "--out", str(out), "--format", "csv", "--format", "html", "--format", "xlsx"]
        )
    left = {each.name: each.read_text() for each in out.iterdir()} if out.exists() else {}
    assert left == ({} if before is None else {"business.csv": before})


def test_every_region_and_county_has_the_commuters_that_the_matrix_has(norway: Places) -> None:
    """Also those that are one municipality, whose number is not that of the municipality."""
    tables = Tables(norway)
    areas = [Area("region", str(each.id), each.name, each.members) for each in norway.regions.values()]
    numbers = dict.fromkeys(each.county_code for each in norway.municipalities.values())
    areas += [area_of(f"{number} fylke", norway, "") for number in numbers]
    assert any(len(area.members) == 1 and area.kind == "county" for area in areas)
    for area in areas:
        found = people.commuting(tables, area)
        assert found is not None
        home, work = (",".join(f"'{code}'" for code in area.members),) * 2
        [(stay,)] = sql(
            norway,
            f"SELECT sum(persons) FROM commuting WHERE year = {found.year} "  # numbers of ours
            f"AND home IN ({home}) AND work IN ({work})",
        )
        assert found.out == max(found.residents - float(stay), 0)
        assert found.into == max(found.jobs - float(stay), 0)


def test_the_help_names_the_formats_that_are_written_without_one(tmp_path: Path) -> None:
    assert run(["business", "Fyresdal", "--out", str(tmp_path)]) == 0
    written = {path.suffix.removeprefix(".") for path in tmp_path.iterdir()}
    for lang in ("nb", "nn", "en"):
        named, _, rest = texts.text("cli:options.format", lang).partition(". ")
        told = re.findall(r"\b(?:docx|pdf|html|xlsx|json|csv)\b", named)
        assert set(told[:4]) == written, "the first four"
        assert {"json", "csv"} == set(told[4:])
        assert re.search(r"\b(fire|four)\b", rest)
