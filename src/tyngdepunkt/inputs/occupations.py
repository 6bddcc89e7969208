"""Occupations by number, name or title: one search and one order for terminal, form and file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tyngdepunkt import texts
from tyngdepunkt.inputs.text import even, refused, shown

if TYPE_CHECKING:
    from tyngdepunkt.places import Places

_EXACT, _BEGINS, _WORD_BEGINS, _HOLDS = range(4)
_LONGEST = 100
# Statistics Norway names occupations in bokmål alone: what a title in nynorsk is called there, in this order
_IN_BOKMAAL = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"handsamar", "behandler"),
        (r"(?<!p)leiar", "leder"),
        (r"seljar", "selger"),
        (r"snikkar", "snekker"),
        (r"\bmålar", "maler"),
        (r"\blækjar", "lege"),
        (r"rekneskap", "regnskap"),
        (r"verksemd", "virksomhet"),
        (r"sjuk", "syk"),
        (r"skule", "skole"),
        (r"tenest", "tjenest"),
        (r"meister", "mester"),
        (r"rein(?=hald)", "ren"),
        (r"hald(?=ar)", "hold"),
        (r"høg", "høy"),
        (r"arar\b", "ere"),
        (r"ar\b", "er"),
    )
)


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation of STYRK-08 with four digits.

    Args:
        title: the job title that was found, where it is not in the name; else empty.
        exact: whether what was written is its number, its name or one of its titles as they stand.
    """

    code: str
    name: str
    title: str = ""
    exact: bool = False


def occupation_code(value: Any) -> str:
    """A number of four digits as text; whether there is such an occupation is not asked.

    Raises:
        UserError: it is not four digits.
    """
    code = even(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not (code.isascii() and code.isdigit() and len(code) == 4):
        raise refused("occupation_digits", given=shown(value))
    return code


def occupation_names(places: Places) -> dict[str, str]:
    """Number → name, of four digits; empty where the snapshot has none."""
    if not places.has("occupation"):
        return {}
    return dict(places.rows("occupation", ("code", "name"), level=4))


def occupations(places: Places, text: str) -> list[Occupation]:
    """Occupations whose number, name or title holds what was written, the best first.

    First those that are called exactly that, then those that begin with it, then those with a word that
    does, then the rest; within each the names before the titles, and by number. A title in nynorsk that
    finds none is looked for in bokmål: the occupations have names in no other language.

    >>> in_bokmaal("sjukepleiar"), in_bokmaal("grunnskulelærarar"), in_bokmaal("sakshandsamar")
    ('sykepleier', 'grunnskolelærere', 'saksbehandler')
    """
    wanted = even(text)[:_LONGEST]
    return _called(places, wanted) or (
        _called(places, again) if (again := in_bokmaal(wanted)) != wanted else []
    )


def in_bokmaal(title: str) -> str:
    """A title of small letters as bokmål would have it; one that is bokmål already may become nonsense."""
    for pattern, instead in _IN_BOKMAAL:
        title = pattern.sub(instead, title)
    return title


def _called(places: Places, wanted: str) -> list[Occupation]:
    if not wanted:
        return []
    names = occupation_names(places)
    found: dict[str, tuple[tuple[int, bool], Occupation]] = {}
    for title, code, is_title in _titles(places, names):
        rank = _rank(wanted, even(title), code)
        if rank is None or code not in names:
            continue
        told = title if is_title and wanted not in even(names[code]) and wanted != code else ""
        one = Occupation(code, names[code], told, rank == _EXACT)
        if code not in found or (rank, is_title) < found[code][0]:
            found[code] = ((rank, is_title), one)
    return [one for _, one in sorted(found.values(), key=lambda each: (each[0], each[1].code))]


def _titles(places: Places, names: dict[str, str]) -> list[tuple[str, str, bool]]:
    """Every name and title with its number, and whether it is a title."""
    titles = []
    if places.has("occupation_title"):
        rows = places.rows("occupation_title", ("title", "occupation"))
        titles = [(str(title), str(code), True) for title, code in rows]
    return [*((name, code, False) for code, name in names.items()), *titles]


def _rank(wanted: str, title: str, code: str) -> int | None:
    if wanted in (title, code):
        return _EXACT
    if title.startswith(wanted):
        return _BEGINS
    if f" {wanted}" in title:
        return _WORD_BEGINS
    return _HOLDS if wanted in title else None


def language_note(lang: str) -> str:
    """That the names of occupations are in bokmål; empty where what they stand in is too.

    Args:
        lang: language of the document or page.
    """
    return "" if lang == "nb" else texts.text("inputs:occupation_language", lang)
