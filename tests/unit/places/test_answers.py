"""Answers of other sources that a refresh makes tables of: built, held against those before, never half."""

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import numpy as np
import pytest
import shapely

import statbank
from tyngdepunkt import settings
from tyngdepunkt.cli import run
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import open_places
from tyngdepunkt.places.build_folder import KNOWN, build_from_folder
from tyngdepunkt.places.build_tables import MAKERS
from tyngdepunkt.places.profile import profile
from tyngdepunkt.places.record import read_record
from tyngdepunkt.places.snapshot import embedded_folder, find_folder
from tyngdepunkt.sources import answers, kept, register_files
from tyngdepunkt.sources.declared import own_tables
from tyngdepunkt.sources.vacancies import FILE, Category, Employer, Held, Place, Vacancy, counted
from tyngdepunkt.texts import explain_error
from unit.places.test_build_folder import code, held

DAY = dt.date(2026, 11, 29)
AT = "2026-11-29T08:00:00+00:00"
Run = Callable[..., tuple[int, str, str]]


def keys(error: pytest.ExceptionInfo[UserError]) -> list[str]:
    assert all(explain_error(error.value, lang) for lang in settings.LANGUAGES)
    return sorted(fault.key.partition(":")[2] for fault in error.value.faults)


def test_every_answer_has_a_reader_and_a_maker_and_every_table_of_them_is_in_the_catalogue() -> None:
    told = answers.declared().answers
    assert set(told) == set(KNOWN) - {table.feeds for table in own_tables().tables.values()} - {
        name for name in KNOWN if name.startswith("ssb/")
    }
    for name, about in told.items():
        assert tuple(table for table, _ in MAKERS[name]) == about.makes
        assert (about.differ is None) == bool(about.held)
        assert set(about.measured) <= set(about.makes)


# --- what the builder makes of them ---------------------------------------------------------------------


@pytest.fixture
def build(tmp_path: Path) -> Callable[..., Path]:
    def made(**files: bytes) -> Path:
        folder = tmp_path / "official"
        shutil.rmtree(folder, ignore_errors=True)
        for name, content in files.items():
            file = folder / f"{name.replace('__', '/').replace('_', '-')}.json"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return build_from_folder(folder, embedded_folder(), tmp_path / "new", built=DAY)

    return made


def vacancy(
    number: int, *places: Place, count: str | None = "2", styrk: str = "2342.07", **more: Any
) -> Vacancy:
    moment = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    told = {"expires": moment + dt.timedelta(60), **more}
    return Vacancy(
        str(number), moment, updated=moment, workLocations=list(places), employer=Employer(),
        categoryList=[Category("STYRK08NAV", styrk, "x")], positioncount=count, **told,
    )  # fmt: skip


def nav(*vacancies: Vacancy) -> bytes:
    return counted(Held(vacancies={each.uuid: each for each in vacancies}), AT)


def at(municipal: str | None, county: str = "", country: str | None = "NORGE") -> Place:
    return Place(country, municipal, "0001", county, municipal)


def test_vacancies_are_counted_by_place_and_occupation(build: Callable[..., Path]) -> None:
    gone = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
    new = build(
        nav__vacancies=nav(
            vacancy(1, at("OSLO"), at("OSLO"), at("HERØY", "NORDLAND")),
            vacancy(2, at("OSLO"), count="3"),
            vacancy(3, at("HERØY", "MØRE OG ROMSDAL"), count=None),
            vacancy(4, at("Karasjok", "FINNMARK"), styrk="x"),
            vacancy(5, at("STOCKHOLM", country="SVERIGE"), at(None)),
            vacancy(6, at("OSLO"), expires=gone),
            vacancy(7, at("SVALBARD")),
        )
    )
    assert held("vacancy", "*", "true", new) == [
        ("0301", "2342", 2, 5, DAY),
        ("1515", "2342", 1, None, DAY),
        ("1818", "2342", 1, 2, DAY),
        ("5610", "", 1, 2, DAY),
    ]
    with open_places(new) as places:
        facts = [profile(places, number).facts["vacancies"] for number in ("0301", "1818", "4026")]
        assert [(fact.figure.value, fact.year) for fact in facts] == [(2, 2026), (1, 2026), (0, 2026)]
    assert "vacancies" not in profile(open_places(embedded_folder()), "0301").facts


