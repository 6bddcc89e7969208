"""The folder of one fetching: raw answers as they came, and what is known of each.

A part is written under a hidden name and then takes its place, and only then is it listed, so that what is
listed is whole. A fetching that stops goes on at the part where it stopped; a part whose checksum is no
longer right is fetched again. Parts of a table that has been published anew are not mixed with the old.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import msgspec

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.sources._parts import Selection, cells, split
from tyngdepunkt.swap import left_over, put

LIST = "job.json"
_OURS = re.compile(r"part\.\d{4,6}\.json")


class Part(msgspec.Struct, frozen=True):
    """One raw answer in the folder; `key` tells which selection it answers."""

    file: str
    sha256: str
    size: int
    cells: int
    fetched: str
    key: str


class Asked(msgspec.Struct, frozen=True):
    """What tells one query from another: address, language, code lists, and codes as they were written."""

    address: str
    language: str
    codelists: dict[str, str]
    select: dict[str, tuple[str, ...]]


class _Kept(msgspec.Struct):
    asked: Asked
    updated: str
    selection: dict[str, tuple[str, ...]]
    limits: list[int]
    parts: list[Part]


class Job:
    """A folder that is being filled.

    Args:
        folder: made if it is not there.
        asked: what is asked for.
        updated: when the provider last changed the table.
        selection: every code that is asked for, which a new year of the table adds to.
        most: cells of a part.

    Raises:
        UserError: the folder belongs to another query, or cannot be written in.
    """

    def __init__(self, folder: Path, asked: Asked, updated: str, selection: Selection, most: int) -> None:
        self.folder = folder
        self._state = _Kept(asked, updated, dict(selection), [most], [])
        self._whole: dict[str, Part] = {}
        self._guarded(self._open)

    def parts(self) -> list[Selection]:
        """The selections to ask for, as an earlier run had split them when it stopped."""
        parts: list[Selection] = [self._state.selection]
        for most in self._state.limits:
            parts = self._finer(parts, most)
        return parts

    def shrink(self, parts: Iterable[Selection], most: int) -> list[Selection]:
        """The same in parts of no more cells than this; those that are here stay as they are."""
        self._state.limits.append(most)
        self._guarded(self._save)
        return self._finer(parts, most)

    def _finer(self, parts: Iterable[Selection], most: int) -> list[Selection]:
        return [finer for part in parts for finer in ([part] if self.kept(part) else split(part, most))]

    def kept(self, selection: Selection) -> Part | None:
        """The part of exactly this selection, if it is here and whole."""
        return self._whole.get(_key(selection))

    def keep(self, selection: Selection, content: bytes, fetched: datetime) -> Part:
        """Write one raw answer, and list it.

        Raises:
            UserError: the folder cannot be written in.
        """
        name = f"part.{self._next():04d}.json"
        part = Part(
            name,
            hashlib.sha256(content).hexdigest(),
            len(content),
            cells(selection),
            fetched.isoformat(timespec="seconds"),
            _key(selection),
        )
        self._guarded(lambda: self._put(name, content))
        self._state.parts.append(part)
        self._guarded(self._save)
        self._whole[part.key] = part
        return part

    def note(self, name: str, content: bytes) -> None:
        """Write what belongs to the job beside the parts, for instance `metadata.json`."""
        self._guarded(lambda: self._put(name, content))

    def _open(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for left in left_over(self.folder, "*"):
            left.unlink(missing_ok=True)
        before = self._read()
        if before is None:
            return self._save()
        if before.asked != self._state.asked:
            raise UserError(Fault("sources:job_of_another", {"folder": str(self.folder)}))
        if (before.updated, before.selection) != (self._state.updated, self._state.selection):
            for part in before.parts:
                (self.folder / part.file).unlink(missing_ok=True)
            return self._save()
        self._state.limits = before.limits
        self._state.parts = [part for part in before.parts if self._is_whole(part)]
        self._whole = {part.key: part for part in self._state.parts}
        for broken in {part.file for part in before.parts} - {part.file for part in self._state.parts}:
            (self.folder / broken).unlink(missing_ok=True)
        return self._save()

    def _read(self) -> _Kept | None:
        """What an earlier run has listed; nothing where there is no list, or one that is not ours."""
        try:
            before = msgspec.json.decode((self.folder / LIST).read_bytes(), type=_Kept)
        except (FileNotFoundError, msgspec.DecodeError, RecursionError):
            return None
        is_ours = all(_OURS.fullmatch(part.file) for part in before.parts)
        return before if is_ours and all(most > 0 for most in before.limits) else None

    def _is_whole(self, part: Part) -> bool:
        try:
            content = (self.folder / part.file).read_bytes()
        except OSError:
            return False
        return hashlib.sha256(content).hexdigest() == part.sha256

    def _next(self) -> int:
        return 1 + max((int(part.file.split(".")[-2]) for part in self._state.parts), default=0)

    def _save(self) -> None:
        self._put(LIST, msgspec.json.format(msgspec.json.encode(self._state), indent=1))

    def _put(self, name: str, content: bytes) -> None:
        put(self.folder / name, content)

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except OSError as error:
            values = {"folder": str(self.folder), "reason": error.strerror or ""}
            raise UserError(Fault("sources:cannot_write", values)) from error


def _key(selection: Selection) -> str:
    return hashlib.sha256(msgspec.json.encode(list(selection.items()))).hexdigest()
