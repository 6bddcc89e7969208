"""Klass on this machine, in the forms of its own client's tests; and what is built of its answers."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tyngdepunkt.cli import run
from tyngdepunkt.errors import UserError
from tyngdepunkt.places.build_folder import build_from_folder
from tyngdepunkt.places.snapshot import embedded_folder
from tyngdepunkt.sources.http import Client
from tyngdepunkt.sources.klass import LISTS, SOURCES
from tyngdepunkt.sources.klass_service import ACCEPT, FILES, LOG, MORE, collect, plan, read_log
from tyngdepunkt.texts import explain_error
from unit.sources.faulty import LASTING, LIMITS, PASSING, Once
from unit.sources.served import Answer, Asked, Server, Time, as_json

DAY = dt.date(2026, 11, 29)


def version(identity: int, name: str, since: str, until: str | None = None) -> dict[str, Any]:
    here = {"self": {"href": f"https://data.ssb.no/api/klass/v1/versions/{identity}"}}
    return {"name": name, "validFrom": since, "validTo": until, "_links": here}


def correspondence(identity: int, source: int, target: int) -> dict[str, Any]:
    here = {"self": {"href": f"https://data.ssb.no/api/klass/v1/correspondencetables/{identity}"}}
    return {"name": f"{source} - {target}", "sourceId": source, "targetId": target, "_links": here}


MAPS = [("45.110", "46.710"), ("45.200", "95.310"), ("47.110", "47.110"), ("63.990", "82.400")]


def _map(source: str, target: str) -> dict[str, str]:
    return {"sourceCode": source, "sourceName": "x", "targetCode": target, "targetName": "y"}


class Klass:
    """A service with four files about a made-up country; `said` answers in the place of a path."""

    def __init__(self) -> None:
        self.said: dict[str, Answer] = {}
        self.versions = {
            "131": [
                version(1, "Kommuner 2020", "2020-01-01", "2024-01-01"),
                version(2, "Kommuner 2024", "2024-01-01"),
            ],
            "128": [
                version(3, "Sentralitet 2024", "2024-01-01", "2026-01-01"),
                version(4, "Sentralitet 2026", "2026-01-01"),
            ],
            "6": [
                version(6, "SN2025", "2025-01-01"),
                version(5, "SN2007", "2009-01-01"),
                version(7, "SN2030", "2030-01-01"),
            ],
        }
        self.tables = {"5": [correspondence(99, 5, 11)], "6": [correspondence(42, 6, 5)]}
        self.names = "Fjordby"
        self.versions |= {
            name: [version(20, f"Standard {name}", "2020-01-01")] for name in ("104", "108", "7")
        }
        top = {"code": "1", "parentCode": None, "level": "1", "name": "Ledere"}
        self.codes = [top, {"code": "11", "parentCode": "1", "level": "2", "name": "Direktører"}]

    def __call__(self, asked: Asked) -> Answer:
        assert asked.headers["accept"] == "application/json"
        path = asked.path.removeprefix("/api/v2/")
        return self.said.get(path) or as_json(self._body(path.split("/"), asked))

    def _body(self, parts: list[str], asked: Asked) -> Any:
        match parts:
            case ["classifications", identity]:
                return {"name": f"Standard {identity}", "versions": self.versions[identity]}
            case ["classifications", "131", "codesAt"]:
                return {
                    "codes": [
                        {"code": "0001", "parentCode": "", "level": "1", "name": self.names, "notes": ""}
                    ]
                }
            case ["classifications", "104" | "108" | "7" | "6", "codesAt"]:
                assert asked.query["date"] == [DAY.isoformat()]
                return {"codes": self.codes}
            case ["classifications", "108", "correspondsAt"]:
                assert asked.query == {"targetClassificationId": ["131"], "date": [DAY.isoformat()]}
                told = {
                    "sourceCode": "00001",
                    "sourceName": "Fjorden",
                    "targetCode": "0001",
                    "targetName": "x",
                }
                return {"correspondenceItems": [told]}
            case ["classifications", "128", "codesAt"]:
                assert asked.query["date"] == [DAY.isoformat()]
                return {
                    "codes": [{"code": "0001", "parentCode": "3", "level": "2", "name": "", "notes": "789"}]
                }
            case ["classifications", "131", "changes"]:
                assert (asked.query["from"], asked.query["to"]) == (["2011-01-01"], ["2026-11-30"])
                names = {"oldName": "Gammelby", "newName": "Fjordby", "changeOccurred": "2024-01-01"}
                return {"codeChanges": [{"oldCode": "0009", "newCode": "0001", **names}]}
            case ["versions", identity]:
                return {"name": "", "correspondenceTables": self.tables.get(identity, [])}
            case ["correspondencetables", "42"]:
                return {"correspondenceMaps": [_map(new, old) for old, new in MAPS]}
        raise AssertionError(parts)


@pytest.fixture
def klass(server: Server) -> Klass:
    server.answer = Klass()
    return server.answer


@pytest.fixture
def client(server: Server, time: Time) -> Client:
    return Client(server.address, accept=ACCEPT, clock=time.clock, limits=LIMITS)


def keys(error: pytest.ExceptionInfo[UserError]) -> list[str]:
    assert explain_error(error.value, "nn")
    return [fault.key.removeprefix("sources:") for fault in error.value.faults]


def test_every_file_is_what_its_reader_reads_with_where_it_came_from(
    klass: Klass, client: Client, server: Server, tmp_path: Path
) -> None:
    brought = collect(client, plan(client, DAY), tmp_path)
    assert [each.name for each in brought] == list(FILES)
    for source in SOURCES:
        assert source.parse(tmp_path / f"{source.name}.json").rows
    log = read_log(tmp_path)
    assert (log["klass/128"].version, log["klass/128"].valid_from) == ("Sentralitet 2026", "2026-01-01")
    assert log["klass/131"].version == "Kommuner 2024"
    assert log["klass/6-correspondence"].address == f"{server.address}/correspondencetables/42"
    assert {(each.licence, each.fetched) for each in brought} == {("CC BY 4.0", "2026-11-29T08:00:00+00:00")}


def test_lists_that_no_table_is_made_of_come_when_they_are_named(
    klass: Klass, client: Client, tmp_path: Path
) -> None:
    folder = tmp_path / "official"
    collect(client, plan(client, DAY, [*MORE, "klass/6-correspondence"]), folder)
    assert set(read_log(folder)) == {*MORE, "klass/6-correspondence"}
    for source in LISTS:
        rows = source.parse(folder / f"{source.name}.json").rows
        assert rows == [("1", "Ledere", "", "1"), ("11", "Direktører", "1", "2")]
    build_from_folder(folder, embedded_folder(), tmp_path / "new", built=DAY)


@pytest.mark.parametrize(
    "codes",
    [
        [],
        [{"code": "1", "parentCode": None, "level": "1", "name": "x"}] * 2,
        [{"code": "1", "parentCode": None, "level": "1", "name": " "}],
        [{"code": "", "parentCode": None, "level": "1", "name": "x"}],
    ],
)
def test_a_list_that_is_none_is_refused(
    codes: list[Any], klass: Klass, client: Client, tmp_path: Path
) -> None:
    klass.codes = codes
    with pytest.raises(UserError) as error:
        collect(client, plan(client, DAY, ["klass/7"]), tmp_path)
    assert keys(error)[0] in ("no_code_list", "missing_column")


def test_a_snapshot_is_built_of_what_came(klass: Klass, client: Client, tmp_path: Path) -> None:
    folder, new = tmp_path / "official", tmp_path / "new"
    collect(client, plan(client, DAY, ["klass/6-correspondence"]), folder)
    build_from_folder(folder, embedded_folder(), new, built=DAY)
    changes = duckdb.read_parquet(str(new / "industry_change.parquet"))
    assert changes.project("before, after, old_code, new_code").order("old_code").fetchall() == [
        ("SN2007", "SN2025", *pair) for pair in MAPS
    ]


def test_what_has_not_changed_is_skipped(klass: Klass, client: Client, tmp_path: Path) -> None:
    wanted = plan(client, DAY, ["klass/131", "klass/128"])
    collect(client, wanted, tmp_path)
    klass.names = "Nye Fjordby"
    assert [each.state for each in collect(client, wanted, tmp_path)] == ["read", "skipped"]


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_passes_is_waited_for(
    fault: str, klass: Klass, server: Server, client: Client, time: Time, tmp_path: Path
) -> None:
    answer, waits = PASSING[fault]
    wanted = plan(client, DAY, ["klass/7"])
    server.asked.clear()
    Once(server, answer)
    assert [each.state for each in collect(client, wanted, tmp_path)] == ["read"]
    assert time.slept == waits


@pytest.mark.parametrize("step", ["plan", "collect"])
@pytest.mark.parametrize("fault", LASTING)
def test_a_fault_that_lasts_is_told_and_what_was_there_stays(
    fault: str, step: str, klass: Klass, server: Server, client: Client, tmp_path: Path
) -> None:
    wanted = plan(client, DAY, ["klass/7", "klass/104"])
    collect(client, wanted, tmp_path)
    before, log = read_log(tmp_path), (tmp_path / LOG).read_bytes()
    answer, key = LASTING[fault]
    words = {"half a document": "not_json", "another form": "not_klass"}
    told = words.get(fault, key) if step == "collect" or fault not in words else "not_klass_answer"
    server.say(answer)
    with pytest.raises(UserError) as error:
        collect(client, wanted, tmp_path) if step == "collect" else plan(
            client, DAY, ["klass/7", "klass/104"]
        )
    assert set(keys(error)) == {told}
    assert (read_log(tmp_path), (tmp_path / LOG).read_bytes()) == (before, log)
    assert all((tmp_path / f"{name}.json").is_file() for name in before)


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        (as_json({"title": "Not Found", "detail": "Classification not found with id = 131"}, 404), "refused"),
        (as_json({"codes": [{"code": "9999", "name": "Uoppgitt"}]}), "no_municipalities"),
        (as_json({"items": []}), "not_klass"),
        (as_json({"codes": [{"code": "0001", "navn": "x"}]}), "missing_column"),
        (Answer(b'{"codes": [{"co'), "not_json"),
        (Answer(b"<codes/>"), "not_json"),
        (Answer(b'{"codes": []}', cut=5), "cut_off"),
        (Answer(status=503), "out_of_order"),
        (Answer(status=302, headers={"Location": "http://elsewhere.example/x"}), "redirected"),
    ],
)
def test_a_file_that_fails_stays_as_it_was_and_the_others_come(
    answer: Answer, key: str, klass: Klass, client: Client, tmp_path: Path
) -> None:
    wanted = plan(client, DAY, ["klass/131", "klass/128"])
    old = tmp_path / "klass/131.json"
    old.parent.mkdir()
    old.write_text("old")
    klass.said["classifications/131/codesAt"] = answer
    with pytest.raises(UserError) as error:
        collect(client, wanted, tmp_path)
    assert keys(error) == [key]
    assert error.value.faults[0].where == "klass/131"
    assert old.read_text() == "old"
    assert list(read_log(tmp_path)) == ["klass/128"]
    klass.said.clear()
    assert [each.state for each in collect(client, wanted, tmp_path)] == ["read", "skipped"]


def test_a_standard_without_the_table_between_its_versions_says_what_there_is(
    klass: Klass, client: Client
) -> None:
    klass.tables = {"5": [correspondence(99, 5, 11)]}
    with pytest.raises(UserError) as error:
        plan(client, DAY, ["klass/6-correspondence"])
    assert keys(error) == ["no_klass_correspondence"]
    assert error.value.faults[0].values["there"] == ["5 - 11"]


def test_every_classification_that_cannot_be_planned_is_told(klass: Klass, client: Client) -> None:
    klass.versions = {
        "131": [],
        "128": [version(3, "Ny", "2030-01-01")],
        "6": [version(5, "SN2007", "2009-01-01", "2025-01-01")],
        **{name: klass.versions[name] for name in ("104", "108", "7")},
    }
    with pytest.raises(UserError) as error:
        plan(client, DAY)
    assert keys(error) == ["no_klass_version"] * 4  # the others have a version


@pytest.mark.parametrize("body", [[], {"name": "x"}, {"name": "x", "versions": [{"name": "y"}]}])
def test_a_classification_of_another_form_is_told(body: Any, klass: Klass, client: Client) -> None:
    klass.said["classifications/131"] = as_json(body)
    with pytest.raises(UserError) as error:
        plan(client, DAY, ["klass/131"])
    assert keys(error) == ["not_klass_answer"]


@pytest.mark.walk
def test_the_command_says_what_comes_and_fetches_it(
    klass: Klass, server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["data", "klass", str(tmp_path), "--base", server.address, "--day", "2026-11-29", "--lang", "nb"]
    assert run([*asked, "--only", "klass/131", "--dry-run"]) == 0
    assert "Kommuner 2024" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []
    assert run([*asked, "--json"]) == 0
    assert [each["state"] for each in json.loads(capsys.readouterr().out)["files"]] == ["read"] * len(FILES)
    assert run([*asked, "--only", "klass/9"]) == 1
