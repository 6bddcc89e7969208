"""The language of a request, and the catalogues.

Messages are written in English in templates and Python; `locale/<language>/LC_MESSAGES/*.po`
hold them in nb and nn. Every `.po` file of a language is read at start and they become
one catalogue, so that each family of pages can keep a file of its own. No compiled file exists.
"""

from __future__ import annotations

import gettext
import io
from functools import cache
from importlib import resources
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tyngdepunkt import settings

COOKIE = "lang"
_SPOKEN = {"nb": "nb", "no": "nb", "nn": "nn", "en": "en"}


def choose(asked: str | None, kept: str | None, accepted: str) -> str:
    """The language of a request: as the address asks, else as the cookie says, else as the browser prefers.

    Args:
        asked: the value in the address; None where there is none.
        kept: the value of the cookie; None where there is none.
        accepted: the `Accept-Language` header.

    Returns:
        `nb`, `nn` or `en`; the language of the settings where nothing fits. Unknown values are ignored.

    >>> choose(None, None, "nn-NO,nn;q=0.9,en;q=0.5")
    'nn'
    """
    for wanted in (asked, kept):
        if wanted in settings.LANGUAGES:
            return str(wanted)
    return next(iter(_accepted(accepted)), settings.language())


def _accepted(header: str) -> list[str]:
    """The languages of an Accept-Language header that we have, the most wanted first."""
    wanted = []
    for place, part in enumerate(header.split(",")[:20]):
        tag, _, parameters = part.partition(";")
        language = _SPOKEN.get(tag.strip().lower().partition("-")[0])
        weight = _weight(parameters)
        if language and weight > 0:
            wanted.append((-weight, place, language))
    return [language for _, _, language in sorted(wanted)]


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


@cache
def translations(lang: str) -> gettext.NullTranslations:
    """The catalogue of a language: all its `.po` files as one."""
    found: gettext.GNUTranslations | None = None
    for name in catalogue_files(lang):
        read = _read(lang, name)
        if found is None:
            found = read
        else:
            merged: Any = found
            merged._catalog.update(_without_head(read))
    return found or gettext.NullTranslations()


def catalogue_files(lang: str) -> list[str]:
    """Names of a language's catalogue files, sorted; English has none, as messages are written in it."""
    folder = resources.files("tyngdepunkt.web").joinpath("locale", lang, "LC_MESSAGES")
    if not folder.is_dir():
        return []
    return sorted(child.name for child in folder.iterdir() if child.name.endswith(".po"))


def _read(lang: str, name: str) -> gettext.GNUTranslations:
    folder = resources.files("tyngdepunkt.web").joinpath("locale", lang, "LC_MESSAGES")
    catalogue = read_po(io.StringIO(folder.joinpath(name).read_text("utf-8")), locale=lang)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _without_head(read: gettext.GNUTranslations) -> dict[Any, str]:
    catalogue: dict[Any, str] = read._catalog  # type: ignore[attr-defined]
    return {message: text for message, text in catalogue.items() if message != ""}
