"""The field map: which element of a notice is which field, grown into one tree that is walked once.

`fields.yaml` gives each field its absolute XPath in the SDK. What distinguishes two fields in the same
element is a code list named in an attribute; that is the only predicate that is needed to read them (a
test compares every field with its whole XPath on every stored notice). Nothing outside the map is read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tyngdepunkt.texts import read_yaml

NAMESPACES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "ext": "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2",
    "efac": "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1",
    "efbc": "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1",
    "efext": "http://data.europa.eu/p27/eforms-ubl-extensions/1",
}
FREE = ("BT-24", "BT-300", "BT-750", "BT-75", "BT-540", "BT-76")
_LEVEL = re.compile(r"-(Lot|Procedure|notice|Part|LotResult|Tender|Tenderer|Contract|Organization)\b.*")
_LIST = re.compile(r"([\w:]+)?/?@listName\s*=\s*'([^']+)'")
_INNER = re.compile(r"\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the map.

    Args:
        id: its name in the SDK, such as `BT-27-Lot`.
        key: the same without the level: what a record calls it.
        xpath: absolute, in the SDK.
        ocds: where OCDS keeps it; None where it has no place.
        attribute: the attribute that belongs to the value (currency, unit, language), or empty.
        until: the last SDK version with this path, or empty.
    """

    id: str
    key: str
    xpath: str
    ocds: str | None
    attribute: str = ""
    until: str = ""


@dataclass(slots=True)
class Node:
    """An element on the way to fields.

    Args:
        children: tag of what is under it → its own node.
        fields: the fields that are in this element: key, and the attribute that goes with the text; the
            last says that the attribute is the value.
        listed: the same where the code list decides: name of the list → key.
        group: the group it opens, or empty.
        free: whether it holds free text.
        tag: what it is called.
        through: its one child, where it is only a way to it and neither of them opens a group; else None.
        only: key and attribute of its one field, where there is nothing else to read in it; else None.
    """

    children: dict[Any, Node] = field(default_factory=dict)
    fields: tuple[tuple[str, str, bool], ...] = ()
    listed: dict[str, str] = field(default_factory=dict)
    group: str = ""
    free: bool = False
    tag: str = ""
    through: Node | None = None
    only: tuple[str, str] | None = None


@cache
def fields() -> dict[str, Field]:
    """Every field, by its id."""
    read = read_yaml(__package__, "fields.yaml")["fields"]
    return {name: Field(name, key_of(name), **entry) for name, entry in read.items()}


def key_of(name: str) -> str:
    """`BT-27` from `BT-27-Lot`; `BT-131(d)` from `BT-131(d)-Lot`."""
    return _LEVEL.sub("", name)


@cache
def _groups() -> dict[str, str]:
    """Tag → the group it opens."""
    return {clark(tag): name for name, tag in read_yaml(__package__, "fields.yaml")["groups"].items()}


def groups_to(xpath: str) -> tuple[str, ...]:
    """The groups on the way to a field, below its lot."""
    tags = [clark(name) for name, _ in _steps(xpath) if not name.startswith("@")]
    return tuple(_groups()[tag] for tag in tags if _groups().get(tag, "lots") != "lots")


@cache
def tree() -> Node:
    """The map as a tree of steps below the root element."""
    groups = _groups()
    root = Node()
    for each in fields().values():
        _grow(root, each, groups)
    _shorten(root)
    return root


def _shorten(node: Node) -> None:
    """Find the elements that only lead to another, and those that hold one plain text."""
    for tag, child in node.children.items():
        child.tag = tag
        if len(child.fields) == 1 and not (child.listed or child.free or child.children or child.group):
            key, attribute, in_attribute = child.fields[0]
            child.only = None if in_attribute else (key, attribute)
        _shorten(child)
    [*rest] = node.children.values()
    if len(rest) == 1 and not (rest[0].group or rest[0].fields or rest[0].listed):
        node.through = rest[0]


def _grow(root: Node, each: Field, groups: dict[str, str]) -> None:
    steps = _steps(each.xpath)
    node, attribute, wanted = root, each.attribute, ""
    for place, (name, predicate) in enumerate(steps):
        if name.startswith("@"):
            attribute = name[1:]
            break
        tag = clark(name)
        node = node.children.setdefault(tag, Node())
        node.group = groups.get(tag, "")
        wanted = _list_of(steps, place, predicate) or wanted
    only = steps[-1][0].startswith("@")
    if wanted:
        node.listed[wanted] = each.key
    else:
        node.fields = (*node.fields, (each.key, attribute, only))
    node.free = node.free or each.key in FREE


def _steps(xpath: str) -> list[tuple[str, str]]:
    """Name and predicates of each step below the root."""
    predicates: list[str] = []

    def kept(found: re.Match[str]) -> str:
        predicates.append(found[0])
        return f"\x00{len(predicates) - 1}\x01"

    flat = xpath
    while _INNER.search(flat):
        flat = _INNER.sub(kept, flat)
    steps = []
    for step in flat.removeprefix("/*/").split("/"):
        name, _, rest = step.partition("\x00")
        steps.append((name, "".join(predicates[int(n)] for n in re.findall(r"(\d+)\x01", rest))))
    return steps


def _list_of(steps: list[tuple[str, str]], place: int, predicate: str) -> str:
    """The code list a step's predicates ask for, where it is that of the field's own element."""
    for each in _INNER.findall(predicate):
        if "not(" in each or "\x00" in each:
            continue
        found = _LIST.search(each)
        last = steps[-1][0] if not steps[-1][0].startswith("@") else steps[-2][0]
        if found and (place == len(steps) - 1 or (found[1] or "").split("/")[-1] == last.split("/")[-1]):
            return found[2]
    return ""


def clark(name: str) -> str:
    """`{namespace}local` from `prefix:local`."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"
