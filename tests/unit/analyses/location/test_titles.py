"""A field is described once: for the form, the check page, the comparison of versions and the schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.input import case_schema
from tyngdepunkt.analyses.location.input.case_schema import CaseShape, Shape
from tyngdepunkt.analyses.location.input.fields import FIELDS, field_at, field_title, known
from tyngdepunkt.settings import LANGUAGES
from tyngdepunkt.web.pages.case import ledger
from tyngdepunkt.web.pages.case._steps import MORE
from tyngdepunkt.web.pages.case.check import REST

SHAPES = [each for each in vars(case_schema).values() if isinstance(each, type) and issubclass(each, Shape)]
PATHS = {
    f"{shape.at}.{field.alias or name}".lstrip(".")
    for shape in SHAPES
    if shape is not case_schema.AssumptionsShape  # each has its own title among the assumptions
    for name, field in shape.model_fields.items()
}
DAYS = {"notified.ministry", "notified.government", "informed.municipalities", "informed.counties"}


def _words(part: Any) -> Iterator[dict[str, str]]:
    if (
        isinstance(part, dict)
        and set(part) & set(LANGUAGES)
        and all(isinstance(e, str) for e in part.values())
    ):
        yield part
    elif isinstance(part, dict):
        for each in part.values():
            yield from _words(each)


def test_every_text_of_the_table_is_there_in_three_languages() -> None:
    found = list(_words(texts.read_yaml("tyngdepunkt.analyses.location.input", "fields.yaml")))
    assert len(found) > 150
    assert [each for each in found if set(each) != set(LANGUAGES) or not all(each.values())] == []


def test_the_table_describes_the_model_and_nothing_else() -> None:
    assert [path for path in sorted(PATHS) if field_at(path) is None] == []
    paths = PATHS | DAYS | {"oslo_area.reason"}  # that group stands once among the shapes
    assert [row for row in FIELDS.rows if not any(f".{path}".endswith(f".{row}") for path in paths)] == []


@pytest.mark.parametrize("field", sorted(CaseShape.model_fields))
def test_every_field_of_a_case_has_a_row_of_its_own(field: str) -> None:
    assert field in FIELDS.rows


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_of_a_form_has_a_label_of_its_own_and_a_widget(lang: str) -> None:
    simple = [
        path
        for step in ("background", "affected", "today", "costs", "conflicts", "decision")
        for path in REST[step]
    ]
    paths = [*simple, *ledger.WINDOW]
    assert {step.id for step in MORE} >= set(REST)
    assert set(paths) <= set(FIELDS.rows)
    assert len({known(path).label(lang) for path in paths}) == len(paths)
    assert all(known(path).widget for path in paths)
    assert {path: field_title(path, lang) for path in paths} == {
        path: known(path).label(lang) for path in paths
    }


def test_a_share_is_per_cent_in_a_form_and_a_part_of_one_in_a_file() -> None:
    share = known("alternatives[0].parts[1].share")
    assert share.label("en") == "Share of the jobs, per cent"
    assert share.description("en") == "Share of the jobs. A number or a range between 0 and 1."


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
