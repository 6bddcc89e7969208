"""Codes of eForms in words, for whoever reads the reason of an answer; its value stays the code."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from tyngdepunkt.texts import Term, texts_of

_ROOM = "analyses.procurement"


def word(field: str, code: str) -> str:
    """A code by its word; one that the list of the field does not know stays what it is.

    Args:
        field: the business term whose list it is of, such as `BT-809`.
        code: such as `slc-abil-ref-work`.
    """
    return _terms(field).get(code, code)


@cache
def _terms(field: str) -> dict[str, Term]:
    """Code → its word, of one list."""
    known = texts_of(_ROOM)["codes"].get(field, ())
    return {code: Term(code, f"{_ROOM}:codes.{field}.{code}") for code in known}


def words(field: str, codes: Iterable[str]) -> list[str]:
    """Codes by their words, each once."""
    return [word(field, code) for code in dict.fromkeys(codes)]
