"""A PxWebApi 2 on this machine that answers as the specification and the service do, and then worse."""

import hashlib
import json
import math
import re
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tyngdepunkt.errors import UserError
from tyngdepunkt.sources._cells import read_cube
from tyngdepunkt.sources._parts import cells, split
from tyngdepunkt.sources.cube import joined
from tyngdepunkt.sources.http import Client, Limits
from tyngdepunkt.sources.pxweb import DEFAULT_CELLS, Caps, PxWeb, Query, whole
from tyngdepunkt.texts import explain_error
from unit.sources.served import Answer, Asked, Server, Time, as_json, problem

ALL = {"Region": ["*"], "Kjonn": ["*"], "ContentsCode": ["Personer"], "Tid": ["*"]}


@dataclass
class Bank:
    """One table; a value tells which cell it belongs to."""

    most: int = 12
    config: dict[str, Any] = field(default_factory=dict)
    updated: str = "2026-02-24T07:00:00Z"
    real_most: int = 10**9
    too_many: Answer = field(
        default_factory=lambda: problem(
            403, "Forbiden", "The query resulted in cell that exceeds the number of allowed."
        )
    )
    codes: dict[str, list[str]] = field(
        default_factory=lambda: {
            "Region": [f"000{n}" for n in range(1, 7)],
            "Kjonn": ["1", "2"],
            "ContentsCode": ["Personer"],
            "Tid": ["2023", "2024", "2025"],
        }
    )
    worse: dict[int, Any] = field(default_factory=dict)  # number of the data call → what is said instead
    data_calls: int = 0

    def __call__(self, asked: Asked) -> Answer:
        if asked.path.endswith("/config"):
            return as_json(
                {
                    "apiVersion": "2.3.2",
                    "maxDataCells": self.most,
                    "license": "https://www.ssb.no/en/diverse/lisens",
                    **self.config,
                }
            )
        if asked.path.endswith("/metadata"):
            return as_json(self.table(self.codes, []))
        self.data_calls += 1
        chosen = {each["variableCode"]: each["valueCodes"] for each in asked.body["selection"]}
        if math.prod(map(len, chosen.values())) > self.real_most:
            return self.too_many
        answer = as_json(self.table(chosen, [self.value(at) for at in product(*chosen.values())]))
        worse = self.worse.get(self.data_calls)
        return worse(answer) if callable(worse) else worse or answer

    def table(self, codes: dict[str, list[str]], values: list[float]) -> dict[str, Any]:
        return {
            "version": "2.0",
            "class": "dataset",
            "label": "12345: Personer",
            "updated": self.updated,
            "id": list(codes),
            "size": [len(held) for held in codes.values()],
            "dimension": {
                name: {
                    "label": name,
                    "category": {"index": {c: n for n, c in enumerate(held)}},
                    "extension": {"elimination": name == "Kjonn"},
                }
                for name, held in codes.items()
            },
            "value": values,
        }

    def value(self, at: tuple[str, ...]) -> float:
        return int(hashlib.sha256("/".join(at).encode()).hexdigest()[:6], 16)


@pytest.fixture
def bank(server: Server) -> Bank:
    answering = Bank()
    server.answer = answering
    return answering


def service(server: Server, time: Time, caps: Caps | None = None) -> PxWeb:
    return PxWeb(Client(server.address, clock=time.clock, limits=Limits(attempts=3)), caps)


def query(**changed: list[str]) -> Query:
    return Query("12345", {**ALL, **changed})


def faults(error: pytest.ExceptionInfo[UserError]) -> list[str]:
    assert all(explain_error(error.value, language) for language in ("nb", "nn", "en"))
    return [fault.key.removeprefix("sources:") for fault in error.value.faults]


def nothing_half_written(folder: Path) -> None:
    """Every file that is there is whole: listed with its checksum, or JSON beside the parts."""
    listed = {each["file"]: each["sha256"] for each in json.loads((folder / "job.json").read_text())["parts"]}
    files = {file.name: file for file in folder.iterdir()}
    assert set(files) == {*listed, "job.json", "config.json", "metadata.json"}
    assert {name: hashlib.sha256(files[name].read_bytes()).hexdigest() for name in listed} == listed
    for file in files.values():
        json.loads(file.read_bytes())


def test_a_table_over_the_limit_comes_in_parts_that_join_to_the_whole(
    server: Server, time: Time, bank: Bank, tmp_path: Path
) -> None:
    asking = service(server, time)
    plan = asking.plan(query())
    fetched = asking.fetch(query(), tmp_path, plan)
    assert [each.cells for each in fetched] == [12, 12, 12]
    assert len(server.asked) == 2 + 3
    table = whole(fetched, plan)
    assert {each.name: list(each.codes) for each in table.dimensions} == bank.codes
    assert table.values.tolist() == [bank.value(at) for at in product(*bank.codes.values())]
    first = fetched[0]
    assert first.sha256 == hashlib.sha256(first.file.read_bytes()).hexdigest()
    assert first.licence == "https://www.ssb.no/en/diverse/lisens"
    assert (first.fetched, first.updated) == ("2026-11-29T08:00:00+00:00", bank.updated)
    assert first.address == f"{server.address}/tables/12345/data"
    nothing_half_written(tmp_path)


