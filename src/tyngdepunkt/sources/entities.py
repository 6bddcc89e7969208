"""Every entity of Enhetsregisteret, from the register's nightly file to a table without names of persons.

The files are gzipped JSON: one array of entities (`enheter/lastned`) or workplaces (`underenheter/lastned`).
Source: OpenAPI 2.0.0 of the register, data.brreg.no/enhetsregisteret/api/docs, under "Vedlikehold av kopi"
and "Media typer". DuckDB reads a file a piece at a time, so that memory does not grow with it.

The name of a sole proprietor is the name of a person, and a workplace often bears its owner's. Names are kept
only of the forms in `NAMED`, and never of workplaces, where the file does not tell the owner's form.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tyngdepunkt import swap
from tyngdepunkt.errors import Fault, Faults, UserError

if TYPE_CHECKING:
    import duckdb

LICENCE = "NLOD 2.0"
CADENCE = "daily"
KINDS: Mapping[str, str] = {"entities": "enheter/lastned", "workplaces": "underenheter/lastned"}
"""What there is a nightly file of, and the path it is fetched from."""
NAMED = (
    *("AS", "ASA", "SA", "SE", "BRL", "BBL", "GFS", "SPA"),
    *("STAT", "ORGL", "ADOS", "SF", "SÆR", "KOMM", "FYLK", "KF", "FKF", "IKS", "KIRK", "STI", "FLI"),
)
"""Forms whose names are not names of persons: companies, public bodies, foundations, associations."""
COLUMNS = (
    *("number", "name", "form", "parent", "municipality", "industry"),
    *("employees", "has_employees", "sector", "deleted"),
)
"""`employees` is missing, not zero, where the register does not say: from 11 March 2024 it gives none from 1
to 4 (OpenAPI 2.0.0, change log), and `has_employees` tells whether there are any."""
MOST_ITEMS, MOST_BYTES = 5_000_000, 16 * 1024**3
_PIECE = 1 << 20
_MEMORY, _THREADS = "250MB", 2
_CODE = "STRUCT(kode VARCHAR)"
_PLACE = "STRUCT(kommunenummer VARCHAR)"
_FIELDS = {
    "organisasjonsnummer": "VARCHAR",
    "navn": "VARCHAR",
    "organisasjonsform": _CODE,
    "overordnetEnhet": "VARCHAR",
    "forretningsadresse": _PLACE,
    "beliggenhetsadresse": _PLACE,
    "naeringskode1": _CODE,
    "antallAnsatte": "DOUBLE",
    "harRegistrertAntallAnsatte": "BOOLEAN",
    "institusjonellSektorkode": _CODE,
    "slettedato": "VARCHAR",
}
_ROWS = """
    SELECT organisasjonsnummer AS number,
           CASE WHEN list_contains($named, organisasjonsform.kode) THEN navn END AS name,
           organisasjonsform.kode AS form, overordnetEnhet AS parent,
           coalesce(forretningsadresse.kommunenummer, beliggenhetsadresse.kommunenummer) AS municipality,
           naeringskode1.kode AS industry, antallAnsatte AS employees,
           harRegistrertAntallAnsatte AS has_employees,
           institusjonellSektorkode.kode AS sector, slettedato AS deleted
    FROM read_json($file, format='array', compression='gzip', columns={columns}, maximum_object_size=16777216)
    LIMIT $most
"""
_STORED = """
    SELECT * REPLACE (CAST(employees AS INTEGER) AS employees, CAST(deleted AS DATE) AS deleted)
    FROM read_parquet($file)
"""
_RULES = {
    "number": "number IS NULL OR NOT regexp_full_match(number, '[0-9]{9}')",
    "form": "form IS NULL",
    "parent": "NOT regexp_full_match(parent, '[0-9]{9}')",
    "municipality": "NOT regexp_full_match(municipality, '[0-9]{4}')",
    "industry": "NOT regexp_full_match(industry, '[0-9]{2}([.][0-9]{1,3})?')",
    "employees": "employees < 0 OR employees > 1e6 OR employees <> floor(employees)",
    "deleted": "deleted IS NOT NULL AND TRY_CAST(deleted AS DATE) IS NULL",
}
"""Field → which rows are wrong in it."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A packed file that was read to its end: fingerprint and size of what came, and size unpacked."""

    sha256: str
    size: int
    unpacked: int


@dataclass(frozen=True, slots=True)
class Read:
    """What a file held.

    Args:
        rows: entities.
        unknown_employees: of them, those whose number of employees the register does not tell.
        without_name: those whose name is not kept.
        deleted: those that the register has struck off.
    """

    rows: int
    unknown_employees: int
    without_name: int
    deleted: int


