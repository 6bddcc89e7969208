"""How many steps of a loop fit into the time that is left: compiled loops cannot look at the clock."""

from __future__ import annotations

_FIRST = 3
"""Steps of the first round of a run that has a limit: nothing is known of their length yet."""
_SPARE = 0.7
"""Part of the time left that is planned with; another process can take the rest."""


class Pace:
    """Seconds a step takes, as seen so far; steps become shorter as sites are closed, so the last counts."""

    def __init__(self) -> None:
        self._each: float | None = None

    def within(self, left: float, most: int) -> int:
        """How many of at most so many steps to do, at least 1.

        Args:
            left: seconds left; infinite without a limit.
            most: steps wanted.
        """
        if left == float("inf"):
            return most
        if self._each is None:
            return min(most, _FIRST)
        fits = left * _SPARE / self._each if self._each > 0 else most
        return max(1, int(min(fits, most)))

    def took(self, seconds: float, steps: int) -> None:
        """Note what steps took."""
        self._each = max(seconds, 1e-7) / max(steps, 1)
