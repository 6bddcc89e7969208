"""One search for occupations: by number, name and title, the best first."""

from __future__ import annotations

from typing import Any

import pytest

from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs.occupations import occupation_code, occupations


class Kept:
    """Occupations and titles as a store gives them."""

    NAMES = (("2422", "Rådgivere, offentlig administrasjon"), ("2611", "Jurister"), ("5120", "Kokker"))
    TITLES = (
        ("Advokat", "2611"), ("Jurist", "2611"), ("Skipskokk", "5120"), ("Juridisk rådgiver", "2611"),
        ("Rådgiver, jus", "2422"), ("Kokk", "5120"), ("Ukjent tittel", "9999"),
    )  # fmt: skip

    def has(self, table: str) -> bool:
        return table in ("occupation", "occupation_title")

    def rows(self, table: str, columns: Any, **where: Any) -> Any:
        return self.NAMES if table == "occupation" else self.TITLES


def codes(text: str) -> list[str]:
    return [one.code for one in occupations(Kept(), text)]  # type: ignore[arg-type]


def test_what_is_called_so_comes_before_what_begins_so_and_what_holds_it() -> None:
    assert codes("jurist") == ["2611"]
    assert codes("rådgiver") == ["2422", "2611"]
    assert codes("KOKK") == ["5120"]
    assert codes("2611") == ["2611"]
    assert codes("") == codes("xyz") == []


def test_the_title_that_was_found_is_told_where_the_name_does_not_say_it() -> None:
    found = occupations(Kept(), " advokat ")  # type: ignore[arg-type]
    assert [(one.code, one.title, one.exact) for one in found] == [("2611", "Advokat", True)]
    found = occupations(Kept(), "jurister")  # type: ignore[arg-type]
    assert [(one.title, one.exact) for one in found] == [("", True)]


def test_a_title_without_an_occupation_is_not_found() -> None:
    assert codes("ukjent tittel") == []


@pytest.mark.parametrize("written", [2611, "2611", " 2611 ", "2611\u00a0"])
def test_a_number_has_four_digits(written: Any) -> None:
    assert occupation_code(written) == "2611"


@pytest.mark.parametrize("written", ["261", "26111", "", "jurist", True, None, 26.11, "２６１１"])
def test_anything_else_is_a_fault(written: Any) -> None:
    with pytest.raises(UserError):
        occupation_code(written)


def test_a_title_in_nynorsk_is_looked_for_in_bokmål_where_it_finds_none() -> None:
    assert codes("rådgivar") == codes("rådgiver")
    assert codes("juridisk rådgivar") == ["2611"]
    assert codes("skipskokkar") == []


def test_what_is_called_so_is_not_turned_into_bokmål() -> None:
    """Bibliotekar, notar and arkivar end so in both."""

    class Archive(Kept):
        NAMES = (("2621", "Arkivarer og kuratorer"), ("2622", "Bibliotekarer"))
        TITLES = (("Arkivar", "2621"), ("Arkiver", "2622"))

    assert occupations(Archive(), "arkivar")[0].exact  # type: ignore[arg-type]
    assert [one.code for one in occupations(Archive(), "Arkivar")] == ["2621"]  # type: ignore[arg-type]