@pytest.mark.parametrize("places", [[at("NYBYGD")], [at("HERØY")], [at("HERØY", "OSLO")]])
def test_vacancies_that_lie_nowhere_are_no_smaller_whole(
    places: list[Place], build: Callable[..., Path]
) -> None:
    with pytest.raises(UserError) as error:
        build(nav__vacancies=nav(vacancy(1, at("OSLO")), vacancy(2, *places)))
    assert keys(error) == ["vacancies_nowhere"]
    assert build(nav__vacancies=nav(*(vacancy(n, at("OSLO")) for n in range(40)), vacancy(99, *places)))


def kartverket(without: str = "", **names: str) -> bytes:
    """The municipalities there are, with names in other languages."""
    counties: dict[str, list[Any]] = {}
    for number, name in held("municipality", "code, name", f"code <> '{without}'"):
        grid = {"type": "name", "properties": {"name": "EPSG:4258"}}
        other = [{"navn": each, "sprak": "x"} for each in names.get(f"n{number}", "").split(";")]
        counties.setdefault(number[:2], []).append(
            {"kommunenummer": number, "kommunenavn": name, "kommunenavnNorsk": name, "gyldigeNavn": other,
             "samiskForvaltningsomrade": False, "punktIOmrade": {"coordinates": [5.7, 59.1], "crs": grid}}
        )  # fmt: skip
    told = [{"fylkesnummer": at, "fylkesnavn": "x", "kommuner": of} for at, of in counties.items()]
    return json.dumps(told).encode()


def test_names_in_other_languages_come_beside_those_there_are(build: Callable[..., Path]) -> None:
    new = build(kartverket__municipalities=kartverket(n0301="Oslo by;Oslo"))
    before = held("municipality_name", "*", "true")
    assert sorted(set(held("municipality_name", "*", "true", new)) - set(before)) == [
        ("0301", "Oslo by", "part")
    ]
    assert set(before) <= set(held("municipality_name", "*", "true", new))
    with open_places(new) as places:
        assert "Oslo by" in places.municipalities["0301"].names
    with pytest.raises(UserError) as error:
        build(kartverket__municipalities=kartverket(without="0301"))
    assert keys(error) == ["incomplete_year"]


def areas(change: Callable[[str, Any], Any] = lambda number, shape: shape) -> bytes:
    """The boundaries there are as Kartverket's answers are kept."""
    told = []
    for number, wkb in held("boundary", "code, wkb", "level = 'municipality'"):
        shape = change(number, shapely.from_wkb(bytes(wkb)))
        parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
        rings = [
            [
                np.asarray(ring.coords).round().astype(int).tolist()
                for ring in (part.exterior, *part.interiors)
            ]
            for part in parts
        ]
        told.append({"number": number, "polygons": rings})
    return msgspec.json.encode(told)


@pytest.mark.walk
def test_boundaries_out_to_sea_become_those_of_the_map(build: Callable[..., Path]) -> None:
    def border(number: str, shape: Any) -> Any:
        """Utsira out to sea."""
        return shape.envelope.buffer(3000, join_style="mitre") if number == "1151" else shape

    new = build(kartverket__boundaries=areas(border))
    rows = "level, code, wkb"
    before, after = (
        {
            (level, number): shapely.from_wkb(bytes(wkb))
            for level, number, wkb in held("boundary", rows, "true", at)
        }
        for at in (None, new)
    )
    assert set(before) == set(after)
    assert after["country", "NO"].equals(before["country", "NO"])
    for key in (("municipality", "1151"), ("municipality", "0301"), ("county", "40")):
        assert after[key].symmetric_difference(before[key]).area < 0.02 * before[key].area
    with pytest.raises(UserError) as error:
        build(kartverket__boundaries=areas(lambda n, shape: shape.buffer(-9000) if n == "4026" else shape))
    assert keys(error) == ["borders_moved"]
    lost = msgspec.json.encode(msgspec.json.decode(areas())[1:])
    with pytest.raises(UserError) as error:
        build(kartverket__boundaries=lost)
    assert keys(error) == ["incomplete_year"]


