"""A draft knows what kind of case it is; all there were are location cases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """The column, filled."""
    column = sa.Column("kind", sa.String(40), nullable=False, server_default="location")
    op.add_column("case_draft", column)
