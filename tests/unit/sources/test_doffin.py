"""Doffin on this machine, as others have measured it: what it does not know it passes over in silence."""

import datetime as dt
import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from tyngdepunkt.cli import run as cli
from tyngdepunkt.errors import UserError
from tyngdepunkt.sources.doffin import (
    CADENCE,
    COLUMNS,
    DROPPED,
    HEADER,
    LICENCE,
    REACH,
    DoffinSource,
    Search,
    search,
)
from tyngdepunkt.sources.http import Client
from tyngdepunkt.sources.kept import Question, Run, files, run
from tyngdepunkt.texts import explain_error
from unit.sources.faulty import LASTING, LIMITS, PASSING, Once
from unit.sources.served import Answer, Asked, Server, Time, as_json

KEY = "c0ffee5ec2e7c0ffee5ec2e7"
SEPTEMBER = Search(dt.date(2026, 9, 1), dt.date(2026, 9, 30))
UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
EXT = "http://data.europa.eu/p27/eforms-"


WINNER = {"id": "b8", "organizationId": "01017012345", "name": "Ola Nordmann"}


def notice(number: int, day: str = "2026-09-15", **other: Any) -> dict[str, Any]:
    """The keys of the stored answers, with what a person could be known by."""
    return {
        "id": f"2026-{number:06}",
        "buyer": [{"id": "905d", "organizationId": "972 417 858", "name": "Fjordby kommune"}],
        "heading": f"Drift av byggning {number}",
        "description": "Ring Kari Nordmann",
        "locationId": ["NO081"],
        "estimatedValue": {"currencyCode": "NOK", "amount": 100000000.0},
        "type": "ANNOUNCEMENT_OF_COMPETITION",
        "allTypes": ["COMPETITION", "ANNOUNCEMENT_OF_COMPETITION"],
        "status": "ACTIVE",
        "issueDate": f"{day}T13:35:36Z",
        "deadline": "2026-11-03T11:00:00Z",
        "publicationDate": day,
        "receivedTenders": None,
        "allReceivedTenders": None,
        "cpvCodes": ["72212000", "48000000"],
        "limitedDataFlag": None,
        "doffinClassicUrl": None,
        "lots": [{"heading": "…", "description": "…", "winner": [WINNER]}],
        **other,
    }


class Doffin:
    """The register; it heeds the parameters in `heeded` and passes over the others."""

    def __init__(self, *held: dict[str, Any]) -> None:
        self.held = list(held)
        self.heeded = set(chain(*FITS))
        self.twice = 0
        self.xml: dict[str, bytes] = {}

    def __call__(self, asked: Asked) -> Answer:
        if asked.headers.get(HEADER.lower()) != KEY:
            return as_json(
                {"statusCode": 401, "message": "Access denied due to invalid subscription key."}, 401
            )
        if "/download/" in asked.path:
            return Answer(
                self.xml[asked.path.rsplit("/", 1)[1]], headers={"Content-Type": "application/octet-stream"}
            )
        query = {name: values[0] for name, values in asked.query.items()}
        size, page = int(query.pop("numHitsPerPage")), int(query.pop("page"))
        assert query.pop("sortBy") == "PUBLICATION_DATE_DESC"
        if page * size > REACH:
            return as_json({"reason": "Unable to access more than the top 1000 hits"}, 400)
        hits = [hit for hit in self.held if all(self._fits(hit, *each) for each in query.items())]
        shown = hits[max(0, (page - 1) * size - self.twice) :][:size]
        told = {"numHitsTotal": len(hits), "numHitsAccessible": min(REACH, len(hits)), "hits": shown}
        return as_json(told)

    def _fits(self, hit: dict[str, Any], name: str, value: str) -> bool:
        return name not in self.heeded or next(fits for (own,), fits in FITS.items() if own == name)(
            hit, value
        )


