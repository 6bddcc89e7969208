"""Where figures came from, in the language of whoever reads them.

A figure carries its sources in one language; the indicator that made it knows no reader.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tyngdepunkt import places
from tyngdepunkt.figures import Source
from tyngdepunkt.indicators.assumptions import assumption
from tyngdepunkt.language import text

if TYPE_CHECKING:
    from tyngdepunkt.places import Snapshot

_ASSUMPTION = "assumption:"
_LEDGER = "ledger"


def in_language(source: Source, snapshot: Snapshot, lang: str) -> Source:
    """The source as it is told in a language: a table, an assumption or the ledger of state jobs.

    One that is none of these stays as it is.
    """
    if source.table.startswith(_ASSUMPTION):
        known = assumption(source.table.removeprefix(_ASSUMPTION))
        return replace(source, title=known.title[lang], note=known.note[lang])
    if source.table == _LEDGER:
        return replace(source, title=text("indicators:ledger_title", lang))
    return places.in_language(source, snapshot, lang)
