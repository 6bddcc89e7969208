"""The rules about the place of work, on 200 invented sentences; how good they are on real ones is unknown."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tyngdepunkt.sources.advertised_place import _rules, advertised_place

TEXTS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("advert_texts.yaml").read_text("utf-8"))
RIGHT = [(text, kind) for kind in ("free", "several", "one") for text in TEXTS[kind]]


def test_there_are_200_texts_and_no_two_are_the_same() -> None:
    texts = [text for text, _ in RIGHT] + [each["text"] for each in TEXTS["wrong"]]
    assert len(texts) == len(set(texts)) == 200


@pytest.mark.parametrize(("text", "kind"), RIGHT)
def test_an_invented_sentence_is_read_as_it_is_meant(text: str, kind: str) -> None:
    assert advertised_place(text) == kind


@pytest.mark.parametrize("known", TEXTS["wrong"], ids=lambda known: known["text"])
def test_what_the_rules_get_wrong_is_known(known: dict[str, str]) -> None:
    """A rule that learns one of these must take it out of the list, and out of what the docs say."""
    assert advertised_place(known["text"]) != known["is"]


@pytest.mark.parametrize("kind", ["free", "several"])
def test_no_rule_is_there_that_no_text_needs(kind: str) -> None:
    for rule in _rules()[kind]:
        assert any(rule.search(text) for text in TEXTS[kind]), rule.pattern


def test_several_municipalities_are_several_places_unless_the_text_says_free() -> None:
    assert advertised_place("Rådgiver", ["OSLO", "OSLO"]) == "one"
    assert advertised_place("Rådgiver", ["OSLO", "HAMAR"]) == "several"
    assert advertised_place("Rådgiver. Arbeidsstedet er valgfritt.", ["OSLO", "HAMAR"]) == "free"


def test_a_denial_holds_for_its_sentence_alone() -> None:
    assert advertised_place("Turnus er ikke aktuelt. Arbeidsstedet er valgfritt.") == "free"
    assert advertised_place("<li>Ingen turnus</li><li>Arbeidsstedet er valgfritt</li>") == "free"


def test_a_text_that_is_long_or_strange_is_read_in_a_moment() -> None:
    assert advertised_place("<" * 60_000) == "one"
    assert advertised_place("arbeidssted er " + "Oslo, " * 20_000) == "one"
    assert advertised_place("bo " + "a " * 40_000) == "one"
