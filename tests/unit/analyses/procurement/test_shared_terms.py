"""A notice whose repeated terms are written once is read as the whole; in doubt it is left alone."""

import gzip
from pathlib import Path

import pytest

from mutated_notices import MUTATIONS, Random, sound
from tyngdepunkt.analyses.procurement import eforms
from tyngdepunkt.analyses.procurement.model import Lot, Source
from tyngdepunkt.analyses.procurement.shared_terms import LEAST_BYTES, shortened
from tyngdepunkt.errors import UserError

MANY = sound(250)
TERMS = MANY[MANY.rindex(b"<cac:TenderingTerms>") : MANY.rindex(b"</cac:TenderingTerms>") + 21]


def _read(content: bytes) -> tuple[Source | None, list[tuple[str, object]]]:
    try:
        return eforms.read(content), []
    except UserError as error:
        return None, [(fault.key, fault.values) for fault in error.faults]


def _same(content: bytes, patch: pytest.MonkeyPatch) -> None:
    found, faults = _read(content)
    with patch.context() as whole:
        whole.setattr(eforms, "shortened", lambda _: None)
        wanted, wanted_faults = _read(content)
    assert faults == wanted_faults
    if found is not None and wanted is not None:
        assert found.record == wanted.record
        assert [(lot.id, lot.record) for lot in found.lots] == [(lot.id, lot.record) for lot in wanted.lots]
        assert [_lines(lot) for lot in found.lots] == [_lines(lot) for lot in wanted.lots]


def _lines(lot: Lot) -> list[tuple[str, list[int]]]:
    return [(key, [at + moved for at in held]) for lines, moved in lot.lines for key, held in lines.items()]


def test_a_large_notice_is_shortened_and_read_as_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(MANY) > LEAST_BYTES
    short = shortened(MANY)
    assert short is not None
    assert short.count(b"slc-stand-to-gen") == 1
    _same(MANY, monkeypatch)
    assert shortened(sound(3)) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<cac:Language>", b"<!-- a --><cac:Language>"),
        (b"<cac:Language>", b"<![CDATA[<cac:TenderingTerms>]]><cac:Language>"),
        (b"<cac:Language>", b"<?a b?><cac:Language>"),
        (b"<cac:Language>", b"<cac:TenderingTerms></cac:TenderingTerms><cac:Language>"),
        (b"<cac:Language>", b'<cac:Language xmlns:cbc="urn:x">'),
        (b"<cac:TenderingTerms>", b'<cac:TenderingTerms tp-same="0">'),
        (b"<cac:TenderingProcess>", b'<cac:TenderingProcess tp-same="0">'),
        (b"<cac:TenderingProcess>", b'<cac:TenderingProcess  tp-same-first="0">'),
        (b"<cac:TenderingProcess>", b"<cac:TenderingProcess\n>"),
        (b"<cac:TenderingProcess>", b"<cac:TenderingProcess><cac:TenderingProcess/>"),
        (b"</cac:TenderingProcess>", b""),
        (b"<cac:TenderingTerms>", b"<cac:TenderingTerms >"),
        (b"</cac:TenderingTerms>", b"</cac:TenderingTerms >"),
        (b"<cac:Language>", b'<cac:Language tp-same ="0">'),
        (b"<cac:Language>", b"<cac:Language tp-same-first='0'>"),
        (b'xmlns:cac="urn', b'xmlns:cac="urm'),
        (b"</cac:TenderingTerms>", b""),
    ],
)
def test_where_in_doubt_it_is_left_alone(old: bytes, new: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    content = new.join(MANY.rsplit(old, 1))
    assert content != MANY
    assert shortened(content) is None
    _same(content, monkeypatch)


def test_terms_of_the_whole_that_are_those_of_the_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    first = MANY.index(b"<cac:TenderingTerms>")
    last = MANY.index(b"</cac:TenderingTerms>") + 21
    before = MANY[:first] + TERMS + MANY[last:]
    after = MANY[:first] + MANY[last:].replace(b"</ContractNotice>", TERMS + b"</ContractNotice>")
    for content in (before, after):
        assert shortened(content) is not None
        _same(content, monkeypatch)


def test_the_hundred_lots_are_read_as_the_whole(notices: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = gzip.decompress((notices / "eforms_eu_sdk_cn_24_maximal_100_lots.xml.gz").read_bytes())
    short = shortened(content)
    assert short is not None
    assert len(short) < len(content) / 3
    _same(content, monkeypatch)


def test_terms_that_differ_leave_the_process_to_be_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    first, *rest = MANY.split(b"<cac:TenderingTerms>")
    numbered = (b"<cac:TenderingTerms><cbc:Note>%d</cbc:Note>" % at + each for at, each in enumerate(rest))
    content = b"".join((first, *numbered))
    short = shortened(content)
    assert short is not None
    assert short.count(b"<cbc:Note>") == content.count(b"<cbc:Note>")
    assert short.count(b"<cbc:EndDate>") < 5
    _same(content, monkeypatch)


def test_every_kind_of_mutation_reads_alike_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    for at in range(60):
        chance = Random(f"terms:{at}")
        content = MUTATIONS[at % len(MUTATIONS)](MANY, chance)
        _same(content, monkeypatch)
