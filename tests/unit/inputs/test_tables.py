"""Tables as people have them: the same rows from every form, and what was taken for what is told."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tyngdepunkt.errors import Faults, UserError
from tyngdepunkt.inputs.faults import SHOWN, FileFaults
from tyngdepunkt.inputs.headings import Form, form_of, plain
from tyngdepunkt.inputs.tables import Table, table_in
from tyngdepunkt.inputs.told import as_json, told
from tyngdepunkt.texts import explain_error
from workbooks import rows, workbook

NAMES = {"agency": ["etat", "agency"], "place": ["sted", "place"], "jobs": ["antall ansatte", "jobs"]}
FORM = Form(
    {plain(word): field for field, words in NAMES.items() for word in words},
    (("agency",), ("place",), ("jobs",)),
)
TEXT = "Etat;Sted;Antall ansatte\nSjøtilsynet;Førde;12\nÆrlig råd;Å;7\n"
WANTED = [
    {"agency": "Sjøtilsynet", "place": "Førde", "jobs": "12"},
    {"agency": "Ærlig råd", "place": "Å", "jobs": "7"},
]


def opened(content: bytes | str, name: str = "t.csv") -> Table:
    return table_in(content.encode() if isinstance(content, str) else content, Path(name), FORM)


def read(content: bytes | str, name: str = "t.csv") -> tuple[list[dict[str, Any]], list[str], Table]:
    """Rows, the names of what was told, and the table."""
    table, faults = opened(content, name), Faults()
    marks = FileFaults(faults)
    found = [each.cells for each in table.rows(marks)]
    marks.close()
    faults.raise_if_any()
    for notice in table.notices:
        assert as_json(notice)["key"] == notice.key
        assert all(told(notice, lang) for lang in ("nb", "nn", "en"))
    return found, [notice.key.rpartition(".")[2] for notice in table.notices], table


def faults(content: bytes | str, name: str = "t.csv") -> list[tuple[str, str]]:
    with pytest.raises(UserError) as caught:
        read(content, name)
    for lang in ("nb", "nn", "en"):
        assert "→" in explain_error(caught.value, lang)
    return [(fault.key.partition(":")[2], fault.where) for fault in caught.value.faults]


@pytest.mark.parametrize("mark", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "NFD"]
)
def test_the_same_rows_from_every_form(mark: str, end: str, encoding: str) -> None:
    import unicodedata

    text = TEXT.replace(";", mark).replace("\n", end)
    if encoding == "NFD":
        text, encoding = unicodedata.normalize("NFD", text), "utf-8"
    found, said, _ = read(text.encode(encoding))
    assert found == WANTED
    assert said == (["windows_1252"] if encoding == "cp1252" else [])


@pytest.mark.parametrize("first", ["sep=;\n", '"sep=;"\r\n', "SEP=;\r"])
def test_the_mark_can_be_named_in_the_first_line(first: str) -> None:
    found, _, table = read(first + TEXT)
    assert found == WANTED
    assert table.head == 2


def test_a_title_above_and_totals_and_notes_below() -> None:
    text = f"Statlige arbeidsplasser; et eksempel\n\n{TEXT}Totalt;;19\n\nUtarbeidet i dag\nKilde: brev\n"
    found, said, table = read(text)
    assert found == WANTED
    assert said == ["headings_in_line", "totals_left_out", "notes_left_out"]
    assert told(table.notices[0], "nb") == "Kolonnenavnene er lest i linje 3."
    assert told(table.notices[1], "nb") == "Sumrader som er utelatt (1): linje 6."


def test_an_agency_called_sum_is_a_row() -> None:
    assert read(TEXT + "Sum og Sønn;Bø;3\n")[0][-1]["agency"] == "Sum og Sønn"


@pytest.mark.parametrize("cut", ["Tinntilsynet", "Tinntilsynet;;"])
def test_a_row_that_is_cut_off_is_no_note(cut: str) -> None:
    assert faults(TEXT + cut) == [("lone_cell", "line 4")]
    assert faults(TEXT.replace("Ærlig", f"{cut}\nÆrlig")) == [("lone_cell", "line 3")]


def test_a_year_or_brackets_in_a_heading() -> None:
    assert read("Etat (navn);Sted;Antall ansatte 2009\nA;B;1\n")[0] == [
        {"agency": "A", "place": "B", "jobs": "1"}
    ]


def test_what_stands_in_a_workbook() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Om"  # type: ignore[union-attr]
    book.active.append(["Dette er et eksempel"])  # type: ignore[union-attr]
    sheet = book.create_sheet("Tabell")
    for cells in (["Etater"], [], ["Etat", "Sted", "Jobs"], ["A", "Bø", dt.date(2020, 3, 1)]):
        sheet.append(cells)
    for cells in ([None, "Ål", 2.5], ["B", "Å", 3], ["Sum", None, 5], [], ["Kilde: brev"]):
        sheet.append(cells)
    sheet.merge_cells("A4:A5")
    sheet.merge_cells("A1:C1")
    sheet.row_dimensions[6].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    found, said, table = read(stream.getvalue(), "t.xlsx")
    assert found == [
        {"agency": "A", "place": "Bø", "jobs": dt.date(2020, 3, 1)},
        {"agency": "A", "place": "Ål", "jobs": 2.5},
        {"agency": "B", "place": "Å", "jobs": 3},
    ]
    assert said == ["headings_in_sheet", "hidden_rows", "filled_down", "totals_left_out", "notes_left_out"]
    assert told(table.notices[0], "nb") == "Lest fra arket «Tabell», med kolonnenavn i rad 3."
    assert [each.where for each in opened(stream.getvalue(), "t.xlsx").rows(FileFaults(Faults()))] == [
        "row 4",
        "row 5",
        "row 6",
    ]


def test_a_workbook_is_known_by_its_content() -> None:
    content = workbook({"A": rows(["etat", "sted", "jobs"], ["X", "Bø", 3])})
    assert read(content, "t.csv")[0] == [{"agency": "X", "place": "Bø", "jobs": 3}]


SOUND = rows(["etat", "sted", "jobs"], ["X", "Bø", 3])


def test_the_sheet_that_is_shown_is_read() -> None:
    old = rows(["etat", "sted", "jobs"], ["Gammel", "Bø", 9])
    found, said, table = read(workbook({"Old": old, "New": SOUND}, hidden=["Old"]), "t.xlsx")
    assert (found[0]["agency"], table.sheet) == ("X", "New")
    assert said == ["headings_in_sheet"]
    assert faults(workbook({"Old": old, "New": rows(["a note"])}, hidden=["Old"]), "t.xlsx") == [
        ("hidden_sheet", "")
    ]
    _, said, table = read(workbook({"New": SOUND, "Other": old}), "t.xlsx")
    assert said == ["headings_in_sheet", "other_sheets"]
    assert "Other" in told(table.notices[1], "en")


def test_cells_by_their_kind() -> None:
    kinds = (
        '<row r="2"><c r="A2" t="str"><v>å</v></c><c r="B2" t="b"><v>1</v></c><c><v>1E3</v></c></row>'
        '<row><c t="str"><f>""</f><v></v></c><c t="d"><v>2020-03-01T00:00:00</v></c><c><v>2</v></c></row>'
    )
    found, _, _ = read(workbook({"A": rows(["etat", "sted", "jobs"]) + kinds}), "t.xlsx")
    assert [list(each.values()) for each in found] == [
        ["å", True, 1000],
        [None, dt.date(2020, 3, 1), 2],
    ]


@pytest.mark.parametrize(
    "cell", ['<c t="e"><v>#REF!</v></c>', "<c><f>1+1</f></c>", '<c t="str"><f>"a"</f></c>']
)
def test_a_formula_without_a_value_is_no_empty_cell(cell: str) -> None:
    row = f'<row r="2"><c t="str"><v>A</v></c><c t="str"><v>B</v></c>{cell}</row>'
    book = workbook({"A": rows(["etat", "sted", "jobs"]) + row})
    assert faults(book, "t.xlsx") == [("error_cell", "row 2")]


@pytest.mark.parametrize("shown", ["#I/T", "#N/A", "#NAVN?", "#DIV/0!", "######"])
def test_what_a_spreadsheet_shows_for_a_failed_formula_is_no_text(shown: str) -> None:
    assert faults(TEXT + f"{shown};Å;2\n") == [("error_cell", "line 4")]


def test_many_faults_of_a_kind_are_counted() -> None:
    told_of = faults("etat;sted;jobs\n" + "A;B;1;too much\n" * (SHOWN + 5))
    assert [key for key, _ in told_of] == ["row_too_wide"] * SHOWN + ["more_faults"]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "no_rows"),
        (TEXT.encode() + b"\x81lesund;B;2\n", "undecodable"),
        (TEXT.encode("cp1252") + b"\x81lesund;B;2\n", "undecodable"),
        ("etat;sted;jobs\nA;F\u203arde;2\n".encode("cp1252"), "undecodable"),  # as MS-DOS writes Førde
        ("etat;sted;jobs\nA;\ufffdlesund;2\n".encode(), "lost_sign"),
        (TEXT.encode("utf-16")[:-1], "undecodable"),
        (TEXT.encode() + b'"A;B;1\nC;D;2\n', "open_quote"),
        (TEXT.encode() + b'A;"B;1\nC;"D";2\n', "open_quote"),
        (TEXT.encode() + b'"' + b"x" * 200_000 + b'";B;1', "long_cell"),
        (b"%PDF-1.7", "unknown_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "encrypted_or_old"),
    ],
)
def test_what_cannot_be_read_for_certain_is_refused(content: bytes, key: str) -> None:
    assert faults(content)[0][0] == key


def test_hidden_columns_are_told_where_they_hold_something() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (["Etat", "Sted", "Antall ansatte", "Notat"], ["A", "Bø", 3, "x", None, 9]):
        sheet.append(cells[:4])
    for letter in ("B", "D", "H"):
        sheet.column_dimensions[letter].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    found, said, table = read(stream.getvalue(), "t.xlsx")
    assert found == [{"agency": "A", "place": "Bø", "jobs": 3}]
    assert said == ["headings_in_sheet", "hidden_columns"]
    assert told(table.notices[1], "nb") == (
        "2 kolonner er skjult i arket og er lest likevel: B (Sted) og D (Notat)."
    )


WIDER = Form(FORM.words | {"low": "low", "high": "high"}, (("agency",), ("place",), ("jobs", "low")))


def put_together(*records: list[Any], form: Form = FORM, merge: str = "") -> tuple[list[Any], list[str]]:
    """The rows of a workbook, and the names of what was told; the same from text, but for sheet and row."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for record in records:
        book.active.append(record)
    for each in merge.split():
        book.active.merge_cells(each)
    stream = io.BytesIO()
    book.save(stream)
    text = "\n".join(";".join("" if cell is None else str(cell) for cell in each) for each in records)
    answers = []
    for name, content in (("t.xlsx", stream.getvalue()), ("t.csv", text.encode())):
        table, wrong = table_in(content, Path(name), form), Faults()
        found = [list(map(str, each.cells.values())) for each in table.rows(FileFaults(wrong))]
        wrong.raise_if_any()
        answers.append((found, [notice.key.rpartition(".")[2] for notice in table.notices]))
    assert answers[0][0] == answers[1][0]
    return answers[0]