def test_limits_are_read_first_then_metadata_then_cells(
    server: Server, time: Time, bank: Bank, tmp_path: Path
) -> None:
    asking = service(server, time)
    wanted = Query("12345", ALL, {"Region": "agg_KommSummer"}, "en")
    asking.fetch(wanted, tmp_path)
    assert [asked.path.rsplit("/", 1)[1] for asked in server.asked] == [
        "config",
        "metadata",
        "data",
        "data",
        "data",
    ]
    assert server.asked[1].query == {"lang": ["en"], "codelist[Region]": ["agg_KommSummer"]}
    data = server.asked[2]
    assert (data.method, data.query) == ("POST", {"lang": ["en"], "outputFormat": ["json-stat2"]})
    assert [each.get("codelist") for each in data.body["selection"]] == ["agg_KommSummer", None, None, None]
    asking.plan(wanted)
    assert [asked.path for asked in server.asked].count("/api/v2/config") == 1


def test_a_dry_run_says_what_would_be_asked_and_asks_for_no_cell(
    server: Server, time: Time, bank: Bank
) -> None:
    bank.most, bank.config = 1, {"maxCallsPerTimeWindow": 10, "timeWindow": 20}
    plan = service(server, time).plan(query())
    assert (plan.cells, plan.calls, plan.seconds, plan.title) == (36, 36, 60, "12345: Personer")
    assert bank.data_calls == 0


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({}, (30, 60)),
        ({"maxCallsPerTimeWindow": 0, "timeWindow": 0}, (30, 60)),
        ({"maxCallsPerTimeWindow": 3, "timeWindow": 1}, (3, 1)),
    ],
)
def test_a_limit_of_nothing_is_not_stated(
    server: Server,
    time: Time,
    bank: Bank,
    config: dict[str, int],
    expected: tuple[int, float],
    tmp_path: Path,
) -> None:
    bank.most, bank.config = 1, config
    asking = service(server, time)
    asking.fetch(query(), tmp_path)
    calls, seconds = expected
    assert sum(time.slept) >= (38 - 1) // calls * seconds
    assert (asking.plan(query()).seconds) == (36 - 1) // calls * seconds


def test_no_stated_limit_of_cells_is_a_low_one(server: Server, time: Time, bank: Bank) -> None:
    bank.most = 0
    assert service(server, time).plan(query()).most == DEFAULT_CELLS


def test_stored_answers_of_the_services_are_read(server: Server, time: Time, shared_data: Path) -> None:
    stored = shared_data / "api_eksempler"
    config = Answer((stored / "pxwebapi2_config_ssb.json").read_bytes())
    server.say(config, Answer((stored / "pxwebapi2_metadata_TAB6471.json").read_bytes()))
    wanted = Query(
        "TAB6471", {"Region": ["*"], "Alder": ["*"], "ContentsCode": ["*"], "Tid": ["2025*"]}, language="sv"
    )
    plan = service(server, time).plan(wanted)
    assert list(plan.selection) == ["Region", "Alder", "ContentsCode", "Tid"]  # sex may be left out
    assert plan.cells == 312 * 134 * 12
    assert (plan.most, plan.calls, plan.licence) == (800_000, 1, "https://www.ssb.no/en/diverse/lisens")


@pytest.mark.parametrize(
    "too_many",
    [
        problem(403, "Forbiden", "The query resulted in cell that exceeds the number of allowed."),
        problem(400, "Too many cells selected", "Too many cells selected"),
    ],
)
def test_parts_that_are_too_large_after_all_are_halved(
    server: Server, time: Time, bank: Bank, tmp_path: Path, too_many: Answer
) -> None:
    bank.most, bank.real_most, bank.too_many = 36, 10, too_many
    fetched = service(server, time).fetch(query(), tmp_path)
    assert max(each.cells for each in fetched) <= 10
    assert joined([read_cube(each.file) for each in fetched], bank.codes).values.size == 36
    before = bank.data_calls
    assert service(server, time).fetch(query(), tmp_path) == fetched
    assert bank.data_calls == before
    nothing_half_written(tmp_path)


def test_a_single_cell_that_is_too_many_is_told(
    server: Server, time: Time, bank: Bank, tmp_path: Path
) -> None:
    bank.real_most = 0
    with pytest.raises(UserError) as error:
        service(server, time).fetch(query(), tmp_path)
    assert faults(error) == ["refused"]


