"""What a place lives of on its own page and on the map: the figures of the analysis, and what is missing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from litestar.testing import TestClient

from tyngdepunkt.analyses.business.brief import RANGED
from tyngdepunkt.analyses.contract import Setting, analysis
from tyngdepunkt.analyses.parameters import read_parameters
from tyngdepunkt.figures import Quality
from tyngdepunkt.places import Places
from tyngdepunkt.web.read import business
from tyngdepunkt.web.read import map as country

TINN, ROROS = "4026", "5025"


def every(places: Places) -> dict[str, Any]:
    made_for = analysis("business")
    question = read_parameters(made_for, {"place": "Norge", "all": True}, str)
    found = made_for.answer({}, question, Setting("nb", lambda: places))
    return {row.code: row for row in found.places}


def test_the_page_of_a_place_has_its_rooms(web_places: Places, client: TestClient[Any]) -> None:
    page = client.get(f"/place/{TINN}").text
    for room in business.rooms(web_places, TINN, "nb"):
        assert room.title in page
    assert f'href="/analysis/business?place={TINN}"' in page
    assert page.index('id="business"') < page.index('id="peers"')


def test_every_measure_of_the_map_is_that_of_the_analysis(web_places: Places) -> None:
    rows = every(web_places)
    for figure in business.MEASURES:
        told = country.coloured(web_places, figure, "nb").told
        for code, row in rows.items():
            assert told[code].figure.value == getattr(row, figure.partition(".")[2]), (figure, code)


def test_the_map_has_the_range_of_every_measure_that_has_one(client: TestClient[Any]) -> None:
    for figure in business.MEASURES:
        items = client.get("/map.json", params={"layer": figure}).json()["items"]
        [tinn] = [each for each in items if each["code"] == TINN]
        ranged = figure.partition(".")[2] in RANGED
        assert (tinn["low"] is not None) == (tinn["high"] is not None) == ranged
        assert not ranged or tinn["low"] <= tinn["value"] <= tinn["high"]


def test_a_measure_without_figures_is_missing_and_no_zero(web_places: Places) -> None:
    found = country.coloured(web_places, "business.krugman", "nb")
    assert found.told[ROROS].figure.value is None
    assert found.told[ROROS].text == "mangler"
    assert found.class_of(ROROS) is None
    assert found.missing == sum(row.krugman is None for row in every(web_places).values())


def test_every_measure_is_named_and_explained_in_every_language(web_places: Places) -> None:
    names = {lang: [name for _, name in country.labels(lang)] for lang in ("nb", "nn", "en")}
    for told in names.values():
        assert len(set(told)) == len(told)
    for figure in business.MEASURES:
        notes = [business.note(figure, lang) for lang in ("nb", "nn", "en")]
        assert all(note.endswith(".") for note in notes)
        assert len(set(notes)) == 3


WRITTEN = {"nb": (r"22,9\s%", r"\b20\s020\b"), "en": (r"22\.9\s%", r"\b20,020\b")}
WRITTEN["nn"] = WRITTEN["nb"]
OF_ANOTHER = {"nb": r"\d\.\d+(?:\s%)?</td>", "nn": r"\d\.\d+(?:\s%)?</td>", "en": r"\d,\d{1,2}(?:\s%)?</t"}


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
@pytest.mark.parametrize(("address", "at"), [("/place/4026", 0), ("/analysis/business?place=Telemark", 1)])
def test_numbers_in_tables_are_written_as_the_language_writes_them(
    client: TestClient[Any], lang: str, address: str, at: int
) -> None:
    page = client.get(address, params={"lang": lang, **({"place": "Telemark"} if at else {})}).text
    assert re.search(WRITTEN[lang][at], page)
    assert not re.search(OF_ANOTHER[lang], page)


def test_a_map_of_a_measure_can_be_asked_for(client: TestClient[Any]) -> None:
    page = client.get("/map", params={"layer": "business.integration"})
    assert page.status_code == 200
    assert "Arbeidsmarkedsintegrasjon" in page.text


@pytest.mark.parametrize("figure", business.MEASURES)
def test_a_map_says_the_years_of_its_figures_and_which_are_estimated(
    web_places: Places, client: TestClient[Any], figure: str
) -> None:
    found = country.coloured(web_places, figure, "nb")
    held = [one for one in found.told.values() if one.figure.value is not None]
    shown = business.MEASURES[figure]
    years = {year for one in held for year in (one.year, one.start) if year is not None}
    assert all(str(year) in found.when for year in (min(years), max(years)))
    assert all((one.start is not None) == bool(shown.start) for one in held)
    estimated = [one for one in held if one.figure.quality is not Quality.MEASURED]
    assert ("anslått" in found.when) == bool(estimated)
    assert ("Alle" in found.when) == (bool(estimated) and len(estimated) == len(held))
    drawn = client.get("/map.svg", params={"layer": figure}).text
    assert all(word in drawn for word in found.when.split())


def test_a_figure_that_was_counted_is_not_called_estimated(web_places: Places) -> None:
    told = country.coloured(web_places, "business.out_share", "nb").told
    assert told["0301"].figure.quality is Quality.MEASURED
    assert told["1508"].figure.quality is Quality.ESTIMATED  # Ålesund was divided


def test_changes_in_jobs_are_over_the_same_years_for_every_place(web_places: Places) -> None:
    told = country.coloured(web_places, "business.jobs_change", "nb").told
    spans = {(one.start, one.year) for one in told.values() if one.figure.value is not None}
    assert len(spans) == 1


def test_a_place_without_figures_by_industry_is_told_so_in_its_own_room(client: TestClient[Any]) -> None:
    page = client.get(f"/place/{ROROS}", headers={"accept-language": "nb"}).text
    room = page[page.index('id="business"') : page.index('id="peers"')]
    lives, exposed = room.index("Hva stedet lever av"), room.index("Hvor utsatt det er")
    assert lives < room.index("SSB 13470") < exposed
    assert "Markedet rundt" not in room
