"""Places and occupations on a terminal: each answer is one the store knows, and no place is taken twice."""

from typing import Any

from tyngdepunkt.inputs.asking import several_numbers
from tyngdepunkt.inputs.place_asking import PlaceAsker
from tyngdepunkt.places import Places

ROOM = "analyses.location.input"


def asker(places: Places, *answers: str) -> tuple[PlaceAsker, list[str]]:
    lines, said = iter(answers), list[str]()
    return PlaceAsker(lambda: next(lines, None), said.append, ROOM, places, "en"), said


def test_places_are_asked_for_until_there_are_enough(eksempelland: Places) -> None:
    first, second = list(eksempelland.municipalities)[:2]
    asking, said = asker(eksempelland, first, first, "", second, "")
    assert asking.several("set_name", 2) == [first, second]
    assert f"  {eksempelland.municipalities[first].name} ({first})" in said
    assert len(said) == 5 + 2 + 2  # five questions, two places as taken, and two answers refused


class Occupations:
    """Two occupations, as a store gives them."""

    NAMES = (("2611", "Jurister"), ("2612", "Dommere"))
    TITLES = (("Advokat", "2611"), ("Jurist i domstol", "2612"), ("Jurist i stat", "2611"))

    def has(self, table: str) -> bool:
        return table in ("occupation", "occupation_title")

    def rows(self, table: str, columns: Any, **where: Any) -> Any:
        return self.NAMES if table == "occupation" else self.TITLES


def test_an_occupation_is_its_code_or_a_title_of_one_alone() -> None:
    asking, said = asker(Occupations(), "0000", "xyz", "jurist", "advokat")  # type: ignore[arg-type]
    assert asking.ask("occupation", asking.occupation) == ("2611", "Jurister")
    assert "0000" in said[1]
    assert "xyz" in said[3]
    assert "2611 Jurister" in said[5]
    assert "2612 Dommere (Jurist i domstol)" in said[5]
    assert asking.occupation("2612") == ("2612", "Dommere")
    assert asking.occupation("") is None


def test_a_line_of_numbers() -> None:
    assert several_numbers("20; 30,5;49.5") == [20, 30.5, 49.5]
    assert several_numbers("20,30,50") == several_numbers("20 30 50") == [20, 30, 50]
    assert several_numbers("many") == []
