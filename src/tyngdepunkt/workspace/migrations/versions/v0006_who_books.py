"""An import into the ledger says who booked it, where that was said.

Of the imports there were it is not known: nothing is written for them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """The column, empty."""
    op.add_column("ledger_import", sa.Column("booked_by", sa.String(200), nullable=True))
