"""The written workbook in LibreOffice: a changed weight or figure moves points, and nothing is an error."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from location_assessment import country, example
from tyngdepunkt import documents
from tyngdepunkt.analyses.location.document import location_document
from tyngdepunkt.analyses.location.result import Assessment, UsedIndicator

pytestmark = pytest.mark.slow

AIM = "location_policy"


@pytest.fixture(scope="module")
def office() -> str:
    """LibreOffice; skipped with the reason where it is not installed, unless it is required."""
    found = shutil.which("soffice")
    if found is None:
        lacking = "LibreOffice Calc is not installed; on Debian: apt-get install libreoffice-calc-nogui"
        if os.environ.get("TYNGDEPUNKT_OFFICE") == "required":
            pytest.fail(lacking)
        pytest.skip(lacking)
    return found


@pytest.fixture(scope="module")
def books(office: str, tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """The workbook as written, and computed by LibreOffice: untouched, with other weights, other figures."""
    folder = tmp_path_factory.mktemp("office")
    (path,) = documents.write(location_document(example(), country()), folder, ("xlsx",), "case")
    changes = {"untouched": lambda _: None, "weights": _only_the_aim, "figures": _worst_of_the_first}
    changes |= {"weightless": _no_weight, "within": _no_weight_within}
    for name, change in changes.items():
        book = openpyxl.load_workbook(path)  # saved without what the formulas come to, so all are computed
        change(book)
        book.save(folder / f"{name}.xlsx")
    _recompute(office, [folder / f"{name}.xlsx" for name in changes], folder)
    read = {name: openpyxl.load_workbook(folder / "out" / f"{name}.xlsx", data_only=True) for name in changes}
    return SimpleNamespace(written=path, **read)


def _recompute(office: str, files: list[Path], folder: Path) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    quiet = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out")]
    subprocess.run([*quiet, *map(str, files)], check=True, capture_output=True, timeout=180)


def _only_the_aim(book: Any) -> None:
    """All weight on the location policy, written as 7: the sheet makes weights sum to 1."""
    titles = {example().title_of(each): each for each in example().considerations}
    for row in book["vekter"].iter_rows(2):
        if row[0].value in titles:
            row[1].value = 7 if titles[row[0].value] == AIM else 0


def _no_weight(book: Any) -> None:
    for row in book["vekter"].iter_rows(2, 1 + len(example().considerations)):
        row[1].value = 0


def _no_weight_within(book: Any) -> None:
    for cell in book["verdier"][3][1:]:
        cell.value = 0


def _worst_of_the_first(book: Any) -> None:
    """The first alternative gets the figure each value function gives least for."""
    first, used = _ranked(example())[0], {each.indicator.title["nb"]: each for each in _counting(example())}
    for row in book["tall"].iter_rows(2):
        if row[0].value == first.name and row[3].value in used:
            row[4].value = _worst(used[row[3].value])[0]


def _worst(used: UsedIndicator) -> tuple[float, float]:
    """The figure as the sheet has it, and its value."""
    figure, value = min(used.points, key=lambda point: point[1])
    return figure * (100 if used.indicator.unit == "share" else 1), value


def _counting(assessment: Assessment) -> list[UsedIndicator]:
    return [each for each in assessment.indicators if each.weight > 0]


def _ranked(assessment: Assessment) -> list[Any]:
    return sorted((item for item in assessment.alternatives if item.rank), key=lambda item: item.rank)


def _cells(book: Any) -> Iterator[tuple[str, Any]]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            yield from ((f"{sheet.title}!{cell.coordinate}", cell.value) for cell in row)


def _points(book: Any) -> Mapping[str, tuple[float, int]]:
    """Value and rank of each alternative on the sheet of points."""
    head, *rows = book["poeng"].iter_rows(values_only=True)
    value = head.index("Verdi")
    known = {item.name for item in _ranked(example())}
    return {row[0].strip(): row[value : value + 2] for row in rows if str(row[0]).strip() in known}


@pytest.mark.parametrize("name", ["untouched", "weights", "figures", "weightless", "within"])
def test_no_cell_is_an_error_after_it_is_computed(books, name):
    cells = dict(_cells(getattr(books, name)))
    assert len(cells) > 100
    assert not {at: said for at, said in cells.items() if str(said).startswith(("#", "Err:"))}


def test_what_is_written_beside_a_formula_is_what_libreoffice_computes(books):
    formulas = [at for at, said in _cells(openpyxl.load_workbook(books.written)) if str(said).startswith("=")]
    written = dict(_cells(openpyxl.load_workbook(books.written, data_only=True)))
    computed = dict(_cells(books.untouched))
    assert len(formulas) > 16
    for at in formulas:
        if written[at] in ("", None):
            assert computed[at] in ("", None), at
        else:
            assert written[at] == pytest.approx(computed[at], abs=1e-9), at


def test_without_weights_nothing_is_ranked_and_a_sentence_says_so(books):
    for book, told in ((books.weightless, True), (books.within, False)):
        assert {(value or None, rank or None) for value, rank in _points(book).values()} == {(None, None)}
        assert told == any(str(said).startswith("Alle vektene er 0") for _, said in _cells(book))


def test_a_changed_weight_moves_points_and_order(books):
    scores = {item.name: item.scores[AIM] for item in _ranked(example())}
    found = _points(books.weights)
    assert set(found) == set(scores)
    for name, (value, rank) in found.items():
        assert value == pytest.approx(scores[name])
        assert rank == 1 + sum(other > scores[name] + 1e-9 for other in scores.values())
    assert found != _points(books.untouched)


def test_a_changed_figure_moves_points_and_order(books):
    before, after = _points(books.untouched), _points(books.figures)
    assessment, first = example(), _ranked(example())[0]
    weights = assessment.weights
    expected = sum(
        100 * weights[each.consideration] * each.weight * _worst(each)[1] for each in _counting(assessment)
    )
    assert after[first.name][0] == pytest.approx(expected)
    assert after[first.name][1] > before[first.name][1] == 1
    others = [name for name in before if name != first.name]
    assert {name: after[name][0] for name in others} == {name: before[name][0] for name in others}
