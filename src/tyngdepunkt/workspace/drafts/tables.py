"""The tables of drafts: a head that names the newest version, and versions only ever added to.

A version is never changed and never removed: the database itself refuses it (triggers), as
for the ledger. What is deleted by a person is marked, so that it can be taken back.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import DDL, DateTime, ForeignKey, String, Text, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """The tables of drafts."""


class DraftRow(Base):
    """One draft. `version` is the newest; `seen` the newest version whose scores were shown."""

    __tablename__ = "case_draft"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int]
    created_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    changed_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True), index=True)
    deleted_at: Mapped[dt.datetime | None] = mapped_column(DateTime(timezone=True))
    seen: Mapped[int | None]
    versions: Mapped[list[VersionRow]] = relationship(order_by="VersionRow.version")


class VersionRow(Base):
    """The whole case as it stood after one save: `content` is the case mapping as JSON."""

    __tablename__ = "case_draft_version"

    draft_id: Mapped[str] = mapped_column(ForeignKey("case_draft.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    saved_at: Mapped[dt.datetime] = mapped_column(DateTime(timezone=True))
    step: Mapped[str] = mapped_column(String(40))
    content: Mapped[str] = mapped_column(Text)


_REFUSE = """
CREATE TRIGGER IF NOT EXISTS case_draft_version_no_{what} BEFORE {what} ON case_draft_version
BEGIN SELECT RAISE(ABORT, 'versions of a draft are only added to'); END
"""
_REFUSE_FUNCTION = """
CREATE OR REPLACE FUNCTION case_draft_only_added_to() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'versions of a draft are only added to'; END $$ LANGUAGE plpgsql
"""
_REFUSE_POSTGRESQL = """
CREATE OR REPLACE TRIGGER case_draft_version_no_change BEFORE UPDATE OR DELETE ON case_draft_version
FOR EACH ROW EXECUTE FUNCTION case_draft_only_added_to()
"""


def _guard() -> None:
    """The database refuses to change or remove a version."""
    target = Base.metadata.tables["case_draft_version"]
    for what in ("update", "delete"):
        statement = DDL(_REFUSE.format(what=what))  # type: ignore[no-untyped-call]
        event.listen(target, "after_create", statement.execute_if(dialect="sqlite"))
    for text in (_REFUSE_FUNCTION, _REFUSE_POSTGRESQL):
        statement = DDL(text)  # type: ignore[no-untyped-call]
        event.listen(target, "after_create", statement.execute_if(dialect="postgresql"))


_guard()
