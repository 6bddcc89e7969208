"""This year's figures: declared tables fetched, a new snapshot built beside the one in use, then swapped in.

Until the swap the old snapshot serves, whatever happens. What has been fetched stays in the data folder, so
that the next run goes on from there. Tables that are not fetched are carried over from the snapshot in use.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tyngdepunkt import settings, swap
from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.places.build import put_in_place
from tyngdepunkt.places.build_catalogue import catalogue
from tyngdepunkt.places.build_folder import build_from_folder
from tyngdepunkt.places.drift import Drift, drift, row_drift
from tyngdepunkt.places.in_use import use_newest
from tyngdepunkt.places.models import Snapshot
from tyngdepunkt.places.record import read_record, write_record
from tyngdepunkt.places.refresh_checks import check_places, check_totals
from tyngdepunkt.places.snapshot import find_folder, heal, parquet_file, read_manifest
from tyngdepunkt.places.verify import verify_snapshot
from tyngdepunkt.sources import answers, klass_service
from tyngdepunkt.sources.answers import Brought
from tyngdepunkt.sources.collect import Collected, Planned, Services, provenance
from tyngdepunkt.sources.declared import Declared, own_tables, read_tables

Tell = Callable[..., None]
"""Called with the key of a text of this room and its values."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for.

    Args:
        only: ids of the tables to fetch, and names of answers of other sources to take in, as `klass/7`; all
            of both where none is named.
        accepted: id of a declared table, or table of the snapshot → why what it is stopped for is right.
        tables: file that declares tables, in the place of Tyngdepunkt's own.
    """

    only: Sequence[str] = ()
    accepted: Mapping[str, str] = field(default_factory=dict)
    tables: Path | None = None

    def declared(self) -> list[Declared]:
        """The tables that are meant.

        Raises:
            UserError: an id that is not declared, or a reason that is missing or for no table of these.
        """
        every = read_tables(self.tables) if self.tables else own_tables()
        known = answers.declared().answers
        ids = [name for name in self.only if name not in known]
        unknown = [name for name in ids if "/" in name]
        if unknown:
            told = ({"name": name[:40], "known": list(known)} for name in unknown)
            raise UserError(*(Fault("places:no_such_answer", values) for values in told))
        declared = every.chosen(ids) if ids or not self.only else []
        names = {name for table in declared for name in (table.id, *table.makes)}
        names |= {name for answer in self.answers().values() for name in answer.makes}
        faults = Faults()
        for name, reason in self.accepted.items():
            if name not in names:
                faults.add("places:accepted_nothing", table=name[:40], known=sorted(names))
            elif not reason.strip():
                faults.add("places:no_reason", table=name)
        faults.raise_if_any()
        return declared

    def answers(self) -> dict[str, answers.Answer]:
        """The answers of other sources that are taken in where they are here."""
        every = answers.declared().answers
        return {name: about for name, about in every.items() if not self.only or name in self.only}

    def brought(self, current: Path) -> list[Brought]:
        """Those that are here and that the snapshot in use was not made of.

        Raises:
            UserError: one that is named is not here, or not whole.
        """
        known = {name: told.get("query") for name, told in read_record(current)["tables"].items()}
        here = answers.brought(settings.data_folder())
        meant, faults = self.answers(), Faults()
        for name in set(self.only) & set(meant) - {each.name for each in here}:
            faults.add("places:answer_not_here", name=name, command=f"tyngdepunkt {meant[name].command}")
        faults.raise_if_any()
        return [each for each in here if each.name in meant and known.get(each.name) != each.sha256]

    def reason(self, table: str, declared: Sequence[Declared]) -> str:
        """Why a table of the snapshot may be as it is; empty where nobody has said so."""
        ids = [each.id for each in declared if table in each.makes]
        return next((self.accepted[name] for name in (table, *ids) if name in self.accepted), "")


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What came of it.

    Args:
        folder: of the snapshot in use.
        snapshot: what it says of itself.
        is_new: false where the providers had nothing new.
        drifts: how far its figures lie from those before.
        accepted: table → the reason that was given.
    """

    folder: Path
    snapshot: Snapshot
    is_new: bool
    drifts: Sequence[Drift] = ()
    accepted: Mapping[str, str] = field(default_factory=dict)


def plan_refresh(wish: Wish, services: Services) -> tuple[list[Planned], list[Brought]]:
    """What would be fetched and taken in: two calls for each table, and nothing is written.

    Raises:
        UserError: every fault of every table.
    """
    current = find_folder(None)
    return services.plan(wish.declared(), _municipalities(current)), wish.brought(current)


def refresh(wish: Wish, services: Services, tell: Tell) -> Refreshed:
    """Fetch, build beside, check, and swap in.

    Args:
        wish: what is asked for.
        services: where from.
        tell: progress.

    Raises:
        UserError: everything that is wrong; the snapshot in use is as it was, and what has been fetched
            stays for the next run.
    """
    declared = wish.declared()
    home = settings.data_folder() / "refresh"
    with _alone(home):
        current = find_folder(None)
        planned = services.plan(declared, _municipalities(current))
        for each in planned:
            _tell_plan(each, tell)
        taken = wish.brought(current)
        for each_taken in taken:
            tell("data.taken", name=each_taken.name, day=each_taken.fetched[:10])
        if not taken and _is_known(read_record(current), planned):
            return Refreshed(current, read_manifest(current), is_new=False)
        with _hidden(home, "official") as official:

            def seen(table: Declared, done: int, of: int) -> None:
                tell("data.fetching", table=table.id, done=done, of=of)

            collected = services.collect(planned, home, official, seen)
            _lay(taken, official)
            tell("data.building", folder=home)
            return _built(wish, current, official, collected, taken)


