"""What tables are made of: a point in time, and the columns that every register has."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import DateTime, Dialect, ForeignKey, String, Text, TypeDecorator
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

LONGEST_WHO = 200
"""Signs of who books an import."""


class Moment(TypeDecorator[dt.datetime]):
    """A point in time, in UTC whatever the database makes of it: SQLite keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """In UTC."""
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """With its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class ImportColumns:
    """What every table of imports has; `undoes` where it is the undoing of one."""

    __tablename__: str

    id: Mapped[int] = mapped_column(primary_key=True)
    imported_at: Mapped[dt.datetime] = mapped_column(Moment)
    file_name: Mapped[str] = mapped_column(String(400))
    sha256: Mapped[str] = mapped_column(String(64))
    booked_by: Mapped[str | None] = mapped_column(String(LONGEST_WHO))

    @declared_attr
    def undoes(cls) -> Mapped[int | None]:
        """The import it takes back; each at most once."""
        return mapped_column(ForeignKey(f"{cls.__tablename__}.id"), unique=True)


class RowColumns:
    """What every table of rows has.

    `generation` counts how often the same record was booked and reversed before; together with the
    fingerprint it is unique (a constraint of the table), so that two imports at once cannot book it twice.
    """

    __tablename__: str
    __imports__: str

    id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[str] = mapped_column(String(80))
    source: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(64))
    generation: Mapped[int]

    @declared_attr
    def import_id(cls) -> Mapped[int]:
        """The import it came with."""
        return mapped_column(ForeignKey(f"{cls.__imports__}.id"), index=True)

    @declared_attr
    def reverses(cls) -> Mapped[int | None]:
        """The row it takes back; each at most once."""
        return mapped_column(ForeignKey(f"{cls.__tablename__}.id"), unique=True)
