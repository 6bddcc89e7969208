"""What is assumed, and the figures it is held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tyngdepunkt.analyses.contract import Brought, Made, Setting
from tyngdepunkt.analyses.remote_work import ANALYSIS
from tyngdepunkt.analyses.remote_work.question import Question
from tyngdepunkt.errors import Faults
from tyngdepunkt.places import Places

ROOM = "analyses.remote_work"
TABLE = "wage_earners"


@dataclass(frozen=True, slots=True)
class Asked:
    """An open snapshot, what is assumed, and the head of the answer."""

    places: Places
    question: Question
    made: Made


def resolve(brought: Mapping[str, Brought], question: Question, setting: Setting) -> Asked:
    """Check what is assumed.

    Raises:
        UserError: shares that are turned round, or a snapshot without wage earners by occupation.
    """
    faults = Faults()
    if question.wish_low > question.wish_high:
        ends = {"low": question.wish_low, "high": question.wish_high}
        faults.add(f"{ROOM}:turned_wish", setting.named("wish_low"), **ends)
    places = setting.open_places()
    if not places.has(TABLE) or not places.years(TABLE):
        faults.add(f"{ROOM}:no_wage_earners", "", snapshot=places.snapshot.id)
    faults.raise_if_any()
    return Asked(places, question, ANALYSIS.made(brought, question, snapshot=places.snapshot.id))
