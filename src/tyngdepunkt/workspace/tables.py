"""The tables of the transactional database: the same for SQLite and PostgreSQL.

Two kinds. A draft is a head that names the newest version, and versions only ever added to; what is
deleted by a person is marked, so that it can be taken back. A register (the ledger) is only ever added
to: what was wrong is corrected by a new row that points at the one it reverses. That nothing is changed
or removed is kept by the database itself, with triggers.

**A table is changed by a migration** (`migrations/versions`), never here alone: a test compares what a
new database gets with what an old one becomes.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import (
    DDL,
    Date,
    Double,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from tyngdepunkt.workspace.columns import ImportColumns, Moment, RowColumns


class Base(DeclarativeBase):
    """All tables; they are made together."""


class DraftRow(Base):
    """One draft. `version` is the newest; `seen` the newest version whose scores were shown.

    `kind` is the analysis it is a case of.
    """

    __tablename__ = "case_draft"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int]
    created_at: Mapped[dt.datetime] = mapped_column(Moment)
    changed_at: Mapped[dt.datetime] = mapped_column(Moment, index=True)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    seen: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(40), server_default="location")
    versions: Mapped[list[VersionRow]] = relationship(order_by="VersionRow.version")


class VersionRow(Base):
    """The whole case as it stood after one save: `content` is the case mapping as JSON.

    `schema` is the schema of that mapping; a program that does not know it leaves the draft alone.
    `method` is the version of the method that answered the case then; None where that was not kept.
    """

    __tablename__ = "case_draft_version"

    draft_id: Mapped[str] = mapped_column(ForeignKey("case_draft.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    saved_at: Mapped[dt.datetime] = mapped_column(Moment)
    step: Mapped[str] = mapped_column(String(40))
    content: Mapped[str] = mapped_column(Text)
    schema: Mapped[int] = mapped_column(server_default="1")
    method: Mapped[str | None] = mapped_column(String(20))


class ShareRow(Base):
    """One version of a draft that whoever has an address may read; of the address only a hash is kept."""

    __tablename__ = "case_share"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("case_draft.id"), index=True)
    version: Mapped[int]
    made_at: Mapped[dt.datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class ImportRow(ImportColumns, Base):
    """One import into the ledger, or the undoing of one."""

    __tablename__ = "ledger_import"


class EventRow(RowColumns, Base):
    """One event of the ledger, or the reversal of one."""

    __tablename__ = "ledger_event"
    __imports__ = "ledger_import"
    __table_args__ = (UniqueConstraint("fingerprint", "generation"),)

    kind: Mapped[str] = mapped_column(String(20))
    municipality: Mapped[str] = mapped_column(String(4), index=True)
    place: Mapped[str] = mapped_column(String(400))
    low: Mapped[float] = mapped_column("jobs_low", Double)
    high: Mapped[float] = mapped_column("jobs_high", Double)
    start: Mapped[dt.date] = mapped_column("first_day", Date)
    end: Mapped[dt.date] = mapped_column("last_day", Date)
    agencies: Mapped[list[AgencyRow]] = relationship(order_by="AgencyRow.position", lazy="joined")


class AgencyRow(Base):
    """One of the agencies of an event."""

    __tablename__ = "ledger_event_agency"

    event_id: Mapped[int] = mapped_column(ForeignKey("ledger_event.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(400))


VERSIONS = "versions of a draft are only added to"
LEDGER = "the ledger is only added to"
ONLY_ADDED_TO = {
    "case_draft_version": VERSIONS,
    "ledger_import": LEDGER,
    "ledger_event": LEDGER,
    "ledger_event_agency": LEDGER,
}
"""Tables whose rows are never changed and never removed, and what the database says of it."""

_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{what} BEFORE {what} ON {table}
BEGIN SELECT RAISE(ABORT, '{said}'); END
"""
_POSTGRESQL = (
    """
CREATE OR REPLACE FUNCTION {table}_only_added_to() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{said}'; END $$ LANGUAGE plpgsql
""",
    """
CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_only_added_to()
""",
)


def refusals(table: str, said: str, dialect: str) -> list[str]:
    """SQL that makes a database refuse to change or remove rows of a table.

    Args:
        table: its name.
        said: the message of the database when it refuses.
        dialect: `sqlite`; anything else gives the statements of PostgreSQL.

    Returns:
        The statements, to be run in this order.
    """
    if dialect == "sqlite":
        return [_SQLITE.format(table=table, what=what, said=said) for what in ("update", "delete")]
    return [each.format(table=table, said=said) for each in _POSTGRESQL]


def _guard(table: str, said: str) -> None:
    for dialect in ("sqlite", "postgresql"):
        for text in refusals(table, said, dialect):
            statement = DDL(text)  # type: ignore[no-untyped-call]
            event.listen(Base.metadata.tables[table], "after_create", statement.execute_if(dialect=dialect))


for _table, _said in ONLY_ADDED_TO.items():
    _guard(_table, _said)
