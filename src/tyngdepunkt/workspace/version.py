"""Which version a database is of, and how it is brought up to this one.

A database without tables is new, one with tables of others alone is not ours, one with tables of ours and no
number is from before there were numbers, and one with a number that is not known here is of a newer program.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.inspection import inspect

from tyngdepunkt.workspace.tables import Base

KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Every version there has been, oldest first; the last is this program's."""
NEWEST = KNOWN[-1]
NEW, BEFORE_NUMBERS, FOREIGN = "", "0000", "foreign"

_NUMBER = "alembic_version"
_ASK = text(f"SELECT version_num FROM {_NUMBER}")


def version_of(connection: Connection) -> str:
    """The version of a database, as its own number says or as its tables show.

    Returns:
        The number, such as `0006`. Where there is none: `NEW` if there are no tables, `FOREIGN` if a
        SQLite file holds tables of another program alone, `BEFORE_NUMBERS` if it holds some of ours.
    """
    there = tables_of(connection)
    if _NUMBER in there and there & set(Base.metadata.tables):
        found = connection.scalar(_ASK)
        return BEFORE_NUMBERS if found is None else str(found)
    if there & set(Base.metadata.tables):
        return BEFORE_NUMBERS
    # a server's database may well be shared; a file is one program's
    return FOREIGN if there and connection.dialect.name == "sqlite" else NEW


def tables_of(connection: Connection) -> set[str]:
    """The tables that the database has.

    Returns:
        Their names, those of other programs included.
    """
    return set(inspect(connection).get_table_names())


def lacking(connection: Connection) -> list[str]:
    """The tables that the newest version has and this database lacks.

    Returns:
        Their names, sorted; empty where none is lacking.
    """
    return sorted(set(Base.metadata.tables) - tables_of(connection))


def number_of(connection: Connection) -> str:
    """The version number that is stored in the database.

    Returns:
        The number; the text `None` where no number is stored.

    Raises:
        DBAPIError: of SQLAlchemy: the database has no table of numbers. Ask `version_of` first if in doubt.
    """
    return str(connection.scalar(_ASK))


def is_newer(version: str) -> bool:
    """Whether a version was written by a newer release of this program, which this one does not know.

    Args:
        version: as `version_of` returns it.

    Returns:
        True for a number that is not in `KNOWN`; False for `NEW`, `BEFORE_NUMBERS` and `FOREIGN`.
    """
    return version not in (NEW, BEFORE_NUMBERS, FOREIGN, *KNOWN)


def make(connection: Connection) -> None:
    """All tables in a new database, and their number."""
    Base.metadata.create_all(connection)
    connection.execute(text(f"CREATE TABLE {_NUMBER} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text(f"INSERT INTO {_NUMBER} VALUES (:newest)"), {"newest": NEWEST})


def upgrade(connection: Connection, to: str = NEWEST) -> None:
    """Bring an older database up to a version, in the transaction that is open."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    folder = str(Path(__file__).parent / "migrations")
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