def packed(file: Path, most: int = MOST_BYTES) -> Packed:
    """Read a gzip file to its end: is it whole, and how large is it unpacked?

    Args:
        file: what was fetched.
        most: bytes that it may unpack to.

    Raises:
        UserError: it is no gzip file, was cut off, does not match its own checksum, or is too large unpacked.
    """
    digest, size, unpacked = hashlib.sha256(), 0, 0
    unzip = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        for wire in _wire(file):
            digest.update(wire)
            size += len(wire)
            while wire and not unzip.eof:
                unpacked += len(unzip.decompress(wire, _PIECE))
                if unpacked > most:
                    raise _fault("unpacks_too_large", file, limit=most // 1024**2)
                wire = unzip.unconsumed_tail
    except zlib.error as error:
        raise _fault("not_gzip", file) from error
    if not unzip.eof:
        raise _fault("not_gzip", file)
    return Packed(digest.hexdigest(), size, unpacked)


def read_entities(file: Path, out: Path, *, most: int = MOST_ITEMS) -> Read:
    """Make a Parquet table with `COLUMNS` of a nightly file; it takes its place only when it is faultless.

    Args:
        file: gzipped JSON, as `packed` has passed it.
        out: the table; one that is there already is replaced.
        most: entities there may be.

    Raises:
        UserError: the file is not JSON of this form, or every rule that it breaks, with examples.
    """
    import duckdb

    beside = [out.with_name(swap.hidden_name(f"{out.name}-{step}")) for step in ("read", "kept")]
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with duckdb.connect(config={"memory_limit": _MEMORY, "threads": _THREADS}) as database:
            _copy(database, file, beside[0], most + 1)
            found = _checked(database, file, beside[0], most)
            _write(database, _STORED, {"file": str(beside[0])}, beside[1])
        swap.flush(beside[1])
        beside[1].replace(out)
        return found
    except duckdb.Error as error:
        raise _fault(
            "not_entities", file, reason=str(error).splitlines()[0].replace(str(file), "")
        ) from error
    except OSError as error:
        values = {"folder": str(out.parent), "reason": error.strerror or ""}
        raise UserError(Fault("sources:cannot_write", values)) from error
    finally:
        for each in beside:
            each.unlink(missing_ok=True)


def _copy(database: duckdb.DuckDBPyConnection, file: Path, out: Path, most: int) -> None:
    columns = ", ".join(f"{name}: '{kind}'" for name, kind in _FIELDS.items())
    sql = _ROWS.replace("{columns}", f"{{{columns}}}")
    _write(database, sql, {"file": str(file), "named": list(NAMED), "most": most}, out)


def _write(database: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, Any], out: Path) -> None:
    target = str(out).replace("'", "''")
    database.execute(f"COPY ({sql}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)", dict(values))


def _checked(database: duckdb.DuckDBPyConnection, file: Path, table: Path, most: int) -> Read:
    """What was read, if it breaks no rule."""
    database.read_parquet(str(table)).create_view("entity")
    counts = ", ".join(f"count(*) FILTER (WHERE {rule})" for rule in _RULES.values())
    told = "count(*), count(*) - count(employees), count(*) - count(name), count(deleted)"
    [row] = database.execute(f"SELECT {told}, {counts} FROM entity").fetchall()
    if not row[0]:
        raise _fault("no_entities", file)
    if row[0] > most:
        raise _fault("too_many_entities", file, limit=most)
    faults = Faults()
    for (name, rule), count in zip(_RULES.items(), row[4:], strict=True):
        if count:
            examples = _examples(database, f"SELECT coalesce({name}::VARCHAR, '–') FROM entity WHERE {rule}")
            faults.add("sources:wrong_entities", file.name, column=name, count=count, examples=examples)
    twice = "SELECT number FROM entity WHERE number IS NOT NULL GROUP BY number HAVING count(*) > 1"
    if examples := _examples(database, twice):
        faults.add("sources:entities_twice", file.name, examples=examples)
    faults.raise_if_any()
    return Read(*row[:4])


def _examples(database: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    return [str(value)[:20] for (value,) in database.execute(f"{sql} ORDER BY 1 LIMIT 3").fetchall()]


def _wire(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as opened:
            while wire := opened.read(_PIECE):
                yield wire
    except OSError as error:
        values = {"file": file.name, "reason": error.strerror or ""}
        raise UserError(Fault("sources:unreadable", values, str(file))) from error


def _fault(key: str, file: Path, **values: Any) -> UserError:
    return UserError(Fault(f"sources:{key}", {"file": file.name, **values}, str(file)))
