"""The register's two feeds of changes on this machine, by its own OpenAPI document; not asked live."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tyngdepunkt import settings
from tyngdepunkt.cli import run as cli
from tyngdepunkt.errors import UserError
from tyngdepunkt.sources.http import Client
from tyngdepunkt.sources.kept import Question, Run, files, read_kept, run
from tyngdepunkt.sources.register_changes import (
    CADENCE,
    COLUMNS,
    KINDS,
    LICENCE,
    SIZE,
    ChangesSource,
    changes,
    read_known,
)
from tyngdepunkt.sources.register_files import Logged
from tyngdepunkt.texts import explain_error
from unit.sources.faulty import LASTING, LIMITS, PASSING, Once
from unit.sources.served import Answer, Asked, Server, Time, as_json

DAY = dt.date(2026, 11, 1)
LISTS = {"enheter": "oppdaterteEnheter", "underenheter": "oppdaterteUnderenheter"}


def change(
    identity: int, number: int | None = None, kind: str = "Endring", day: str = "2026-11-02"
) -> dict[str, Any]:
    number = 800000000 + (identity if number is None else number)
    return {
        "oppdateringsid": identity,
        "dato": f"{day}T04:01:39.613Z",
        "organisasjonsnummer": str(number),
        "endringstype": kind,
        "_links": {"enhet": {"href": f"https://data.brreg.no/enhetsregisteret/api/enheter/{number}"}},
    }


class Register:
    """Changes in order; it heeds what is in `heeded`, and shows at most `most` at a time."""

    def __init__(self, *held: dict[str, Any]) -> None:
        self.held = list(held)
        self.heeded = {"dato", "oppdateringsid"}
        self.most = 10_000
        self.entities: dict[str, Answer] = {}

    def __call__(self, asked: Asked) -> Answer:
        *_, above, last = asked.path.split("/")
        if above != "oppdateringer":
            return self.entities.get(last, as_json({"organisasjonsnummer": last}))
        query = {name: values[0] for name, values in asked.query.items()}
        assert query["sort"] == "id,ASC"
        assert 1 <= int(query["size"]) <= 10_000
        hits = [each for each in self.held if self._is_asked_for(each, query)]
        shown = hits[: min(int(query["size"]), self.most)]
        body: dict[str, Any] = {
            "page": {"size": len(shown), "totalElements": len(hits), "number": 0},
            "_links": {},
        }
        return as_json(body | ({"_embedded": {LISTS[last]: shown}} if shown else {}))

    def _is_asked_for(self, each: dict[str, Any], query: dict[str, str]) -> bool:
        if "dato" in query and "dato" in self.heeded:
            return each["dato"] >= query["dato"]
        if "oppdateringsid" in query and "oppdateringsid" in self.heeded:
            return each["oppdateringsid"] >= int(query["oppdateringsid"])
        return True


@pytest.fixture
def register(server: Server) -> Register:
    server.answer = Register(change(1, day="2026-10-31"), *(change(at) for at in range(2, 12)))
    return server.answer


@pytest.fixture
def client(server: Server, time: Time) -> Iterator[Client]:
    with Client(server.address, clock=time.clock, limits=LIMITS) as asking:
        yield asking


def fetch(
    client: Client, folder: Path, kind: str = "entities", most: int = 10_000, *, ask_each: bool = False
) -> Run:
    known = read_known(folder, kind)
    question = Question(f"changes-{kind}", {"next": str(known.next)}, LICENCE, CADENCE)

    def gather(found: Any) -> int:
        return changes(found, kind, DAY, known, most, ask_each=ask_each)

    return run(folder, client, question, gather)


def keys(error: pytest.ExceptionInfo[UserError]) -> list[str]:
    assert explain_error(error.value, "nn")
    return [fault.key.removeprefix("sources:") for fault in error.value.faults]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [0, 1, SIZE - 1, SIZE, SIZE + 1, 3 * SIZE])
def test_every_change_since_the_day_is_read(
    kind: str, count: int, register: Register, client: Client, tmp_path: Path
) -> None:
    register.held = [change(1, day="2026-10-31"), *(change(at) for at in range(2, 2 + count))]
    told = fetch(client, tmp_path, kind)
    assert told.rows == len(read_known(tmp_path, kind).numbers) == count
    tidy = [ChangesSource(kind).parse(file) for file in files(tmp_path, told)]
    assert sum(len(each.rows) for each in tidy) == count
    assert {len(row) for each in tidy for row in each.rows} <= {len(COLUMNS)}


def test_the_next_run_goes_on_after_the_last_change(
    register: Register, client: Client, tmp_path: Path
) -> None:
    fetch(client, tmp_path)
    register.held += [change(12), change(13, number=5, kind="Sletting"), change(14, number=6, kind="Fjernet")]
    assert fetch(client, tmp_path).rows == 3
    known = read_known(tmp_path, "entities")
    assert known.next == 15
    kinds = {number: each.kind for number, each in known.numbers.items()}
    assert (kinds["800000005"], kinds["800000006"], kinds["800000012"]) == ("deleted", "removed", "changed")
    assert fetch(client, tmp_path).rows == 0
    assert len(read_known(tmp_path, "entities").numbers) == len(kinds)


def test_the_newest_change_of_a_number_counts(register: Register, client: Client, tmp_path: Path) -> None:
    register.held = [
        change(at, number=1, kind=kind) for at, kind in enumerate(["Ny", "Sletting", "Endring"], 1)
    ]
    fetch(client, tmp_path)
    (one,) = read_known(tmp_path, "entities").numbers.values()
    assert (one.change, one.kind) == (3, "changed")


@pytest.mark.parametrize("most", [1, 4, 10])
def test_the_limit_leaves_the_rest_to_the_next_run(
    most: int, register: Register, client: Client, tmp_path: Path
) -> None:
    told = fetch(client, tmp_path, most=most)
    assert (told.rows, told.waiting) == (most, 10 - most)
    fetch(client, tmp_path)
    assert len(read_known(tmp_path, "entities").numbers) == 10


def test_a_register_that_shows_fewer_at_a_time_than_asked_is_read_to_its_end(
    register: Register, client: Client, tmp_path: Path
) -> None:
    register.most = 3
    assert fetch(client, tmp_path).rows == 10


def test_gone_is_removed_and_not_deleted(
    register: Register, client: Client, server: Server, tmp_path: Path
) -> None:
    gone = {"organisasjonsnummer": "800000003", "slettedato": "2024-03-09"}
    register.entities = {
        "800000003": as_json(gone, 410),
        "800000004": as_json({"organisasjonsnummer": "800000004", "slettedato": "2024-03-09"}),
        "800000005": Answer(b"", 404),
    }
    register.held += [change(12, kind="Sletting"), change(13, kind="Fjernet")]
    fetch(client, tmp_path, ask_each=True)
    standing = {
        number[-2:]: each.standing for number, each in read_known(tmp_path, "entities").numbers.items()
    }
    assert [standing[at] for at in ("02", "03", "04", "05")] == [
        "registered",
        "removed",
        "deleted",
        "unknown",
    ]
    assert (standing["12"], standing["13"]) == (None, None)
    assert not any(asked.path.endswith(("12", "13")) for asked in server.asked)


@pytest.mark.parametrize("parameter", ["dato", "oppdateringsid"])
def test_a_parameter_that_is_passed_over_is_told(
    parameter: str, register: Register, client: Client, tmp_path: Path
) -> None:
    if parameter == "oppdateringsid":
        fetch(client, tmp_path)
    before = read_known(tmp_path, "entities")
    register.heeded.remove(parameter)
    with pytest.raises(UserError) as error:
        fetch(client, tmp_path)
    assert keys(error) == ["not_asked_for"]
    assert error.value.faults[0].values["parameter"] == parameter
    assert read_known(tmp_path, "entities") == before


@pytest.mark.parametrize(
    "held",
    [
        [change(3), change(2)],
        [change(2), change(2)],
        [change(2, kind="Flyttet")],
        [change(2) | {"organisasjonsnummer": "12"}],
        [change(2) | {"organisasjonsnummer": "../../../x"}],
        [change(2) | {"dato": "i går"}],
        [{"organisasjonsnummer": "800000002"}],
    ],
)
def test_changes_of_another_form_are_refused(
    held: Any, register: Register, client: Client, tmp_path: Path
) -> None:
    register.held = []
    body = {"page": {"totalElements": 2}, "_embedded": {"oppdaterteEnheter": held}}
    with pytest.raises(UserError) as error:
        _says(client, body, tmp_path, register)
    assert keys(error) == ["not_as_documented"]


def _says(client: Client, body: Any, folder: Path, register: Register) -> Run:
    register._is_asked_for = lambda each, query: True  # type: ignore[method-assign]
    register.held = body["_embedded"]["oppdaterteEnheter"]
    return fetch(client, folder)


def test_the_list_of_the_other_kind_is_no_empty_list(server: Server, client: Client, tmp_path: Path) -> None:
    server.say(as_json({"page": {"totalElements": 1}, "_embedded": {"oppdaterteUnderenheter": [change(2)]}}))
    with pytest.raises(UserError) as error:
        fetch(client, tmp_path, "entities")
    assert keys(error) == ["not_as_documented"]


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_is_waited_for(
    fault: str, register: Register, server: Server, client: Client, time: Time, tmp_path: Path
) -> None:
    answer, waits = PASSING[fault]
    Once(server, answer)
    assert fetch(client, tmp_path).rows == 10
    assert time.slept == waits


@pytest.mark.parametrize("fault", LASTING)
def test_a_fault_that_lasts_is_told_and_what_was_known_stays(
    fault: str, register: Register, server: Server, client: Client, tmp_path: Path
) -> None:
    fetch(client, tmp_path)
    before, kept = read_known(tmp_path, "entities"), read_kept(tmp_path)
    answer, key = LASTING[fault]
    server.say(answer)
    with pytest.raises(UserError) as error:
        fetch(client, tmp_path)
    assert keys(error) == [key]
    assert (read_known(tmp_path, "entities"), read_kept(tmp_path)) == (before, kept)


def test_the_stored_page_is_read(shared_data: Path) -> None:
    stored = shared_data / "api_eksempler/enhetsregisteret_oppdateringer_underenheter.json"
    rows = ChangesSource("workplaces").parse(stored).rows
    assert (len(rows), rows[0][2:]) == (10, ("111111111", "removed"))


def test_the_first_run_begins_where_the_nightly_file_ends(
    register: Register, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    registers = settings.data_folder() / "registers"
    registers.mkdir(parents=True)
    lines = [
        Logged("workplaces", "read", "2026-11-20T05:00:00+00:00", "x"),
        Logged("entities", "read", "2026-11-02T05:00:00+00:00", "x"),
        Logged("entities", "failed", "2026-11-28T05:00:00+00:00", "x"),
    ]
    (registers / "log.json").write_bytes(msgspec.json.encode(lines))
    assert cli(["data", "changes", "entities", "--base", server.address, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["asked"] == {"since": "2026-11-01"}
    assert server.asked[0].query["dato"] == ["2026-11-01T00:00:00.000Z"]


@pytest.mark.walk
def test_the_command_begins_on_a_day_and_goes_on(
    register: Register, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["data", "changes", "entities", "--base", server.address, "--lang", "en"]
    assert cli(asked) == 1
    assert "--since" in capsys.readouterr().err
    assert server.asked == []
    assert cli([*asked, "--since", "2026-11-01", "--dry-run"]) == 0
    assert cli([*asked, "--since", "2026-11-01"]) == 0
    register.held.append(change(12, kind="Fjernet"))
    capsys.readouterr()
    assert cli([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["numbers"]) == (1, {"changed": 10, "removed": 1})
    assert cli([*asked, "--since", "2026-11-01", "--ask-each"]) == 0
    assert "10 asked for and registered" in capsys.readouterr().out.replace("\n", " ")