def test_a_table_that_breaks_goes_on_at_the_part(
    server: Server, time: Time, bank: Bank, tmp_path: Path
) -> None:
    bank.worse = {call: Answer(b"", 503) for call in (3, 4, 5)}
    with pytest.raises(UserError) as error:
        service(server, time).fetch(query(), tmp_path)
    assert faults(error) == ["out_of_order"]
    nothing_half_written(tmp_path)
    kept = {file.name: file.stat().st_mtime_ns for file in tmp_path.glob("part.*")}
    assert len(kept) == 2
    fetched = service(server, time).fetch(query(), tmp_path)
    assert (len(fetched), bank.data_calls) == (3, 6)
    assert kept.items() <= {file.name: file.stat().st_mtime_ns for file in tmp_path.glob("part.*")}.items()


def test_a_part_that_was_changed_on_the_disk_is_fetched_again(
    server: Server, time: Time, bank: Bank, tmp_path: Path
) -> None:
    fetched = service(server, time).fetch(query(), tmp_path)
    fetched[0].file.write_bytes(b"{}")
    fetched[1].file.unlink()
    again = service(server, time).fetch(query(), tmp_path)
    assert bank.data_calls == 5
    assert [each.sha256 for each in again] == [each.sha256 for each in fetched]


def test_a_table_that_is_published_anew_starts_over(
    server: Server, time: Time, bank: Bank, tmp_path: Path
) -> None:
    service(server, time).fetch(query(), tmp_path)
    bank.updated = "2026-03-01T07:00:00Z"
    fetched = service(server, time).fetch(query(), tmp_path)
    assert bank.data_calls == 6
    assert {read_cube(each.file).updated for each in fetched} == {bank.updated}
    nothing_half_written(tmp_path)


def test_a_new_year_of_the_table_starts_over_in_the_same_folder(
    server: Server, time: Time, bank: Bank, tmp_path: Path
) -> None:
    service(server, time).fetch(query(), tmp_path)
    bank.codes["Tid"].append("2026")
    fetched = service(server, time).fetch(query(), tmp_path)
    assert sum(each.cells for each in fetched) == 48
    nothing_half_written(tmp_path)


def test_a_table_that_is_published_while_it_is_fetched_is_told_and_not_mixed(
    server: Server, time: Time, bank: Bank, tmp_path: Path
) -> None:
    def published(answer: Answer) -> Answer:
        bank.updated = "2026-03-01T07:00:00Z"
        return Answer(answer.body.replace(b"2026-02-24", b"2026-03-01"))

    bank.worse = {2: published}
    with pytest.raises(UserError) as error:
        service(server, time).fetch(query(), tmp_path)
    assert faults(error) == ["changed_meanwhile"]
    fetched = service(server, time).fetch(query(), tmp_path)
    assert {read_cube(each.file).updated for each in fetched} == {"2026-03-01T07:00:00Z"}
    nothing_half_written(tmp_path)


def test_the_folder_of_another_query_is_left_alone(
    server: Server, time: Time, bank: Bank, tmp_path: Path
) -> None:
    service(server, time).fetch(query(), tmp_path)
    there = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(UserError) as error:
        service(server, time).fetch(query(Tid=["2025"]), tmp_path)
    assert faults(error) == ["job_of_another"]
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == there


def test_a_list_that_names_files_outside_the_folder_is_not_believed(
    server: Server, time: Time, bank: Bank, tmp_path: Path
) -> None:
    other = tmp_path / "other.json"
    other.write_text("{}")
    folder = tmp_path / "job"
    service(server, time).fetch(query(), folder)
    text = (folder / "job.json").read_text()
    (folder / "job.json").write_text(text.replace("part.0001.json", "../other.json"))
    bank.updated = "2026-03-01T07:00:00Z"
    service(server, time).fetch(query(), folder)
    assert other.exists()


def dropped(answer: Answer) -> Answer:
    body = json.loads(answer.body)
    body["value"].pop()
    return as_json(body)


def renamed(answer: Answer) -> Answer:
    return Answer(answer.body.replace(b"Kjonn", b"Sex"))


def strange(answer: Answer) -> Answer:
    return Answer(answer.body.replace(b'"2023"', b'"2022"'))


