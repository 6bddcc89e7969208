"""The tables as they were before databases had a version; those that are there already stay."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.DateTime(timezone=True)
_VERSIONS = "versions of a draft are only added to"
_LEDGER = "the ledger is only added to"


def upgrade() -> None:
    """Make what is not there: an installation could have drafts alone, or the ledger alone."""
    there = set(sa.inspect(op.get_bind()).get_table_names())
    if "case_draft" not in there:
        _drafts()
    if "ledger_import" not in there:
        _ledger()


def _drafts() -> None:
    op.create_table(
        "case_draft",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False, index=True),
        sa.Column("deleted_at", _MOMENT),
        sa.Column("seen", sa.Integer),
    )
    op.create_table(
        "case_draft_version",
        sa.Column("draft_id", sa.String(32), sa.ForeignKey("case_draft.id"), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("saved_at", _MOMENT, nullable=False),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
    )
    _refuse("case_draft_version", _VERSIONS)


def _ledger() -> None:
    op.create_table(
        "ledger_import",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("imported_at", _MOMENT, nullable=False),
        sa.Column("file_name", sa.String(400), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("ledger_import.id"), unique=True),
    )
    op.create_table(
        "ledger_event",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("import_id", sa.Integer, sa.ForeignKey("ledger_import.id"), nullable=False, index=True),
        sa.Column("position", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("municipality", sa.String(4), nullable=False, index=True),
        sa.Column("place", sa.String(400), nullable=False),
        sa.Column("jobs_low", sa.Double, nullable=False),
        sa.Column("jobs_high", sa.Double, nullable=False),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("reverses", sa.Integer, sa.ForeignKey("ledger_event.id"), unique=True),
        sa.UniqueConstraint("fingerprint", "generation"),
    )
    op.create_table(
        "ledger_event_agency",
        sa.Column("event_id", sa.Integer, sa.ForeignKey("ledger_event.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.String(400), nullable=False),
    )
    for table in ("ledger_import", "ledger_event", "ledger_event_agency"):
        _refuse(table, _LEDGER)


def _refuse(table: str, said: str) -> None:
    """Rows of the table are never changed and never removed."""
    if op.get_bind().dialect.name == "sqlite":
        for what in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{what} BEFORE {what} ON {table}\n"
                f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {table}_only_added_to() RETURNS trigger AS $$\n"
        f"BEGIN RAISE EXCEPTION '{said}'; END $$ LANGUAGE plpgsql"
    )
    op.execute(
        f"CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}\n"
        f"FOR EACH ROW EXECUTE FUNCTION {table}_only_added_to()"
    )