def _lay(taken: Sequence[Brought], official: Path) -> None:
    """Put answers of other sources where the builder reads them, with the log of those of Klass."""
    for each in taken:
        file = official / f"{each.name}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(each.content)
    log = answers.klass_folder(settings.data_folder()) / klass_service.LOG
    if (official / klass_service.LOG).parent.is_dir() and log.is_file():
        shutil.copyfile(log, official / klass_service.LOG)


def _built(
    wish: Wish, current: Path, official: Path, collected: Sequence[Collected], taken: Sequence[Brought]
) -> Refreshed:
    home = settings.data_folder() / "snapshots"
    heal(home)
    tables = [each.table for each in collected]
    told: dict[str, Any] = {name: words for table in tables for name, words in table.told.items()}
    for answer in taken:
        day = dict.fromkeys(settings.LANGUAGES, answer.fetched[:10])
        told |= {name: {"date": day} for name in answer.about.makes if not catalogue()[name].year}
    beside = home / swap.hidden_name("building")
    try:
        build_from_folder(official, current, beside, built=dt.date.today(), told=told)  # noqa: DTZ011
        measured = {name: of for table in tables for name, of in table.makes.items()}
        measured |= {name: list(of) for each in taken for name, of in each.about.measured.items()}
        drifts = drift(current, beside, measured)
        moved = _moved(taken, current, beside)
        accepted = _accepted(wish, tables, beside, [*moved, *(f for each in drifts for f in each.faults())])
        record = {
            each.table.feeds: {**provenance(each), "makes": list(each.table.makes)} for each in collected
        }
        record |= {each.name: dict(answers.provenance(each)) for each in taken}
        write_record(beside, read_record(current), record, accepted)
        found = read_manifest(beside)
        verify_snapshot(beside, found).raise_if_any()
        put_in_place(beside, home / found.id)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    use_newest()
    reasons = {name: str(why["reason"]) for name, why in accepted.items()}
    return Refreshed(home / found.id, found, is_new=True, drifts=drifts, accepted=reasons)


def _moved(taken: Sequence[Brought], current: Path, beside: Path) -> list[Fault]:
    """Tables without figures that differ from those before by more rows than they may."""
    bounds = {name: each.about.differ for each in taken for name in each.about.makes}
    held = {name: bound for name, bound in bounds.items() if bound is not None}
    return [fault for name, bound in held.items() for fault in row_drift(current, beside, name, bound)]


def _accepted(
    wish: Wish, tables: Sequence[Declared], beside: Path, moved: Sequence[Fault]
) -> dict[str, dict[str, Any]]:
    """What was found and may be, with the reason that was given; the rest is raised."""
    check_places(beside, tables).raise_if_any()
    found = [*check_totals(beside, tables), *moved]
    reasons = {fault.where: wish.reason(fault.where, tables) for fault in found}
    stopped = [fault for fault in found if not reasons[fault.where]]
    if stopped:
        raise UserError(*stopped)
    return {
        name: {"reason": reason, "found": [_kept(fault) for fault in found if fault.where == name]}
        for name, reason in reasons.items()
    }


def _kept(fault: Fault) -> dict[str, Any]:
    return {"fault": fault.key, **fault.values}


def _is_known(record: Mapping[str, Mapping[str, Any]], planned: Sequence[Planned]) -> bool:
    """Whether the snapshot in use was made of the same queries, and nothing was published since."""

    def state(each: Planned) -> tuple[str, str]:
        return each.key, each.plan.updated

    kept = {name: (told.get("query"), told.get("updated")) for name, told in record["tables"].items()}
    return all(each.plan.updated and kept.get(each.table.feeds) == state(each) for each in planned)


def _tell_plan(each: Planned, tell: Tell) -> None:
    plan = each.plan
    tell(
        "data.planned",
        table=each.table.id,
        title=each.table.title,
        cells=plan.cells,
        calls=plan.calls,
        seconds=plan.seconds,
        updated=plan.updated[:10] or "–",
    )


def _municipalities(folder: Path) -> list[str]:
    import duckdb

    with duckdb.connect() as database:
        table = database.read_parquet(str(parquet_file(folder, "municipality")))
        return [str(row[0]) for row in table.project("code").order("code").fetchall()]


@contextlib.contextmanager
def _hidden(home: Path, what: str) -> Iterator[Path]:
    """A folder that is there for one run; what a killed run has left is taken away."""
    for left in swap.left_over(home, what):
        shutil.rmtree(left, ignore_errors=True)
    folder = home / swap.hidden_name(what)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Hold the lock of the folder; the system lets go of it when a process ends, however it ends."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        with (home / "lock").open("a") as lock:
            if not _locked(lock):
                raise UserError(Fault("places:refreshing_already", {"folder": str(home)}))
            yield
    except OSError as error:
        values = {"folder": str(home), "reason": error.strerror or ""}
        raise UserError(Fault("sources:cannot_write", values)) from error


def _locked(lock: IO[str]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
