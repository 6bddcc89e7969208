"""How often a provider may be asked, by a clock that nobody can set back."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as the fetching sees it; tests give their own.

    Args:
        monotonic: seconds since some moment; only this one decides how long to wait.
        sleep: wait so many seconds.
        now: the date and time that files are dated with, and nothing else.
    """

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = _now


class Pace:
    """At most so many calls in any window of so many seconds.

    Args:
        calls: calls in a window, at least one.
        seconds: length of the window.
        clock: where the time comes from.
    """

    def __init__(self, calls: int, seconds: float, clock: Clock) -> None:
        self._clock = clock
        self._made: deque[float] = deque()
        self.limit(calls, seconds)

    def limit(self, calls: int, seconds: float) -> None:
        """Another limit from now on; calls that are made already count."""
        if calls < 1 or seconds <= 0:
            raise ValueError("a limit is at least one call in a window that has a length")
        self.calls, self.seconds = calls, seconds

    def wait(self) -> None:
        """Wait until a call may be made, and count it."""
        now = self._clock.monotonic()
        while len(self._made) >= self.calls:
            rest = self._made[-self.calls] + self.seconds - now
            if rest > 0:
                self._clock.sleep(rest)
                now = max(self._clock.monotonic(), now + rest)
            self._made.popleft()
        self._made.append(now)

    def least(self, calls: int) -> float:
        """Least seconds that so many calls take when none has been made."""
        return max(0, calls - 1) // self.calls * self.seconds
