"""From posts to desks: who comes on the busiest weekday, as an exact distribution."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Notice, Setting
from tyngdepunkt.analyses.desk_need.question import EVEN
from tyngdepunkt.analyses.desk_need.resolve import ROOM, WEEK, Asked, Group
from tyngdepunkt.analyses.desk_need.result import DeskNeed, FullHouse, PlaceNeed, Range
from tyngdepunkt.indicators.assumptions import assumption
from tyngdepunkt.methods.full_house import attendance, beyond, desks_for
from tyngdepunkt.methods.validation import Floats

_SURE = 1e-4
_MOST_ROWS = 200

Share = Callable[[Group], float]


def run(asked: Asked, setting: Setting) -> DeskNeed:
    """The need at every place, in the order they are first named."""
    by_place: dict[str, list[Group]] = {}
    for group in asked.groups:
        by_place.setdefault(group.place, []).append(group)
    question = asked.question
    found = [_need(place, groups, question.chance, question.busiest) for place, groups in by_place.items()]
    names = ["independent", "experience", *(["even_week"] if question.busiest == EVEN else [])]
    said = [Notice(name, texts.text(f"{ROOM}:notice.{name}", setting.lang)) for name in names]
    return DeskNeed(found, question.chance, question.busiest, [*asked.notices, *said], asked.made)


def _need(place: str, groups: Sequence[Group], chance: float, busiest: float) -> PlaceNeed:
    middle: Share = lambda group: (group.low + group.high) / 2  # noqa: E731
    spread = _attendance(groups, middle, busiest)
    lowest = _attendance(groups, lambda group: group.low, busiest)
    highest = _attendance(groups, lambda group: group.high, busiest)
    people, elsewhere = sum(group.posts * middle(group) for group in groups), assumption("desks_per_person")
    return PlaceNeed(
        place=place,
        posts=sum(group.posts for group in groups),
        people=people,
        expected=_on_average(groups, middle),
        peak_weekday=float(np.arange(len(spread)) @ spread),
        full_house=_full_house(spread),
        desks_needed=desks_for(spread, chance),
        expected_range=Range(
            _on_average(groups, lambda group: group.low), _on_average(groups, lambda group: group.high)
        ),
        desks_range=Range(desks_for(lowest, chance), desks_for(highest, chance)),
        experience=Range(elsewhere.low * people, elsewhere.high * people),
    )


def _on_average(groups: Sequence[Group], share: Share) -> float:
    return sum(group.posts * share(group) * group.days / WEEK for group in groups)


def _attendance(groups: Sequence[Group], share: Share, busiest: float) -> Floats:
    chances = [share(group) * min(1.0, group.days * busiest) for group in groups]
    return attendance([group.posts for group in groups], chances)


def _full_house(spread: Floats) -> list[FullHouse]:
    chances = beyond(spread)
    told = np.flatnonzero((chances > _SURE) & (chances < 1 - _SURE))
    step = max(1, -(-len(told) // _MOST_ROWS))
    return [FullHouse(int(desks), float(chances[desks])) for desks in told[::step]]
