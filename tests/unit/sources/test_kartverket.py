"""Kartverket on this machine, in the forms of its specifications and stored answers; nobody asked it live."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tyngdepunkt.cli import run as cli
from tyngdepunkt.errors import UserError
from tyngdepunkt.sources.http import Client
from tyngdepunkt.sources.kartverket import (
    ADDRESSES_REACH,
    ASK,
    CADENCE,
    DROPPED,
    LICENCE,
    SOURCES,
    read_addresses,
    read_municipalities,
    read_place_names,
)
from tyngdepunkt.sources.kept import Question, Run, files, run
from tyngdepunkt.texts import explain_error
from unit.sources.faulty import LASTING, LIMITS, PASSING, Once
from unit.sources.served import Answer, Asked, Server, Time, as_json

KINDS = {
    "municipalities": {},
    "boundaries": {},
    "place-names": {"sok": "Fjord*", "knr": "0001"},
    "addresses": {"sok": "gate", "kommunenummer": "0001", "postnummer": "0150"},
}
GRID = {"type": "name", "properties": {"name": "EPSG:4258"}}


def municipality(number: str, name: str = "Fjordby", **other: Any) -> dict[str, Any]:
    """As `/kommuner/1103` was stored."""
    return {
        "avgrensningsboks": {"coordinates": [], "type": "Polygon"},
        "gyldigeNavn": [{"navn": name, "prioritet": 1, "sprak": "Norwegian"}, {"navn": None, "sprak": None}],
        "kommunenavn": name,
        "kommunenavnNorsk": name,
        "kommunenummer": number,
        "punktIOmrade": {"coordinates": [5.7, 59.1], "crs": GRID, "type": "Point"},
        "samiskForvaltningsomrade": False,
        **other,
    }


def spelling(number: int, place: str = "0001", **other: Any) -> dict[str, Any]:
    return {
        "fylker": [{"fylkesnavn": "Nordland", "fylkesnummer": "18"}],
        "kommuner": [{"kommunenavn": "Fjordby", "kommunenummer": place}],
        "navneobjekttype": "Bruk",
        "navnestatus": "hovednavn",
        "representasjonspunkt": {"koordsys": 4258, "nord": 65.9, "øst": 14.2},
        "skrivemåte": f"Fjord {number}",
        "skrivemåtestatus": "godkjent og prioritert",
        "språk": "Norsk",
        "stedsnummer": number,
        "stedstatus": "aktiv",
        **other,
    }


def address(number: int, place: str = "0001", postal_code: str = "0150", **other: Any) -> dict[str, Any]:
    return {
        "adressenavn": "Fjordgata",
        "adressetekst": f"Nordmannstua, Fjordgata {number}",
        "adressetilleggsnavn": "Nordmannstua",
        "adressekode": 21672,
        "nummer": number,
        "bokstav": "",
        "kommunenummer": place,
        "kommunenavn": "FJORDBY",
        "gardsnummer": 207,
        "bruksenhetsnummer": ["H0301"],
        "objtype": "Vegadresse",
        "poststed": "FJORDBY",
        "postnummer": postal_code,
        "adressetekstutenadressetilleggsnavn": f"Fjordgata {number}",
        "representasjonspunkt": {"epsg": "EPSG:4258", "lat": 59.9, "lon": 10.7},
        **other,
    }


def area(number: str, east: float, **other: Any) -> dict[str, Any]:
    """As `KomEnkelOmrade` is specified: a square kilometre."""
    ring = [[east, 0.4], [east + 1000, 0.4], [east + 1000, 1000.4], [east, 1000.4], [east, 0.4]]
    metres = {"type": "name", "properties": {"name": "EPSG:25833"}}
    shape = {"type": "Polygon", "coordinates": [ring], "crs": metres, **other}
    return {"kommunenummer": number, "kommunenavn": "Fjordby", "omrade": shape}


class Kartverket:
    """The three services at one address; `lost` of their rows are on no page."""

    def __init__(self) -> None:
        self.counties = [
            {"fylkesnummer": "00", "fylkesnavn": "Fjordland", "kommuner": [municipality("0001")]},
            {"fylkesnummer": "01", "fylkesnavn": "Fjellmark", "kommuner": [municipality("0101", "Dalen")]},
        ]
        self.names = [spelling(at) for at in range(1201)]
        self.addresses = [address(at) for at in range(2500)]
        self.areas = {number: area(number, 1000 * at) for at, number in enumerate(("0001", "0101"))}
        self.lost = 0
        self.counted: int | None = None

    def __call__(self, asked: Asked) -> Answer:
        match asked.path.rsplit("/", 1)[1]:
            case "fylkerkommuner":
                return as_json(self.counties)
            case "omrade":
                assert asked.query == {"utkoordsys": ["25833"]}
                return as_json(self.areas[asked.path.split("/")[-2]])
            case "navn":
                return self._page("navn", self.names, asked, first=1, most=500)
            case "sok":
                return self._page("adresser", self.addresses, asked, first=0, most=1000)
        raise AssertionError(asked.path)

    def _page(self, key: str, held: list[Any], asked: Asked, *, first: int, most: int) -> Answer:
        size, page = int(asked.query["treffPerSide"][0]), int(asked.query["side"][0])
        assert size <= most
        assert page >= first
        shown = held[: len(held) - self.lost][(page - first) * size :][:size]
        told = {"totaltAntallTreff": len(held) if self.counted is None else self.counted, "side": page}
        return as_json({"metadata": told, key: shown})


@pytest.fixture
def service(server: Server) -> Kartverket:
    server.answer = Kartverket()
    return server.answer


@pytest.fixture
def client(server: Server, time: Time) -> Client:
    return Client(server.address, clock=time.clock, limits=LIMITS)


def fetch(kind: str, client: Client, folder: Path, most: int = 10_000, **asked: str) -> Run:
    wanted = asked or KINDS[kind]
    question = Question(kind, wanted, LICENCE, CADENCE)
    return run(folder, client, question, lambda found: ASK[kind](found, wanted, most))


def keys(error: pytest.ExceptionInfo[UserError]) -> list[str]:
    assert explain_error(error.value, "nn")
    return [fault.key.removeprefix("sources:") for fault in error.value.faults]


@pytest.mark.parametrize(
    ("kind", "rows", "answers"),
    [("municipalities", 2, 1), ("boundaries", 2, 2), ("place-names", 1201, 3), ("addresses", 2500, 3)],
)
def test_every_row_comes_and_its_source_reads_what_was_kept(
    kind: str, rows: int, answers: int, service: Kartverket, client: Client, tmp_path: Path
) -> None:
    told = fetch(kind, client, tmp_path)
    tidy = [SOURCES[kind].parse(file) for file in files(tmp_path, told)]
    assert (told.rows, len(tidy)) == (rows, answers)
    read = [row for each in tidy for row in each.rows]
    assert len(set(read)) == rows
    assert {len(row) for row in read} == {len(SOURCES[kind].columns)}
    assert [each.origin.sha256 for each in tidy] == [part.kept for part in told.parts]
    assert fetch(kind, client, tmp_path).state == "skipped"


def test_what_may_lead_to_persons_is_not_kept_of_an_address(
    service: Kartverket, client: Client, tmp_path: Path
) -> None:
    told = fetch("addresses", client, tmp_path)
    assert told.dropped == DROPPED
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*.json"))
    assert b"Fjordgata 7" in kept
    assert not any(word in kept for word in (b"Nordmannstua", b"H0301", b'"gardsnummer":'))


@pytest.mark.parametrize("kind", ["place-names", "addresses"])
def test_no_hits_are_no_fault(kind: str, service: Kartverket, client: Client, tmp_path: Path) -> None:
    service.names, service.addresses = [], []
    assert fetch(kind, client, tmp_path).rows == 0


@pytest.mark.parametrize(
    ("kind", "strange", "parameter"),
    [
        ("place-names", {"names": [spelling(1), spelling(2, "0002")]}, "knr"),
        ("addresses", {"addresses": [address(1), address(2, "0002")]}, "kommunenummer"),
        ("addresses", {"addresses": [address(1), address(2, "0001", "0160")]}, "postnummer"),
    ],
)
def test_what_does_not_fit_what_was_asked_is_told_and_not_kept(
    kind: str, strange: dict[str, Any], parameter: str, service: Kartverket, client: Client, tmp_path: Path
) -> None:
    vars(service).update(strange)
    with pytest.raises(UserError) as error:
        fetch(kind, client, tmp_path)
    assert keys(error) == ["not_asked_for"]
    told = error.value.faults[0].values
    assert (told["parameter"], told["count"], told["total"]) == (parameter, 1, 2)
    assert not (tmp_path / "answers").exists()


@pytest.mark.parametrize("kind", ["place-names", "addresses"])
@pytest.mark.parametrize("lost", [1, 700, 1_300])
def test_rows_that_are_on_no_page_are_missed(
    kind: str, lost: int, service: Kartverket, client: Client, tmp_path: Path
) -> None:
    service.lost, service.names = lost, [spelling(at) for at in range(1301)]
    with pytest.raises(UserError) as error:
        fetch(kind, client, tmp_path)
    assert keys(error) == ["pages_do_not_add_up"]


@pytest.mark.parametrize(
    ("kind", "counted", "most", "key"),
    [
        ("addresses", ADDRESSES_REACH + 1, 100_000, "beyond_reach"),
        ("addresses", 101, 100, "more_than_wanted"),
        ("place-names", 250_001, 1_000_000, "beyond_reach"),
        ("place-names", 101, 100, "more_than_wanted"),
    ],
)
def test_a_part_is_never_shown_as_the_whole(
    kind: str, counted: int, most: int, key: str, service: Kartverket, client: Client, tmp_path: Path
) -> None:
    service.counted = counted
    with pytest.raises(UserError) as error:
        fetch(kind, client, tmp_path, most)
    assert keys(error) == [key]
    assert not (tmp_path / "answers").exists()


def test_more_municipalities_than_wanted_are_told(
    service: Kartverket, client: Client, tmp_path: Path
) -> None:
    with pytest.raises(UserError) as error:
        fetch("municipalities", client, tmp_path, 1)
    assert keys(error) == ["more_than_wanted"]


ELSEWHERE = {"coordinates": [1, 2], "crs": {"properties": {"name": "EPSG:25833"}}}


def county(number: str, *held: dict[str, Any]) -> dict[str, Any]:
    return {"fylkesnummer": number, "fylkesnavn": "x", "kommuner": list(held)}


@pytest.mark.parametrize(
    "counties",
    [
        [],
        [county("00")],
        [county("00", municipality("1"))],
        [county("01", municipality("0001"))],
        [county("00", municipality("0001"), municipality("0001"))],
        [county("00", municipality("0001", punktIOmrade=ELSEWHERE))],
        [{"fylkesnummer": "00", "fylkesnavn": "x"}],
        [county("00", municipality("0001", kommunenavnNorsk=None))],
    ],
)
def test_a_list_of_municipalities_that_cannot_be_right_is_refused(
    counties: Any, service: Kartverket, client: Client, tmp_path: Path
) -> None:
    service.counties = counties
    with pytest.raises(UserError) as error:
        fetch("municipalities", client, tmp_path)
    assert keys(error) == ["not_as_documented"]


@pytest.mark.parametrize(
    "wrong",
    [
        area("0101", 0),
        {**area("0001", 0), "omrade": {"type": "Point", "coordinates": [1, 2], "crs": GRID}},
        area("0001", 0, crs=GRID),
        area("0001", 0, coordinates=[]),
        area("0001", 0, coordinates=[[]]),
        area("0001", 0, coordinates=[[[[0, 0], [1, 1], [0, 0]]]]),
        area("0001", 0, coordinates=[[[[0, 0], [1, 1], [1, "x"], [0, 0]]]]),
        area("0001", 0, type="MultiPolygon"),
    ],
)
def test_a_boundary_that_cannot_be_right_is_refused(
    wrong: dict[str, Any], service: Kartverket, client: Client, tmp_path: Path
) -> None:
    service.areas["0001"] = wrong
    with pytest.raises(UserError) as error:
        fetch("boundaries", client, tmp_path)
    assert keys(error) == ["not_as_documented"]
    assert not list(tmp_path.rglob("answers/*"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_is_waited_for(
    kind: str, fault: str, service: Kartverket, server: Server, client: Client, time: Time, tmp_path: Path
) -> None:
    answer, waits = PASSING[fault]
    Once(server, answer)
    assert fetch(kind, client, tmp_path).state == "read"
    assert time.slept == waits


def areas_asked(server: Server) -> list[str]:
    return [asked.path.split("/")[-2] for asked in server.asked if asked.path.endswith("omrade")]


@pytest.mark.parametrize(
    ("meanwhile", "again"),
    [("nothing", ["0101"]), ("damage", ["0001", "0101"]), ("eight days", ["0001", "0101"])],
)
def test_boundaries_go_on_at_the_municipality_that_was_not_fetched(
    meanwhile: str,
    again: list[str],
    service: Kartverket,
    server: Server,
    client: Client,
    time: Time,
    tmp_path: Path,
) -> None:
    right = fetch("boundaries", client, tmp_path / "right")
    here, area_of = tmp_path / "here", service.areas.pop("0101")
    service.areas["0101"] = {"broken": True}
    with pytest.raises(UserError):
        fetch("boundaries", client, here)
    (begun,) = here.glob(".begun-*/*.json")
    if meanwhile == "damage":
        begun.write_bytes(begun.read_bytes()[:-9])
    elif meanwhile == "eight days":
        time.today += timedelta(days=8)
    service.areas["0101"] = area_of
    server.asked.clear()
    told = fetch("boundaries", client, here)
    assert areas_asked(server) == again
    assert (told.state, told.rows) == ("read", 2)
    assert [part.kept for part in told.parts] == [part.kept for part in right.parts]
    assert [file.name for file in here.glob(".begun-*")] == []
    server.asked.clear()
    assert fetch("boundaries", client, here).state == "skipped"
    assert areas_asked(server) == ["0001", "0101"]  # what is done is asked for anew


def test_a_dry_run_sets_nothing_aside_and_goes_on_from_nothing(
    service: Kartverket, server: Server, client: Client, tmp_path: Path
) -> None:
    service.areas["0101"] = {"broken": True}
    asked = Question("boundaries", {}, LICENCE, CADENCE)
    with pytest.raises(UserError):
        run(tmp_path, client, asked, lambda found: ASK["boundaries"](found, {}, 10), dry_run=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fault", LASTING)
def test_a_fault_that_lasts_is_told_and_what_was_there_stays(
    kind: str, fault: str, service: Kartverket, server: Server, client: Client, tmp_path: Path
) -> None:
    before = fetch(kind, client, tmp_path)
    answer, key = LASTING[fault]
    server.say(answer)
    with pytest.raises(UserError) as error:
        fetch(kind, client, tmp_path)
    assert keys(error) == [key]
    assert all(file.is_file() for file in files(tmp_path, before))


def test_the_stored_answers_are_read(shared_data: Path) -> None:
    stored = shared_data / "api_eksempler"
    names = read_place_names((stored / "kartverket_stedsnavn_navn.json").read_bytes(), "x")
    assert [row[:4] for row in names] == [
        (865096, "Heggmoen", "Bruk", "1832"),
        (866372, "Heggmo", "Bruk", "1839"),
    ]
    (found,) = read_addresses((stored / "kartverket_adresser_sok.json").read_bytes(), "x")
    assert found[:2] == ("Robert Levins gate 1", "Vegadresse")
    assert read_addresses((stored / "kartverket_adresser_tomt.json").read_bytes(), "x") == []
    one = json.loads((stored / "kartverket_kommuneinfo_1103.json").read_bytes())
    held = {"fylkesnummer": one["fylkesnummer"], "fylkesnavn": one["fylkesnavn"], "kommuner": [one]}
    (row,) = read_municipalities(json.dumps([held]).encode(), "x")
    at = (59.10201328799, 5.712610778068)
    assert row == ("1103", "Stavanger", "Stavanger", "11", "Rogaland", *at, False, "Stavanger")


@pytest.mark.walk
def test_the_command_fetches_and_tells(
    service: Kartverket, server: Server, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked = ["data", "kartverket", "addresses", "--base", server.address, "--municipality", "0001"]
    assert cli([*asked, "--dry-run", "--lang", "nb"]) == 0
    assert "Prøvekjøring" in capsys.readouterr().out
    assert cli([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["state"], told["rows"], told["written"]) == ("read", 2500, True)
    assert cli([*asked, "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "the same as last time" in said
    assert "adressetilleggsnavn" in said


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (["municipalities", "--search", "x"], 1),
        (["municipalities", "--postal-code", "1"], 2),
        (["place-names"], 1),
        (["place-names", "--search", "*"], 1),
        (["place-names", "--municipality", "301", "--postal-code", "0150"], 2),
        (["addresses", "--municipality", "٠٣٠١"], 1),
    ],
)
def test_options_that_do_not_fit_are_told_before_anybody_is_asked(
    options: list[str], count: int, service: Kartverket, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli(["data", "kartverket", *options, "--base", server.address, "--lang", "en"]) == 1
    assert capsys.readouterr().err.count("→") == count
    assert server.asked == []
