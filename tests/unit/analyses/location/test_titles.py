"""A field has one title: in the form, on the check page and between versions."""

from __future__ import annotations

import pytest

from tyngdepunkt.analyses.location.input.case_schema import CaseShape
from tyngdepunkt.analyses.location.input.titles import field_title, has_title
from tyngdepunkt.settings import LANGUAGES
from tyngdepunkt.web.pages.case import ledger, optional_steps
from tyngdepunkt.web.read.words import label

UNSAID = {"assumptions", "ledger_covers"}  # a person writes them in a file, and reads them by their parts
FIELDS = sorted(set(CaseShape.model_fields) - UNSAID)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_of_a_case_has_a_title(lang: str) -> None:
    assert [field for field in FIELDS if not has_title(field, lang)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_of_a_form_has_a_title_of_its_own(lang: str) -> None:
    paths = [each.path for each in (*optional_steps.ASKS, *ledger.WINDOW)]
    titles = {path: field_title(path, lang) for path in paths}
    assert all(has_title(path, lang) for path in paths)
    assert len(set(titles.values())) == len(titles)
    assert {path: label(path, lang) for path in paths} == titles


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("unit.name", "Name of the unit"),
        ("alternatives[2].place", "Alternatives"),
        ("unit.jobs[0].count", "Jobs"),
        ("unit", "Unit"),
        ("made_up.field", "The case"),
    ],
)
def test_what_has_no_title_is_called_by_its_group(path: str, expected: str) -> None:
    assert field_title(path, "en") == expected
