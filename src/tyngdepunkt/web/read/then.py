"""What of a case would be another on the figures that were in use when it was last saved.

A case keeps no figures. Those in use at a moment are taken to be the newest that had been built by then,
which is what is used where nobody chooses otherwise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places, Snapshot, open_places
from tyngdepunkt.places.last_change import newest_at
from tyngdepunkt.web.read import version_diff
from tyngdepunkt.web.read.version_diff import Pair

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.live.weighing import Desktop
    from tyngdepunkt.workspace.drafts import Draft


@dataclass(frozen=True, slots=True)
class Then:
    """The case on the figures before.

    Args:
        snapshot: those that were in use.
        figures: points and figures that differ: `a` then, `b` now.
        marks: what the marks beside the figures mean.
    """

    snapshot: Snapshot
    figures: Sequence[Pair]
    marks: str

    def as_json(self) -> dict[str, Any]:
        """The same for a program: which figures, and each that differs."""
        told = {"snapshot": self.snapshot.id, "built": self.snapshot.built.isoformat()}
        figures = [
            {"alternative": pair.alternative, "title": pair.title, "then": pair.a, "now": pair.b}
            for pair in self.figures
        ]
        return {**told, "figures": figures, "marks": self.marks}


def then(draft: Draft, places: Places, desktop: Desktop, lang: str) -> Then | None:
    """What would differ in a case if it were answered on the figures that were in use when it was saved.

    Returns:
        The differences; None where those are the figures in use now, or where the case has no answer on
        either.
    """
    folder = newest_at(places.folder, draft.changed_at.replace(tzinfo=dt.UTC))
    if folder is None:
        return None
    try:
        old, before = _opened(folder)
        sides = before.assessed(draft, lang), desktop.assessed(draft, lang)
    except UserError:
        return None
    found = version_diff.figures(*sides, places)
    return Then(old.snapshot, found, version_diff.marks(found, lang))


@lru_cache(maxsize=1)
def _opened(folder: Path) -> tuple[Places, Desktop]:
    """Older figures, opened once: a snapshot never changes."""
    from tyngdepunkt.analyses.location.live.weighing import Desktop

    places = open_places(folder)
    return places, Desktop(places)
