"""What the tests of documents share: the sample, and hostile text put in every place of it."""

import dataclasses

import pytest

from sample_document import DRAWING, HOSTILE, sample
from tyngdepunkt.documents.document import (
    Bullets,
    Column,
    Document,
    Notice,
    Paragraph,
    Picture,
    Section,
    Sheet,
    Table,
    Terms,
)
from tyngdepunkt.figures import Source


@pytest.fixture
def document() -> Document:
    """The sample with a plain drawing for each figure: quick, and enough where charts do not matter."""
    return sample("nb", svg=DRAWING)


@pytest.fixture(params=list(HOSTILE))
def hostile(request: pytest.FixtureRequest) -> str:
    return HOSTILE[request.param]


@pytest.fixture
def hostile_document(hostile: str) -> Document:
    """The same hostile text as title, heading, cell, caption, text alternative, source, sheet …"""
    columns = (Column(hostile), Column(hostile, numeric=True, decimals=1))
    table = Table(hostile, columns, ((hostile, 1.5), (hostile, None), (hostile, hostile)), (1,))
    drawing = DRAWING.replace("Fjordby 48", "Fjordby 😀") if "😀" in hostile else DRAWING
    blocks = (table, Picture(hostile, hostile, drawing), Terms(((hostile, hostile),)))
    return dataclasses.replace(
        sample("nb", svg=DRAWING),
        title=hostile,
        subtitle=hostile,
        author=hostile,
        date=hostile,
        keywords=(hostile, hostile),
        facts=Terms(((hostile, hostile),)),
        summary=(Paragraph(hostile, (1,)), Notice(hostile), Bullets((hostile, hostile), numbered=True)),
        sections=(Section(hostile, blocks, (Section(hostile, (), (), hostile),), hostile),),
        sources=(Source(*[hostile] * 8),),
        sheets=(Sheet(hostile, (("h",), (1.0,))), Sheet(hostile, (("h",), (2.0,)))),
    )
