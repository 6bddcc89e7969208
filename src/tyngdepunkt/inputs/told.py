"""What is told of the reading of a file, in words and as plain values."""

from __future__ import annotations

from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.places.models import Notice


def told(notice: Notice, lang: str) -> str:
    """A notice in words; another notice among its values is told inside it."""
    return texts.text(notice.key, lang, **worded(notice, lang).values)


def worded(notice: Notice, lang: str) -> Notice:
    """The notice with lines, rows and other notices in it said in a language already."""
    return Notice(notice.key, {name: _worded(each, lang) for name, each in notice.values.items()})


def _worded(value: Any, lang: str) -> Any:
    if isinstance(value, Notice):
        return told(value, lang)
    if isinstance(value, list | tuple):
        return [_worded(each, lang) for each in value]
    return texts.localised(value, lang) if isinstance(value, str) else value


def as_json(notice: Notice) -> dict[str, Any]:
    """A notice as plain values: its key, and what its sentence mentions.

    Returns:
        `key` and the values of the notice by name; a notice among them in the same form.
    """
    plain = {
        name: as_json(each) if isinstance(each, Notice) else each for name, each in notice.values.items()
    }
    return {"key": notice.key, **plain}
