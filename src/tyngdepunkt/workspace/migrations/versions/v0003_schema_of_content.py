"""A version of a draft says by which schema its content is written; all there were are of the first."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """The column, filled."""
    column = sa.Column("schema", sa.Integer, nullable=False, server_default="1")
    op.add_column("case_draft_version", column)