FITS = {
    ("issueDateFrom",): lambda hit, value: hit["issueDate"][:10] >= value,
    ("issueDateTo",): lambda hit, value: hit["issueDate"][:10] <= value,
    ("cpvCode",): lambda hit, value: any(code.startswith(value.rstrip("0")) for code in hit["cpvCodes"]),
    ("location",): lambda hit, value: value in hit["locationId"],
    ("type",): lambda hit, value: value in hit["allTypes"],
    ("status",): lambda hit, value: hit["status"] == value,
    ("searchString",): lambda hit, value: value in hit["heading"],
}
ASKED = {
    "issueDateFrom": (SEPTEMBER, notice(9, "2026-08-01")),
    "issueDateTo": (SEPTEMBER, notice(9, "2026-10-02")),
    "cpvCode": (Search(SEPTEMBER.since, SEPTEMBER.until, cpv="72000000"), notice(9, cpvCodes=["45000000"])),
    "location": (Search(SEPTEMBER.since, SEPTEMBER.until, location="NO081"), notice(9, locationId=["NO020"])),
    "type": (
        Search(SEPTEMBER.since, SEPTEMBER.until, type="COMPETITION"),
        notice(9, type="RESULT", allTypes=["RESULT"]),
    ),
    "status": (Search(SEPTEMBER.since, SEPTEMBER.until, status="ACTIVE"), notice(9, status=None)),
}


@pytest.fixture
def doffin(server: Server) -> Doffin:
    server.answer = Doffin(*(notice(at, f"2026-09-{1 + at % 30:02}") for at in range(250)))
    return server.answer


@pytest.fixture
def client(server: Server, time: Time) -> Iterator[Client]:
    with Client(server.address, secrets={HEADER: KEY}, clock=time.clock, limits=LIMITS) as asking:
        yield asking


def fetch(client: Client, folder: Path, asked: Search = SEPTEMBER, most: int = 100_000) -> Run:
    question = Question("search", asked.params(), LICENCE, CADENCE)
    return run(folder, client, question, lambda found: len(search(found, asked, most)))


def keys(error: pytest.ExceptionInfo[UserError]) -> list[str]:
    assert explain_error(error.value, "nn")
    return [fault.key.removeprefix("sources:") for fault in error.value.faults]


@pytest.mark.parametrize("count", [0, 1, 100, 101, 250, REACH, REACH + 1, 2500])
def test_every_notice_comes_by_day_where_there_are_many(
    count: int, doffin: Doffin, client: Client, tmp_path: Path
) -> None:
    doffin.held = [notice(at, f"2026-09-{1 + at % 30:02}") for at in range(count)] + [
        notice(5000, "2026-01-01")
    ]
    told = fetch(client, tmp_path)
    tidy = [DoffinSource().parse(file) for file in files(tmp_path, told)]
    rows = [row for each in tidy for row in each.rows]
    assert len({row[0] for row in rows}) == told.rows == count
    assert {len(row) for row in rows} <= {len(COLUMNS)}
    assert told.unreached == 0


def test_what_may_lead_to_persons_is_not_kept(doffin: Doffin, client: Client, tmp_path: Path) -> None:
    told = fetch(client, tmp_path)
    assert told.dropped == DROPPED
    (first, *_) = DoffinSource().parse(files(tmp_path, told)[0]).rows
    assert dict(zip(COLUMNS, first, strict=True))["buyers"] == "972417858"
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*.json"))
    assert not any(word in kept for word in (b"Nordmann", b"01017012345", b'"description":'))


@pytest.mark.parametrize("parameter", ASKED)
def test_a_parameter_that_is_passed_over_is_told_and_nothing_is_kept(
    parameter: str, doffin: Doffin, client: Client, tmp_path: Path
) -> None:
    asked, strange = ASKED[parameter]
    doffin.held = [notice(1), strange]
    assert fetch(client, tmp_path / "well", asked).rows == 1
    doffin.heeded.remove(parameter)
    with pytest.raises(UserError) as error:
        fetch(client, tmp_path, asked)
    assert keys(error) == ["not_asked_for"]
    values = error.value.faults[0].values
    assert (values["parameter"], values["examples"]) == (parameter, [strange["id"]])
    assert not (tmp_path / "answers").exists()


