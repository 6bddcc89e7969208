"""A sound notice of our own making, and the same with something wrong in it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

Random = random.Random
UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
EXT = "http://data.europa.eu/p27/eforms-"
HEAD = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<ContractNotice xmlns="{UBL}ContractNotice-2" xmlns:cac="{UBL}CommonAggregateComponents-2"
 xmlns:cbc="{UBL}CommonBasicComponents-2" xmlns:ext="{UBL}CommonExtensionComponents-2"
 xmlns:efac="{EXT}ubl-extension-aggregate-components/1" xmlns:efbc="{EXT}ubl-extension-basic-components/1"
 xmlns:efext="{EXT}ubl-extensions/1">
<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>
<efac:NoticeSubType><cbc:SubTypeCode listName="notice-subtype">E3</cbc:SubTypeCode></efac:NoticeSubType>
</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
<cbc:CustomizationID>eforms-sdk-1.13#extended#urn:fdc:anskaffelser.no:2026:eforms:national-e</cbc:CustomizationID>
<cbc:ID schemeName="notice-id">11111111-2222-4333-8444-555555555555</cbc:ID>
<cbc:ContractFolderID>66666666-7777-4888-8999-000000000000</cbc:ContractFolderID>
<cbc:IssueDate>2026-09-15+02:00</cbc:IssueDate>
<cbc:NoticeTypeCode listName="competition">cn-standard</cbc:NoticeTypeCode>
<cbc:NoticeLanguageCode>NOR</cbc:NoticeLanguageCode>
<cac:ContractingParty><cac:ContractingPartyType>
<cbc:PartyTypeCode listName="buyer-legal-type">la</cbc:PartyTypeCode>
</cac:ContractingPartyType></cac:ContractingParty>
<cac:TenderingTerms><cac:ProcurementLegislationDocumentReference>
<cbc:ID schemeName="ELI">https://lovdata.no/eli/forskrift/2016/8/12/974</cbc:ID>
</cac:ProcurementLegislationDocumentReference></cac:TenderingTerms>
<cac:TenderingProcess>
<cbc:ProcedureCode listName="procurement-procedure-type">open</cbc:ProcedureCode>
</cac:TenderingProcess>
"""
LOT = """\
<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">LOT-{at:04d}</cbc:ID>
<cac:TenderingTerms>
<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>
<efac:SelectionCriteria>
<cbc:TendererRequirementTypeCode listName="selection-criterion"
>slc-stand-to-gen</cbc:TendererRequirementTypeCode>
<cbc:Description languageID="NOR">Minste årsomsetning er 3 000 000 NOK.</cbc:Description>
</efac:SelectionCriteria></efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>
<cac:Language><cbc:ID>NOB</cbc:ID></cac:Language>
</cac:TenderingTerms>
<cac:TenderingProcess><cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>2026-10-20+02:00</cbc:EndDate>
</cac:TenderSubmissionDeadlinePeriod></cac:TenderingProcess>
<cac:ProcurementProject><cbc:Name languageID="NOR">Del {at}</cbc:Name>
<cac:PlannedPeriod><cbc:DurationMeasure unitCode="MONTH">24</cbc:DurationMeasure></cac:PlannedPeriod>
</cac:ProcurementProject></cac:ProcurementProjectLot>
"""
SMALL_LOT = '<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">L{at}</cbc:ID></cac:ProcurementProjectLot>\n'
NUMBERS = ("-5", "9" * 300, "1e999", "NaN", "INF", "0", "0.000000001", "1,5", "１２", "", " ", "-0", "1" * 25)
DAYS = (
    "2026-09-15Z", "2026-09-15-11:00", "2026-09-15+14:00", "0000-00-00", "9999-12-31+01:00", "2026-02-30",
    "15.9.2026", "2026-09-15T25:61:00", "-2026-09-15", "20260915",
)  # fmt: skip
BOMB = '<!DOCTYPE ContractNotice [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9)
)
OUTSIDE = '<!DOCTYPE ContractNotice [<!ENTITY x SYSTEM "{0}">'
ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "cp037", "utf-7", "shift_jis")


