"""Classify an advertised post by its text: free place of work, several places, or one.

The rules are data, in `place_words.yaml`. Only the class is stored; the text of the advertisement is not.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Literal

from tyngdepunkt.texts import read_yaml

WorkPlace = Literal["free", "several", "one"]
_TAG = re.compile(r"<(/?(?:p|li|ul|ol|br|div|h[1-6]|td|tr)\b)[^>]*>|<[^>]*>", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_MOST = 50_000
"""Signs of a text that are read."""


@cache
def _rules() -> Mapping[str, Sequence[re.Pattern[str]]]:
    found: Mapping[str, Sequence[str]] = read_yaml("tyngdepunkt.sources", "place_words.yaml")
    return {name: [re.compile(each, re.IGNORECASE) for each in rules] for name, rules in found.items()}


def advertised_place(text: str, municipalities: Collection[str] = ()) -> WorkPlace:
    """What an advertisement says of the place of work.

    Args:
        text: title and text, with or without HTML.
        municipalities: those that its fields name as places of work.

    >>> advertised_place("Arbeidsstedet er valgfritt."), advertised_place("Arbeidsstedet er ikke valgfritt.")
    ('free', 'one')
    >>> advertised_place("Rådgiver", ["OSLO", "HAMAR"])
    'several'
    """
    sentences = [each for each in _SENTENCE.split(_plain(text)) if each.strip()]
    if any(_says("free", each) for each in sentences):
        return "free"
    if len(set(municipalities)) > 1 or any(_says("several", each) for each in sentences):
        return "several"
    return "one"


def _says(kind: str, sentence: str) -> bool:
    rules = _rules()
    if not any(rule.search(sentence) for rule in rules[kind]):
        return False
    denied = any(rule.search(sentence) for rule in rules["not"])
    return not denied or any(rule.search(sentence) for rule in rules["spared"])


def _plain(text: str) -> str:
    """Text without tags; what stands in blocks of its own is sentences of its own."""
    return html.unescape(_TAG.sub(lambda tag: "\n" if tag[1] else "", text[:_MOST]))
