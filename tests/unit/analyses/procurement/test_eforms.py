"""The reader of eForms: the map against whole XPaths, field by field, and what never enters."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tyngdepunkt.analyses.procurement.eforms import read, scrubbed
from tyngdepunkt.analyses.procurement.fieldmap import NAMESPACES, fields
from tyngdepunkt.analyses.procurement.model import Source

Notice = Callable[..., bytes]


def _found(record: Any, key: str) -> Iterator[str]:
    """Every value of a field, in groups too."""
    for name, told in record.items():
        for each in told:
            if isinstance(each, dict):
                yield from _found(each, key)
            elif name == key:
                yield each[0]


def _records(source: Source, level: str) -> list[Any]:
    return [lot.record for lot in source.lots] if level == "Lot" else [source.record]


def _level(name: str) -> str:
    return "Lot" if "-Lot" in name and "-LotResult" not in name else ""


def _plain(xpath: str) -> str:
    """The SDK writes XPath 2; lxml knows 1: a comparison with several texts is two comparisons."""
    return xpath.replace(
        "not(cbc:ID/text()=('CrossBorderLaw','LocalLegalBasis'))",
        "not(cbc:ID/text()='CrossBorderLaw') and not(cbc:ID/text()='LocalLegalBasis')",
    )


def test_every_field_is_what_its_xpath_finds(notices: Path, notice: Notice) -> None:
    seen: Counter[str] = Counter()
    for path in sorted(notices.glob("*.xml")):
        content = notice(path.stem)
        source, root = read(content), etree.fromstring(content)
        if any(lot.part for lot in source.lots):
            continue
        for field in fields().values():
            if field.id == "BT-137-Lot" or field.id.startswith("BT-01("):
                continue
            level = _level(field.id)
            alike = [each for each in fields().values() if each.key == field.key and _level(each.id) == level]
            told = [e for each in alike for e in root.xpath(_plain(each.xpath), namespaces=NAMESPACES)]
            wanted = [(each if isinstance(each, str) else each.text or "").strip() for each in told]
            found = [text for record in _records(source, level) for text in _found(record, field.key)]
            assert sorted(found) == sorted(scrubbed(text) for text in wanted), (path.name, field.id)
            seen[field.id] += len(found)
    assert sum(count > 0 for count in seen.values()) > 55


def test_the_maximal_notice_field_by_field(notice: Notice) -> None:
    source = read(notice("sdk_cn_24_maximal"))
    lots = [lot.record for lot in source.lots]
    assert len(lots) == 2
    assert [lot["BT-726"] for lot in lots] == [[("true", "")]] * 2
    assert [lot["BT-27"] for lot in lots] == [[("9999999.99", "EUR")]] * 2
    assert [source.record[key][0][0] for key in ("BT-31", "BT-33", "BT-763")] == ["2", "2", "all"]
    weights = [text for lot in lots for text in _found(lot, "BT-541")]
    assert weights == ["60", "40", "60", "40"]
    codes = [list(_found(lot, "BT-809")) for lot in lots]
    assert codes == [["slc-suit-reg-prof", "slc-stand-other", "slc-abil-staff-tech-work"]] * 2


def test_lots_that_share_their_terms_are_read_as_if_they_stood_alone(notices: Path) -> None:
    import gzip

    content = gzip.decompress((notices / "eforms_eu_sdk_cn_24_maximal_100_lots.xml.gz").read_bytes())
    source, root = read(content), etree.fromstring(content)
    assert len(source.lots) == 100
    for field in (each for each in fields().values() if each.id.endswith("-Lot") and each.key != "BT-137"):
        below = field.xpath.replace("/*/cac:ProcurementProjectLot[cbc:ID/@schemeName='Lot']/", "")
        for lot, element in zip(
            source.lots, root.iterfind("cac:ProcurementProjectLot", NAMESPACES), strict=True
        ):
            wanted = [(each.text or "").strip() for each in element.xpath(below, namespaces=NAMESPACES)]
            assert list(_found(lot.record, field.key)) == wanted


def test_older_codes_are_read_and_said(notice: Notice) -> None:
    older = read(notice("test_cn_24", sdk="1.10"))
    assert "ef-stand" in list(_found(older.lots[0].record, "BT-747"))
    assert older.told == []
    assert ("older_path", "BT-747") in read(notice("test_cn_24", sdk="1.15")).told


def test_no_person_comes_through_the_door(notice: Notice) -> None:
    content = notice("VALID-national-e3-nor-env")
    assert b"Haraldlabb" in content
    source = read(content)
    told = str(source.record) + str([lot.record for lot in source.lots])
    assert "Haraldlabb" not in told
    assert "@" not in told
    assert "69696969" not in told


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Spør kari.nordmann@kommune.no i dag", "Spør […] i dag"),
        ("Ring +47 69 69 69 69.", "Ring […]."),
        ("Omsetning 2 000 000 NOK", "Omsetning 2 000 000 NOK"),
        ("Omsetning 10 000 000 000,00 NOK", "Omsetning 10 000 000 000,00 NOK"),
    ],
)
def test_mail_and_phone_are_struck_out_of_free_text(text: str, kept: str) -> None:
    assert scrubbed(text) == kept
