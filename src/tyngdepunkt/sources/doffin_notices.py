"""The notices themselves, as eForms XML from Doffin: every version, without those who are to be called.

Source of what identifies a version: DFØ, "Notice identifiers" (github.com/anskaffelser/eforms-sdk-nor,
docs/notice-identifiers.md at 20fb16c): each Doffin identifier is exactly one (notice-identifier,
notice-version), a new version is given a new one, and notices of one procurement are those of one
procedure-identifier. Where these stand in the XML, and where persons do: the field list of eForms SDK
(BT-701, BT-757, BT-04, BT-758; BT-502, BT-503, BT-506, BT-739, BT-500-UBO, BT-633). Not asked live.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from tyngdepunkt.sources.asked import not_as_documented
from tyngdepunkt.sources.kept import Found

if TYPE_CHECKING:
    from lxml import etree

DROPPED = (
    *("Contact", "UltimateBeneficialOwner", "TouchPoint", "Description", "Note"),
    *("PartyName", "StreetName", "AddressLine", "CompanyID"),
)
"""Elements that are not kept. The last four of buyers are, but for numbers that are not of nine digits."""
_EVERYWHERE = ("Contact", "UltimateBeneficialOwner", "TouchPoint", "Description", "Note")
_OF_OTHERS = ("PartyName", "StreetName", "AdditionalStreetName", "AddressLine")
_NUMBER = re.compile(r"\s*(?:[0-9]\s*){9}")


class Version(msgspec.Struct, frozen=True):
    """One version of one notice.

    Args:
        doffin: identifier of this version in Doffin.
        notice: identifier that all versions of the notice share; empty in a notice older than eForms.
        version: number of the version, as `02`.
        procedure: what all notices of one procurement share; a planning notice has none.
        changes: the notice and version that this one corrects.
    """

    doffin: str
    notice: str
    version: str
    procedure: str
    changes: str


class Notice(msgspec.Struct, frozen=True):
    """A notice with all of its versions that were found, the oldest first; `lacking` are not among them."""

    notice: str
    versions: tuple[Version, ...]
    lacking: tuple[str, ...]


def fetch(found: Found, ids: Sequence[str]) -> list[Version]:
    """Every notice of a search; what is kept of each is told by `DROPPED`.

    Args:
        found: where they go.
        ids: identifiers in Doffin, as `search` gave them.

    Raises:
        UserError: one that is no XML, or a source that does not answer.
    """
    versions = []
    for identity in ids:
        path = f"download/{identity}"
        came, tree = found.client.ask(path, lambda body: parsed(body, found.client.host))
        versions.append(version_of(tree, identity))
        found.add(path, {}, came, without_persons(tree), "xml")
    found.dropped = (*found.dropped, *(name for name in DROPPED if name not in found.dropped))
    return versions


def grouped(versions: Iterable[Version]) -> list[Notice]:
    """Versions of the same notice together; none is left out for another.

    A version is lacking where a later one is there, or where one that is there corrects it.
    """
    held: dict[str, dict[str, Version]] = {}
    for each in versions:
        held.setdefault(each.notice or each.doffin, {})[each.doffin] = each
    return [_notice(name, list(of.values())) for name, of in sorted(held.items())]


def parsed(body: bytes, who: str) -> etree._Element:
    """The root of a notice; no entity of it is resolved and nothing outside it is read.

    Raises:
        UserError: it is no XML, or bears a document type.
    """
    from lxml import etree

    if b"<!DOCTYPE" in body:
        raise not_as_documented(who, "DOCTYPE")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise not_as_documented(who, str(error)[:200]) from error
    if root.getroottree().docinfo.doctype:
        raise not_as_documented(who, "DOCTYPE")
    return root


def version_of(root: etree._Element, identity: str) -> Version:
    """What identifies a version; empty where the notice does not say."""

    def first(path: str) -> str:
        hits: Any = root.xpath(path)
        return str(hits[0]).strip() if hits else ""

    return Version(
        identity,
        first("/*/*[local-name()='ID'][@schemeName='notice-id']/text()"),
        first("/*/*[local-name()='VersionID']/text()"),
        first("/*/*[local-name()='ContractFolderID']/text()"),
        first("//*[local-name()='Changes']/*[local-name()='ChangedNoticeIdentifier']/text()"),
    )


def without_persons(root: etree._Element) -> bytes:
    """The same notice, without what may lead to persons; only buyers keep their names."""
    from lxml import etree

    buyers = set(_texts(root, "/*/*[local-name()='ContractingParty']//*[local-name()='ID']/text()"))
    for company in _elements(root, "//*[local-name()='Organizations']/*[local-name()='Organization']"):
        own = set(
            _texts(company, "./*[local-name()='Company']/*[local-name()='PartyIdentification']/*/text()")
        )
        person = _texts(company, "./*[local-name()='NaturalPersonIndicator']/text()") == ["true"]
        if person or not own & buyers:
            _remove(company, _OF_OTHERS)
        for number in _elements(company, ".//*[local-name()='CompanyID']"):
            if person or not _NUMBER.fullmatch(number.text or ""):
                _remove_one(number)
    _remove(root, _EVERYWHERE)
    whole: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return whole


def _remove(within: etree._Element, names: Sequence[str]) -> None:
    for name in names:
        for element in _elements(within, f".//*[local-name()='{name}']"):
            _remove_one(element)


def _remove_one(element: etree._Element) -> None:
    above = element.getparent()
    if above is not None:
        above.remove(element)


def _elements(within: etree._Element, path: str) -> list[etree._Element]:
    found: Any = within.xpath(path)
    return list(found)


def _texts(within: etree._Element, path: str) -> list[str]:
    found: Any = within.xpath(path)
    return [str(each).strip() for each in found]


def _notice(name: str, versions: list[Version]) -> Notice:
    ordered = sorted(versions, key=lambda each: (_number(each), each.doffin))
    there = {_number(each) for each in ordered}
    before = set(range(1, max(there, default=0))) - there
    return Notice(name, tuple(ordered), tuple(f"{number:02}" for number in sorted(before)))


def _number(version: Version) -> int:
    return int(version.version) if re.fullmatch(r"[0-9]{1,4}", version.version) else 0
