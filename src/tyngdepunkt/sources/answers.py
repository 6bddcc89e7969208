"""Answers of the other sources that tables of the snapshot are made of, found where their commands put them.

Nothing is asked here. An answer that is not whole, or is no longer what was fetched, is passed over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from tyngdepunkt.sources import kept, klass_service, register_files, state_workplaces, vacancies
from tyngdepunkt.texts import read_yaml


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of an answer, as `answers.yaml` says."""

    command: str
    makes: tuple[str, ...]
    read_by: str
    differ: float | None = None
    held: str = ""
    measured: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)


class Raw(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer that no table is made of, and why."""

    answer: str
    command: str
    why: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    answers: dict[str, Answer]
    raw: list[Raw]


@dataclass(frozen=True, slots=True)
class Brought:
    """An answer that is here.

    Args:
        name: of the file the builder reads, without its ending.
        content: of that file.
        fetched: when.
        address: where it was asked for.
        licence: of what it holds.
    """

    name: str
    content: bytes
    fetched: str
    address: str
    licence: str

    @property
    def sha256(self) -> str:
        """Fingerprint of the content."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def about(self) -> Answer:
        """What becomes of it."""
        return declared().answers[self.name]


@cache
def declared() -> _File:
    """The content of `answers.yaml`."""
    return msgspec.convert(read_yaml("tyngdepunkt.sources", "answers.yaml"), _File)


def klass_folder(data: Path) -> Path:
    """Where `data klass` puts its files when no folder is named."""
    return data / "sources" / "official"


def brought(data: Path) -> list[Brought]:
    """Every answer that is here and whole, in the order of `answers.yaml`.

    Args:
        data: the data folder.
    """
    found = {
        each.name: each
        for each in (*_klass(data), *_kartverket(data), *_vacancies(data), *_workplaces(data / "registers"))
    }
    return [found[name] for name in declared().answers if name in found]


def _klass(data: Path) -> Iterator[Brought]:
    folder = klass_folder(data)
    for each in klass_service.read_log(folder).values():
        content = _whole(folder / f"{each.name}.json", each.sha256)
        if content is not None and each.name in declared().answers:
            yield Brought(each.name, content, each.fetched, each.address, each.licence)


def _kartverket(data: Path) -> Iterator[Brought]:
    folder = data / "sources" / "kartverket"
    for kind in ("municipalities", "boundaries"):
        run = _newest(folder, kind)
        if run is None:
            continue
        parts = [_whole(folder / kept.ANSWERS / part.file, part.kept) for part in run.parts]
        lists = [part.strip()[1:-1] for part in parts if part]  # every answer is a list: one of them all
        if lists and len(lists) == len(parts):
            content = b"[" + b",".join(lists) + b"]"
            fetched = max(part.fetched for part in run.parts)
            yield Brought(f"kartverket/{kind}", content, fetched, run.parts[0].address, run.licence)


def _vacancies(data: Path) -> Iterator[Brought]:
    folder = data / "sources" / "nav"
    run = _newest(folder, "vacancies")
    held = vacancies.read_held(folder)
    if run and held.vacancies and not held.waiting:
        at = next((each.at for each in reversed(kept.read_log(folder)) if each.state != "failed"), run.at)
        content = vacancies.counted(held, at)
        address = run.parts[0].address if run.parts else ""
        yield Brought("nav/vacancies", content, at, address, run.licence)


def _workplaces(registers: Path) -> Iterator[Brought]:
    logged = {each.kind: each for each in register_files.read_log(registers) if each.state == "read"}
    entities, workplaces = (register_files.table(registers, kind) for kind in ("entities", "workplaces"))
    if set(logged) >= {"entities", "workplaces"} and entities.is_file() and workplaces.is_file():
        fetched = min(logged[kind].at for kind in ("entities", "workplaces"))
        content = state_workplaces.extract(entities, workplaces, fetched)
        told = logged["workplaces"]
        yield Brought(state_workplaces.NAME, content, fetched, told.address, told.licence)


def _newest(folder: Path, kind: str) -> kept.Run | None:
    runs = [each for name, each in kept.read_kept(folder).items() if name.startswith(f"{kind}-")]
    return max(runs, key=lambda each: each.at, default=None)


def _whole(file: Path, sha256: str) -> bytes | None:
    """The content, if it is what was fetched."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def provenance(each: Brought) -> Mapping[str, object]:
    """What a snapshot's record keeps of where a table came from."""
    told = {"query": each.sha256, "updated": each.fetched, "fetched": each.fetched}
    return {**told, "address": each.address, "licence": each.licence, "makes": list(each.about.makes)}
