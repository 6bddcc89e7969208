"""Whom a move brings within reach, and how far it is to those who stay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np

from tyngdepunkt import texts
from tyngdepunkt.analyses.functions.coded import ROOM
from tyngdepunkt.analyses.functions.result import Gained
from tyngdepunkt.analyses.functions.staff import NO_PLACE
from tyngdepunkt.indicators.columns import latest, minutes, positions
from tyngdepunkt.indicators.occupations import wage_earners
from tyngdepunkt.indicators.travel import by_ferry, error_of, reach
from tyngdepunkt.methods.moving import gained
from tyngdepunkt.methods.validation import Bools
from tyngdepunkt.places import Places

WITHIN = 45
"""Minutes by car between municipality centres, as recruitment is reckoned in a location case."""


class Reach:
    """Who lives within reach of the new place and of the old ones.

    Args:
        places: the figures.
        to: the new place; None where none is named.
        lang: language of reasons.
    """

    def __init__(self, places: Places, to: str | None, lang: str) -> None:
        self._places, self._to, self._lang = places, to, lang

    def gained(self, by_group: Mapping[str, Counter[str]]) -> Gained:
        """Wage earners of these major groups within reach of the new place, and of no place with such posts.

        Args:
            by_group: major group → place → posts that move.
        """
        if self._to is None:
            return self._missing("no_place_named")
        if not by_group or not self._places.has("wage_earners"):
            return self._missing("no_counts")
        if any(NO_PLACE in posts for posts in by_group.values()):
            return self._missing("posts_without_place")
        year = latest(self._places, "wage_earners")
        counts, _ = wage_earners(self._places, year)
        new = self._within([self._to])
        won = [gained(counts[:, int(name) - 1], new, self._within(old)) for name, old in by_group.items()]
        low, mean, high = np.sum(won, axis=0).tolist()
        if not np.isfinite([low, mean, high]).all():
            return self._missing("no_counts")
        return Gained(low, mean, high, "estimated", "", WITHIN, year)

    def way(self, posts: Counter[str]) -> tuple[float, float] | None:
        """Minutes by car one way from the new place to where the posts are now, the mean over the posts.

        Returns:
            The least and the most by the error of travel times; None where it is not known.
        """
        if self._to is None or not posts:
            return None
        at = positions(self._places)
        row, old = at[self._to], [at[place] for place in posts]
        times = minutes(self._places)[row, old]
        error = error_of(times, by_ferry(self._places)[row, old])
        if not np.isfinite(times).all():
            return None
        share = np.array(list(posts.values()), np.float64) / posts.total()
        return float(share @ np.maximum(times - error, 0.0)), float(share @ (times + error))

    def _within(self, codes: Iterable[str]) -> Bools:
        at = positions(self._places)
        rows = [at[code] for code in codes]
        return np.stack([mask[rows].any(axis=0) for mask in reach(self._places, WITHIN)])

    def _missing(self, reason: str) -> Gained:
        said = texts.text(f"{ROOM}:moving.gained_{reason}", self._lang)
        return Gained(None, None, None, "missing", said, WITHIN, 0)
