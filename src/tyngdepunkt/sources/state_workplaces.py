"""Workplaces of the state, out of the tables that are made of Enhetsregisteret's two nightly files.

Sector 6100 of the standard of institutional sectors is central government. A workplace bears no name in those
tables, since it may be its owner's: what is told is the name of the entity it belongs to, which is a public
body. Those without employees are left out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.sources._files import read_bytes
from tyngdepunkt.sources.asked import form_of
from tyngdepunkt.sources.contract import Tidy, origin

NAME = "enhetsregisteret/state-workplaces"
SECTOR = "6100"
COLUMNS = ("number", "entity", "name", "municipality", "day")
_MEMORY, _THREADS = "250MB", 2
_SQL = """
    SELECT w.number, e.number, e.name, w.municipality
    FROM read_parquet($workplaces) w JOIN read_parquet($entities) e ON w.parent = e.number
    WHERE e.sector = $sector AND e.name IS NOT NULL AND w.has_employees
      AND w.deleted IS NULL AND e.deleted IS NULL
    ORDER BY w.number
"""


class Workplace(msgspec.Struct, frozen=True):
    """One workplace with the number and name of the entity it belongs to."""

    number: str
    parent: str
    name: str
    municipality: str | None


class Workplaces(msgspec.Struct, frozen=True):
    """All of them, and when the older of the two files was fetched."""

    at: dt.datetime
    workplaces: list[Workplace]


@dataclass(frozen=True, slots=True)
class StateWorkplacesSource:
    """What `extract` has made."""

    name: str = NAME
    licence: str = "NLOD 2.0"
    cadence: str = "daily"

    def parse(self, file: Path) -> Tidy:
        """Rows (number, entity, name, municipality, day); none at all is a fault.

        Raises:
            UserError: it is not what `extract` makes, or holds none.
        """
        held = form_of(Workplaces, str(file))(read_bytes(file))
        if not held.workplaces:
            raise UserError(Fault("sources:no_state_workplaces", {"sector": SECTOR}, str(file)))
        rows = [
            (each.number, each.parent, each.name, each.municipality, held.at.date())
            for each in held.workplaces
        ]
        return Tidy(COLUMNS, rows, origin(file, updated=held.at.isoformat()))


def extract(entities: Path, workplaces: Path, at: str) -> bytes:
    """The workplaces as JSON.

    Args:
        entities: the table of `data register entities`.
        workplaces: the table of `data register workplaces`.
        at: when the older of the two was fetched.

    Raises:
        UserError: a table cannot be read.
    """
    import duckdb

    asked = {"entities": str(entities), "workplaces": str(workplaces), "sector": SECTOR}
    try:
        with duckdb.connect(config={"memory_limit": _MEMORY, "threads": _THREADS}) as database:
            rows = database.execute(_SQL, asked).fetchall()
    except duckdb.Error as error:
        values = {"file": entities.parent.name, "reason": str(error).splitlines()[0]}
        raise UserError(Fault("sources:unreadable", values, str(entities.parent))) from error
    return msgspec.json.encode({"at": at, "workplaces": [Workplace(*row) for row in rows]})
