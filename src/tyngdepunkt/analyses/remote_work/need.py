"""From those who can work from anywhere to desks: who wants one, and who comes on the busiest weekday."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tyngdepunkt.analyses.remote_work.question import Question
from tyngdepunkt.analyses.remote_work.result import Desks, MethodBand
from tyngdepunkt.methods.full_house import attendance, desks_for


@dataclass(frozen=True, slots=True)
class Wish:
    """What is assumed of those who can.

    Args:
        low, high: ends of the share that wants a desk.
        comes: the chance that one who wants a desk comes on the busiest weekday.
        chance: of a full house, at most.
    """

    low: float
    high: float
    comes: float
    chance: float

    @classmethod
    def of(cls, question: Question) -> Wish:
        """As it is asked."""
        comes = min(1.0, question.days * question.busiest)
        return cls(question.wish_low, question.wish_high, comes, question.chance)

    @property
    def middle(self) -> float:
        """The middle of the share that wants a desk."""
        return (self.low + self.high) / 2

    def wanting(self, independent: MethodBand) -> MethodBand:
        """Those who want a desk."""
        return MethodBand(
            independent.low * self.low, independent.mean * self.middle, independent.high * self.high
        )

    def desks(self, independent: MethodBand) -> Desks:
        """Desks for one office that all of them use; people are rounded to whole ones."""
        return Desks(
            self._office(independent.low, self.low),
            self._office(independent.mean, self.middle),
            self._office(independent.high, self.high),
        )

    def _office(self, people: float, share: float) -> int:
        return _needed(round(people), share * self.comes, self.chance)


@lru_cache(maxsize=5_000)  # the country's offices a few times over: many ask the same
def _needed(people: int, comes: float, chance: float) -> int:
    return desks_for(attendance([people], [comes]), chance)


def summed(parts: list[Desks]) -> Desks:
    """Desks of several offices together."""
    return Desks(
        sum(each.low for each in parts), sum(each.mean for each in parts), sum(each.high for each in parts)
    )
