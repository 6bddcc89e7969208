"""Names as people and Statistics Norway write them, and what is no municipality, in the embedded snapshot."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tyngdepunkt import texts
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places, open_places
from tyngdepunkt.places.elsewhere import is_country

FOUND = {
    "Hamar kommune": "3403",
    "hamar KOMMUNE": "3403",
    "Hamar kommunen": "3403",
    "Oslo kommune": "0301",
    "Kvam herad": "4622",
    "Bærum herad": "3201",
    "Municipality of Bergen": "4601",
    "Bergen municipality": "4601",
    "Kommune Hamar": "3403",
    "kommunenr. 0301": "0301",
    "Karasjok suohkan": "5610",
    "Snåase tjïelte": "5041",
    "Porsanger komuuni": "5622",
    "Deanu gielda": "5628",
    "PORSÁNGGU GIELDA": "5622",
    "Kaivuonon komuuni": "5540",
    "Snåasen tjïelte": "5041",
    "Våler kommune (Østfold)": "3114",
    "Våler kommune i Østfold": "3114",
    "K-0301": "0301",
    "K_0301": "0301",
    "K-0301 Oslo": "0301",
    "301": "0301",
    "Nord–Odal": "3414",
    "Nord‑Odal": "3414",
    "Nord－Odal": "3414",
    "Levanger–Levangke": "5037",
    "Rana - Raane": "1833",
}
TAKEN = {
    "Drammen (2020-2023)": ("3301", "3005"),
    "Drammen (2020–2023)": ("3301", "3005"),
    "Bergen (-2019)": ("4601", "1201"),
    "K-3005": ("3301", "3005"),
}
REFUSED = {
    "Oppland": "is_former_county",
    "Viken": "is_former_county",
    "Sogn og Fjordane": "is_former_county",
    "Troms og Finnmark": "is_former_county",
    "Oppland fylke": "is_former_county",
    "05": "is_former_county",
    "Nordland": "is_county",
    "Nordlánnda": "is_county",
    "Nordland fylkeskommune": "is_county",
    "Innlandet": "is_county",
    "Troms": "is_county",
    "18": "is_county",
    "18 Nordland": "is_county",
    "F-18": "is_county",
    "Skien/Porsgrunn": "is_region",
    "skien / porsgrunn": "is_region",
    "Grenland": "is_district_beside",
    "Grenlandregionen": "is_district_beside",
    "Nedre Glomma": "is_district",
    "Nord-Jæren": "is_district",
    "Hamarregionen": "is_region",
    "Bergensregionen": "is_region",
    "Trondheim-regionen": "is_region",
    "BA-region Hamar": "is_region",
    "bo- og arbeidsmarkedsregion Hamar": "is_region",
    "arbeidsmarknadsregionen Hamar": "is_region",
    "Hamar labour-market region": "is_region",
    "Mangleregionen": "unknown_place",
    "regionen": "unknown_place",
    "Svalbard": "is_svalbard",
    "Longyearbyen": "is_svalbard",
    "Jan Mayen": "is_svalbard",
    "2111": "is_svalbard",
    "2111 Spitsbergen": "is_svalbard",
    "2211": "is_svalbard",
    "Kontinentalsokkelen": "is_shelf",
    "2311": "is_shelf",
    "Utlandet": "is_abroad",
    "2580": "is_abroad",
    "Sverige": "is_abroad",
    "Danmark": "is_abroad",
    "Germany": "is_abroad",
    "Uoppgitt": "is_unstated",
    "uoppgitt kommune": "is_unstated",
    "9999": "is_unstated",
    "Norge": "is_country",
    "hele landet": "is_country",
    "Mo": "ambiguous_place",
    "lesund": "halved_name",
    "rsta": "halved_name",
    "�lesund": "unknown_place",
    "kommune": "unknown_place_nothing_near",
}
SHOWN = {
    "Finnsnes": "Finnsnes (Senja)",
    "finnsnes": "Finnsnes (Senja)",
    "FINNSNES": "Finnsnes (Senja)",
    "Hamar": "Hamar",
    "hamar kommune": "Hamar",
    "3403": "Hamar",
    "Drammen (2020-2023)": "Drammen",
}


REGION_NAMED_AS = {"Hamar": "3403", "Fauske": "1841", "Herøy i Nordland": "1818"}


@pytest.fixture(scope="module")
def places() -> Iterator[Places]:
    with open_places() as found:
        yield found


def key(places: Places, written: str) -> str:
    with pytest.raises(UserError) as caught:
        places.resolve(written)
    for lang in ("nb", "nn", "en"):
        assert all(texts.fault_lines(caught.value.faults[0], lang)[part] for part in ("what", "why", "do"))
    return caught.value.faults[0].key.removeprefix("places:")


@pytest.mark.parametrize(("written", "code"), FOUND.items())
def test_a_municipality_by_the_ways_it_is_written(places: Places, written: str, code: str) -> None:
    found = places.resolve(written)
    assert (found.municipality.code, found.notice) == (code, None)


@pytest.mark.parametrize(("written", "told"), TAKEN.items())
def test_what_is_no_longer_in_force_is_said(places: Places, written: str, told: tuple[str, str]) -> None:
    found = places.resolve(written)
    assert found.notice
    assert (found.municipality.code, found.notice.values["old"]) == told


@pytest.mark.parametrize(("written", "fault"), REFUSED.items())
def test_what_is_no_municipality_is_answered_as_what_it_is(places: Places, written: str, fault: str) -> None:
    assert key(places, written) == fault


@pytest.mark.parametrize(("written", "told"), SHOWN.items())
def test_what_was_written_stays_what_is_shown(places: Places, written: str, told: str) -> None:
    assert places.resolve(written).shown == told


def test_oslo_is_a_municipality_though_it_is_a_county_too(places: Places) -> None:
    assert places.resolve("Oslo").municipality.code == "0301"
    assert key(places, "03") == "is_county"


def test_every_municipality_is_found_by_its_name_with_the_word_for_it(places: Places) -> None:
    """Those that share their name are told from each other by number, with and without the word."""
    for one in places.municipalities.values():
        for word in ("kommune", "suohkan", "municipality"):
            found = places.resolve(f"{one.name} {word}")
            assert found.municipality.code == one.code, (one.name, word)


def test_every_county_is_a_county(places: Places) -> None:
    for name in {one.county_name for one in places.municipalities.values()} - {"Oslo"}:
        assert key(places, name) == "is_county"


def test_no_municipality_is_taken_for_a_country(places: Places) -> None:
    assert not [one.name for one in places.municipalities.values() if is_country(one.name, "")]


@pytest.mark.parametrize(("written", "code"), REGION_NAMED_AS.items())
def test_a_region_named_for_a_municipality_is_that_municipality(
    places: Places, written: str, code: str
) -> None:
    assert places.resolve(written).municipality.code == code


def test_every_district_is_a_region_of_the_snapshot_and_its_municipalities_are_named(places: Places) -> None:
    from tyngdepunkt.places.elsewhere import Elsewhere, _known

    known = {region.name: region for region in places.regions.values()}
    for district, entry in _known()["districts"].items():
        name = entry["region"]
        assert entry["assumed"] or entry["source"]
        fault = Elsewhere(places).by_name(district, "")
        assert fault is not None
        assert fault.values["region"] == name
        assert len(fault.values["places"]) == len(known[name].members)
