"""The country coloured by a figure: who is hatched, what the key says, and when there is nothing to draw."""

import re

from tyngdepunkt.documents.map.classes import classes
from tyngdepunkt.documents.map.country import Words, country_picture
from tyngdepunkt.places import Places

WORDS = Words("A caption", "In words", "Figures", "2024", ["Somebody"])


def fills(svg: str) -> set[str]:
    return set(re.findall(r'<path [^>]*fill="([^"]+)"', svg))


def test_each_municipality_has_the_colour_of_its_class_and_the_others_are_hatched(norway: Places) -> None:
    values = {"0301": 1.0, "4640": 20.0, "5501": 300.0}
    drawn = country_picture(norway, values, WORDS, "en")
    assert drawn is not None
    assert set(classes(sorted(values.values())).colours) <= fills(drawn.svg)
    assert "url(#shown-none)" in fills(drawn.svg)
    assert "No figure" in drawn.svg
    assert "Somebody" in drawn.svg
    assert (drawn.caption, drawn.alt) == ("A caption", "In words")


def test_one_value_is_its_own_key(norway: Places) -> None:
    drawn = country_picture(norway, {"0301": 2.5}, WORDS, "nb")
    assert drawn is not None
    assert ">2,5<" in drawn.svg


def test_classes_are_of_the_areas_and_not_of_their_municipalities(norway: Places) -> None:
    shared = dict.fromkeys(("0301", "4640", "5501"), 1.0) | {"1804": 9.0}
    drawn = country_picture(norway, shared, WORDS, "en", grouped=[1.0, 9.0])
    assert drawn is not None
    assert ">below 9<" in drawn.svg
    assert ">9 or more<" in drawn.svg


def test_without_figures_there_is_nothing_to_draw(norway: Places) -> None:
    assert country_picture(norway, {}, WORDS, "en") is None
