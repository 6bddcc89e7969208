"""Which place is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tyngdepunkt.analyses.business import ANALYSIS
from tyngdepunkt.analyses.business.area import Area, area_of
from tyngdepunkt.analyses.business.question import Question
from tyngdepunkt.analyses.contract import Brought, Made, Setting
from tyngdepunkt.places import Places


@dataclass(frozen=True, slots=True)
class Asked:
    """An area of an open snapshot, whether its municipalities are listed, and the head of the answer."""

    places: Places
    area: Area
    every: bool
    made: Made


def resolve(brought: Mapping[str, Brought], question: Question, setting: Setting) -> Asked:
    """The municipality, county or country that is asked for.

    Raises:
        UserError: no such place, or one of several.
    """
    places = setting.open_places()
    area = area_of(question.place, places, "")
    return Asked(places, area, question.every, ANALYSIS.made(brought, question, snapshot=places.snapshot.id))
