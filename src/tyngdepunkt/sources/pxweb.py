"""Tables from a PxWebApi 2: limits first, metadata next, then the cells in parts that the limits allow.

Addresses, forms and faults are those of the specification (PxTools/PxApiSpecs, PxAPI-2.yml) and, where they
differ, of the service: too many cells is 403 in the one and 400 in the other, and a limit of 0 in `/config`
means that none is stated. Codes are checked against the metadata before any cell is asked for, so that a
variable or code that is gone is told by name. Queries go by POST, since a long address is answered by 404.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.sources._files import read_bytes
from tyngdepunkt.sources._job import Asked, Job, Part
from tyngdepunkt.sources._parts import Selection, cells, split
from tyngdepunkt.sources.cube import MAX_CELLS, Cube, joined
from tyngdepunkt.sources.http import CALLS, WINDOW, Client, RefusedError
from tyngdepunkt.sources.jsonstat import Metadata, read_jsonstat, read_metadata

DEFAULT_CELLS = 100_000
"""Cells of a part where a service does not state its limit."""
Seen = Callable[[int, int], None]
_TABLE, _MOST_EXAMPLES = re.compile(r"[\w-]{1,40}"), 5


@dataclass(frozen=True, slots=True)
class Query:
    """What is wanted of a table.

    Args:
        table: its id, for instance `07459`.
        select: variable → codes; `*` and `?` stand for any characters and any one character, `from(x)` for
            a code and all after it. Variables that may be left out may be left out.
        codelists: variable → id of the grouping or value set whose codes are meant.
        language: of labels, as the service names it.
    """

    table: str
    select: Mapping[str, Sequence[str]]
    codelists: Mapping[str, str] = field(default_factory=dict)
    language: str = "no"


@dataclass(frozen=True, slots=True)
class Caps:
    """How much one query may fetch.

    Args:
        cells: cells of all parts together.
        parts: number of parts, which is the number of calls.
        bytes: size of all raw answers together.
    """

    cells: int = MAX_CELLS
    parts: int = 1000
    bytes: int = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Plan:
    """What a query would ask for; nothing has been fetched yet but `/config` and the metadata.

    Args:
        title: what the provider calls the table.
        updated: when it last changed it, as it writes it.
        licence: what the service states of itself.
        selection: variable → codes, wildcards resolved, in the order of the metadata.
        parts: the selections that are asked for one by one.
        cells: cells of all parts together.
        seconds: the least time that the limit of calls allows.
    """

    title: str
    updated: str
    licence: str
    selection: Selection
    parts: tuple[Selection, ...]
    cells: int
    seconds: float
    most: int
    raw: Mapping[str, bytes] = field(repr=False)

    @property
    def calls(self) -> int:
        """Calls that are left to make."""
        return len(self.parts)


@dataclass(frozen=True, slots=True)
class Fetched:
    """One raw answer that is here.

    Args:
        file: where.
        sha256: fingerprint of the bytes as they came (decompressed).
        cells: how many it holds.
        licence: licence or its address, as the service states it.
        fetched: date and time in UTC, ISO 8601.
        address: where it came from.
        updated: when the provider last changed the table.
    """

    file: Path
    sha256: str
    cells: int
    licence: str
    fetched: str
    address: str
    updated: str


def whole(fetched: Sequence[Fetched], plan: Plan) -> Cube:
    """One table of the parts that were fetched, its codes in the order of the plan.

    Raises:
        UserError: a file is not what it was, or the parts do not make up the whole.
    """
    parts = [read_jsonstat(read_bytes(each.file), each.file.name, str(each.file)) for each in fetched]
    return joined(parts, plan.selection)


class _Config(msgspec.Struct, rename="camel"):
    max_data_cells: int = 0
    max_calls_per_time_window: int = 0
    time_window: int = 0
    license: str = ""


class PxWeb:
    """A service that speaks PxWebApi 2.

    Args:
        client: a client at its base address.
        caps: how much one query may fetch.
    """

    def __init__(self, client: Client, caps: Caps | None = None) -> None:
        self._client = client
        self._caps = caps or Caps()
        self._config: tuple[bytes, _Config] | None = None

    def plan(self, query: Query) -> Plan:
        """What the query would ask for: a dry run of two calls.

        Raises:
            UserError: unknown variables or codes (every one), a variable that must be there, more than the
                caps allow, or a fault of the connection.
        """
        if not _TABLE.fullmatch(query.table):
            raise UserError(Fault("sources:not_a_table_id", {"table": query.table[:40]}))
        raw_config, config = self._configured()
        raw, metadata = self._client.ask(
            f"tables/{query.table}/metadata",
            lambda content: read_metadata(content, f"{query.table}/metadata"),
            params={"lang": query.language} | _in_brackets(query.codelists),
        )
        selection = _selected(query, metadata)
        most = config.max_data_cells if config.max_data_cells > 0 else DEFAULT_CELLS
        self._need_within(query.table, "cells", cells(selection), self._caps.cells)
        parts = tuple(split(selection, most))
        self._need_within(query.table, "parts", len(parts), self._caps.parts)
        seconds = self._client.pace.least(len(parts))
        return Plan(
            metadata.title,
            metadata.updated,
            config.license,
            selection,
            parts,
            cells(selection),
            seconds,
            most,
            {"config.json": raw_config, "metadata.json": raw},
        )

    def fetch(
        self, query: Query, folder: Path, plan: Plan | None = None, seen: Seen | None = None
    ) -> list[Fetched]:
        """Every part as a raw file in the folder; those that are there from before are not fetched again.

        Args:
            query: what is wanted.
            folder: of this query alone.
            plan: what `plan` has just answered to the same query, so that it is not asked for again.
            seen: called with the parts that are here and the parts there are, each time one has come.

        Raises:
            UserError: as `plan`; the folder is that of another query; the answer does not hold what was
                asked for; the table was changed meanwhile. What has been fetched stays, and the same call
                goes on from there.
        """
        plan = plan or self.plan(query)
        address = self._client.address(f"tables/{query.table}/data")
        select = {name: tuple(codes) for name, codes in query.select.items()}
        asked = Asked(address, query.language, dict(query.codelists), select)
        job = Job(folder, asked, plan.updated, plan.selection, plan.most)
        for name, content in plan.raw.items():
            job.note(name, content)
        return [
            Fetched(
                folder / part.file,
                part.sha256,
                part.cells,
                plan.licence,
                part.fetched,
                address,
                plan.updated,
            )
            for part in self._parts(query, plan, job, seen)
        ]

    def _parts(self, query: Query, plan: Plan, job: Job, seen: Seen | None) -> list[Part]:
        """The parts, each halved for as long as the service finds it too large."""
        pending, done, size = deque(job.parts()), list[Part](), 0
        while pending:
            selection = pending[0]
            part = job.kept(selection)
            if part is None:
                content = self._content(query, plan, selection)
                if content is None:
                    pending = deque(job.shrink(pending, cells(selection) // 2))
                    self._need_within(query.table, "parts", len(pending) + len(done), self._caps.parts)
                    continue
                part = job.keep(selection, content, self._client.clock.now())
            done.append(part)
            pending.popleft()
            size += part.size
            if seen:
                seen(len(done), len(done) + len(pending))
            self._need_within(query.table, "bytes", size, self._caps.bytes)
        return done

    def _content(self, query: Query, plan: Plan, selection: Selection) -> bytes | None:
        """One raw answer that holds what was asked for, or None where it was too much at once."""
        wanted = [
            {"variableCode": name, "valueCodes": codes}
            | ({"codelist": query.codelists[name]} if name in query.codelists else {})
            for name, codes in selection.items()
        ]
        try:
            content, cube = self._client.ask(
                f"tables/{query.table}/data",
                lambda content: read_jsonstat(content, query.table),
                params={"lang": query.language, "outputFormat": "json-stat2"},
                body={"selection": wanted},
            )
        except RefusedError as refused:
            if refused.status in (400, 403) and "cell" in refused.said.lower() and cells(selection) > 1:
                return None
            raise
        _need_answer(query.table, plan, selection, cube)
        return content

    def _configured(self) -> tuple[bytes, _Config]:
        """Limits of the service, asked for once; the client keeps to them from then on."""
        if self._config is None:
            self._config = self._client.ask("config", _read_config)
            config = self._config[1]
            if config.max_calls_per_time_window > 0 and config.time_window > 0:
                self._client.pace.limit(config.max_calls_per_time_window, config.time_window)
            else:
                self._client.pace.limit(CALLS, WINDOW)
        return self._config

    def _need_within(self, table: str, what: str, found: int, limit: int) -> None:
        if found > limit:
            values = {"table": table, "found": found, "limit": limit}
            raise UserError(Fault(f"sources:too_many_{what}", values))


def _read_config(content: bytes) -> _Config:
    try:
        return msgspec.json.decode(content, type=_Config)
    except (msgspec.DecodeError, RecursionError) as error:
        raise UserError(Fault("sources:not_pxweb", {"reason": str(error)})) from error


def _in_brackets(codelists: Mapping[str, str]) -> dict[str, str]:
    return {f"codelist[{name}]": codelist for name, codelist in codelists.items()}


def _selected(query: Query, metadata: Metadata) -> Selection:
    """Codes of each variable in the order of the metadata; every fault of the query at once."""
    known = {dimension.name: dimension.codes for dimension in metadata.dimensions}
    faults = Faults()
    for name in query.select:
        if name not in known:
            faults.add("sources:unknown_variable", table=query.table, name=name, there=list(known))
    selection: dict[str, tuple[str, ...]] = {}
    for name, codes in known.items():
        if name in query.select:
            selection[name] = _matching(query, name, codes, faults)
        elif name not in metadata.may_be_left_out:
            faults.add("sources:needed_variable", table=query.table, name=name)
    faults.raise_if_any()
    return selection


def _matching(query: Query, name: str, codes: Sequence[str], faults: Faults) -> tuple[str, ...]:
    """The codes that are asked for; one that does not exist, or a wildcard for nothing, is a fault."""
    there = set(codes)
    chosen: set[str] = set()
    gone = []
    for asked in query.select[name]:
        found = {asked} & there or _onward(asked, codes) or _wildcard(asked, codes)
        chosen |= found
        if not found:
            gone.append(asked)
    if gone or not chosen:
        shown = gone[:_MOST_EXAMPLES]
        faults.add("sources:unknown_codes", table=query.table, name=name, count=len(gone), examples=shown)
    return tuple(code for code in codes if code in chosen)


def _onward(asked: str, codes: Sequence[str]) -> set[str]:
    first = asked[5:-1]
    is_onward = asked.startswith("from(") and asked.endswith(")") and first in codes
    return set(codes[codes.index(first) :]) if is_onward else set()


def _wildcard(asked: str, codes: Sequence[str]) -> set[str]:
    if not set(asked) & set("*?"):
        return set()
    pattern = "".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in asked)
    return {code for code in codes if re.fullmatch(pattern, code, re.DOTALL)}


def _need_answer(table: str, plan: Plan, selection: Selection, cube: Cube) -> None:
    """Refuse an answer to something else than was asked for."""
    if set(cube.names) != set(selection):
        values = {"found": sorted(cube.names), "expected": sorted(selection)}
        raise UserError(Fault("sources:other_dimensions", values))
    faults = Faults()
    for dimension in cube.dimensions:
        held, asked = set(dimension.codes), set(selection[dimension.name])
        for key, differing in (("strange_codes", held - asked), ("codes_left_out", asked - held)):
            if differing:
                examples = sorted(differing)[:_MOST_EXAMPLES]
                faults.add(f"sources:{key}", name=dimension.name, count=len(differing), examples=examples)
    faults.raise_if_any()
    if cube.updated != plan.updated:
        raise UserError(Fault("sources:changed_meanwhile", {"table": table, "updated": cube.updated}))