def sound(lots: int = 2, lot: str = LOT) -> bytes:
    """A notice with nothing wrong but a demand that is too high."""
    return (HEAD + "".join(lot.format(at=at) for at in range(1, lots + 1)) + "</ContractNotice>").encode()


def mutated(chance: Random, notices: Sequence[bytes] = ()) -> bytes:
    """A notice with one to three things wrong."""
    content = chance.choice((*notices, sound(), sound(5)))
    for _ in range(chance.randint(1, 3)):
        content = chance.choice(MUTATIONS)(content, chance)
    return content


def _cut(content: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _bomb(content: bytes, chance: Random) -> bytes:
    end = "]>" if chance.random() < 0.9 else ""
    head = (
        BOMB
        if chance.random() < 0.7
        else OUTSIDE.format(chance.choice(("file:///etc/passwd", "http://127.0.0.1:9/x")))
    )
    inside = content.replace(b">NOR<", b">&j;<" if head is BOMB else b">&x;<")
    return re.sub(rb"(<\?xml.*?\?>)?", lambda found: found[0] + (head + end).encode(), inside, count=1)


def _many_lots(content: bytes, chance: Random) -> bytes:
    count = chance.choice((100, 1000, 10_000, 10_001)) if chance.random() < 0.05 else 50
    lots = "".join(SMALL_LOT.format(at=at) for at in range(count)).encode()
    return content.replace(b"</ContractNotice>", lots + b"</ContractNotice>")


def _namespace(content: bytes, chance: Random) -> bytes:
    names = re.findall(rb'"(urn:oasis[^"]+|http://data[^"]+)"', content) or [b"x"]
    return content.replace(chance.choice(names), chance.choice((b"urn:x", b"", b"\xc3\xa6", b"cac")))


def _encoding(content: bytes, chance: Random) -> bytes:
    name = chance.choice(ENCODINGS)
    try:
        written = content.decode().encode(name, "replace")
    except UnicodeError:
        return content[::2]
    return written if chance.random() < 0.5 else written.replace(b"UTF-8", name.encode())


def _number(content: bytes, chance: Random) -> bytes:
    number = chance.choice(NUMBERS).encode()
    return re.sub(rb">\d[\d.]*<", lambda _: b">" + number + b"<", content, count=chance.randint(0, 5))


def _day(content: bytes, chance: Random) -> bytes:
    day = chance.choice(DAYS).encode()
    return re.sub(
        rb">\d{4}-\d\d-\d\d[^<]*<", lambda _: b">" + day + b"<", content, count=chance.randint(0, 3)
    )


def _deep(content: bytes, chance: Random) -> bytes:
    depth = chance.choice((50, 255, 300, 5000))
    return content.replace(
        b"</ContractNotice>", b"<cbc:A>" * depth + b"</cbc:A>" * depth + b"</ContractNotice>"
    )


def _bytes(content: bytes, chance: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _tag(content: bytes, chance: Random) -> bytes:
    tags = re.findall(rb"<(c[ab]c:\w+)", content) or [b"x"]
    return content.replace(b"<" + chance.choice(tags), b"<" + chance.choice(tags), chance.randint(1, 4))


def _long(content: bytes, chance: Random) -> bytes:
    size = chance.choice((1_000, 100_000, 2_000_000) if chance.random() < 0.1 else (1_000, 10_000))
    text = chance.choice((b"omsetning NOK ", b"1 000 ", b"a@", b"+47 ", b"turnover. ", b"00 ")) * (size // 10)
    return content.replace(b"Minste", text, 1)


MUTATIONS: tuple[Callable[[bytes, Random], bytes], ...] = (
    _cut, _bomb, _many_lots, _namespace, _encoding, _number, _day, _deep, _bytes, _tag, _long,
)  # fmt: skip
