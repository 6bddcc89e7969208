"""NAV's feed on this machine, in the forms of its own source code; nobody has stored a recorded page."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tyngdepunkt.cli import run as cli
from tyngdepunkt.errors import UserError
from tyngdepunkt.sources.http import Client
from tyngdepunkt.sources.kept import LOG, Question, Run, run
from tyngdepunkt.sources.vacancies import (
    CADENCE,
    COLUMNS,
    DROPPED,
    FILE,
    HEADER,
    LICENCE,
    LONGEST,
    Held,
    VacanciesSource,
    read_held,
    vacancies,
)
from tyngdepunkt.texts import explain_error
from unit.sources.faulty import LASTING, LIMITS, PASSING, Once
from unit.sources.served import Answer, Asked, Server, Time, as_json

TOKEN = "c2VjcmV0.c2lnbmF0dXJl"  # noqa: S105
PERSONS = (b"Kari", b"Nordmann", b"kari@example.org", b"99887766", b"Storgata 1", b"Advokat")


def uuid(number: int) -> str:
    return str(UUID(int=number))


PLACE = {
    "country": "NORGE",
    "address": "Storgata 1",
    "city": "FJORDBY",
    "postalCode": "3660",
    "county": "TELEMARK",
    "municipal": "FJORDBY",
}
CONTACT = {"name": "Kari Nordmann", "email": "kari@example.org", "phone": "99887766", "role": None}
CATEGORY = {
    "categoryType": "STYRK08",
    "code": "2342",
    "name": "Førskolelærere",
    "description": "",
    "score": 1.0,
}


def advertisement(number: int, **other: Any) -> dict[str, Any]:
    """The fields of FeedAd.kt, with what a person could be known by."""
    return {
        "uuid": uuid(number),
        "published": "2026-11-01T00:00:00+01:00",
        "expires": "2026-12-31T00:00:00+01:00",
        "updated": "2026-11-02T00:00:00+01:00",
        "workLocations": [PLACE],
        "contactList": [CONTACT],
        "title": "Jobb hos Kari",
        "description": "<p>Ring Kari, 99887766</p>",
        "sourceurl": "",
        "source": "DIR",
        "applicationUrl": "mailto:kari@example.org",
        "applicationDue": "2026-12-01",
        "occupationCategories": [{"level1": "Utdanning", "level2": "Barnehage"}],
        "categoryList": [CATEGORY],
        "jobtitle": "Hjelper for Kari",
        "link": "https://arbeidsplassen.nav.no/stillinger/stilling/x",
        "employer": {"name": "Advokat Nordmann", "orgnr": "123456789", "description": "", "homepage": ""},
        "engagementtype": "Fast",
        "extent": "Heltid",
        "starttime": "",
        "positioncount": "2",
        "sector": "Offentlig",
        **other,
    }


def item(number: int, status: str, at: int) -> dict[str, Any]:
    """A line of a page, as the stored page has it."""
    when, told = f"2026-11-02T00:{at:02}:00.123456+01:00", {"uuid": uuid(number), "status": status}
    entry = {**told, "title": "Jobb hos Kari", "businessName": "Advokat Nordmann", "municipal": "FJORDBY"}
    address = f"/api/v1/feedentry/{uuid(number)}"
    return {"id": uuid(number), "url": address, "title": "Jobb hos Kari", "content_text": "Stillingsannonse",
            "date_modified": when, "_feed_entry": {**entry, "sistEndret": when}}  # fmt: skip


class Nav:
    """A feed of events, three on a page; what an advertisement is now is asked for by itself."""

    def __init__(self) -> None:
        self.events: list[tuple[int, str]] = []
        self.ads: dict[int, dict[str, Any]] = {}
        self.inactive: set[int] = set()
        self.said: dict[str, Answer] = {}
        self.fetched: list[int] = []

    def post(self, number: int, **other: Any) -> None:
        self.ads[number] = advertisement(number, **other)
        self.events.append((number, "ACTIVE"))

    def stop(self, number: int) -> None:
        self.inactive.add(number)
        self.events.append((number, "INACTIVE"))

    def __call__(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return Answer(status=401)
        path = asked.path.removeprefix("/api/v2/api/v1/")
        if path in self.said:
            return self.said[path]
        if path == "feed":
            assert asked.headers["if-modified-since"].endswith("GMT")
            return self._page(0)
        kind, identity = path.split("/")
        number = UUID(identity).int
        if kind == "feed":
            return self._page(number - 1000)
        self.fetched.append(number)
        if number not in self.ads:
            return Answer(b"", 404)
        status = "INACTIVE" if number in self.inactive else "ACTIVE"
        content = {} if status == "INACTIVE" else {"ad_content": self.ads[number]}
        return as_json(
            {"uuid": uuid(number), "sistEndret": "2026-11-02T00:00:00+01:00", "status": status} | content
        )

    def _page(self, at: int) -> Answer:
        shown = list(enumerate(self.events))[at * 3 : at * 3 + 3]
        if not shown:
            return Answer(b"", 304)
        following = uuid(1001 + at) if len(self.events) > at * 3 + 3 else None
        items = [item(number, status, when) for when, (number, status) in shown]
        told = {"version": "1.0", "id": uuid(1000 + at), "next_url": None, "next_id": following}
        return as_json({**told, "items": items})


@pytest.fixture
def nav(server: Server) -> Nav:
    server.answer = Nav()
    for number in range(1, 6):
        server.answer.post(number)
    return server.answer


@pytest.fixture
def client(server: Server, time: Time) -> Iterator[Client]:
    secrets = {HEADER: f"Bearer {TOKEN}"}
    with Client(server.address, secrets=secrets, clock=time.clock, limits=LIMITS) as asking:
        yield asking


def follow(client: Client, folder: Path, most: int = 500) -> Run:
    before, start = read_held(folder), client.clock.now() - LONGEST
    question = Question("vacancies", {}, LICENCE, CADENCE)
    return run(folder, client, question, lambda found: vacancies(found, before, start, most))


def here(folder: Path) -> list[int]:
    return sorted(UUID(each).int for each in read_held(folder).vacancies)


def keys(error: pytest.ExceptionInfo[UserError]) -> list[str]:
    assert explain_error(error.value, "nn")
    return [fault.key.removeprefix("sources:") for fault in error.value.faults]


def test_active_vacancies_are_here_without_anybody_to_call(nav: Nav, client: Client, tmp_path: Path) -> None:
    told = follow(client, tmp_path)
    assert (told.state, told.rows, told.dropped) == ("read", 5, DROPPED)
    tidy = VacanciesSource().parse(tmp_path / FILE)
    row = dict(zip(COLUMNS, tidy.rows[0], strict=True))
    assert (row["municipalities"], row["postal_codes"], row["occupations"]) == (
        "FJORDBY",
        "3660",
        "STYRK08:2342",
    )
    assert (row["positions"], row["employer"]) == (2, "123456789")
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert [word for word in PERSONS if word in kept] == []
    assert all(part.sha256 and not part.file for part in told.parts)


def test_what_becomes_inactive_is_removed_and_nothing_else_is_asked_for(
    nav: Nav, client: Client, tmp_path: Path
) -> None:
    follow(client, tmp_path)
    assert follow(client, tmp_path).state == "skipped"
    nav.stop(2)
    nav.stop(5)
    nav.post(7)
    nav.fetched.clear()
    follow(client, tmp_path)
    assert (here(tmp_path), nav.fetched) == ([1, 3, 4, 7], [7])


def test_one_that_comes_again_is_fetched_again(nav: Nav, client: Client, tmp_path: Path) -> None:
    follow(client, tmp_path)
    nav.post(2, positioncount="9")
    follow(client, tmp_path)
    assert read_held(tmp_path).vacancies[uuid(2)].positioncount == "9"


@pytest.mark.parametrize("how", ["inactive", "not found", "no content", "expired"])
def test_one_that_has_ended_when_it_is_asked_for_is_not_here(
    how: str, nav: Nav, client: Client, tmp_path: Path
) -> None:
    if how == "inactive":
        nav.inactive.add(3)
    elif how == "not found":
        del nav.ads[3]
    elif how == "expired":
        nav.ads[3]["expires"] = "2026-11-29T08:59:00+01:00"
    else:
        answer = {"uuid": uuid(3), "sistEndret": "2026-11-02T00:00:00+01:00", "status": "ACTIVE"}
        nav.said[f"feedentry/{uuid(3)}"] = as_json(answer)
    follow(client, tmp_path)
    assert here(tmp_path) == [1, 2, 4, 5]
    assert read_held(tmp_path).waiting == {}


def test_one_that_expires_while_it_is_here_is_removed(
    nav: Nav, client: Client, time: Time, tmp_path: Path
) -> None:
    nav.ads[4]["expires"] = "2026-12-01T00:00:00+01:00"
    follow(client, tmp_path)
    time.today = time.today.replace(month=12, day=2)
    follow(client, tmp_path)
    assert here(tmp_path) == [1, 2, 3, 5]


def test_the_limit_leaves_the_rest_to_the_next_run_but_removes_at_once(
    nav: Nav, client: Client, tmp_path: Path
) -> None:
    assert follow(client, tmp_path, 2).waiting == 3
    assert here(tmp_path) == [1, 2]
    nav.stop(1)
    nav.stop(3)
    assert follow(client, tmp_path, 1).waiting == 1
    assert here(tmp_path) == [2, 4]


def test_a_fault_on_the_way_neither_keeps_what_is_inactive_nor_loses_what_came(
    nav: Nav, client: Client, tmp_path: Path
) -> None:
    follow(client, tmp_path)
    nav.stop(1)
    nav.post(6)
    nav.post(7)
    nav.said[f"feedentry/{uuid(7)}"] = Answer(status=503)
    with pytest.raises(UserError) as error:
        follow(client, tmp_path)
    assert keys(error) == ["out_of_order"]
    assert here(tmp_path) == [2, 3, 4, 5, 6]
    nav.said.clear()
    follow(client, tmp_path)
    assert here(tmp_path) == [2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize("identity", ["../x", "", "8F0C", uuid(1) + "/.."])
def test_an_identifier_that_is_none_is_never_asked_for(
    identity: str, nav: Nav, client: Client, tmp_path: Path
) -> None:
    nav.said["feed"] = as_json({"id": uuid(1000), "next_id": identity, "items": []})
    with pytest.raises(UserError) as error:
        follow(client, tmp_path)
    assert keys(error) == ["not_as_documented"]


def test_a_feed_in_a_ring_is_told(nav: Nav, client: Client, tmp_path: Path) -> None:
    nav.said["feed"] = as_json({"id": uuid(1000), "next_id": uuid(1000), "items": []})
    with pytest.raises(UserError) as error:
        follow(client, tmp_path)
    assert keys(error) == ["feed_in_a_ring"]


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_is_waited_for(
    fault: str, nav: Nav, server: Server, client: Client, time: Time, tmp_path: Path
) -> None:
    answer, waits = PASSING[fault]
    Once(server, answer)
    assert follow(client, tmp_path).rows == 5
    assert time.slept == waits


@pytest.mark.parametrize("fault", LASTING)
def test_a_fault_that_lasts_is_told_and_what_was_there_stays(
    fault: str, nav: Nav, server: Server, client: Client, tmp_path: Path
) -> None:
    follow(client, tmp_path)
    answer, key = LASTING[fault]
    server.say(answer)
    with pytest.raises(UserError) as error:
        follow(client, tmp_path)
    assert keys(error) == [key]
    assert here(tmp_path) == [1, 2, 3, 4, 5]


def test_the_stored_page_has_no_active_vacancy(
    shared_data: Path, server: Server, client: Client, tmp_path: Path
) -> None:
    stored = shared_data / "api_eksempler"
    page = (stored / "nav_feed_side_konstruert.json").read_bytes()
    server.say(Answer(page))
    assert follow(client, tmp_path).rows == 0
    assert read_held(tmp_path) == Held(page=json.loads(page)["id"])


@pytest.mark.walk
def test_the_token_is_told_nowhere(
    nav: Nav, server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(10)
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    monkeypatch.setenv("TYNGDEPUNKT_NAV_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("TYNGDEPUNKT_DATA", str(tmp_path / "data"))
    asked = ["data", "vacancies", "--base", server.address, "--lang", "en"]
    assert cli([*asked, "--dry-run"]) == 0
    assert nav.fetched == []
    assert not (tmp_path / "data" / "sources").exists()
    assert cli([*asked, "--since", "2026-11-01"]) == 0
    assert "5 vacancies are active" in capsys.readouterr().out
    assert cli([*asked, "--json"]) == 0
    assert cli([*asked, "--since", "2026-11-01", "--json"]) == 0
    server.say(as_json({"title": "Unauthorized", "detail": f"token {TOKEN} has ended"}, 401))
    assert cli(asked) == 1
    server.say(Answer(f'"{TOKEN}"'.encode()))
    assert cli(asked) == 1
    output = capsys.readouterr()
    kept = [file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file()]
    assert (tmp_path / "data/sources/nav" / LOG).is_file()
    assert TOKEN not in output.out + output.err + caplog.text
    assert not any(TOKEN.encode() in content for content in kept)


def test_without_a_token_nobody_is_asked(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli(["data", "vacancies", "--base", server.address]) == 1
    assert "TYNGDEPUNKT_NAV_TOKEN_FILE" in capsys.readouterr().err
    assert server.asked == []
