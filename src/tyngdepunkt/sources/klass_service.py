"""Statistics Norway's Klass asked for what the builder of snapshots reads: codes, changes, a correspondence.

What a classification has is read first (`/classifications/{id}`, its versions), so that a file says which
version it is of. JSON is asked for by the Accept header: without one Klass answers XML, and the endings
`.json` are to be removed (statisticsnorway/klass, api-guide.adoc). An answer is kept byte for byte as the
file that `sources.klass` reads, when that reader has passed it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar
from urllib.parse import urlencode

import msgspec

from tyngdepunkt import swap
from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.sources import klass
from tyngdepunkt.sources.http import Client
from tyngdepunkt.sources.klass import LISTS, SOURCES

BASE = "https://data.ssb.no/api/klass/v1"
ACCEPT = "application/json"
CHANGES_FROM = dt.date(2011, 1, 1)
"""The table of changes of the snapshot begins here."""
LOG = f"klass/{klass.LOG}"
FILES = tuple(source.name for source in SOURCES)
MORE = tuple(source.name for source in LISTS)
"""Fetched when they are named; the builder passes them over."""
_Form = TypeVar("_Form")
State = Literal["read", "skipped"]


class _Link(msgspec.Struct):
    href: str


class _Version(msgspec.Struct):
    name: str
    validFrom: dt.date  # noqa: N815
    links: dict[str, _Link] = msgspec.field(name="_links")
    validTo: dt.date | None = None  # noqa: N815

    @property
    def id(self) -> int:
        return _id_at_end(self.links)


class _Classification(msgspec.Struct):
    name: str
    versions: list[_Version]


class _Table(msgspec.Struct):
    name: str
    sourceId: int  # noqa: N815
    targetId: int  # noqa: N815
    links: dict[str, _Link] = msgspec.field(name="_links")


class _WholeVersion(msgspec.Struct):
    correspondenceTables: list[_Table] = []  # noqa: N815


@dataclass(frozen=True, slots=True)
class Wanted:
    """One file: where it is asked for, and of what version it is."""

    name: str
    path: str
    params: Mapping[str, str]
    version: str
    valid_from: str = ""

    def address(self, client: Client) -> str:
        """The whole address, as provenance tells it."""
        asked = f"?{urlencode(self.params)}" if self.params else ""
        return client.address(self.path) + asked


class Brought(msgspec.Struct, frozen=True):
    """One file that is here; `skipped` where it was here already with the same bytes.

    `valid_from` is the day from which its version is in force, which the answer itself does not always say.
    """

    name: str
    state: State
    version: str
    address: str
    sha256: str
    fetched: str
    licence: str
    cadence: str
    valid_from: str = ""


def plan(client: Client, day: dt.date, only: Sequence[str] = ()) -> list[Wanted]:
    """What would be fetched, from what the classifications say of themselves.

    Args:
        client: of Klass, which asks for `ACCEPT`.
        day: the day that codes shall be in force.
        only: names of files, of `FILES` or `MORE`; all of `FILES` where none is named.

    Raises:
        UserError: a name that is none, a version or a table that is not there; all of them at once.
    """
    there = [*FILES, *MORE]
    unknown = [name for name in only if name not in there]
    if unknown:
        faults = (Fault("sources:not_klass_file", {"name": name, "known": there}) for name in unknown)
        raise UserError(*faults)
    return list(_each(only or FILES, lambda name: _wanted(client, name, day)))


def collect(client: Client, wanted: Sequence[Wanted], folder: Path) -> list[Brought]:
    """Fetch every file into `folder`, where `data build --from` reads them.

    Args:
        client: of Klass.
        wanted: what `plan` gave.
        folder: of official files.

    Raises:
        UserError: the faults of all files; those without one are there, and an older file stays where its
            new answer has a fault.
    """
    by_name = {each.name: each for each in wanted}
    before = read_log(folder)
    brought: dict[str, Brought] = dict(before)
    try:
        for each in _each(by_name, lambda name: _one(client, by_name[name], folder)):
            brought[each.name] = each
    finally:
        if brought != before:
            _put(folder / LOG, msgspec.json.format(msgspec.json.encode(list(brought.values())), indent=1))
    return [brought[name] for name in by_name]


def read_log(folder: Path) -> dict[str, Brought]:
    """File → where it came from; empty where there is no log."""
    try:
        held = msgspec.json.decode((folder / LOG).read_bytes(), type=list[Brought])
    except (OSError, msgspec.DecodeError):
        return {}
    return {each.name: each for each in held}


def _wanted(client: Client, name: str, day: dt.date) -> Wanted:
    if name == "klass/6-correspondence":
        return _correspondence(client, name, "6", day)
    identity, _, part = name.removeprefix("klass/").partition("-")
    version = _in_force(_classification(client, identity), identity, day)[-1]
    path, at = f"classifications/{identity}", {"date": day.isoformat()}
    told = (version.name, version.validFrom.isoformat())
    if part == "changes":
        span = {"from": CHANGES_FROM.isoformat(), "to": (day + dt.timedelta(1)).isoformat()}
        return Wanted(name, f"{path}/changes", span, *told)
    if part:
        return Wanted(name, f"{path}/correspondsAt", {"targetClassificationId": part, **at}, *told)
    return Wanted(name, f"{path}/codesAt", at, *told)


def _correspondence(client: Client, name: str, identity: str, day: dt.date) -> Wanted:
    """The table between the two newest versions, which either of them may list."""
    versions = _in_force(_classification(client, identity), identity, day)
    old, new = versions[-2:] if len(versions) > 1 else (versions[0], versions[0])
    there = [
        table
        for each in (new, old)
        for table in _read(client, f"versions/{each.id}", _WholeVersion).correspondenceTables
    ]
    for table in there:
        if {table.sourceId, table.targetId} == {old.id, new.id} and old.id != new.id:
            return Wanted(name, f"correspondencetables/{_id_at_end(table.links)}", {}, table.name)
    told = {"id": identity, "old": old.name, "new": new.name}
    names = [table.name for table in there] or ["–"]
    raise UserError(Fault("sources:no_klass_correspondence", {**told, "there": names}))


def _classification(client: Client, identity: str) -> _Classification:
    return _read(client, f"classifications/{identity}", _Classification)


def _in_force(classification: _Classification, identity: str, day: dt.date) -> list[_Version]:
    """Versions that had begun, the newest last; it must still be in force."""
    versions = sorted(classification.versions, key=lambda each: each.validFrom)
    begun = [each for each in versions if each.validFrom <= day]
    if not begun or (begun[-1].validTo and begun[-1].validTo <= day):
        there = [f"{each.name} ({each.validFrom} – {each.validTo or ''})" for each in versions] or ["–"]
        values = {"id": identity, "day": day.isoformat(), "there": there}
        raise UserError(Fault("sources:no_klass_version", values))
    return begun


def _one(client: Client, each: Wanted, folder: Path) -> Brought:
    source = next(source for source in (*SOURCES, *LISTS) if source.name == each.name)
    file = folder / f"{each.name}.json"

    def check(body: bytes) -> None:
        with tempfile.TemporaryDirectory() as beside:
            trial = Path(beside) / file.name
            trial.write_bytes(body)
            try:
                source.parse(trial)
            except UserError as error:
                raise error.at(each.name) from error

    body, _ = client.ask(each.path, check, params=each.params)
    is_same = file.is_file() and file.read_bytes() == body
    if not is_same:
        _put(file, body)
    return Brought(
        each.name,
        "skipped" if is_same else "read",
        each.version,
        each.address(client),
        hashlib.sha256(body).hexdigest(),
        client.clock.now().isoformat(timespec="seconds"),
        source.licence,
        source.cadence,
        each.valid_from,
    )


def _read(client: Client, path: str, form: type[_Form]) -> _Form:
    def check(body: bytes) -> _Form:
        try:
            return msgspec.json.decode(body, type=form)
        except (msgspec.DecodeError, RecursionError) as error:
            values = {"host": client.host, "reason": str(error)}
            raise UserError(Fault("sources:not_klass_answer", values, path)) from error

    return client.ask(path, check)[1]


def _id_at_end(links: Mapping[str, _Link]) -> int:
    found = re.search(r"/([0-9]+)$", links["self"].href if "self" in links else "")
    return int(found[1]) if found else -1


_Made = TypeVar("_Made")


def _each(names: Iterable[str], work: Callable[[str], _Made]) -> Iterator[_Made]:
    """What comes of each; at the end the faults of all are told together, with the file where it lacks."""
    faults = Faults()
    for name in names:
        try:
            made = work(name)
        except UserError as error:
            faults.extend(error.faults if all(each.where for each in error.faults) else error.at(name).faults)
            continue
        yield made
    faults.raise_if_any()


def _put(file: Path, content: bytes) -> None:
    try:
        swap.put(file, content)
    except OSError as error:
        values = {"folder": str(file.parent), "reason": error.strerror or ""}
        raise UserError(Fault("sources:cannot_write", values)) from error