def test_groups_above_the_headings() -> None:
    groups = ["Hvem", None, "Omfang", None]
    found, said = put_together(
        groups, ["Etat", "Sted", "Antall ansatte", "Notat"], ["A", "Bø", 3, "x"], merge="A1:B1 C1:D1"
    )
    assert (found, said) == ([["A", "Bø", "3"]], ["headings_in_sheet"])
    groups = ["Etat", None, "Sted", "Antall ansatte"]  # each names a field, and so do those under them
    found, said = put_together(groups, ["Agency", "Nr", "Place", "Jobs"], ["A", 1, "Bø", 3], merge="A1:B1")
    assert (found, said) == ([["A", "Bø", "3"]], ["headings_in_sheet"])


def test_headings_that_two_rows_make_together() -> None:
    upper, lower = ["Etat", "Sted", "Omfang", None], [None, None, "Low", "High"]
    rows = [["A", "Bø", 3, 5], ["B", "Å", 4, 6]]
    found, said = put_together(upper, lower, *rows, form=WIDER, merge="A1:A2 B1:B2 C1:D1")
    assert found == [["A", "Bø", "3", "5"], ["B", "Å", "4", "6"]]
    assert said == ["headings_in_sheet", "two_rows_of_headings"]
    table = table_in(b"Etat;Sted;Omfang;\n;;Low;High\nA;B;1;2\n", Path("t.csv"), WIDER)
    (notice,) = table.notices
    assert told(notice, "nn") == "Kolonnenamna er sette saman av linje 1 og linje 2."
    assert (table.where, table.headings) == ("line 2", ("Etat", "Sted", "Low", "High"))


