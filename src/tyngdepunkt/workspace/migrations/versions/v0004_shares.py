"""A version of a draft can be shared by an address, of which a hash is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """The table, empty: nothing was shared before."""
    op.create_table(
        "case_share",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("draft_id", sa.String(32), sa.ForeignKey("case_draft.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_case_share_draft_id", "case_share", ["draft_id"])
