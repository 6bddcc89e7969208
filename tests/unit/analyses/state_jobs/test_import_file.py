"""Ledger files as people keep them: columns in two languages, several formats, all faults at once."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tyngdepunkt.analyses.state_jobs.events import EventKind, LedgerEvent
from tyngdepunkt.analyses.state_jobs.import_file import read_events, read_file, read_rows
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places
from tyngdepunkt.texts import explain_error

HEAD = "kind,agency,place,jobs,date,source\n"
EXPECTED = (
    LedgerEvent(
        EventKind.MOVED_OUT, ("A",), "0303", "Vidda", 6, 6, dt.date(2020, 3, 1), dt.date(2020, 3, 1), "letter"
    ),
    LedgerEvent(
        EventKind.ESTABLISHED,
        ("B", "C"),
        "0203",
        "0203",
        10,
        15,
        dt.date(2005, 1, 1),
        dt.date(2009, 12, 31),
        "press",
    ),
)

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def make(text: str, name: str = "events.csv", encoding: str = "utf-8") -> Path:
        file = tmp_path / name
        file.write_bytes(text.encode(encoding))
        return file

    return make


def faults(path: Path, places: Places) -> list[tuple[str, str]]:
    with pytest.raises(UserError) as caught:
        read_rows(path, places)
    for lang in ("nb", "nn", "en"):
        assert "→" in explain_error(caught.value, lang)
    return [(fault.key.split(":")[1], fault.where) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            HEAD + "moved_out,A,Vidda,6,2020-03-01,letter\nestablished,B;C,0203,10-15,2005-2009,press\n",
            "utf-8",
        ),
        (HEAD + "moved out,A,Vidda,6,1.3.2020,letter\r\nnew,B|C,0203,10–15,2005–2009,press\r\n", "utf-8-sig"),
        (
            (
                "hendelse;etat;kommune;årsverk;dato;kilde\n"
                'flyttet ut;A;Vidda;"6";01.03.2020;letter\netablert;"B;C";0203;10 til 15;2005 – 2009;press\n'
            ),
            "cp1252",
        ),
        (
            (
                "Hending\tEtat\tStad\tStillingar\tDato\tKjelde\n"
                "flytta ut\tA\tVidda\t6\t2020-03-01\tletter\noppretta\tB;C\t0203\t10-15\t2005-2009\tpress\n"
            ),
            "utf-8",
        ),
        (
            (
                "kind,agency,place,jobs_low,jobs_high,from,to,source,note\n"
                "moved-out,A,Vidda,6,,2020-03-01,,letter,x\nestablished,B;C,0203,10,15,2005,2009,press,y\n"
            ),
            "utf-8",
        ),
    ],
)
def test_the_same_events_however_they_are_written(
    write: Write, eksempelland: Places, text: str, encoding: str
) -> None:
    assert read_events(write(text, encoding=encoding), eksempelland) == EXPECTED


def test_yaml_and_json(write: Write, eksempelland: Places) -> None:
    text = """
events:
  - {kind: moved_out, agency: A, place: Vidda, jobs: 6, date: 2020-03-01, source: letter}
  - kind: established
    agency: [B, C]
    place: "0203"
    jobs: [10, 15]
    period: [2005, 2009]
    source: press
