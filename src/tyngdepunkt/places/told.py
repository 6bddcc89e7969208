"""What is told of a table's figures, in the language of whoever reads it.

An indicator does not know who will read its figures: it makes a source in one language.
A document takes the source to its own by looking the table up again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tyngdepunkt.figures import Source
from tyngdepunkt.places.models import Snapshot, TableInfo

_IN_WORDS = ("title", "query", "date", "licence", "note")


def source_of(info: TableInfo, query: str, lang: str) -> Source:
    """The table as a source; `query` says which of its figures were taken, where not all were."""
    return Source(
        table=info.name,
        title=info.title[lang],
        provider=info.provider,
        reference=info.reference,
        query=query or info.query[lang],
        date=info.date[lang],
        licence=info.licence[lang],
        note=info.note[lang],
    )


def in_language(source: Source, snapshot: Snapshot, lang: str) -> Source:
    """A source with everything its table says of itself in another language.

    What it does not have from the table (a query of the indicator's own) stays as it is, and
    so does a source that is no table of the snapshot.
    """
    info = snapshot.table(source.table)
    if info is None:
        return source
    told = {part: _said(getattr(info, part), getattr(source, part), lang) for part in _IN_WORDS}
    return replace(source, **told)


def _said(words: Mapping[str, str], now: str, lang: str) -> str:
    return words[lang] if now in words.values() else now