def test_all_parameters_that_are_passed_over_are_told_together(
    doffin: Doffin, client: Client, tmp_path: Path
) -> None:
    doffin.heeded, doffin.held = set(), [notice(1, "2025-01-01", status=None, locationId=None)]
    asked = Search(SEPTEMBER.since, SEPTEMBER.until, location="NO081", status="ACTIVE")
    with pytest.raises(UserError) as error:
        fetch(client, tmp_path, asked)
    assert {fault.values["parameter"] for fault in error.value.faults} == {
        "issueDateFrom",
        "location",
        "status",
    }


@pytest.mark.parametrize("count", [REACH + 1, 2500])
def test_a_whole_register_that_looks_right_on_its_first_page_is_seen(
    count: int, doffin: Doffin, client: Client, tmp_path: Path
) -> None:
    doffin.heeded, doffin.held = set(), [notice(at) for at in range(200)]
    doffin.held += [notice(at, "2024-01-01") for at in range(200, count)]
    with pytest.raises(UserError) as error:
        fetch(client, tmp_path)
    assert keys(error) == ["all_passed_over"]


def test_a_search_text_that_makes_no_difference_is_told(
    doffin: Doffin, client: Client, tmp_path: Path
) -> None:
    asked = Search(SEPTEMBER.since, SEPTEMBER.until, text="byggning 17")
    doffin.held.append(notice(900, heading="Noe annet"))
    assert fetch(client, tmp_path, asked).rows == 11
    doffin.heeded.remove("searchString")
    with pytest.raises(UserError) as error:
        fetch(client, tmp_path, asked)
    assert keys(error) == ["search_passed_over"]
    doffin.held.pop()
    assert fetch(client, tmp_path, Search(SEPTEMBER.since, SEPTEMBER.until, text="byggning")).rows == 250


def test_a_notice_on_two_pages_is_there_once_and_the_other_is_counted_as_not_reached(
    doffin: Doffin, client: Client, tmp_path: Path
) -> None:
    doffin.twice, doffin.held = 1, doffin.held[:200]
    told = fetch(client, tmp_path)
    assert (told.rows, told.unreached) == (199, 1)


def test_a_day_with_more_than_is_shown_is_refused(doffin: Doffin, client: Client, tmp_path: Path) -> None:
    doffin.held = [notice(at) for at in range(REACH + 1)] + [notice(5000, "2025-01-01")]
    with pytest.raises(UserError) as error:
        fetch(client, tmp_path)
    assert keys(error) == ["beyond_reach"]


def test_more_than_wanted_is_refused(doffin: Doffin, client: Client, tmp_path: Path) -> None:
    doffin.held.append(notice(5000, "2025-01-01"))
    with pytest.raises(UserError) as error:
        fetch(client, tmp_path, most=249)
    assert keys(error) == ["more_than_wanted"]


def test_a_line_break_that_is_not_escaped_is_read(server: Server, client: Client, tmp_path: Path) -> None:
    body = json.dumps(
        {"numHitsTotal": 1, "numHitsAccessible": 1, "hits": [notice(1, heading="to LINJE linjer")]}
    )
    server.say(Answer(body.replace("LINJE", "\n").encode()))
    (row,) = DoffinSource().parse(files(tmp_path, fetch(client, tmp_path))[0]).rows
    assert row[6] == "to \n linjer"


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_is_waited_for(
    fault: str, doffin: Doffin, server: Server, client: Client, time: Time, tmp_path: Path
) -> None:
    answer, waits = PASSING[fault]
    Once(server, answer)
    assert fetch(client, tmp_path).rows == 250
    assert time.slept == waits