"""
    assert read_events(write(text, "events.yaml"), eksempelland) == EXPECTED


def test_a_spreadsheet(tmp_path: Path, eksempelland: Places) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["kind", "agency", "place", "jobs", "date", "source", None])
    book.active.append(["moved out", "A", "Vidda", 6, dt.datetime(2020, 3, 1), "letter"])  # noqa: DTZ001 - as spreadsheets keep days
    book.active.append([None] * 6)
    book.active.append(["established", "B; C", 203, "10–15", "2005-2009", "press"])
    file = tmp_path / "events.xlsx"
    book.save(file)
    rows = read_rows(file, eksempelland)
    assert tuple(row.event for row in rows) == EXPECTED
    assert [row.where for row in rows] == ["row 2", "row 4"]


def test_what_was_left_out_and_filled_in_is_told(tmp_path: Path, eksempelland: Places) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (
        ["Regnskap"],
        ["Hendelse", "Etat", "Sted", "Antall ansatte", "År", "Lenke"],
        ["nedlagt", "A", "Vidda", 3, 2020, "brev"],
        ["nedlagt", None, "Vidda", 4, 2021, "brev"],
        ["Totalt", None, None, 7],
    ):
        sheet.append(cells)
    sheet.merge_cells("B3:B4")
    sheet.row_dimensions[4].hidden = True
    file = tmp_path / "events.xlsx"
    book.save(file)
    found = read_file(file, eksempelland)
    assert [row.event.agencies for row in found.rows] == [("A",), ("A",)]
    assert [each.key.rpartition(".")[2] for each in found.notices] == [
        "headings_in_sheet",
        "hidden_rows",
        "filled_down",
        "totals_left_out",
    ]
    assert len(found.read) == 3
    sheet.merge_cells("D3:D4")
    book.save(file)
    assert faults(file, eksempelland)[0] == ("merged_number", "row 4")


def test_what_a_row_says_is_not_written_over(write: Write, eksempelland: Places) -> None:
    head = "Hendelse;Etat;Sted;Antall ansatte;År;Lenke\n"
    file = write(f"{head}nedlagt;A;Vidda;8;2008;pm\n;B;Vidda;6;2008;pm\nny;C;Vidda;5;2008;pm\n")
    with pytest.raises(UserError) as caught:
        read_file(file, eksempelland, "stengt")
    (fault,) = caught.value.faults
    assert (fault.key.partition(":")[2], fault.where) == ("kind_contradicted", "line 4")
    assert "«ny», men for hele filen er det valgt «lagt ned»" in explain_error(caught.value, "nb")
    file = write(f"{head}nedlagt;A;Vidda;8;2008;pm\n;B;Vidda;6;2008;pm\n")
    kinds = [row.event.kind for row in read_file(file, eksempelland, "closed").rows]
    assert kinds == [EventKind.CLOSED] * 2


def test_the_kind_can_be_said_once_for_the_file(write: Write, eksempelland: Places) -> None:
    file = write("Etat;Sted;Antall ansatte;År;Lenke\nA;Vidda;8;2008;pm\n;Vidda;6;2008;pm\n")
    assert faults(file, eksempelland) == [("kind_missing", "line 1")]
    with pytest.raises(UserError) as caught:
        read_file(file, eksempelland, "closed")
    assert [(each.key.split(":")[1], each.where) for each in caught.value.faults] == [
        ("cell_under_filled", "line 3")
    ]
    with pytest.raises(UserError) as caught:
        read_file(file, eksempelland, "vanished")
    assert [each.where for each in caught.value.faults] == ["--kind"]
    whole = write("Etat;Sted;Antall ansatte;År;Lenke\nA;Vidda;8;2008;pm\n")
    assert read_file(whole, eksempelland, "nedlagt").rows[0].event.kind is EventKind.CLOSED


def test_a_file_wrong_in_every_row_is_not_read_to_its_end(write: Write, eksempelland: Places) -> None:
    text = HEAD + "".join(f"closed,A,nowhere{i},1,2020,x\n" for i in range(500))
    told = faults(write(text), eksempelland)
    assert told[-1] == ("too_many_faults", "line 51")
    assert len(told) == 51


def test_a_cell_over_several_lines_does_not_shift_the_numbers(write: Write, eksempelland: Places) -> None:
    text = HEAD + 'closed,A,Vidda,3,2020,"one\ntwo"\nclosed,A,Vidda,4,2020,x\n'
    assert [row.where for row in read_rows(write(text), eksempelland)] == ["line 2", "line 4"]


def test_columns_that_were_not_used_are_named(write: Write, eksempelland: Places) -> None:
    text = "kind,note,agency,place,jobs,date,source,colour\nclosed,x,A,Vidda,3,2020,letter,red\n"
    assert read_file(write(text), eksempelland).ignored == ("note", "colour")


def test_all_faults_of_a_file_at_once(write: Write, eksempelland: Places) -> None:
    text = (
        HEAD
        + "closed,A,Vidda,3,2020-01-01,x\n"
        + "vanished,A,Vidda,3,2020-01-01,x\n"
        + "closed,,Nesvik,-3,2020-13-01,\n"
        + "closed,A,Hovedbyy,many,2020,x\n"
        + "closed,A,Vidda,15-10,2009–2005,x\n"
        + "Nedlagt,a,0303,3,1.1.2020,another source\n"
    )
    assert faults(write(text), eksempelland) == [
        ("unknown_kind", "line 3"),
        ("cell_under_filled", "line 4"),
        ("ambiguous_place", "line 4"),
        ("jobs_negative", "line 4"),
        ("not_a_date", "line 4"),
        ("cell_under_filled", "line 4"),
        ("unknown_place", "line 5"),
        ("not_a_number_or_range", "line 5"),
        ("turned_numbers", "line 6"),
        ("turned_period", "line 6"),
        ("row_twice", "line 7"),
    ]


def test_the_same_row_twice_names_both(write: Write, eksempelland: Places) -> None:
    row = "closed,A,Vidda,3,2020-01-01,x\n"
    with pytest.raises(UserError) as caught:
        read_rows(write(HEAD + row + "closed,B,Vidda,3,2020-01-01,x\n" + row), eksempelland)
    (fault,) = caught.value.faults
    assert (fault.where, fault.values["first"]) == ("line 4", "2")
    assert "på linje 2 og 4." in explain_error(caught.value, "nb")


@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_events_may_stand_alone_in_a_list(tmp_path: Path, eksempelland: Places, ending: str) -> None:
    event = {"kind": "closed", "agency": ["A", "B"], "place": "Vidda", "jobs": [3, 5]}
    event |= {"period": ["2019-01-01", "2020-12-31"], "source": "letter"}
    file = tmp_path / f"events.{ending}"
    file.write_text(json.dumps([event, {**event, "jobs": 9}], indent=1), encoding="utf-8")
    rows = read_rows(file, eksempelland)
    assert [row.event.change for row in rows] == [(-5, -3), (-9, -9)]
    assert [row.where.split(",")[0] for row in rows] == ["line 2", "line 19"]


@pytest.mark.parametrize(
    ("text", "name", "key"),
    [
        ("", "events.csv", "no_rows"),
        (HEAD, "events.csv", "no_rows"),
        ("a,b\n1,2\n", "events.csv", "columns_missing"),
        ("kind,event,agency,place,jobs,date,source\na,b,c,d,e,f,g\n", "events.csv", "column_twice"),
        (HEAD + "closed,A,Vidda,3,2020,x,y\n", "events.csv", "row_too_wide"),
        (HEAD + "closed,A,Vid\x00da,3,2020,x\n", "events.csv", "lost_sign"),
        ("x", "events.pdf", "unknown_format"),
        ("not a workbook", "events.xlsx", "broken_workbook"),
        ("list: []\n", "events.yaml", "no_events"),
        ("events: [a]\n", "events.yaml", "not_an_event"),
        ("events: [\n", "events.yaml", "not_yaml"),
    ],
)
def test_files_that_are_no_ledgers(
    write: Write, eksempelland: Places, text: str, name: str, key: str
) -> None:
    assert faults(write(text, name), eksempelland)[0][0] == key


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=12), min_size=6, max_size=6), st.sampled_from([".csv", ".yaml", ".xlsx"]))
def test_any_row_is_an_event_or_a_fault(
    tmp_path: Path, eksempelland: Places, cells: list[str], ending: str
) -> None:
    file = tmp_path / f"any{ending}"
    file.write_text(HEAD + ",".join(cells) + "\n", encoding="utf-8")
    try:
        outcome = repr(read_rows(file, eksempelland))
    except UserError as error:
        outcome = explain_error(error, "nb")
    assert outcome


@pytest.mark.parametrize(
    ("columns", "cells"),
    [
        ("jobs_low", "10"),
        ("jobs_high", "10"),
        ("to", "2025-01-01"),
        ("from", "2020-01-01"),
        ("period", "2019"),
    ],
)
def test_what_is_said_twice_and_differs_is_asked_about(
    write: Write, eksempelland: Places, columns: str, cells: str
) -> None:
    head, row = HEAD.strip(), "moved_out,A,Vidda,6,2020-03-01,letter"
    assert faults(write(f"{head},{columns}\n{row},{cells}\n"), eksempelland) == [("said_twice", "line 2")]
    assert read_events(write(f"{head},{columns}\n{row},\n"), eksempelland) == EXPECTED[:1]


def test_a_name_and_a_number_side_by_side(write: Write, norway: Places) -> None:
    head = "hendelse;etat;kommunenr;kommune;antall;dato;kilde\n"
    row = "ny;A;{number};{name};5;2023;brev\n"
    pairs = {"301": "Oslo", "3407": "Gjøvik", "3419": "Våler", "": "Alta", "5530": "Finnsnes"}
    text = head + "".join(row.format(number=number, name=name) for number, name in pairs.items())
    found = read_events(write(text), norway)
    assert [(each.municipality, each.place) for each in found] == [
        ("0301", "Oslo"), ("3407", "Gjøvik"), ("3419", "Våler"), ("5601", "Alta"), ("5530", "Finnsnes"),
    ]  # fmt: skip
    wrong = write(head + row.format(number="0301", name="Gjøvik") + row.format(number="x", name="Oslo"))
    assert faults(wrong, norway)[0] == ("name_and_number", "line 2")
    assert faults(wrong, norway)[1][1] == "line 3"
    alone = write("hendelse;etat;kommunenummer;antall;dato;kilde\nny;A;0301;5;2023;brev\n")
    assert read_events(alone, norway)[0].place == "0301"


def test_no_text_is_cut_off(write: Write, eksempelland: Places) -> None:
    text = f"{HEAD}moved_out,{'A' * 201},Vidda,6,2020-03-01,{'x' * 1001}\n"
    assert [key for key, _ in faults(write(text), eksempelland)] == ["text_too_long"] * 2


@pytest.mark.parametrize(("cell", "booked"), [("ca 8", "8"), ("om lag 10–15", "10–15"), ("8", None)])
def test_a_number_that_is_only_about_so_much_is_told(
    tmp_path: Path, eksempelland: Places, cell: str, booked: str | None
) -> None:
    file = tmp_path / "events.csv"
    file.write_text(f"{HEAD}established,A,Vidda,{cell},2020,letter\n", encoding="utf-8")
    told = [each for each in read_file(file, eksempelland).notices if each.key.endswith(".about")]
    assert [each.values["jobs"] for each in told] == ([booked] if booked else [])
    assert all(each.values["written"] == cell for each in told)
