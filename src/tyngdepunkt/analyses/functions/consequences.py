"""What it costs and gives to move the functions: per function and in all, as ranges in one price year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tyngdepunkt.analyses.functions.assumed import DEFAULTS, MOST, Move, assumptions_of
from tyngdepunkt.analyses.functions.publish import group_of
from tyngdepunkt.analyses.functions.reach import Reach
from tyngdepunkt.analyses.functions.resolve import Asked
from tyngdepunkt.analyses.functions.result import Consequences, Function, Moved, Part, Sum, Team, Vacated
from tyngdepunkt.analyses.functions.sources import sources_of_move
from tyngdepunkt.analyses.functions.staff import NO_PLACE
from tyngdepunkt.indicators.assumptions import assumption
from tyngdepunkt.methods.moving import net_cost, product
from tyngdepunkt.methods.validation import Floats

MONTHS = 12
KINDS = {
    "travel": ("yearly", "cost"), "team": ("yearly", "cost"), "desk_new": ("yearly", "cost"),
    "desk_old": ("yearly", "saving"), "equipment": ("one_off", "cost"), "double_rent": ("one_off", "cost"),
}  # fmt: skip
"""Part → when it comes, and whether it is a cost or a saving."""

_NOT_KNOWN = (np.nan, np.nan)


@dataclass(frozen=True, slots=True)
class Group:
    """The posts that move of one function, or of all: place → posts, by major occupation group."""

    of: Function | None
    by_group: Mapping[str, Counter[str]]

    @property
    def places(self) -> Counter[str]:
        """Place → posts that move from it; the place is empty where none is given."""
        return sum(self.by_group.values(), Counter())


def consequences(asked: Asked, functions: Iterable[Function], lang: str) -> Consequences:
    """Every function that is not clearly bound and of which some method, or the agency, says something."""
    move, reach = asked.move, Reach(asked.places, asked.move.to, lang)
    per_post = _per_post(move)
    open_ = (each for each in functions if not each.bound_reasons and each.band is not None)
    posts = _posts(asked)
    groups = [group for each in open_ if (group := _group(each, posts)).places]
    groups.sort(key=lambda group: -group.places.total())
    found = [_moved(group, move, per_post, reach) for group in groups]
    defaults = [DEFAULTS[each] for each in DEFAULTS if each not in move.own]
    return Consequences(
        price_year=move.price_year,
        to=move.to,
        to_name=move.name,
        assumptions=assumptions_of(move, lang),
        per_post=_parts(per_post, 1),
        functions=found,
        total=_moved(_all(groups), move, per_post, reach),
        sources=sources_of_move(asked.places, defaults, move.to is not None, lang),
    )


def _posts(asked: Asked) -> dict[tuple[str, str], Counter[str]]:
    """Unit and occupation → place → posts that are not at the new place already."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for (unit, code, place), count in asked.staff.posts.items():
        at = found.setdefault((unit, code), Counter())
        if asked.move.to is None or place != asked.move.to:
            at[place] += count
    return found


def _group(function: Function, posts: Mapping[tuple[str, str], Counter[str]]) -> Group:
    return Group(function, {group_of(function.occupation): posts[function.unit, function.occupation]})


def _all(groups: Sequence[Group]) -> Group:
    summed: dict[str, Counter[str]] = {}
    for group in groups:
        for name, posts in group.by_group.items():
            summed[name] = summed.get(name, Counter()) + posts
    return Group(None, summed)


def _per_post(move: Move) -> dict[str, Floats]:
    """Part → its range for one post, in kroner of the price year; NaN where it is missing."""
    known = {name: move.known(name) or _NOT_KNOWN for name in MOST}
    year = (MONTHS, MONTHS)
    months = product(known["double_months"], (1 / MONTHS, 1 / MONTHS))
    old = product(known["area"], known["rent_from"])
    return {
        "travel": product(known["travel_days"], year, known["day_cost"]),
        "team": product(known["team_days"], year, known["day_cost"]),
        "desk_new": product(known["area"], known["rent_to"]),
        "desk_old": old,
        "equipment": product(known["equipment"]),
        "double_rent": product(months, old),
    }


def _parts(per_post: Mapping[str, Floats], posts: int) -> list[Part]:
    found = []
    for name, ends in per_post.items():
        low, high = (None if np.isnan(end) else float(end * posts) for end in ends)
        found.append(Part(name, *KINDS[name], low, high, "missing" if low is None else "assumed"))
    return found


def _moved(group: Group, move: Move, per_post: Mapping[str, Floats], reach: Reach) -> Moved:
    places = group.places
    parts = _parts(per_post, places.total())
    yearly = [each for each in parts if each.when == "yearly"]
    costs, savings = ([each for each in yearly if each.effect == kind] for kind in ("cost", "saving"))
    return Moved(
        unit=group.of.unit if group.of else None,
        occupation=group.of.occupation if group.of else None,
        name=group.of.name if group.of else "",
        posts=places.total(),
        parts=parts,
        cost=_sum(costs, []),
        saving=_sum(savings, []),
        net=_sum(costs, savings),
        one_off=_sum([each for each in parts if each.when == "one_off"], []),
        gained=reach.gained(group.by_group),
        team=_team(move, places, reach),
        vacated=_vacated(move, places.total()),
    )


def _sum(costs: Sequence[Part], savings: Sequence[Part]) -> Sum:
    ends = net_cost(_ends(costs), _ends(savings))
    low, high = (float(end) if np.isfinite(end) else None for end in ends)
    missing = [each.id for each in (*costs, *savings) if each.low is None]
    known = low is not None or high is not None
    return Sum(low, high, low is not None and high is None, missing, "assumed" if known else "missing")


def _ends(parts: Sequence[Part]) -> Floats:
    ends = [_NOT_KNOWN if each.low is None or each.high is None else (each.low, each.high) for each in parts]
    return np.array(ends, np.float64).reshape(-1, 2)


def _team(move: Move, places: Counter[str], reach: Reach) -> Team:
    """Days together, and the way to where each post is today and back, by car."""
    days = move.known("team_days")
    if days is None:
        return Team(None, None, None, None, "missing")
    low, high = MONTHS * days[0], MONTHS * days[1]
    way = None if NO_PLACE in places else reach.way(places)
    if way is None:
        return Team(low, high, None, None, "assumed")
    return Team(low, high, low * 2 * way[0] / 60, high * 2 * way[1] / 60, "assumed")


def _vacated(move: Move, posts: int) -> Vacated:
    if move.to is None:
        return Vacated(None, None, "missing")
    follow = assumption("follow_share")
    return Vacated(posts * (1 - follow.high), posts * (1 - follow.low), "assumed")
