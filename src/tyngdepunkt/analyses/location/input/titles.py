"""What each field of a case is called: the same in the form, on its check page and between versions."""

from __future__ import annotations

import re

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.input.parse_context import ROOM

_PLACE_IN_A_LIST = re.compile(r"\[\d+\]")


def field_title(path: str, lang: str) -> str:
    """The title of a field, by its path in the file, such as `unit.name` or `alternatives[2].place`.

    What has no title of its own is called by the group it is in.
    """
    parts = _PLACE_IN_A_LIST.sub("", path).split(".")
    for end in range(len(parts), 0, -1):
        found = _title(".".join(parts[:end]), lang)
        if found is not None:
            return found
    return texts.text(f"{ROOM}:titles.the_case", lang)


def has_title(path: str, lang: str) -> bool:
    """Whether a field has a title of its own."""
    return _title(path, lang) is not None


def _title(path: str, lang: str) -> str | None:
    for name in (path, f"{path}.self"):
        try:
            return texts.text(f"{ROOM}:titles.{name}", lang)
        except KeyError:
            continue
    return None
