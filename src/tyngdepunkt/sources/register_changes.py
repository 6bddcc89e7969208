"""What has changed in Enhetsregisteret since a day, for main entities and for the workplaces under them.

Source of what stands here: OpenAPI 2.0.0 of the register, `/oppdateringer/enheter` and
`/oppdateringer/underenheter`. Not asked live when this was written. "Filtrer på dato for første gangs
uthenting … Filtrer så på updateid for å hente neste sett av resultater. (Her kan man trygt bruke
updateid+1)": so the first call names the day and every later one the identifier after the last, and no limit
on pages cuts anything off.

Kinds of change: `Ny`, `Endring`, `Sletting` (deleted from the register), `Fjernet` (removed from open data:
"eventuelle kopier skal også fjerne enheten") and `Ukjent` ("ofte fordi endringen har skjedd før endringstype
ble innført"). An entity that is asked for and answers 410 Gone is removed too, which is not deleted. A change
bears a number and no name; what it was is not read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import msgspec

from tyngdepunkt.errors import UserError
from tyngdepunkt.sources._files import read_bytes
from tyngdepunkt.sources.asked import form_of, not_as_documented, not_asked_for
from tyngdepunkt.sources.contract import Tidy, origin
from tyngdepunkt.sources.http import Client
from tyngdepunkt.sources.kept import Found
from tyngdepunkt.sources.register_search import Kind, Standing, look_up

LICENCE = "NLOD 2.0"
CADENCE = "daily"
KINDS: Mapping[str, Kind] = {"entities": "enheter", "workplaces": "underenheter"}
COLUMNS = ("change", "at", "number", "kind")
SIZE = 1000
_LIST: Mapping[Kind, str] = {"enheter": "oppdaterteEnheter", "underenheter": "oppdaterteUnderenheter"}
Change = Literal["Ukjent", "Ny", "Endring", "Sletting", "Fjernet"]
ENGLISH: Mapping[Change, str] = {
    "Ukjent": "unknown",
    "Ny": "new",
    "Endring": "changed",
    "Sletting": "deleted",
    "Fjernet": "removed",
}


class _Update(msgspec.Struct):
    oppdateringsid: int
    dato: dt.datetime
    organisasjonsnummer: str
    endringstype: Change


class _Page(msgspec.Struct):
    totalElements: int  # noqa: N815


class _Answer(msgspec.Struct):
    page: _Page
    held: dict[str, Any] = msgspec.field(default_factory=dict, name="_embedded")


class Changed(msgspec.Struct):
    """The newest that is known of one number.

    Args:
        change: identifier of the change; a later one is larger.
        at: when the register published it.
        kind: one of the values of `ENGLISH`.
        standing: what the entity is now, where it was asked for: `registered`, `deleted`, `removed` (410
            Gone) or `unknown`.
    """

    change: int
    at: str
    kind: str
    standing: Standing | None = None


class Known(msgspec.Struct):
    """What is known of changes: the identifier to go on from, and the newest of each number."""

    next: int = 0
    numbers: dict[str, Changed] = {}


@dataclass(frozen=True, slots=True)
class ChangesSource:
    """A page of changes that was kept; `kind` is one of `KINDS`."""

    kind: str
    licence: str = LICENCE
    cadence: str = CADENCE

    @property
    def name(self) -> str:
        """As the files of a folder are named."""
        return f"enhetsregisteret/changes-{self.kind}"

    def parse(self, file: Path) -> Tidy:
        """One row per change.

        Raises:
            UserError: it is not in the documented form.
        """
        held = _updates(read_bytes(file), KINDS[self.kind], str(file))
        rows = [
            (each.oppdateringsid, _told(each.dato), each.organisasjonsnummer, ENGLISH[each.endringstype])
            for each in held
        ]
        return Tidy(COLUMNS, rows, origin(file))


def table(kind: str) -> str:
    """Name of the file of what is known."""
    return f"{kind}.json"


def read_known(folder: Path, kind: str) -> Known:
    """What earlier runs have found; nothing where there is none, or it is not ours."""
    try:
        return msgspec.json.decode((folder / table(kind)).read_bytes(), type=Known)
    except (OSError, msgspec.DecodeError, RecursionError):
        return Known()


def known_in(found: Found, kind: str) -> Known:
    """What a run has found, before it is written."""
    return msgspec.json.decode(found.tables[table(kind)], type=Known)


def changes(found: Found, kind: str, since: dt.date, known: Known, most: int, *, ask_each: bool) -> int:
    """Read every change that is not known yet, up to `most` of them; how many came.

    Args:
        found: where the answers and what is known go; `waiting` is how many are left to the next run.
        kind: one of `KINDS`.
        since: first day, where nothing is known yet.
        known: what is known; it is not changed.
        most: changes to read.
        ask_each: ask what each that changed is now.

    Raises:
        UserError: changes before what was asked, in another order or of a kind that is not documented.
    """
    numbers, following, came = dict(known.numbers), known.next, 0
    fresh = set[str]()
    while True:
        size = min(SIZE, most - came)
        held, left = _page(found, KINDS[kind], since, following, size)
        for each in held:
            number = each.organisasjonsnummer
            numbers[number] = Changed(each.oppdateringsid, _told(each.dato), ENGLISH[each.endringstype])
            fresh.add(number)
        came += len(held)
        following = held[-1].oppdateringsid + 1 if held else following
        is_last = len(held) < size and left <= len(held)  # a service may show fewer at a time than asked
        if not held or is_last or came >= most:
            break
    if ask_each:
        _ask_each(found.client, KINDS[kind], numbers, sorted(fresh))
    found.waiting = max(0, left - len(held))
    found.tables[table(kind)] = msgspec.json.encode(Known(following, dict(sorted(numbers.items()))))
    return came


def _page(found: Found, kind: Kind, since: dt.date, following: int, size: int) -> tuple[list[_Update], int]:
    """Changes in order, and how many there are from here on."""
    client, path = found.client, f"oppdateringer/{kind}"
    start = {"oppdateringsid": str(following)} if following else {"dato": f"{since}T00:00:00.000Z"}
    params = {**start, "size": str(size), "sort": "id,ASC"}

    def check(body: bytes) -> tuple[list[_Update], int]:
        held = _updates(body, kind, client.host)
        ids = [each.oppdateringsid for each in held]
        if ids != sorted(set(ids)) or len(ids) > size:
            raise not_as_documented(client.host, "oppdateringsid, sort=id,ASC")
        return held, form_of(_Answer, client.host)(body).page.totalElements

    body, (held, left) = client.ask(path, check, params=params)
    _fits(client, held, since, following)
    found.add(path, params, body)
    return held, left


def _fits(client: Client, held: Sequence[_Update], since: dt.date, following: int) -> None:
    """No change is from before what was asked: then the parameter was not heeded.

    Raises:
        UserError: one is.
    """
    if following:
        name, asked = "oppdateringsid", str(following)
        strange = [each for each in held if each.oppdateringsid < following]
    else:
        name, asked = "dato", since.isoformat()
        strange = [each for each in held if each.dato.date() < since]
    if strange:
        ids = [str(each.oppdateringsid) for each in strange]
        raise UserError(not_asked_for(client.host, name, asked, ids, len(held)))


def _updates(body: bytes, kind: Kind, who: str) -> list[_Update]:
    held = form_of(_Answer, who)(body).held
    if held and _LIST[kind] not in held:
        raise not_as_documented(who, _LIST[kind])
    try:
        updates = msgspec.convert(held.get(_LIST[kind], []), list[_Update])
    except msgspec.ValidationError as error:
        raise not_as_documented(who, str(error)) from error
    if strange := [each for each in updates if not _is_number(each.organisasjonsnummer)]:
        raise not_as_documented(who, f"organisasjonsnummer: {strange[0].organisasjonsnummer[:20]}")
    return updates


def _is_number(text: str) -> bool:
    return len(text) == 9 and text.isascii() and text.isdecimal()


def _ask_each(client: Client, kind: Kind, numbers: dict[str, Changed], fresh: Sequence[str]) -> None:
    """What each that changed is now; what is deleted or removed is known without asking."""
    for number in fresh:
        if numbers[number].kind not in ("deleted", "removed"):
            numbers[number].standing = look_up(client, number, kind).standing


def _told(at: dt.datetime) -> str:
    return at.isoformat()
