"""Reads eForms XML, European and Norwegian: one walk along the field map, nothing outside it.

Names, mail and phone of contact persons and of beneficial owners are not in the map, so they never enter;
addresses of mail and numbers of phones inside free texts are struck out.
"""

from __future__ import annotations

import marshal
import re
from functools import cache
from typing import Any

from tyngdepunkt.analyses.procurement.door import MAX_BYTES, root_of
from tyngdepunkt.analyses.procurement.fieldmap import Node, clark, fields, tree
from tyngdepunkt.analyses.procurement.lines import Lines
from tyngdepunkt.analyses.procurement.model import Lot, Record, Source
from tyngdepunkt.analyses.procurement.shared_terms import KEPT, REFERENCE, shortened
from tyngdepunkt.errors import Fault, UserError

MOST_LOTS = 10_000
LONGEST = 20_000
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(r"(?<![\w.,])(?<!\d[ \u00a0])(?:\+|00)\d[\d ()-]{6,18}\d")
_LISTED = "listName"
_MANY = 3
_NOTHING = Node()
_LOT, _ID = clark("cac:ProcurementProjectLot"), clark("cbc:ID")
_PROJECT = clark("cac:ProcurementProject")
_TERMS = clark("cac:TenderingTerms")
_SHARED = (_TERMS, clark("cac:TenderingProcess"))
_BLOCKS = (*_SHARED, _PROJECT)


def read(content: bytes) -> Source:
    """A notice from eForms XML.

    Raises:
        UserError: it is refused at the door, or has more lots than ids can name.
    """
    short = shortened(content) if len(content) <= MAX_BYTES else None
    root, lots = _root_and_lots(content, short)
    record: Record = {}
    lines: Lines = {}
    if len(lots) > MOST_LOTS:
        values = {"count": len(lots), "limit": MOST_LOTS}
        raise UserError(Fault("analyses.procurement:too_many_lots", values))
    whole = [lot for lot in lots if not lot.part]
    _walk(root, _head(), record, lines)
    return Source("eforms", record, whole or lots or [Lot(None, {})], _told(record, lots), lines=lines)


def _root_and_lots(content: bytes, short: bytes | None) -> tuple[Any, list[Lot]]:
    """The notice parsed from its shortened form; from the whole one where that does not work out."""
    if short is not None:
        try:
            root = root_of(short)
            if not any(child.get(REFERENCE) for child in root):
                return root, _lots(root, short=True)
        except (UserError, LookupError):
            pass
    root = root_of(content)
    return root, _lots(root)


def _lots(root: Any, *, short: bool = False) -> list[Lot]:
    """Lots and parts. Lots mostly share their terms: a block that was read is not read again.

    Args:
        root: the notice.
        short: whether it stands for a longer one, with references to terms (`shortened`).

    Raises:
        LookupError: a reference to terms that are not a lot's.
    """
    step, elements = tree().children[_LOT], list(root.iterchildren(_LOT))
    kept: dict[tuple[str, str], tuple[Record, Any, Lines, int]] = {}
    many = len(elements) >= _MANY
    lots = []
    for element in elements:
        name, scheme = "", ""
        record: Record = {}
        likeness: list[Any] = []
        placed: list[tuple[Lines, int]] = []
        for child in element[:]:
            tag = child.tag
            if tag == _ID:
                name, scheme = (child.text or "").strip(), child.get("schemeName", "")
                placed.append(({"BT-137": [child.sourceline]}, 0))
            elif tag in _BLOCKS:
                again = child.get(REFERENCE) if short else None
                if again is not None and tag in _SHARED:
                    block, like, lines, began = kept[tag, again]
                    placed.append((lines, child.sourceline - began))
                else:
                    block, lines = {}, {}
                    _walk(child, step.children[tag], block, lines)
                    placed.append((lines, 0))
                    like = marshal.dumps(block) if many and short else None
                    if short and tag in _SHARED and child.get(KEPT):
                        kept[tag, child.get(KEPT)] = block, like, lines, child.sourceline
                record.update(block)
                likeness.append(like)
        if scheme != "LotsGroup":
            alike = tuple(likeness) if many and short else None
            lots.append(Lot(name or None, record, scheme == "Part", alike, placed))
    return lots


@cache
def _head() -> Node:
    """The map without its lots."""
    whole = tree()
    return Node({tag: node for tag, node in whole.children.items() if tag != _LOT})


def _walk(element: Any, node: Node, record: Record, lines: Lines) -> None:
    """Fill a record with what the map knows below an element, and keep the line of each value."""
    known = node.children
    for child in element[:]:  # lxml makes them all at once in half the time of one after another
        step = known.get(child.tag)
        if step is None:
            continue
        if step.only:
            (key, attribute), text = step.only, child.text
            told = child.get(attribute, "") if attribute else ""
            record.setdefault(key, []).append((text.strip() if text else "", told))
            lines.setdefault(key, []).append(child.sourceline)
            continue
        here = record
        if step.group:
            here = {}
            record.setdefault(step.group, []).append(here)
        if step.listed or step.fields:
            _fill(child, step, here, lines)
        if step.through:
            child, step = _through(child, step)
        if step.children:
            _walk(child, step, here, lines)


def _through(element: Any, step: Node) -> tuple[Any, Node]:
    """Down the four elements that only hold an extension, each alone in the one above."""
    while step.through and len(element) == 1:
        element, step = element[0], step.through
        if element.tag != step.tag:
            return element, _NOTHING
    return element, step


def _fill(child: Any, step: Node, here: Record, lines: Lines) -> None:
    """Keep the fields of one element."""
    text = (child.text or "").strip()
    if step.listed:
        key = step.listed.get(child.get(_LISTED))
        if key is not None:
            here.setdefault(key, []).append((text, ""))
            lines.setdefault(key, []).append(child.sourceline)
        return
    if step.free:
        text = scrubbed(text)
    for key, attribute, only in step.fields:
        told = child.get(attribute, "") if attribute else ""
        here.setdefault(key, []).append((told if only else text, told))
        lines.setdefault(key, []).append(child.sourceline)


def scrubbed(text: str) -> str:
    """A free text without addresses of mail and numbers of phones, and not without end."""
    text = text[:LONGEST]
    if "@" in text:
        text = _MAIL.sub("[…]", text)
    if "+" in text or "00" in text:
        text = _PHONE.sub("[…]", text)
    return text


def _told(record: Record, lots: list[Lot]) -> list[tuple[str, str]]:
    """What should be known of how it was read."""
    version = Source("eforms", record).sdk
    told = [] if version else [("no_sdk", "OPT-002")]
    until = fields()["BT-747-Lot"].until
    if version and _number(version) > _number(until):
        older = any("BT-747" in each for lot in lots for each in lot.record.get("selection", ()))
        told += [("older_path", "BT-747")] if older else []
    return told


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(each) for each in version.split("."))
