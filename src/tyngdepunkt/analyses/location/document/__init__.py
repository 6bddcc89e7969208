"""A location case's assessment as a document, in the order of utredningsinstruksen.

`location_document` gives a format-neutral `Document`: the answer first, then the six
questions every state study must answer, inside them what the guidelines on location ask
for, and annexes with what a reader can check. It computes no result: all figures come
from the assessment, and each carries its numbers in the table of sources.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location.document.compose import location_document

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.result import Assessment
    from tyngdepunkt.documents.document import Document
    from tyngdepunkt.places import Places

__all__ = ["document", "location_document"]


def document(assessment: Assessment, lang: str, places: Places) -> Document:
    """The document of an assessment, dated today; its language is the assessment's own."""
    return location_document(replace(assessment, computed=dt.date.today()), places)  # noqa: DTZ011
