"""The spreadsheet computes the ranking anew, and comes to what the document says."""

import re

import numpy as np
import openpyxl
import pytest

from location_assessment import country, example
from tyngdepunkt import documents
from tyngdepunkt.analyses.location.document import location_document
from tyngdepunkt.documents.document import Formula, Sheet
from tyngdepunkt.documents.figure_words import harmless
from tyngdepunkt.documents.formulas import letters

_RANGE = re.compile(r"(?:'([^']+)'!)?\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")


class Workbook:
    """Computes the few kinds of formulas the sheets use; anything else is an error."""

    def __init__(self, sheets: tuple[Sheet, ...]) -> None:
        self.rows = {sheet.name: [list(row) for row in sheet.rows] for sheet in sheets}

    def cell(self, sheet: str, column: int, row: int):
        found = self.rows[sheet][row - 1][column]
        return self.compute(found[1:], sheet) if isinstance(found, str) and found.startswith("=") else found

    def area(self, text: str, sheet: str) -> list:
        name, first, top, last, bottom = _RANGE.fullmatch(text).groups()
        columns = range(_number(first), _number(last or first) + 1)
        rows = range(int(top), int(bottom or top) + 1)
        return [self.cell(name or sheet, column, row) for row in rows for column in columns]

    def worth(self, figure: float, formula: str, sheet: str) -> float:
        """A figure on the straight lines through the drawn points; LibreOffice tries the arithmetic."""
        assert formula.startswith("FORECAST(MEDIAN(")
        x, y = (re.search(rf"'[^']+'!{column}\$\d+:{column}\$\d+", formula)[0] for column in "DF")
        if "INDEX" in formula:  # the inner points stand first; MIN has them all
            x = re.search(r"MIN\(([^)]+)\)", formula)[1]
        return float(np.interp(figure, self.area(x, sheet), self.area(y, sheet))) / 100

    def compute(self, formula: str, sheet: str) -> float | str:
        if found := re.fullmatch(r'IF\(SUM\(([^)]+)\)=0,"([^"]*)",(.+)\)', formula):
            return (
                found[2] if sum(_numbers(self.area(found[1], sheet))) == 0 else self.compute(found[3], sheet)
            )
        if found := re.fullmatch(r'IF\(COUNT\(([^)]+)\)<(\d+),"",IF\((.+)<>0,"",(.+)\)\)', formula):
            few = len(_numbers(self.area(found[1], sheet))) < int(found[2])
            return "" if few or self.compute(found[3], sheet) else self.compute(found[4], sheet)
        if found := re.fullmatch(r'IF\(ISNUMBER\(([A-Z]+\d+)\),(RANK.+),""\)', formula):
            (own,) = self.area(found[1], sheet)
            return "" if isinstance(own, str) else self.compute(found[2], sheet)
        if found := re.fullmatch(r"RANK\(([^,]+),([^)]+)\)", formula):
            (own,) = self.area(found[1], sheet)
            return 1 + sum(other > own for other in _numbers(self.area(found[2], sheet)))
        if found := re.fullmatch(r"SUMPRODUCT\(([^,]+),--ISTEXT\(([^)]+)\)\)", formula):
            pairs = zip(self.area(found[1], sheet), self.area(found[2], sheet), strict=True)
            return sum(weight for weight, points in pairs if isinstance(points, str))
        if found := re.fullmatch(r"(100\*)?SUMPRODUCT\(([^,]+),([^)]+)\)(?:/SUM\(([^)]+)\))?", formula):
            pairs = zip(self.area(found[2], sheet), self.area(found[3], sheet), strict=True)
            pairs = [pair for pair in pairs if len(_numbers(pair)) == 2]
            total = sum(a * b for a, b in pairs) / (sum(self.area(found[4], sheet)) if found[4] else 1)
            return 100 * total if found[1] else total
        if found := re.fullmatch(r"IF\(ISNUMBER\(([^)]+)\),(.+)/100,([^,]*)\)", formula):
            (own,) = self.area(found[1], sheet)
            return self.worth(own, found[2], sheet) if own is not None else float(found[3])
        if found := re.fullmatch(r"N\(([^/]+)\)/SUM\(([^)]+)\)", formula):
            return sum(_numbers(self.area(found[1], sheet))) / sum(_numbers(self.area(found[2], sheet)))
        if formula == '""':
            return ""
        (value,) = self.area(formula, sheet)
        return value


def _numbers(cells) -> list[float]:
    return [cell for cell in cells if isinstance(cell, int | float)]


def _number(name: str) -> int:
    value = 0
    for letter in name:
        value = value * 26 + ord(letter) - ord("A") + 1
    return value - 1


@pytest.fixture
def sheets() -> tuple[Sheet, ...]:
    return location_document(example(), country()).sheets


def test_the_formulas_come_to_the_points_values_and_ranks_of_the_document(sheets):
    book, assessment = Workbook(sheets), example()
    ranked = sorted((item for item in assessment.alternatives if item.rank), key=lambda item: item.rank)
    ids = [each for each in assessment.considerations if ranked[0].scores[each] is not None]
    for row, item in enumerate(ranked, start=3):
        points = [book.cell("poeng", column, row) for column in range(1, 1 + len(ids))]
        assert points == pytest.approx([item.scores[each] for each in ids])
        assert book.cell("poeng", 1 + len(ids), row) == pytest.approx(item.value)
        assert book.cell("poeng", 2 + len(ids), row) == item.rank