@pytest.mark.parametrize("fault", LASTING)
def test_a_fault_that_lasts_is_told_and_what_was_there_stays(
    fault: str, doffin: Doffin, server: Server, client: Client, tmp_path: Path
) -> None:
    before = fetch(client, tmp_path)
    answer, key = LASTING[fault]
    server.say(answer)
    with pytest.raises(UserError) as error:
        fetch(client, tmp_path)
    assert keys(error) == [key]
    assert all(file.is_file() for file in files(tmp_path, before))


@pytest.mark.parametrize("identity", ["../../x", "2026-1/../x", "", "a-1"])
def test_an_identifier_that_is_none_is_never_asked_for(
    identity: str, doffin: Doffin, client: Client, tmp_path: Path
) -> None:
    doffin.held = [notice(1, id=identity)]
    with pytest.raises(UserError) as error:
        fetch(client, tmp_path)
    assert keys(error) == ["not_as_documented"]


@pytest.mark.parametrize("name", ["konkurranse", "tildeling", "tom_side"])
def test_the_stored_answers_are_read(
    name: str, shared_data: Path, server: Server, client: Client, tmp_path: Path
) -> None:
    held = json.loads((shared_data / f"api_eksempler/doffin_search_{name}.json").read_bytes())
    held["numHitsTotal"] = len(held["hits"])  # the stored answers are one hit of many
    server.say(as_json(held))
    told = fetch(client, tmp_path, Search(dt.date(2026, 1, 1), dt.date(2026, 12, 31)))
    assert told.rows == len(held["hits"])


def command(server: Server, *more: str) -> list[str]:
    return [
        "data",
        "doffin",
        "--since",
        "2026-09-01",
        "--until",
        "2026-09-30",
        "--base",
        server.address,
        *more,
    ]


@pytest.mark.walk
@pytest.mark.parametrize("by", ["variable", "file"])
def test_the_key_is_told_nowhere(
    by: str, doffin: Doffin, server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(10)
    (tmp_path / "key").write_text(KEY)
    told = {
        "variable": ("TYNGDEPUNKT_DOFFIN_KEY", KEY),
        "file": ("TYNGDEPUNKT_DOFFIN_KEY_FILE", str(tmp_path / "key")),
    }
    monkeypatch.setenv(*told[by])
    monkeypatch.setenv("TYNGDEPUNKT_DATA", str(tmp_path / "data"))
    assert cli(command(server)) == 0
    assert cli(command(server, "--json")) == 0
    assert cli([*command(server), "--until", "2026-10-01", "--most", "1"]) == 1
    for answer in (
        as_json({"statusCode": 401, "message": f"invalid subscription key {KEY}"}, 401),
        Answer(json.dumps({"key": KEY}).encode()),
        Answer(status=302, headers={"Location": "http://elsewhere.example/"}),
    ):
        server.say(answer)
        assert cli(command(server)) == 1
    output = capsys.readouterr()
    kept = b"".join(file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file())
    assert kept
    assert KEY not in output.out + output.err + caplog.text
    assert KEY.encode() not in kept
    assert {asked.headers[HEADER.lower()] for asked in server.asked} == {KEY}


def test_without_a_key_nobody_is_asked(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli(command(server)) == 1
    assert "TYNGDEPUNKT_DOFFIN_KEY" in capsys.readouterr().err
    assert server.asked == []


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ([], 1),
        (["--since", "2030-01-01"], 1),
        (
            [
                "--since",
                "2026-09-01",
                "--cpv",
                "72",
                "--location",
                "Oslo",
                "--type",
                "competition",
                "--status",
                "x",
            ],
            4,
        ),
    ],
)
def test_what_doffin_cannot_be_asked_is_told_at_once(
    options: list[str], count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli(["data", "doffin", "--until", "2026-09-30", "--lang", "en", *options]) == 1
    assert capsys.readouterr().err.count("→") == count
