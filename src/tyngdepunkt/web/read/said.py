"""A fault as a page says it: in the field's own words where it has some, never in those of a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.errors import Fault

ROOMS = (
    "analyses.location.input", "analyses.location", "analyses.state_jobs", "documents.map", "inputs", "rules",
)  # fmt: skip
"""Rooms whose faults are written for whoever writes a file; the others speak to everybody."""
_OF_THE_FIGURES = """
    broken_manifest missing_table tampered_table unreadable_table no_table wrong_rows unknown_snapshot
    no_such_snapshot old_snapshot cache_not_writable damaged_database folder_in_use
"""
TROUBLE = frozenset({*(f"places:{name}" for name in _OF_THE_FIGURES.split()), "documents.map:background"})
"""What only whoever runs the service can mend; so is every fault of the database and of document files."""
_TROUBLE_ROOMS = ("workspace", "documents", "sources")
_PLACE = re.compile(r"^(?:linje|rad|line|row) \d+")
_AT = re.compile(r"\[\d+\]")
_NAMED = re.compile(r"\b(grades|indicators|explanations|weights)\.[^.\[]+")


def said(fault: Fault, lang: str, field: str = "") -> str:
    """What is wrong and what to do, for a page.

    Args:
        fault: the fault.
        lang: nb, nn or en.
        field: the field it is about, as `unit.jobs[0].count`; its own words come first.
    """
    if is_trouble(fault):
        return _plain(Fault("web:trouble"), lang)
    return own_words(fault, lang, field) or _plain(fault, lang)


def in_file(fault: Fault, lang: str, *, of_a_case: bool = True) -> str:
    """The same for a file that was uploaded: where in it first, by line or row.

    The words of our own are those of a case and its fields; of another file they would say what is not so.
    """
    where = _place(texts.fault_lines(fault, lang)["where"])
    told = said(fault, lang) if of_a_case or is_trouble(fault) else _plain(fault, lang)
    return f"{where.capitalize()}: {told}" if where else told


def lines(fault: Fault, lang: str) -> dict[str, str]:
    """A fault on a page of its own: `where`, `what`, `why` and `do`, of which all but `what` may be empty."""
    if is_trouble(fault):
        return texts.fault_lines(Fault("web:trouble"), lang)
    if words := own_words(fault, lang):
        return {"where": "", "what": words, "why": "", "do": ""}
    told = texts.fault_lines(fault, lang)
    return {**told, "where": _place(told["where"])}


def is_trouble(fault: Fault) -> bool:
    """Whether a fault can only be mended by those who run the service, such as a database that is not there.

    Returns:
        By the fault's key, or by the part of the program that it comes from.
    """
    return fault.key in TROUBLE or fault.key.partition(":")[0] in _TROUBLE_ROOMS


def _place(where: str) -> str:
    found = _PLACE.match(where)
    return found[0] if found else ""


def own_words(fault: Fault, lang: str, field: str = "") -> str:
    """The sentence that the table of messages has for this fault of this field.

    Returns:
        The sentence, its values filled in; empty where the table has none.
    """
    found = _own(fault, field) or _any(fault)
    return texts.filled(found[lang], lang, **fault.values) if found else ""


def names_its_field(fault: Fault, field: str) -> bool:
    """Whether the sentence says by itself which field it is about."""
    return _own(fault, field) is not None or fault.key.partition(":")[0] not in ROOMS


def pattern(field: str) -> str:
    """A field as the table names it.

    >>> pattern("unit.jobs[0].count"), pattern("alternatives[2].grades.work.value")
    ('unit.jobs[].count', 'alternatives[].grades.*.value')
    """
    return _NAMED.sub(r"\1.*", _AT.sub("[]", field))


def _own(fault: Fault, field: str) -> Mapping[str, str] | None:
    room, _, kind = fault.key.partition(":")
    if room not in ROOMS:
        return None
    told = messages().get(pattern(field), {}) if field else {}
    return told.get(kind) or (None if _tells_more(kind) else told.get("else"))


def _any(fault: Fault) -> Mapping[str, str] | None:
    room, _, kind = fault.key.partition(":")
    found: Mapping[str, str] | None = messages()["any"].get(kind) if room in ROOMS else None
    return found


def _tells_more(kind: str) -> bool:
    """Faults that say what exactly is in doubt: the sentence of the whole field would say less."""
    return kind.endswith("_in_doubt") or kind in ("short_year", "day_or_month", "share_above_one")


def _plain(fault: Fault, lang: str) -> str:
    lines = texts.fault_lines(fault, lang)
    return f"{lines['what']} {lines['do']}"


@cache
def messages() -> dict[str, dict[str, dict[str, str]]]:
    """The table: field → fault → language → sentence."""
    found: Any = texts.read_yaml("tyngdepunkt.analyses.location.input", "messages.yaml")
    return {str(field): dict(told) for field, told in found.items()}
