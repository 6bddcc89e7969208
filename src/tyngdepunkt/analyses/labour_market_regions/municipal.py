"""Places of a file that are Norwegian municipalities: which, and which of today's are whole in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tyngdepunkt.analyses.labour_market_regions.parameters import Commuting
from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.inputs.faults import FileFaults
from tyngdepunkt.methods.labour_markets.flows import Flows, from_cells
from tyngdepunkt.places import Places

ROOM = "analyses.labour_market_regions"
FIRST_YEAR = 2017
STRUCTURES = (FIRST_YEAR, 2018, 2019, 2020, 2023, 2024)
"""Years municipalities were renumbered: a structure holds until the next; the last is the snapshot's."""

_NUMBER = re.compile(r"(?:K[-_ ]?)?([0-9]{3,4})(?:\s+[^\d\s].*)?", re.IGNORECASE)
Shares = dict[str, list[tuple[str, float]]]
"""Number of a municipality → those of the snapshot it is in, with the share in each."""


@dataclass(frozen=True, slots=True)
class Recoded:
    """Flows of a file between municipalities of the snapshot.

    Args:
        flows: in the order of all municipality numbers of the snapshot.
        whole: numbers of those that are whole in the file; the others are missing, not empty.
    """

    flows: Flows
    whole: tuple[str, ...]


def recoded(places: Places, given: Commuting, year: int) -> Recoded:
    """Flows between municipalities of an earlier structure, in those of the snapshot.

    Flows to and from a municipality that was divided are shared out in the shares of the snapshot. One that
    was put together is whole where all its parts are in the file.

    Args:
        places: an open snapshot.
        given: between municipalities by their numbers of that year, or of the snapshot, or by name.
        year: of the flows.

    Raises:
        UserError: places that are no municipality, or none of them is whole.
    """
    codes = sorted(places.municipalities)
    position = {code: i for i, code in enumerate(codes)}
    numbered = [_number(places, text, year) for text in given.places]
    shares = _shares(places, set(numbered), year)
    _check(given, numbered, shares, year)
    whole = _whole(set(numbered), shares)
    if not whole:
        raise UserError(Fault(f"{ROOM}:none_whole", {"year": year}))
    every = given.flows.matrix.tocoo()
    cells = [
        (position[home], position[work], persons * part * other)
        for i, j, persons in zip(every.row.tolist(), every.col.tolist(), every.data.tolist(), strict=True)
        for home, part in shares[numbered[i]]
        for work, other in shares[numbered[j]]
    ]
    flows = from_cells([c[0] for c in cells], [c[1] for c in cells], [c[2] for c in cells], len(codes))
    return Recoded(flows, tuple(code for code in codes if code in whole))


def _shares(places: Places, numbers: set[str], year: int) -> Shares:
    """By the structure of the year, or by the snapshot's own where that knows more of the numbers."""
    own: Shares = {code: [(code, 1.0)] for code in places.municipalities}
    structure = max((each for each in STRUCTURES if each <= year), default=FIRST_YEAR)
    if structure == STRUCTURES[-1] or not places.has("code_share"):
        return own
    then: Shares = defaultdict(list)
    which = {"structure_from": structure, "structure_to": STRUCTURES[-1]}
    for old, new, share in places.rows("code_share", ("old_code", "new_code", "share"), **which):
        then[old].append((new, share))
    return own if len(numbers & own.keys()) > len(numbers & then.keys()) else dict(then)


def _whole(numbers: set[str], shares: Shares) -> set[str]:
    """Municipalities of the snapshot of which every part is in the file."""
    parts: dict[str, set[str]] = defaultdict(set)
    for old, into in shares.items():
        for new, _ in into:
            parts[new].add(old)
    return {new for new, olds in parts.items() if olds <= numbers}


def _number(places: Places, text: str, year: int) -> str:
    """The number of a place; empty where it has none.

    A name is taken only where it is one municipality's own, that year or today: the lookup has nothing to
    tell but that the number is another since.
    """
    found = _NUMBER.fullmatch(text.strip())
    if found:
        return found[1].zfill(4)
    then = places.numbers_in_force(text, year)
    if len(then) == 1:
        return then[0]
    try:
        resolved = places.resolve(text)
    except UserError:
        return ""
    if resolved.notice is None:
        return resolved.municipality.code
    return str(resolved.notice.values["old"]) if resolved.notice.key == "places:old_number" else ""


def _check(given: Commuting, numbers: Sequence[str], shares: Shares, year: int) -> None:
    """Refuse places that are no municipality, and a municipality that is written in two ways.

    Those that stand in official tables are told by what they are.
    """
    known = no_municipalities()
    labels = {label.casefold() for label in known.values()}
    others: list[str] = []
    faults = Faults()
    told = FileFaults(faults)
    written: dict[str, str] = {}
    for text, number in zip(given.places, numbers, strict=True):
        where = given.first.get(text, "")
        if number in shares:
            first = written.setdefault(number, text)
            if first != text:
                told.add(f"{ROOM}:same_municipality", where, first=first, second=text, number=number)
        elif number in known:
            others.append(f"{number} ({known[number]})")
        elif text.strip().casefold() in labels:
            others.append(text.strip())
        else:
            told.add(f"{ROOM}:unknown_municipality", where, place=text, year=year)
    told.close()
    if others:
        faults.add(f"{ROOM}:no_municipality", places=list(dict.fromkeys(others)))
    faults.raise_if_any()


def no_municipalities() -> dict[str, str]:
    """Numbers in Statistics Norway's tables that are no municipality, and what each is called there."""
    from tyngdepunkt.texts import read_yaml

    found: dict[str, str] = read_yaml(f"tyngdepunkt.{ROOM}", "words.yaml")["no_municipality"]
    return found