# --- taken in by a refresh ------------------------------------------------------------------------------


@pytest.fixture
def country() -> Path:
    return statbank.small_country(settings.data_folder())


@pytest.fixture
def refresh(country: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """`data refresh` of answers only: no service is asked."""

    def ran(*arguments: str) -> tuple[int, str, str]:
        code = run(["data", "refresh", "--lang", "en", *arguments])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return ran


def bring_klass(name: str, key: str, items: list[dict[str, Any]], since: str = "2020-01-01") -> Path:
    return statbank.bring_klass(settings.data_folder(), name, key, items, since)


def test_an_answer_is_taken_in_once_and_its_origin_is_kept(refresh: Run, country: Path) -> None:
    code_, _, err = refresh("--only", "klass/104")
    assert (code_, "Fetch it first: tyngdepunkt data klass" in err) == (1, True)
    code_, _, err = refresh("--only", "klass/9")
    assert (code_, "klass/9 is no answer that a table is made of." in err) == (1, True)
    bring_klass("klass/104", "codes", [code("99", "x"), *statbank.counties(country)])
    code_, out, _ = refresh("--only", "klass/104", "--dry-run")
    assert (code_, "klass/104: fetched 2026-11-29, is taken in." in out) == (0, True)
    assert find_folder(None) == country
    assert refresh("--only", "klass/104")[0] == 0
    assert find_folder(None) != country
    told = read_record(find_folder(None))["tables"]["klass/104"]
    assert (told["address"], told["licence"], told["fetched"]) == ("http://x/y", "CC BY 4.0", AT)
    assert refresh("--only", "klass/104")[1].startswith("The sources have nothing newer")


def test_a_table_of_another_division_stops_it_until_a_person_says_why(refresh: Run, country: Path) -> None:
    names = {f"n{each['code']}": f"{each['name']}!" for each in statbank.counties(country)}
    bring_klass("klass/104", "codes", statbank.counties(country, **names))
    result = refresh("--only", "klass/104")
    assert (result[0], "municipality differs much from the one in use" in result[2]) == (1, True)
    assert find_folder(None) == country
    assert refresh("--only", "klass/104", "--accept", "municipality=new names by law")[0] == 0
    assert read_record(find_folder(None))["accepted"]["municipality"]["reason"] == "new names by law"


def test_an_answer_that_was_changed_on_the_disk_or_is_half_is_not_taken_in(
    refresh: Run, country: Path
) -> None:
    file = bring_klass("klass/104", "codes", statbank.counties(country))
    file.write_bytes(file.read_bytes() + b" ")
    assert answers.brought(settings.data_folder()) == []
    bring_klass("klass/104", "codes", statbank.counties(country)[1:])
    assert refresh("--only", "klass/104")[0] == 1
    assert find_folder(None) == country


def test_centrality_of_a_newer_version_is_dated_by_the_log_and_the_older_stays(tmp_path: Path) -> None:
    there = held("centrality", 'municipality, "index", class', "true")
    items = [
        {"code": number, "parentCode": f"0{of}", "level": "2", "name": "x", "notes": str(index)}
        for number, index, of in there
    ]
    file = bring_klass("klass/128", "codes", items, since="2028-01-01")
    new = build_from_folder(file.parents[1], embedded_folder(), tmp_path / "new", built=DAY)
    found = held("centrality", 'municipality, "index", class', "year = 2028", new)
    assert (found, held("centrality", "*", "year = 2024", new)) == (there, held("centrality", "*", "true"))
    items[0] |= {"parentCode": "06", "notes": "999"}
    bring_klass("klass/128", "codes", items, since="2028-01-01")
    with pytest.raises(UserError) as error:
        build_from_folder(file.parents[1], embedded_folder(), tmp_path / "new", built=DAY)
    assert keys(error) == ["broken_rule"]


def test_vacancies_that_are_not_all_fetched_wait_for_the_next_run(country: Path) -> None:
    folder = settings.data_folder() / "sources" / "nav"
    folder.mkdir(parents=True)
    told = kept.Run("vacancies-1", "read", AT, {}, "NAV's terms", "x")
    (folder / kept.LIST).write_bytes(msgspec.json.encode([told]))
    (folder / kept.LOG).write_bytes(msgspec.json.encode([told]))
    all_of_them = Held(vacancies={"1": vacancy(1, at("OSLO"))})
    (folder / FILE).write_bytes(msgspec.json.encode(all_of_them))
    [found] = answers.brought(settings.data_folder())
    assert (found.name, found.fetched) == ("nav/vacancies", AT)
    all_of_them.waiting["2"] = AT
    (folder / FILE).write_bytes(msgspec.json.encode(all_of_them))
    assert answers.brought(settings.data_folder()) == []


def test_state_workplaces_come_of_both_nightly_files(refresh: Run, country: Path) -> None:
    ((here,), *_) = statbank.rows(country, "SELECT code FROM {municipality} ORDER BY code")
    registers = settings.data_folder() / "registers"
    registers.mkdir()
    columns = "number, name, form, parent, municipality, industry, employees, has_employees, sector, deleted"
    tables = {
        "entities": "('900000001', 'STATENS VEGVESEN', 'ORGL', NULL, '0301', NULL, 9, true, '6100', NULL), "
        "('900000002', 'FJORD AS', 'AS', NULL, '0301', NULL, 9, true, '2100', NULL), "
        "('900000003', 'GAMMEL ETAT', 'ORGL', NULL, '0301', NULL, 9, true, '6100', DATE '2020-01-01')",
        "workplaces": f"('800000001', NULL, 'BEDR', '900000001', '{here}', NULL, 5, true, NULL, NULL), "
        f"('800000002', NULL, 'BEDR', '900000001', '2111', NULL, 5, true, NULL, NULL), "
        f"('800000003', NULL, 'BEDR', '900000001', '{here}', NULL, 0, false, NULL, NULL), "
        f"('800000004', NULL, 'BEDR', '900000002', '{here}', NULL, 5, true, NULL, NULL), "
        f"('800000005', NULL, 'BEDR', '900000003', '{here}', NULL, 5, true, NULL, NULL), "
        f"('800000006', NULL, 'BEDR', '900000001', '{here}', NULL, 5, true, NULL, DATE '2021-01-01')",
    }
    for kind, values in tables.items():
        file = register_files.table(registers, kind)
        duckdb.execute(f"COPY (FROM (VALUES {values}) t({columns})) TO '{file}' (FORMAT parquet)")
        assert answers.brought(settings.data_folder()) == []
        log = [
            *register_files.read_log(registers),
            register_files.Logged(kind, "read", AT, f"http://x/{kind}"),
        ]
        (registers / "log.json").write_bytes(msgspec.json.encode(log))
    assert refresh("--only", "enhetsregisteret/state-workplaces")[0] == 0
    assert statbank.rows(find_folder(None), "SELECT * FROM {state_workplace} ORDER BY number") == [
        ("800000001", "900000001", "STATENS VEGVESEN", here, DAY),
        ("800000002", "900000001", "STATENS VEGVESEN", None, DAY),
    ]
