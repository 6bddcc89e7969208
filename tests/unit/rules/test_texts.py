"""Every sentence in three languages, with the same values, in real nynorsk."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from typing import Any

from tyngdepunkt import rules
from tyngdepunkt.rules.evaluators import base
from tyngdepunkt.rules.loader import register_entry
from tyngdepunkt.texts import text, texts_of

LANGUAGES = {"nb", "nn", "en"}
BOKMAL_ONLY = {
    "ikke", "hva", "hvor", "hvem", "hvorfor", "hvordan", "hvilke", "hvilken", "fra", "noen", "flere",
    "ble", "være", "deres", "steder", "stedet", "virksomhet", "virksomheten", "virksomheter",
    "arbeidsmarkedet", "bare", "velge", "velges", "gjøre", "gjør", "kommer", "oppgaver", "tjenester",
    "selv", "hensyn", "hensynene", "alternativer", "se", "mye",
}  # fmt: skip
NYNORSK_ONLY = {
    "ikkje", "kva", "kvar", "kven", "kvifor", "korleis", "frå", "nokon", "noko", "fleire", "vert",
    "vart", "vere", "stader", "eit", "ei", "dei",
}  # fmt: skip


def entries(node: Mapping[str, Any], key: str = "") -> Iterator[tuple[str, Mapping[str, str]]]:
    if set(node) == LANGUAGES:
        yield key, node
        return
    for name, child in node.items():
        assert isinstance(child, Mapping), f"{key}.{name} lacks a language"
        yield from entries(child, f"{key}.{name}" if key else name)


ENTRIES = list(entries(texts_of("rules")))
REGISTER = [
    (f"R{number} {at}", texts)
    for number in range(1, 42)
    for at, texts in [
        ("title", register_entry(f"R{number}")["title"]),
        *((str(item["valid_from"]), item["text"]) for item in register_entry(f"R{number}")["versions"]),
    ]
]


def placeholders(words: str) -> set[tuple[str, str]]:
    """Names and number formats; the words that agree with a number are the language's own."""
    parts = string.Formatter().parse(words)
    return {(name, (spec or "").partition(" ")[0]) for _, name, spec, _ in parts if name is not None}


def words_of(texts: str) -> set[str]:
    return set(re.findall(r"[a-zæøå]+", texts.lower()))


def test_the_same_values_in_all_languages() -> None:
    for key, texts in ENTRIES:
        assert all(words.strip() for words in texts.values()), key
        assert placeholders(texts["nb"]) == placeholders(texts["nn"]) == placeholders(texts["en"]), key


def test_nynorsk_is_nynorsk_and_bokmal_is_bokmal() -> None:
    found = {
        key: words_of(texts["nn"]) & BOKMAL_ONLY | words_of(texts["nb"]) & NYNORSK_ONLY
        for key, texts in [*ENTRIES, *REGISTER]
    }
    assert {key: words for key, words in found.items() if words} == {}
    assert len(found) > 200


def test_terms_exist_for_everything_a_finding_can_name() -> None:
    names = [f"trigger.{trigger}" for trigger in rules.Trigger]
    for version in rules.versions():
        given = rules.rule_set(version)
        names += [f"consideration.{each.id}" for each in given.considerations]
        for rule in given.rules:
            names += [f"area.{name}" for name in rule.parameters.get("lists", ())]
            names += [f"consideration.{name}" for name in rule.parameters.get("considerations", ())]
    for name in names:
        assert text(f"rules:term.{name}", "nn")
    for group, values in (("verdict", rules.Verdict), ("level", ("must", "mainly", "should", "information"))):
        assert all(text(f"rules:{group}.{value}", "nb") for value in values)


def test_a_term_is_put_into_the_language_it_is_said_in() -> None:
    found = rules.Finding(
        "R29", rules.Verdict.NEEDS_JUDGEMENT, "lists.do", {"lists": (base.Term("list.largest_cities"),)}
    )
    assert "dei største byane" in rules.finding_text(found, "nn")
    assert "the largest cities" in rules.finding_text(found, "en")
