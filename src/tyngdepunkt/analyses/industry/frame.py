"""What every measure needs of a question: the places it is of, the reference, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np

from tyngdepunkt.analyses.industry.resolve import Asked
from tyngdepunkt.analyses.industry.table import LISTED, IndustryTable, some
from tyngdepunkt.methods.industry import LEAST_UNITS, thin
from tyngdepunkt.methods.validation import Floats
from tyngdepunkt.places.models import Notice

OF_ALL = ("relatedness", "ellison-glaeser")
WITHOUT_REFERENCE = ("relatedness", "density", "complexity", "ellison-glaeser", "herfindahl")


@dataclass
class Frame:
    """A question made ready.

    Args:
        asked: the table and the question.
        notices: what is told, in the order it was found.
    """

    asked: Asked
    notices: list[Notice] = field(default_factory=list)

    @property
    def table(self) -> IndustryTable:
        """The table."""
        return self.asked.table

    @cached_property
    def counted(self) -> list[int]:
        """Places that together are the whole: neither stated sums nor the reference."""
        out = set(self.table.sums)
        if self.asked.reference is not None:
            out.add(self.asked.reference)
        return [p for p in range(len(self.table.places)) if p not in out]

    @cached_property
    def subjects(self) -> list[int]:
        """Places the measure is of."""
        return self.counted if self.asked.place is None else [self.asked.place]

    @property
    def moments(self) -> list[int]:
        """Periods the measure looks at."""
        if self.asked.question.measure != "shift-share":
            return [self.asked.end]
        if self.asked.question.method == "dynamic":
            return list(range(self.asked.start, self.asked.end + 1))
        return [self.asked.start, self.asked.end]

    def values(self, places: list[int]) -> Floats:
        """(places, industries) at the last period."""
        return np.asarray(self.table.values[self.asked.end, places])

    def reference(self, moment: int | None = None, among: list[int] | None = None) -> Floats:
        """(industries,) of the reference: the place named, or the sum of `among`."""
        t = self.asked.end if moment is None else moment
        if self.asked.reference is not None:
            return np.asarray(self.table.values[t, self.asked.reference])
        return np.asarray(self.table.values[t, self.counted if among is None else among].sum(axis=0))

    def totals(self, places: list[int]) -> Floats:
        """(places,) totals to divide by: of the parts, or as stated where that is asked for and told."""
        parts = np.asarray(self.values(places).sum(axis=1))
        if self.asked.question.total == "parts":
            return parts
        stated = self.table.stated[self.asked.end, places]
        lacking = [self.table.places[p] for p, total in zip(places, stated, strict=True) if np.isnan(total)]
        if lacking and not any(each.key == "no_stated_total" for each in self.notices):
            self.notices.append(Notice("no_stated_total", {"places": some(lacking)}))
        return np.where(np.isnan(stated), parts, stated)

    def look(self) -> None:
        """Tell what is not there, what is not used, and which cells are thin."""
        self._look_at_question()
        self._look_at_periods()
        used = sorted({*self.subjects, *self._referred()})
        self._look_at_cells(used)
        self._look_at_units(used)

    def _referred(self) -> list[int]:
        if self.asked.question.measure in WITHOUT_REFERENCE:
            return self.counted
        return self.counted if self.asked.reference is None else [self.asked.reference]

    def _look_at_question(self) -> None:
        question = self.asked.question
        if self.asked.place is not None and question.measure in OF_ALL:
            self.notices.append(Notice("place_not_used", {"place": self.table.places[self.asked.place]}))
        if question.measure in WITHOUT_REFERENCE:
            if self.asked.reference is not None:
                told = {"place": self.table.places[self.asked.reference]}
                self.notices.append(Notice("reference_not_used", told))
        elif len(self.subjects) == 1 and self.subjects == self._referred():
            self.notices.append(Notice("against_itself", {"place": self.table.places[self.subjects[0]]}))

    def _look_at_periods(self) -> None:
        table, names = self.table, self.table.periods
        if self.asked.question.measure != "shift-share" and len(names) > 1:
            self.notices.append(Notice("one_period_used", {"period": names[self.asked.end]}))
        lacking = [names[t] for t in self.moments for p in self.subjects if not table.given[t, p].any()]
        if lacking:
            who = [
                table.places[p] for p in self.subjects if not table.given[self.moments, p].any(axis=1).all()
            ]
            self.notices.append(
                Notice("period_missing", {"places": some(who), "periods": some(sorted(set(lacking)))})
            )
        self._look_between()
        between = missing_years(names)
        if between and self.asked.question.measure == "shift-share":
            self.notices.append(Notice("years_missing", {"periods": some(between)}))

    def _look_between(self) -> None:
        """Periods between the first and the last that a place lacks: its change does not use them."""
        table = self.table
        span = [t for t in range(self.moments[0], self.moments[-1]) if t not in self.moments]
        lacking = [(table.periods[t], p) for t in span for p in self.subjects if not table.given[t, p].any()]
        if lacking:
            periods = [name for name in table.periods if name in {each for each, _ in lacking}]
            places = [table.places[p] for p in self.subjects if p in {each for _, each in lacking}]
            told = {"places": some(places), "periods": some(periods)}
            self.notices.append(Notice("period_between_missing", told))

    def _look_at_cells(self, used: list[int]) -> None:
        table = self.table
        absent: dict[str, None] = {}
        count = 0
        for t in self.moments:
            for p in used:
                if not table.given[t, p].any():
                    continue
                lacking = np.flatnonzero(~table.given[t, p])
                count += len(lacking)
                for i in lacking[: 11 - len(absent)] if len(absent) <= 10 else ():
                    at = f" ({table.periods[t]})" if len(self.moments) > 1 else ""
                    absent[f"{table.places[p]} – {table.industries[i]}{at}"] = None
        if count:
            self.notices.append(Notice("missing_cells", {"count": count, "cells": some(list(absent))}))
        empty = [
            table.places[p]
            for p in self.subjects
            if table.given[self.moments[-1], p].any() and table.values[self.moments[-1], p].sum() == 0
        ]
        if empty and self.asked.question.measure != "shift-share":  # there a place that lost all has a change
            self.notices.append(Notice("place_without_industry", {"places": some(empty)}))

    def _look_at_units(self, used: list[int]) -> None:
        table, t = self.table, self.moments[-1]
        found = [
            f"{table.places[used[p]]} – {table.industries[i]}"
            for p, i in np.argwhere(thin(table.units[t, used]))
        ]
        if found:
            self.notices.append(Notice("thin_cells", {"count": len(found), "cells": some(found)}))
        values = table.values[t, used]
        small = np.argwhere((values > 0) & (values < LEAST_UNITS))
        if len(small):
            cells = [f"{table.places[used[p]]} – {table.industries[i]}" for p, i in small[: LISTED + 1]]
            told = {"count": len(small), "least": LEAST_UNITS, "cells": some(cells)}
            self.notices.append(Notice("small_cells", told))


def missing_years(periods: tuple[str, ...]) -> list[str]:
    """Years between the first and the last that a table does not have, where most steps are of one year.

    >>> missing_years(("2016", "2017", "2019")), missing_years(("2008", "2017"))
    (['2018'], [])
    """
    if len(periods) < 3 or not all(name.isdecimal() and len(name) == 4 for name in periods):
        return []
    years = [int(name) for name in periods]
    if min(b - a for a, b in pairwise(years)) != 1:
        return []
    return [str(year) for year in range(years[0], years[-1]) if year not in years]
