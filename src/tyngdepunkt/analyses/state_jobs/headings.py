"""What the columns and the kinds of a ledger file are called."""

from __future__ import annotations

from functools import cache

from tyngdepunkt import texts
from tyngdepunkt.inputs.headings import form_of

ROOM = "analyses.state_jobs"


@cache
def words(group: str) -> dict[str, str]:
    """Every word that is understood → what it stands for; `group` is `columns` or `kinds`."""
    return dict(form_of("tyngdepunkt.analyses.state_jobs", group, ()).words)


def column(field: str) -> texts.Term:
    """A field, said by the heading that people write."""
    return texts.Term(field, f"{ROOM}:columns.{field}")
