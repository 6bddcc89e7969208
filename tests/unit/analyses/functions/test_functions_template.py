"""The template of a list of posts: filled in and brought back, its example is never counted."""

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tyngdepunkt.analyses.contract import Brought, Setting, analysis
from tyngdepunkt.cli import run
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places
from tyngdepunkt.settings import LANGUAGES

FUNCTIONS = analysis("functions")


def answer(places: Places, content: bytes) -> Any:
    brought = {"table": Brought("filled.xlsx", content)}
    return FUNCTIONS.answer(brought, FUNCTIONS.question(), Setting("en", lambda: places))


def filled(content: bytes, posts: list[tuple[Any, ...]], answers: list[tuple[Any, ...]]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet, rows in zip(book.worksheets[1:], (posts, answers), strict=True):
        for row in rows:
            sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_filled_in_is_read_with_its_questions_and_the_example_is_not(
    norway: Places, lang: str
) -> None:
    content = FUNCTIONS.template(lang)
    posts = [("A", "2611", "Oslo", 7, None), ("A", "2422", "Bergen", 9, None)]
    result = answer(norway, filled(content, posts, [(None, "2611", None, *[None] * 16, "yes")]))
    assert result.totals.posts == 16
    assert {each.place for each in result.places} == {"0301", "4601"}
    [lawyers] = [each for each in result.functions if each.occupation == "2611"]
    assert [each.id for each in lawyers.bound_reasons] == ["security"]
    assert {each.id for each in result.notices} >= {"example_row"}
    assert not {each.id for each in result.notices} & {"other_columns", "inputs:told.other_sheets"}
    empty = answer(norway, filled(content, posts, []))
    assert not any(each.answered for each in empty.functions)


def test_the_template_as_it_is_has_nothing_to_count(norway: Places) -> None:
    with pytest.raises(UserError) as caught:
        answer(norway, FUNCTIONS.template("nb"))
    assert [each.key for each in caught.value.faults] == ["analyses.functions:no_rows"]


def test_a_fault_in_the_sheet_of_questions_is_told(norway: Places) -> None:
    content = filled(
        FUNCTIONS.template("en"), [("A", "2611", "Oslo", 7, None)], [(None, "2611", None, "often")]
    )
    with pytest.raises(UserError) as caught:
        answer(norway, content)
    [fault] = caught.value.faults
    assert fault.key == "inputs:not_yes_or_no"
    assert "row 3, E-mail less than monthly" in fault.where


def test_the_command_writes_it_and_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["functions", "--template", str(tmp_path / "mal.xlsx"), "--lang", "nb"]) == 0
    assert (tmp_path / "mal.xlsx").read_bytes() == FUNCTIONS.template("nb")
    assert run(["functions", "--lang", "en"]) == 1
    assert "The file is missing: List of posts." in capsys.readouterr().err
