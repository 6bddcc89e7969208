"""What is printed of a profile: its figures and their ranges, as one reads them."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tyngdepunkt import texts
from tyngdepunkt.analyses.business.narrative import blocks
from tyngdepunkt.analyses.contract import Setting, analysis
from tyngdepunkt.analyses.parameters import read_parameters
from tyngdepunkt.documents.document import Table
from tyngdepunkt.places import Places

BUSINESS = analysis("business")


def profile_of(places: Places, name: str, lang: str) -> Any:
    question = read_parameters(BUSINESS, {"place": name}, str)
    return BUSINESS.answer({}, question, Setting(lang, lambda: places))


_NUMBER = r"[+−-]?\d+(?:[\u00a0\u202f ,]\d{3})*(?:[.,]\d+)?"  # a minus as it is printed
_WITH_RANGE = re.compile(rf"({_NUMBER})(?:\s%)? \(({_NUMBER})(?:–|\sto\s|\stil\s)({_NUMBER})(?:\s%)?\)")
_SPAN = re.compile(rf"({_NUMBER})(?:–|\sto\s|\stil\s)({_NUMBER})(?:\s%)?")


def read_back(printed: str, lang: str) -> tuple[float, int]:
    """A number as it is printed, and how many decimals it has."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", printed).replace("−", "-")
    bare = bare.replace(",", "") if lang == "en" else bare.replace(",", ".")
    return float(bare), len(bare.partition(".")[2])


def ranged_cells(table: Table, lang: str) -> Iterator[tuple[str, str, str]]:
    """The figure of each row that is followed by a column of ranges, and the ends of its range."""
    head = [column.title for column in table.columns]
    for at in [
        at for at, title in enumerate(head) if title == texts.text("analyses.business:view.range", lang)
    ]:
        for row in table.rows:
            span = _SPAN.fullmatch(str(row[at] or ""))
            value = row[at - 1]
            if span is not None and isinstance(value, float):
                times = 100 if table.columns[at - 1].form == "share" else 1
                yield texts.number(value * times, table.columns[at - 1].decimals, lang), span[1], span[2]


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
@pytest.mark.parametrize("place", ["Tinn", "Fyresdal", "Utsira", "Oslo", "Telemark", "Grenland"])
def test_every_figure_lies_within_its_range_as_both_are_printed(
    norway: Places, place: str, lang: str
) -> None:
    found = []
    for block in blocks(profile_of(norway, place, lang), lang):
        said = block.caption if isinstance(block, Table) else str(getattr(block, "text", ""))
        found += [match.groups() for match in _WITH_RANGE.finditer(said)]
        found += list(ranged_cells(block, lang)) if isinstance(block, Table) else []
    assert found
    for printed in found:
        (value, own), (low, first), (high, last) = (read_back(each, lang) for each in printed)
        assert own == first == last, printed
        assert low <= value <= high, printed
