"""Declared tables fetched into a folder of official files, each whole, as the builder reads them.

The raw answers stay in a job folder per query, so that a run that stops goes on where it stopped, and a table
that the provider has not changed is not fetched again.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np

from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.sources.cube import Cube
from tyngdepunkt.sources.declared import Declared
from tyngdepunkt.sources.http import Client, Limits
from tyngdepunkt.sources.jsonstat import write_jsonstat
from tyngdepunkt.sources.pace import Clock
from tyngdepunkt.sources.pxweb import Fetched, Plan, PxWeb, Query, whole

TIME, MISSING_SIGN = "Tid", "."
Seen = Callable[[Declared, int, int], None]
_SILENT = tuple(
    f"sources:{key}" for key in ("no_contact", "out_of_order", "come_back_later", "too_many_calls")
)
Given = TypeVar("Given")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Planned:
    """What one table would ask for; `key` tells its query from every other."""

    table: Declared
    query: Query
    plan: Plan

    @property
    def key(self) -> str:
        """Fingerprint of address and query: the same query has the same job folder."""
        asked = (self.table.provider.base, msgspec.to_builtins(self.query))
        return hashlib.sha256(msgspec.json.encode(asked)).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Collected:
    """One table that is here.

    Args:
        table: which.
        key: fingerprint of its query.
        file: the whole, as JSON-stat 2.
        updated: when the provider last changed it, as it writes it.
        parts: the raw answers it was joined of.
    """

    table: Declared
    key: str
    file: Path
    updated: str
    parts: Sequence[Fetched]


class Services:
    """The services that declared tables come from, each asked through one client.

    Args:
        clock: where time comes from.
        limits: what one answer may cost.
    """

    def __init__(self, clock: Clock | None = None, limits: Limits | None = None) -> None:
        self._clock, self._limits = clock, limits
        self._open = ExitStack()
        self._asked: dict[str, PxWeb] = {}

    def __enter__(self) -> Services:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def plan(self, tables: Sequence[Declared], municipalities: Sequence[str]) -> list[Planned]:
        """What every table would ask for; the faults of all tables are told together."""

        def one(table: Declared) -> Planned:
            query = table.query(municipalities)
            return Planned(table, query, self._service(table).plan(query))

        return _each(tables, lambda table: table, one)

    def collect(self, planned: Sequence[Planned], jobs: Path, out: Path, seen: Seen) -> list[Collected]:
        """Fetch every table, and write each whole into `out`.

        Args:
            planned: what `plan` gave.
            jobs: folder of the job folders.
            out: folder of official files.
            seen: called with the table, the parts that are here and the parts there are.

        Raises:
            UserError: the faults of all tables; what has been fetched stays in `jobs`.
        """
        return _each(planned, lambda each: each.table, lambda each: self._one(each, jobs, out, seen))

    def _one(self, each: Planned, jobs: Path, out: Path, seen: Seen) -> Collected:
        table = each.table
        name = table.feeds.replace("/", "-")
        folder = jobs / f"{name}-{each.key}"
        parts = self._service(table).fetch(
            each.query, folder, each.plan, lambda done, of: seen(table, done, of)
        )
        for other in jobs.glob(f"{name}-*"):
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)  # of a query that is asked no more
        cube = _without_places_of_other_years(whole(parts, each.plan), table.place)
        file = out / f"{table.feeds}.json"
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(write_jsonstat(cube))
        except OSError as error:
            values = {"folder": str(file.parent), "reason": error.strerror or ""}
            raise UserError(Fault("sources:cannot_write", values)) from error
        return Collected(table, each.key, file, each.plan.updated, parts)

    def _service(self, table: Declared) -> PxWeb:
        base = table.provider.base
        if base not in self._asked:
            client = Client(base, clock=self._clock, limits=self._limits)
            self._asked[base] = PxWeb(self._open.enter_context(client))
        return self._asked[base]


def _without_places_of_other_years(cube: Cube, place: str) -> Cube:
    """The same table, with a place missing in the years in which its every cell is zero.

    Grouped to the municipalities of 2024, the provider writes 0 where a municipality did not exist and its
    figures cannot be told from another's. None has no inhabitant, and none has no job.
    """
    if not place or TIME not in cube.names:
        return cube
    kept = [cube.names.index(name) for name in (place, TIME)]
    others = tuple(axis for axis in range(len(cube.names)) if axis not in kept)
    values = cube.values.reshape(cube.shape)
    is_blank = (values == 0) | cube.missing().reshape(cube.shape)  # what is suppressed is there
    is_empty = is_blank.all(axis=others, keepdims=True) & (values == 0)
    if not is_empty.any():
        return cube
    signs = cube.signs if MISSING_SIGN in cube.signs else (*cube.signs, MISSING_SIGN)
    sign = signs.index(MISSING_SIGN)
    flat = is_empty.reshape(-1)
    status = np.where(flat, np.int8(sign), cube.status)
    return replace(cube, values=np.where(flat, np.nan, cube.values), status=status, signs=signs)


def _each(
    given: Sequence[Given], of: Callable[[Given], Declared], work: Callable[[Given], Made]
) -> list[Made]:
    """What comes of each; the faults of all are told together, with the table where they do not say it.

    A service that does not answer now is not asked for its other tables: each would take as long to fail.
    """
    made, faults, silent = list[Made](), Faults(), set[str]()
    for each in given:
        table = of(each)
        if table.provider.base in silent:
            continue
        try:
            made.append(work(each))
        except UserError as error:
            where = f"{table.feeds} ({table.id})"
            faults.extend(replace(fault, where=fault.where or where) for fault in error.faults)
            if any(fault.key in _SILENT for fault in error.faults):
                silent.add(table.provider.base)
    faults.raise_if_any()
    return made


def provenance(collected: Collected) -> Mapping[str, object]:
    """What a snapshot's record keeps of where a table came from."""
    first = collected.parts[0]
    return {
        "provider": collected.table.provider.name["nb"],
        "address": first.address,
        "query": collected.key,
        "updated": collected.updated,
        "fetched": max(part.fetched for part in collected.parts),
        "licence": first.licence or collected.table.licence,
        "parts": [part.sha256 for part in collected.parts],
    }
