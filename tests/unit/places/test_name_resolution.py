"""What a person writes is understood, or refused with everything needed to write it right."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.places import Places
from tyngdepunkt.settings import LANGUAGES
from tyngdepunkt.texts import fault_lines, text


def _found(places: Places, written: str | int) -> tuple[str, str | None]:
    resolved = places.resolve(written)
    return resolved.municipality.code, resolved.notice.key if resolved.notice else None


def _answer(places: Places, written: str) -> str:
    try:
        return places.resolve(written).municipality.code
    except UserError as error:
        return error.faults[0].key


def _fault(places: Places, written: str, where: str = "") -> Fault:
    with pytest.raises(UserError) as caught:
        places.resolve(written, where)
    (fault,) = caught.value.faults
    for lang in LANGUAGES:
        assert all(fault_lines(fault, lang)[part] for part in ("what", "why", "do"))
    return fault


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Hamar (Hedmark)", "Hamar"),
        ("Moss (Viken)", "Moss"),
        ("Tønsberg, Vestfold og Telemark", "Tønsberg"),
        ("Våler (Hedmark)", "Våler (Innlandet)"),
        ("Våler (Viken)", "Våler (Østfold)"),
        ("Sande (Vestfold)", "Sande (Holmestrand)"),
        ("Herøy – Møre og Romsdal", "Herøy (Møre og Romsdal)"),
        ("herøy kommune - Nordland", "Herøy (Nordland)"),
        ("Sør Varanger", "Sør-Varanger"),
        ("Aurskog – Høland kommune", "Aurskog-Høland"),
        ("Porsanki kunta", "Porsanger - Porsángu - Porsanki"),
    ],
)
def test_a_county_of_before_and_a_name_written_apart(norway: Places, written: str, shown: str) -> None:
    resolved = norway.resolve(written)
    assert resolved.shown == shown
    assert (resolved.notice is None) == (
        shown != "Sande (Holmestrand)"
    )  # the same municipality needs no word


@pytest.mark.parametrize(
    "written", ["Hamar (Vestfold)", "Hamar - Vestfold", "Moss - Rygge", "Tromsø (Finnmark)"]
)
def test_a_county_that_it_never_lay_in_is_not_taken(norway: Places, written: str) -> None:
    assert _fault(norway, written).values["name"] == written


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Hovedby", "0101"),
        ("  hoVEDby \t", "0101"),
        ("0101", "0101"),
        ("101", "0101"),
        (101, "0101"),
        ("Davvihámman", "0301"),
        ("NORDHAVN – DAVVIHÁMMAN", "0301"),
        ("Davvihámman/Nordhavn", "0301"),
        ("Nordhavn-Davvihámman", "0301"),
        ("Nesvik (Midtfylket)", "0204"),
        ("Nesvik i Midtfylket", "0204"),
        ("Nesvik, Austfylket", "0104"),
        ("Nesvik (0204)", "0204"),
        ("0204 Nesvik", "0204"),
    ],
)
def test_official_names_and_numbers_need_no_word(made_up: Places, written: str | int, code: str) -> None:
    assert _found(made_up, written) == (code, None)


@pytest.mark.parametrize(
    ("written", "code", "notice"),
    [
        ("0109", "0103", "places:old_number"),
        ("109", "0103", "places:old_number"),
        ("0206", "0203", "places:old_number"),
        ("Elve", "0203", "places:former_name"),
        ("Skogheim", "0103", "places:town_to_municipality"),
        ("Nærby sentrum", "0102", "places:town_to_municipality"),
        ("Vika", "0102", "places:town_to_municipality"),
        ("Flyplassen", "0102", "places:town_to_municipality"),
        ("Sand (Øyvær)", "0302", "places:town_to_municipality"),
        ("Dalen", "0203", "places:town_to_municipality_also"),
    ],
)
def test_what_is_taken_for_a_municipality_is_said(
    made_up: Places, written: str, code: str, notice: str
) -> None:
    resolved = made_up.resolve(written)
    assert resolved.notice is not None
    assert (resolved.municipality.code, resolved.notice.key) == (code, notice)
    for lang in LANGUAGES:
        assert resolved.municipality.name in text(resolved.notice.key, lang, **resolved.notice.values)


def test_a_municipality_beats_a_town_of_its_name(made_up: Places) -> None:
    assert _found(made_up, "Holmen") == ("0202", None)


def test_a_split_number_names_its_parts(made_up: Places) -> None:
    fault = _fault(made_up, "0205", "alternatives[1]")
    assert (fault.key, fault.where) == ("places:split_number", "alternatives[1]")
    assert [part[-4:] for part in fault.values["parts"]] == ["0201", "0202"]


def test_a_split_is_followed_through_the_changes_where_no_shares_are_documented(made_up: Places) -> None:
    assert [part[-4:] for part in _fault(made_up, "0305").values["parts"]] == ["0302", "0303"]


def test_an_old_number_keeps_to_the_part_it_is_documented_to_be(made_up: Places) -> None:
    assert _found(made_up, "0208") == ("0201", "places:old_number")


@pytest.mark.parametrize(("written", "codes"), [("Nesvik", ["0104", "0204"]), ("Sand", ["0204", "0302"])])
def test_a_name_that_several_bear_lists_them(made_up: Places, written: str, codes: list[str]) -> None:
    fault = _fault(made_up, written)
    assert fault.key == "places:ambiguous_place"
    assert [place[-4:] for place in fault.values["places"]] == codes


@pytest.mark.parametrize(
    ("written", "meant"), [("Oyver", "Øyvær"), ("Hovdby", "Hovedby"), ("Skogheimm", "Skogheim")]
)
def test_a_slip_is_answered_with_what_was_meant(made_up: Places, written: str, meant: str) -> None:
    fault = _fault(made_up, written)
    assert fault.key == "places:unknown_place"
    assert meant in fault.values["suggestions"]
    assert len(fault.values["suggestions"]) <= 3


def test_nothing_near_is_said_plainly(made_up: Places) -> None:
    assert _fault(made_up, "qqqqqqqq").key == "places:unknown_place_nothing_near"
    assert _fault(made_up, "8888").key == "places:unknown_place_nothing_near"
    assert _fault(made_up, "\x00 \u200b").key == "places:empty_place"


def test_very_long_input_is_cut_in_the_message(made_up: Places) -> None:
    assert len(_fault(made_up, "ab " * 100_000).values["name"]) <= 80


@given(written=st.text(max_size=300))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_whatever_breaks_the_lookup(made_up: Places, written: str) -> None:
    assert _answer(made_up, written).startswith(("0", "places:"))


# The real country


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Røros", "5025"),
        ("Rosse", "5025"),
        ("Levanger – Levangke", "5037"),
        ("levangke", "5037"),
        ("Snåase", "5041"),
        ("Deatnu", "5628"),
        ("Porsáŋgu", "5622"),
        ("Kárášjohka", "5610"),
        ("301", "0301"),
        ("Våler i Østfold", "3114"),
        ("Herøy (Nordland)", "1818"),
        ("Evje og Hornnes", "4219"),
    ],
)
def test_real_names_in_every_official_language(norway: Places, written: str, code: str) -> None:
    assert _found(norway, written) == (code, None)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1640", "5025"),
        ("1504", "1508"),
        ("1534", "1580"),
        ("1432", "4647"),
        ("Førde", "4647"),
        ("Leikanger", "4640"),
        ("Rjukan", "4026"),
        ("Finnsnes", "5530"),
        ("Fornebu", "3201"),
        ("Brønnøysund", "1813"),
        ("Mo i Rana", "1833"),
        ("Mandal", "4205"),
        ("Bø i Telemark", "4020"),
    ],
)
def test_real_towns_and_old_numbers_are_taken_with_a_notice(norway: Places, written: str, code: str) -> None:
    found, notice = _found(norway, written)
    assert found == code
    assert notice is not None


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("1507", ["1508", "1580"]),
        ("1850", ["1806", "1875"]),
        ("5012", ["5055", "5056", "5059"]),
        ("Snillfjord", ["5055", "5056", "5059"]),
        ("0720", ["3905", "3907"]),
    ],
)
def test_real_splits_name_their_parts(norway: Places, written: str, codes: list[str]) -> None:
    fault = _fault(norway, written)
    assert fault.key == "places:split_number"
    assert [part[-4:] for part in fault.values["parts"]] == codes


@pytest.mark.parametrize(("written", "codes"), [("Herøy", ["1515", "1818"]), ("Våler", ["3114", "3419"])])
def test_real_namesakes_are_listed_with_their_numbers(norway: Places, written: str, codes: list[str]) -> None:
    assert [place[-4:] for place in _fault(norway, written).values["places"]] == codes


@pytest.mark.parametrize(
    ("written", "meant"), [("Roros", "Røros"), ("Tromso", "Tromsø"), ("Levangr", "Levanger")]
)
def test_real_slips(norway: Places, written: str, meant: str) -> None:
    assert _fault(norway, written).values["suggestions"][0] == meant


def test_every_number_that_was_ever_in_force_is_known_or_named_as_split(norway: Places) -> None:
    for (code,) in norway.rows("code_period", ("code",)):
        assert _answer(norway, code) in {*norway.municipalities, "places:split_number"}


def test_every_municipality_is_found_by_its_whole_name(norway: Places) -> None:
    for code, place in norway.municipalities.items():
        assert norway.resolve(place.name).municipality.code == code


@pytest.mark.parametrize(
    "written", ["0301 Gjøvik", "Gjøvik (0301)", "Gjøvik, 0301", "0502 Oslo", "Finnsnes 0301"]
)
def test_a_number_and_the_name_of_another_place_are_no_place(norway: Places, written: str) -> None:
    assert _fault(norway, written, "line 3").key == "places:name_and_number"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("0502 Gjøvik", "3407"),
        ("3018 Våler", "3114"),
        ("3419 Våler", "3419"),
        ("0713 Sande", "3903"),  # of its time: the Sande of today is another
        ("5610 Karasjok", "5610"),
        ("Finnsnes 5530", "5530"),
        ("0301 Oslo kommune", "0301"),
        ("0301 Slottet", "0301"),
    ],
)
def test_a_number_decides_between_places_of_a_name(norway: Places, written: str, code: str) -> None:
    assert _answer(norway, written) == code
