"""The tables of the ledger: the same for SQLite and PostgreSQL, and only ever added to.

A row is never changed and never removed: the database itself refuses it (triggers). What was
wrong is corrected by a new row that points at the one it reverses.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import DDL, Date, DateTime, Double, ForeignKey, String, Text, UniqueConstraint, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """The tables of the ledger."""


class ImportRow(Base):
    """One import, or the undoing of one."""

    __tablename__ = "ledger_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    imported_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    file_name: Mapped[str] = mapped_column(String(400))
    sha256: Mapped[str] = mapped_column(String(64))
    undoes: Mapped[int | None] = mapped_column(ForeignKey("ledger_import.id"), unique=True)
    events: Mapped[list[EventRow]] = relationship(back_populates="imported", order_by="EventRow.id")


class EventRow(Base):
    """One event, or the reversal of one.

    `generation` counts how often the same event was booked and reversed before; together
    with the fingerprint it is unique, so that two imports at once cannot book it twice.
    """

    __tablename__ = "ledger_event"
    __table_args__ = (UniqueConstraint("fingerprint", "generation"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("ledger_import.id"), index=True)
    position: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    municipality: Mapped[str] = mapped_column(String(4), index=True)
    place: Mapped[str] = mapped_column(String(400))
    low: Mapped[float] = mapped_column("jobs_low", Double)
    high: Mapped[float] = mapped_column("jobs_high", Double)
    start: Mapped[dt.date] = mapped_column("first_day", Date)
    end: Mapped[dt.date] = mapped_column("last_day", Date)
    source: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str] = mapped_column(String(64))
    generation: Mapped[int]
    reverses: Mapped[int | None] = mapped_column(ForeignKey("ledger_event.id"), unique=True)
    imported: Mapped[ImportRow] = relationship(back_populates="events")
    agencies: Mapped[list[AgencyRow]] = relationship(order_by="AgencyRow.position")


class AgencyRow(Base):
    """One of the agencies of an event."""

    __tablename__ = "ledger_event_agency"

    event_id: Mapped[int] = mapped_column(ForeignKey("ledger_event.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(400))


_REFUSE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{what} BEFORE {what} ON {table}
BEGIN SELECT RAISE(ABORT, 'the ledger is only added to'); END
"""
_REFUSE_FUNCTION = """
CREATE OR REPLACE FUNCTION ledger_only_added_to() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the ledger is only added to'; END $$ LANGUAGE plpgsql
"""
_REFUSE_POSTGRESQL = """
CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION ledger_only_added_to()
"""


def _guard(table: str) -> None:
    """The database refuses to change or remove rows of a table."""
    target = Base.metadata.tables[table]
    for what in ("update", "delete"):
        statement = DDL(_REFUSE.format(table=table, what=what))  # type: ignore[no-untyped-call]
        event.listen(target, "after_create", statement.execute_if(dialect="sqlite"))
    for text in (_REFUSE_FUNCTION, _REFUSE_POSTGRESQL.format(table=table)):
        statement = DDL(text)  # type: ignore[no-untyped-call]
        event.listen(target, "after_create", statement.execute_if(dialect="postgresql"))


for _table in ("ledger_import", "ledger_event", "ledger_event_agency"):
    _guard(_table)
