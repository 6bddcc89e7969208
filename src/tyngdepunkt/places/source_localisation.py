"""What is told of a table's figures, in the language of whoever reads it.

An indicator does not know who will read its figures: it makes a source in one language.
A document takes the source to its own by looking the table up again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tyngdepunkt.figures import Phrase, Source
from tyngdepunkt.places.models import Snapshot, TableInfo
from tyngdepunkt.texts import text

_IN_WORDS = ("title", "provider", "reference", "query", "date", "licence", "note")


def source_of(info: TableInfo, query: str | Phrase, lang: str) -> Source:
    """The table as a source; `query` says which of its figures were taken, where not all were."""
    asked = query if isinstance(query, Phrase) else None
    return Source(
        table=info.name,
        title=info.title[lang],
        provider=info.provider[lang],
        reference=info.reference[lang],
        query=said(query, lang) if isinstance(query, Phrase) else query or info.query[lang],
        date=info.date[lang],
        licence=info.licence[lang],
        note=info.note[lang],
        asked=asked,
    )


def said(phrase: Phrase, lang: str) -> str:
    """A phrase in a language."""
    return text(phrase.key, lang, **dict(phrase.values))


def in_language(source: Source, snapshot: Snapshot, lang: str) -> Source:
    """Translate what a source says of itself.

    Args:
        source: the source, in any language.
        snapshot: its tables hold the words in each language.
        lang: nb, nn or en.

    Returns:
        A new source. Words that come from the table, and the query of an indicator, are translated; all other
        words stay as they are. A source whose table is not in the snapshot keeps all but its query.
    """
    if source.asked is not None:
        source = replace(source, query=said(source.asked, lang))
    info = snapshot.table(source.table)
    if info is None:
        return source
    told: dict[str, Any] = {
        part: _own(getattr(info, part), getattr(source, part), lang) for part in _IN_WORDS
    }
    return replace(source, **told)


def _own(words: Mapping[str, str], now: str, lang: str) -> str:
    return words[lang] if now in words.values() else now
