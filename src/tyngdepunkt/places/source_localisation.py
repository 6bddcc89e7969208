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
    """A source with everything its table says of itself in another language.

    A query of the indicator's own is a phrase and is said anew; other words that are not the
    table's stay as they are, and so does a source that is no table of the snapshot.
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