def test_a_group_and_the_headings_under_it_name_a_field_together() -> None:
    """Without the group over both, the low number was taken for the jobs and the high one left out."""
    form = form_of("tyngdepunkt.analyses.state_jobs", "columns", (("agency",), ("place",)))
    text = "Virksomhet;Kommune;Stillinger;;Periode;\n;;Lav;Høy;Fra;Til\nA;Bø;20;30;2023;2024\n"
    table = table_in(text.encode(), Path("t.csv"), form)
    assert table.headings == ("Virksomhet", "Kommune", "Stillinger Lav", "Stillinger Høy", "Fra", "Til")
    (row,) = table.rows(FileFaults(Faults()))
    assert {name: row.cells[name] for name in ("jobs_low", "jobs_high", "start", "end")} == {
        "jobs_low": "20", "jobs_high": "30", "start": "2023", "end": "2024",
    }  # fmt: skip


@pytest.mark.parametrize("second", ["Place;jobs;9", "Jobs;B;9", "Sted;Etat;9"])
def test_a_row_is_not_taken_for_headings(second: str) -> None:
    """A row whose names are also words for columns is a row: it has a number, or names nothing more."""
    found, said, _ = read(f"Etat;Sted;Antall ansatte\n{second}\nC;D;8\n")
    assert [each["jobs"] for each in found] == ["9", "8"]
    assert said == []


