"""Where in the file an answer was read: the line of the element, or of the word in a draft.

Lines are kept beside the fields and not in them, so that lots which say the same in other lines are equal.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from tyngdepunkt.analyses.procurement.fieldmap import fields, groups_to, key_of

if TYPE_CHECKING:
    from tyngdepunkt.analyses.procurement.model import Lot, Record, Source

Lines = dict[str, list[int]]
"""Key of a field → the line (from 1) of each of its values, in the order of the file."""
Spot = tuple[str, int]
"""Key of a field, and which of its values."""
OF_LOT = ("-Lot", "-Part")
"""How the name of a field ends that stands in a lot."""
MOST = 65_534
"""The last line that libxml2 counts for certain; what stands below it has no line."""


def spot(record: Record, field: str, value: Any, near: Record | None = None) -> Spot | None:
    """Which value of a record an answer rests on; None where it rests on none, or on what is not there.

    Args:
        record: of the lot or of the whole procedure.
        field: such as `BT-809-Lot`.
        value: the answer's; the first of several that are joined counts.
        near: the record in the record that the answer was read from, where it is known.
    """
    if value is None and near is None:
        return None
    key, path = _way_to(field)
    owners = [record]
    for group in path:
        owners = [row for each in owners for row in each.get(group, ())]
    held = [(text, owner) for owner in owners for text, _ in owner.get(key, ())]
    if len(held) < 2:
        return (key, 0) if held else None
    if near is not None:
        return key, next((at for at, (_, owner) in enumerate(held) if owner is near), 0)
    wanted = value.partition(", ")[0] if isinstance(value, str) else None
    return key, next((at for at, (text, _) in enumerate(held) if text == wanted), 0)


@cache
def _way_to(field: str) -> tuple[str, tuple[str, ...]]:
    """The key of a field, and the groups on the way to it."""
    key = key_of(field)
    return key, next((groups_to(each.xpath) for each in fields().values() if each.key == key), ())


def line_in(lot: Lot, found: Spot) -> int | None:
    """The line of a value in a lot; lots that share their terms share the lines, moved by a number."""
    key, at = found
    for lines, moved in lot.lines:
        if key in lines:
            return _within(lines[key], at, moved)
    return None


def line_of(source: Source, found: Spot) -> int | None:
    """The line of a value of the whole procedure."""
    key, at = found
    return _within(source.lines[key], at, 0) if key in source.lines else None


def only(source: Source, field: str) -> int | None:
    """The line of a field that stands once in the whole file; None where it is several, or none."""
    key = key_of(field)
    places = (
        [part for lot in source.lots for part in lot.lines] if field.endswith(OF_LOT) else [(source.lines, 0)]
    )
    found = [line + moved for lines, moved in places for line in lines.get(key, ())]
    return _within(found, 0, 0) if len(found) == 1 else None


def _within(lines: list[int], at: int, moved: int) -> int | None:
    line = lines[at] + moved if at < len(lines) else 0
    return line if 0 < line <= MOST else None
