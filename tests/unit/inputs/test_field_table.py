"""A table of fields: found by their path or the end of it, and told to people in three ways."""

from pathlib import Path

import pytest

from tyngdepunkt.inputs.field_table import FieldTable

FIELDS = """
kinds:
  text: {}
  number: {how: {en: Write a number.}, widget: number}
units:
  NOK: {en: NOK}
the_case: {en: the tender}
fields:
  title: {title: {en: Title}}
  lots.price: {title: {en: Price}, kind: number, unit: NOK, help: {en: Without tax.}}
  price: {title: {en: Estimate}, kind: number}
  lots: {title: {en: Lots}, kind: text, choices: {one: {en: One lot}}}
"""


@pytest.fixture
def fields(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FieldTable:
    folder = tmp_path / "tender_fields"
    folder.mkdir()
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "fields.yaml").write_text(FIELDS, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return FieldTable("tender_fields")


def test_a_field_is_found_by_the_longest_end_of_its_path(fields: FieldTable) -> None:
    assert fields.known("lots[3].price").title == {"en": "Price"}
    assert fields.known("other.price").title == {"en": "Estimate"}
    assert fields.at("nowhere") is None
    with pytest.raises(KeyError):
        fields.known("nowhere")


def test_a_field_without_a_row_is_called_by_its_group_or_the_whole(fields: FieldTable) -> None:
    assert fields.title("lots[0].colour", "en") == "Lots"
    assert fields.title("colour", "en") == "the tender"


def test_what_a_kind_says_holds_for_its_fields(fields: FieldTable) -> None:
    price = fields.known("lots.price")
    assert (price.widget, price.label("en")) == ("number", "Price, NOK")
    assert price.hint("en") == "Write a number. Without tax."
    assert price.description("en") == "Price, NOK. Without tax."
    assert fields.known("lots").choice("one", "en") == "One lot"
    assert fields.known("lots").choice("two", "en") == "two"