@pytest.mark.parametrize("kind", ["csv", "xlsx", "xlsx with text"])
@pytest.mark.parametrize(
    "heads",
    [
        [["", "", "Antall ansatte", ""], ["Etat", "Sted", 2023, 2024]],
        [["Etat", "Sted", "Antall ansatte", ""], ["", "", 2023, 2024]],
        [["", "Antall ansatte", "", ""], ["Sted", 2022, 2023, 2024]],
        [["Antall ansatte", "", "", "Etat"], [2022, 2023, 2024, ""]],
    ],
)
def test_a_heading_over_several_years_is_refused_with_its_cells(heads: list[list[Any]], kind: str) -> None:
    table = [*heads, ["A", "Førde", 5, 6]]
    if kind == "csv":
        content: bytes | str = "\n".join(";".join(map(str, row)) for row in table)
    else:
        cells = [[str(cell) if kind == "xlsx with text" else cell for cell in row] for row in table]
        content = workbook({"A": rows(*[[None if cell == "" else cell for cell in row] for row in cells])})
    with pytest.raises(UserError) as caught:
        read(content, "t.csv" if kind == "csv" else "t.xlsx")
    [fault] = caught.value.faults
    years = [f"{'ABCD'[at]}2 ({cell})" for at, cell in enumerate(heads[1]) if isinstance(cell, int)]
    assert (fault.key, fault.values["cells"]) == ("inputs:years_in_columns", years)
    assert all("Antall ansatte" in explain_error(caught.value, lang) for lang in ("nb", "nn", "en"))


def test_years_are_no_reason_where_one_is_meant_or_none() -> None:
    one = "Etat;Sted;Antall ansatte\n;;2023\nA;Førde;5\n"
    assert faults(one) == [("lone_cell", "line 2")]
    assert read("Etat;Sted;Antall ansatte 2023\nA;Førde;2024\nB;Voss;2023\n")[0][0]["jobs"] == "2024"
    with_more = "Etat;Sted;Antall ansatte;\nA;Førde;2023;2024\n"
    assert "years_in_columns" not in str(faults(with_more))
