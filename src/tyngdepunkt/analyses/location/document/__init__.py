"""A location case's assessment as a document, in the order of utredningsinstruksen.

`location_document` gives a format-neutral `Document`: the answer first, then the six
questions every state study must answer, inside them what the guidelines on location ask
for, and annexes with what a reader can check. It computes no result: all figures come
from the assessment, and each carries its numbers in the table of sources.
"""

from tyngdepunkt.analyses.location.document.compose import location_document

__all__ = ["location_document"]
