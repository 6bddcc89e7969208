"""Where figures came from, in the language of whoever reads them.

A figure carries its sources in one language; the indicator that made it knows no reader.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tyngdepunkt import places
from tyngdepunkt.figures import Source
from tyngdepunkt.indicators.assumptions import assumption
from tyngdepunkt.texts import text

if TYPE_CHECKING:
    from tyngdepunkt.places import Snapshot

_ASSUMPTION = "assumption:"
_LEDGER = "ledger"
CASE_FILE = "case"


def in_language(source: Source, snapshot: Snapshot, lang: str) -> Source:
    """The source as it is told in a language.

    It is a table, an assumption, the ledger of state jobs or the case itself; one that is none of these
    stays as it is.
    """
    if source.table.startswith(_ASSUMPTION):
        source = _assumed(source, lang)
    elif source.table == _LEDGER:
        source = replace(source, title=text("indicators:ledger_title", lang))
    elif source.table == CASE_FILE:
        source = replace(source, provider=text("indicators:case_file", lang))
    return places.in_language(source, snapshot, lang)


def _assumed(source: Source, lang: str) -> Source:
    """An assumption in a language; what a case assumes on its own stays in the case's words."""
    known = assumption(source.table.removeprefix(_ASSUMPTION))
    told = replace(source, title=known.title[lang])
    if source.provider not in known.provider.values():
        return told
    parts = {part: getattr(known, part)[lang] for part in ("provider", "reference", "note")}
    return replace(told, **parts)
