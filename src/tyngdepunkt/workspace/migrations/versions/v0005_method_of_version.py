"""A version of a draft says with which version of the method it was answered when it was saved.

Of the versions there were it is not known: nothing is written for them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """The column, empty."""
    op.add_column("case_draft_version", sa.Column("method", sa.String(20), nullable=True))
