"""What sources answer to a question, kept with where it came from, and a log of every run.

Answers lie under their own fingerprint, and a list tells which of them a run brought. A run that fails leaves
the list as it was; a run that brings the same as the last one is `skipped`, which is no fault. What an answer
says of persons is dropped before it is kept: then the fingerprint of what came stands beside that of what is
kept, and the names of the fields that were dropped are told.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode

import msgspec

from tyngdepunkt import swap
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.sources.http import Client

LIST, LOG, ANSWERS = "kept.json", "log.json", "answers"
_MOST_LOGGED = 400
_BEGUN_FOR = timedelta(days=7)
"""How old an answer may be that a run which stopped has left: the source may have changed meanwhile."""
State = Literal["read", "skipped", "failed"]


class Part(msgspec.Struct, frozen=True):
    """One answer.

    Args:
        address: where it was asked for.
        fetched: when.
        sha256: fingerprint of what came.
        bytes: size of what came.
        file: what is kept of it, in `answers`; empty where nothing is.
        kept: fingerprint of that file.
    """

    address: str
    fetched: str
    sha256: str
    bytes: int
    file: str = ""
    kept: str = ""


class _Begun(msgspec.Struct, frozen=True):
    """An answer of a run that has not ended, and what is kept of it."""

    part: Part
    whole: bytes


class Run(msgspec.Struct, frozen=True):
    """One run for one question.

    Args:
        name: of the question.
        state: `read`, `skipped` because the same came as last time, or `failed`.
        at: when it began.
        asked: parameter → value; never a key.
        licence: of the answers.
        cadence: how often the source changes.
        rows: rows that the answers hold.
        dropped: fields that may tell of persons, and are not kept.
        unreached: rows that the source counts and did not show.
        waiting: rows that the next run goes on with, because the limit was reached.
        fault: keys of what was wrong.
        parts: the answers; in the log they are left out.
    """

    name: str
    state: State
    at: str
    asked: dict[str, str]
    licence: str
    cadence: str
    rows: int = 0
    dropped: tuple[str, ...] = ()
    unreached: int = 0
    waiting: int = 0
    fault: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a source, and under which terms it answers."""

    what: str
    asked: Mapping[str, str]
    licence: str
    cadence: str

    def name(self, client: Client) -> str:
        """The same question at the same address has the same name."""
        held = msgspec.json.encode([client.address(""), dict(sorted(self.asked.items()))])
        return f"{self.what}-{hashlib.sha256(held).hexdigest()[:12]}"