def test_other_weights_change_the_ranking(sheets):
    book = Workbook(sheets)
    weights = book.rows["vekter"]
    for row in weights[1:5]:
        row[1] = 0.0
    weights[2][1] = 7.0  # all on the location policy; the sheet makes weights sum to 1
    best = max(
        (item for item in example().alternatives if item.rank),
        key=lambda item: item.scores["location_policy"],
    )
    names = [row[0] for row in book.rows["poeng"][2:6]]
    ranks = {name: book.cell("poeng", 6, row) for row, name in enumerate(names, start=3)}
    assert ranks[best.name] == 1
    scores = {item.name: item.scores["location_policy"] for item in example().alternatives if item.rank}
    for name, rank in ranks.items():
        assert rank == 1 + sum(each > scores[name] + 1e-9 for each in scores.values())


def _formulas(book: Workbook):
    for name, rows in book.rows.items():
        for down, row in enumerate(rows, start=1):
            yield from ((name, across, down) for across, cell in enumerate(row) if isinstance(cell, Formula))


def test_without_weights_cells_are_empty_and_a_sentence_says_why(sheets):
    book = Workbook(sheets)
    assert not any("Alle vektene er 0" in str(book.cell(*at)) for at in _formulas(book))
    for row in book.rows["vekter"][1:5]:
        row[1] = 0.0
    shown = [str(book.cell(*at)) for at in _formulas(book) if at[0] in ("vekter", "poeng")]
    assert sum("Alle vektene er 0" in said for said in shown) == 1
    assert {book.cell("poeng", column, row) for column in (5, 6) for row in range(3, 7)} == {""}


def test_points_without_weights_inside_are_lacking_only_where_they_count(sheets):
    book = Workbook(sheets)
    first = book.rows["verdier"][0][1]
    for column, title in enumerate(book.rows["verdier"][0]):
        if title == first:
            book.rows["verdier"][2][column] = 0.0
    assert book.cell("poeng", 1, 3) == book.cell("poeng", 5, 3) == book.cell("poeng", 6, 3) == ""
    book.rows["vekter"][1][1] = 0.0
    assert book.cell("poeng", 1, 3) == ""
    assert book.cell("poeng", 5, 3) > 0
    assert {book.cell("poeng", 6, row) for row in range(3, 7)} >= {1}


def test_each_formula_is_written_with_what_it_comes_to(tmp_path):
    document = location_document(example(), country())
    book = Workbook(document.sheets)
    (path,) = documents.write(document, tmp_path, ("xlsx",), "case")
    read = openpyxl.load_workbook(path, data_only=True)
    formulas = 0
    for sheet in document.sheets:
        for down, row in enumerate(sheet.rows, start=1):
            for across, cell in enumerate(row):
                if isinstance(cell, Formula):
                    formulas += 1
                    expected = pytest.approx(book.cell(sheet.name, across, down) or None, abs=1e-9)
                    assert (read[sheet.name].cell(down, across + 1).value or None) == expected
    assert formulas > 4 * 4


def test_weights_single_years_and_source_numbers_are_numbers(tmp_path):
    (path,) = documents.write(location_document(example(), country()), tmp_path, ("xlsx",), "case")
    book = openpyxl.load_workbook(path)
    assert all(isinstance(cell.value, int | float) for cell in book["verdier"][3][1:])
    assert all(isinstance(row[1].value, int | float) for row in book["vekter"].iter_rows(2, 5))
    years, numbers = ([row[at] for row in book["tall"].iter_rows(2)] for at in (9, 10))
    assert any(isinstance(cell.value, int) for cell in years)
    assert any(isinstance(cell.value, int) for cell in numbers)
    assert not [c for c in (*years, *numbers) if isinstance(c.value, str) and c.value.isdigit()]
    assert all(cell.number_format == "0" for cell in years if isinstance(cell.value, int))


def test_every_figure_is_there_with_unit_quality_year_and_source(sheets):
    head, *rows = sheets[0].rows
    assessment = example()
    assert len(rows) == sum(len(item.measurements) for item in assessment.alternatives)
    by_head = [dict(zip(head, row, strict=True)) for row in rows]
    for row in by_head:
        assert row["Enhet"]
        assert (row["Tall" if "Tall" in row else "Verdi"] is None) == (
            row["Kvalitet"] in ("skjult", "mangler", "ikke aktuelt", "ikke oppgitt")
        )
    shares = [row for row in by_head if row["Enhet"] == "prosent" and row["Verdi"] is not None]
    assert any(abs(row["Verdi"]) > 1 for row in shares)


def test_what_a_person_wrote_is_never_a_formula(sheets, tmp_path):
    written = [cell for sheet in sheets for row in sheet.rows for cell in row if isinstance(cell, str)]
    formulas = [cell for cell in written if cell.startswith("=")]
    assert not any("HYPERLINK" in cell for cell in formulas)
    (path,) = documents.write(location_document(example(), country()), tmp_path, ("xlsx",), "case")
    book = openpyxl.load_workbook(path)
    hostile = [c for ws in book for row in ws.iter_rows() for c in row if "HYPERLINK" in str(c.value)]
    assert hostile
    assert all(cell.data_type != "f" for cell in hostile)
    assert any(cell.data_type == "f" for cell in book["poeng"][3])


def test_text_that_looks_like_a_formula_is_told_from_one():
    assert harmless("=1+1") == " =1+1"
    assert harmless("{=1+1}") == " {=1+1}"
    assert harmless("Storvik") == "Storvik"


def test_columns_have_the_letters_a_spreadsheet_gives_them():
    assert [letters(_number(name)) for name in ("A", "Z", "AA", "AZ", "ZZ", "AAA")] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "ZZ",
        "AAA",
    ]