@pytest.mark.parametrize(
    ("worse", "expected"),
    [
        (lambda answer: Answer(answer.body, cut=1), ["cut_off"]),
        (lambda answer: Answer(answer.body[: len(answer.body) // 2]), ["not_json"]),
        (dropped, ["wrong_size"]),
        (renamed, ["other_dimensions"]),
        (strange, ["strange_codes", "codes_left_out"]),
        (Answer(b"", 429), ["too_many_calls"]),
        (Answer(b"", 500), ["out_of_order"]),
        (Answer(b"", 307, {"Location": "http://elsewhere.example/"}), ["redirected"]),
        (problem(400, "Non-existent value"), ["refused"]),
    ],
)
def test_no_fault_leaves_anything_half_written(
    server: Server, time: Time, bank: Bank, tmp_path: Path, worse: Any, expected: list[str]
) -> None:
    bank.worse = dict.fromkeys(range(2, 5), worse)
    with pytest.raises(UserError) as error:
        service(server, time).fetch(query(), tmp_path)
    assert faults(error) == expected
    nothing_half_written(tmp_path)
    assert len(list(tmp_path.glob("part.*"))) == 1
    bank.worse = {}
    assert len(service(server, time).fetch(query(), tmp_path)) == 3


def test_variables_and_codes_that_are_gone_are_named_all_at_once(
    server: Server, time: Time, bank: Bank, tmp_path: Path
) -> None:
    bank.codes = {"Sted": ["0001"], **{name: bank.codes[name] for name in ("Kjonn", "ContentsCode", "Tid")}}
    with pytest.raises(UserError) as error:
        service(server, time).fetch(query(Tid=["2025", "1801", "18*", "*5"]), tmp_path)
    assert faults(error) == ["unknown_variable", "needed_variable", "unknown_codes"]
    told = explain_error(error.value, "nb")
    assert all(name in told for name in ("Region", "Sted", "1801", "18*"))
    assert bank.data_calls == 0
    assert list(tmp_path.iterdir()) == []


def test_codes_come_once_and_in_the_order_of_the_metadata(server: Server, time: Time, bank: Bank) -> None:
    plan = service(server, time).plan(query(Region=["0003", "*2", "000?", "0003"], Tid=["2025", "2024"]))
    assert plan.selection["Region"] == tuple(bank.codes["Region"])
    assert plan.selection["Tid"] == ("2024", "2025")


@pytest.mark.parametrize(
    ("caps", "expected"),
    [
        (Caps(cells=35), "too_many_cells"),
        (Caps(parts=2), "too_many_parts"),
        (Caps(bytes=1000), "too_many_bytes"),
    ],
)
def test_more_than_the_caps_is_not_fetched(
    server: Server, time: Time, bank: Bank, tmp_path: Path, caps: Caps, expected: str
) -> None:
    with pytest.raises(UserError) as error:
        service(server, time, caps).fetch(query(), tmp_path)
    assert faults(error) == [expected]
    assert bank.data_calls <= 2


@pytest.mark.parametrize("table", ["../config", "07459/data", "", "a" * 41])
def test_an_id_that_is_a_path_is_not_asked_for(server: Server, time: Time, table: str) -> None:
    with pytest.raises(UserError) as error:
        service(server, time).plan(Query(table, ALL))
    assert faults(error) == ["not_a_table_id"]
    assert server.asked == []


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"maxDataCells": "many"}'])
def test_a_service_that_is_no_pxweb_is_told(server: Server, time: Time, body: bytes) -> None:
    server.say(Answer(body))
    with pytest.raises(UserError) as error:
        service(server, time).plan(query())
    assert faults(error) == ["not_pxweb"]


def test_a_folder_that_cannot_be_made_is_told(server: Server, time: Time, bank: Bank, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError) as error:
        service(server, time).fetch(query(), tmp_path / "file" / "folder")
    assert faults(error) == ["cannot_write"]


def test_the_headers_of_a_client_stand_in_no_file(
    server: Server, time: Time, bank: Bank, tmp_path: Path
) -> None:
    asking = PxWeb(Client(server.address, secrets={"Authorization": "Bearer 0123"}, clock=time.clock))
    asking.fetch(query(), tmp_path)
    assert server.asked[-1].headers["authorization"] == "Bearer 0123"
    assert not [file for file in tmp_path.iterdir() if re.search("0123[^4]", file.read_text())]


@given(st.dictionaries(st.sampled_from("ABCDE"), st.integers(1, 9), min_size=1), st.integers(1, 400))
def test_parts_are_the_whole_and_share_no_cell(sizes: dict[str, int], most: int) -> None:
    selection = {name: tuple(f"{name}{n}" for n in range(size)) for name, size in sizes.items()}
    parts = split(selection, most)
    held = [at for part in parts for at in product(*part.values())]
    assert sorted(held) == sorted(product(*selection.values()))
    assert all(list(part) == list(selection) and cells(part) <= most for part in parts)


def test_the_variable_that_gives_the_fewest_parts_is_split() -> None:
    selection = {"A": tuple(map(str, range(7))), "B": tuple(map(str, range(10)))}
    assert [cells(part) for part in split(selection, 14)] == [14] * 5
    assert [cells(part) for part in split(selection, 35)] == [35, 35]
    assert [cells(part) for part in split(selection, 6)] == [5] * 14