@dataclass(slots=True)
class Found:
    """What a run gathers; nothing of it is written before all is there.

    Args:
        client: of the source.
        dropped: fields that may tell of persons.
        unreached: rows that were counted and not shown.
        waiting: rows that are left to the next run.
        tables: file → content, of what is made of the answers.
        partial: the tables are right after every step, and are written although a later one fails.
        begun: folder for answers of a run that may stop, which the next one goes on from; None for none.
    """

    client: Client
    dropped: Sequence[str] = ()
    unreached: int = 0
    waiting: int = 0
    tables: dict[str, bytes] = field(default_factory=dict)
    partial: bool = False
    begun: Path | None = None
    _parts: list[tuple[Part, bytes]] = field(default_factory=list)

    def add(
        self,
        path: str,
        params: Mapping[str, str],
        came: bytes,
        kept: bytes | None = None,
        ending: str = "json",
    ) -> None:
        """An answer, and what is kept of it; where it is empty, nothing is."""
        whole = came if kept is None else kept
        digest = hashlib.sha256(whole).hexdigest()
        part = Part(
            self._address(path, params),
            self.client.clock.now().isoformat(timespec="seconds"),
            hashlib.sha256(came).hexdigest(),
            len(came),
            f"{digest[:16]}.{ending}" if whole else "",
            digest if whole else "",
        )
        self._parts.append((part, whole))

    def set_aside(self) -> None:
        """Keep the last answer where the next run finds it, if this one stops; see `resumed`.

        Raises:
            UserError: the folder cannot be written in.
        """
        if self.begun:
            part, whole = self._parts[-1]
            file = self.begun / _begun_name(part.address)
            content = msgspec.json.encode(_Begun(part, whole))

            def write() -> None:
                file.parent.mkdir(parents=True, exist_ok=True)
                swap.put(file, content)

            _guarded(file.parent, write)

    def resumed(self, path: str, params: Mapping[str, str]) -> bool:
        """Take what a run that stopped had set aside; False where there is none that is whole and new."""
        address = self._address(path, params)
        held = _read_begun(self.begun / _begun_name(address)) if self.begun else None
        if held is None or held.part.address != address:
            return False
        try:
            age = abs(self.client.clock.now() - datetime.fromisoformat(held.part.fetched))
        except (ValueError, TypeError):
            return False
        if age >= _BEGUN_FOR or hashlib.sha256(held.whole).hexdigest() != held.part.kept:
            return False
        self._parts.append((held.part, held.whole))
        return True

    def _address(self, path: str, params: Mapping[str, str]) -> str:
        return self.client.address(path) + (f"?{urlencode(params)}" if params else "")

    @property
    def parts(self) -> tuple[Part, ...]:
        """The answers so far."""
        return tuple(part for part, _ in self._parts)

    def write(self, folder: Path) -> None:
        """Write every answer and table, each beside its place and then into it."""
        (folder / ANSWERS).mkdir(parents=True, exist_ok=True)
        for part, whole in self._parts:
            if part.file:
                swap.put(folder / ANSWERS / part.file, whole)
        self.write_tables(folder)

    def write_tables(self, folder: Path) -> None:
        """Write every table beside its place and then into it."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self.tables.items():
            swap.put(folder / name, content)


def run(
    folder: Path, client: Client, question: Question, gather: Callable[[Found], int], *, dry_run: bool = False
) -> Run:
    """Ask, check and keep; the answers of before stay until the new ones are whole.

    Args:
        folder: of one source.
        client: of the source.
        question: what is asked.
        gather: asks it, gives what comes to `Found`, and says how many rows that is.
        dry_run: ask and check, and write nothing.

    Raises:
        UserError: what is wrong; its keys stand in the log too.
    """
    at = client.clock.now().isoformat(timespec="seconds")
    terms = (dict(question.asked), question.licence, question.cadence)
    start = Run(question.name(client), "failed", at, *terms)
    begun = folder / f".begun-{start.name}"
    found = Found(client, begun=None if dry_run else begun)
    try:
        rows = gather(found)
    except UserError as error:
        if not dry_run:
            if found.partial:
                _guarded(folder, lambda: found.write_tables(folder))
            _log(folder, msgspec.structs.replace(start, fault=", ".join(each.key for each in error.faults)))
        raise
    before = read_kept(folder).get(start.name)
    is_same = before is not None and _is_same(folder, before, found)
    told = msgspec.structs.replace(
        start,
        state="skipped" if is_same else "read",
        rows=rows,
        dropped=tuple(found.dropped),
        unreached=found.unreached,
        waiting=found.waiting,
        parts=found.parts,
    )
    if not dry_run:
        _keep(folder, told, found)
        shutil.rmtree(begun, ignore_errors=True)
    return told


def read_kept(folder: Path) -> dict[str, Run]:
    """Question → the run whose answers are here; empty where there is no list, or one that is not ours."""
    return {each.name: each for each in _runs(folder / LIST)}


def read_log(folder: Path) -> list[Run]:
    """Every run there was, the last one last."""
    return _runs(folder / LOG)


def files(folder: Path, run: Run) -> list[Path]:
    """What is kept of the answers of a run, in the order in which they came."""
    return [folder / ANSWERS / part.file for part in run.parts if part.file]


def _runs(file: Path) -> list[Run]:
    try:
        return msgspec.json.decode(file.read_bytes(), type=list[Run])
    except (OSError, msgspec.DecodeError, RecursionError):
        return []


def _is_same(folder: Path, before: Run, found: Found) -> bool:
    """Whether all that would be kept is here already, byte for byte."""

    def is_here(file: Path, content: bytes) -> bool:
        return file.is_file() and file.read_bytes() == content

    old, new = ([part.kept for part in each if part.file] for each in (before.parts, found.parts))
    answers = all(is_here(folder / ANSWERS / part.file, whole) for part, whole in found._parts if part.file)
    return old == new and answers and all(is_here(folder / name, held) for name, held in found.tables.items())


def _keep(folder: Path, told: Run, found: Found) -> None:
    """Answers first, then the list that names them, then what no list names any more is taken away."""

    def work() -> None:
        before = read_kept(folder)
        if told.state == "read":
            found.write(folder)
            now = before | {told.name: told}
            swap.put(folder / LIST, _encoded(list(now.values())))
            named = {part.file for each in now.values() for part in each.parts}
            old = before.get(told.name)
            for part in old.parts if old else ():
                if part.file and part.file not in named and Path(part.file).name == part.file:
                    (folder / ANSWERS / part.file).unlink(missing_ok=True)

    _guarded(folder, work)
    _log(folder, told)


def _log(folder: Path, told: Run) -> None:
    lines = [*read_log(folder), msgspec.structs.replace(told, parts=())][-_MOST_LOGGED:]

    def work() -> None:
        folder.mkdir(parents=True, exist_ok=True)
        swap.put(folder / LOG, _encoded(lines))

    _guarded(folder, work)


def _read_begun(file: Path) -> _Begun | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=_Begun)
    except (OSError, msgspec.DecodeError, RecursionError):
        return None


def _begun_name(address: str) -> str:
    return f"{hashlib.sha256(address.encode()).hexdigest()[:16]}.json"


def _encoded(runs: list[Run]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(runs), indent=1)


def _guarded(folder: Path, work: Callable[[], None]) -> None:
    try:
        work()
    except OSError as error:
        values = {"folder": str(folder), "reason": error.strerror or ""}
        raise UserError(Fault("sources:cannot_write", values)) from error
