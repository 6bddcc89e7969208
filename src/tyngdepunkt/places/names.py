"""Names as people write them: case, dashes, control characters and missing letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from tyngdepunkt.texts import read_yaml

LONGEST = 80
_DASHES = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_KIND = (
    r"(?:kommunen?|komm?\.|herad|heradet|municipality|suohkan|gielda|tjïelte|gïelte|komuuni|kommuuni|kunta)"
)
_KIND_AFTER = re.compile(rf"(?<=\S)\s+{_KIND}(?=\s*[(,]|\s+i\s|$)", re.IGNORECASE)
_KIND_BEFORE = re.compile(
    r"^(?:kommune(?:nr\.?|nummer)?|municipality(?: of| no\.?| number)?)\s+(?=\S)", re.IGNORECASE
)
_BETWEEN_FORMS = re.compile(r"\s+-\s+|\s*/\s*")
_BRACKETS = re.compile(r"^(?P<name>[^()]+?)\s*\((?P<of>[^()]+)\)$")
_COMMA = re.compile(r"^(?P<name>[^,]+?)\s*,\s*(?P<of>[^,]+)$")
_IN = re.compile(r"^(?P<name>.+?)\s+i\s+(?P<of>.+)$")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t", "ð": "d", "ß": "ss"})


def tidy(text: str) -> str:
    """One line without control characters and superfluous blanks, at most `LONGEST` characters.

    >>> tidy("  Evje   og Hornnes ")
    'Evje og Hornnes'
    """
    head = unicodedata.normalize("NFC", text[: 4 * LONGEST])
    line = " ".join("".join(_visible(sign) for sign in head).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _visible(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Cf":  # soft hyphens and marks of no width stand inside words
        return ""
    return " " if kind[0] in "CZ" else sign


def key(text: str) -> str:
    """What two spellings of the same name have in common: case and kind of dash do not count.

    Neither do the two ways to write the Sámi eng, of which keyboards have only one.

    >>> key("LEVANGER – Levangke") == key("Levanger - Levangke")
    True
    """
    return _DASHES.sub("-", text).casefold().replace("\u2019", "'").replace("ŋ", "n")


def joined(text: str) -> str:
    """A key in which a hyphen, a dash with blanks around it and a blank are the same.

    >>> joined("Aurskog – Høland") == joined("Aurskog-Høland") == joined("aurskog høland")
    True
    """
    return " ".join(key(text).replace("-", " ").split())


def fold(text: str) -> str:
    """A key without Norwegian and Sámi letters, only to find what somebody may have meant.

    >>> fold("Røros"), fold("Kárášjohka")
    ('roros', 'karasjohka')
    """
    letters = unicodedata.normalize("NFKD", key(text).translate(_LETTERS))
    return "".join(sign for sign in letters if not unicodedata.combining(sign))


def forms(text: str) -> list[str]:
    """The language forms of a name, as keys.

    >>> forms("Gáivuotna – Kåfjord – Kaivuono")
    ['gáivuotna', 'kåfjord', 'kaivuono']
    """
    return [part for part in _BETWEEN_FORMS.split(key(text)) if part]


def written_forms(text: str) -> list[str]:
    """The language forms of a name as they are spelled, without brackets."""
    return [part.strip() for part in _BETWEEN_FORMS.split(plain(text)) if part.strip()]


def qualified(text: str) -> tuple[str, str] | None:
    """A name and what it is said to lie in: `Herøy (Nordland)`, `Våler i Østfold`, `Bø, Nordland`."""
    for pattern in (_BRACKETS, _COMMA, _IN):
        found = pattern.match(text)
        if found:
            return found["name"].strip(), found["of"].strip()
    return None


def without_kind(text: str) -> str:
    """A name without the word that says that it is a municipality, in Norwegian, English, Sámi and Kven.

    >>> without_kind("Hamar kommune"), without_kind("Våler kommune (Østfold)"), without_kind("Kommune")
    ('Hamar', 'Våler (Østfold)', 'Kommune')
    >>> without_kind("Deanu gielda"), without_kind("Deanu")
    ('Deatnu', 'Deanu')
    """
    bare = _KIND_AFTER.sub("", text)
    owner = _owning().get(key(bare)) if bare != text else None
    return _KIND_BEFORE.sub("", owner or bare).strip()


def first_form(name: str) -> str:
    """The first of the language forms of a name.

    >>> first_form("Nordland - Nordlánnda"), first_form("Nord-Odal")
    ('Nordland', 'Nord-Odal')
    """
    return _BETWEEN_FORMS.split(name)[0].strip()


def norwegian(name: str) -> str:
    """The Norwegian one of the language forms of a name, as documents in nb, nn and en write it.

    >>> norwegian("Trondheim - Tråante"), norwegian("Unjárga - Nesseby"), norwegian("Nord-Odal")
    ('Trondheim', 'Nesseby', 'Nord-Odal')
    """
    return _norwegian_not_first().get(name) or name.split(" - ")[0].strip()


@cache
def _owning() -> Mapping[str, str]:
    """The key of a genitive → the name it is one of."""
    found: Mapping[str, str] = read_yaml("tyngdepunkt.places", "owning_names.yaml")
    return {key(genitive): name for genitive, name in found.items()}


@cache
def _norwegian_not_first() -> Mapping[str, str]:
    found: Mapping[str, str] = read_yaml("tyngdepunkt.places", "norwegian_names.yaml")
    return found


def plain(name: str) -> str:
    """A name without the brackets that tell it from its namesakes.

    >>> plain("Herøy (Nordland)")
    'Herøy'
    """
    return name.partition(" (")[0]


def spellings(name: str) -> list[str]:
    """Keys a name is found by: as it stands, without brackets, and each language form."""
    return list(dict.fromkeys([key(name), key(plain(name)), *forms(plain(name))]))
