"""When a command began: a limit on its time counts from there, loading of the program included."""

from __future__ import annotations

import os
import time

_HELD: list[float] = []


def started() -> None:
    """Note that this process is one command, and when the system started it."""
    _HELD[:] = [time.monotonic() - _age()]


def began() -> float:
    """When the command was started.

    Returns:
        Seconds by `time.monotonic`; the present moment where the command runs inside another program.
    """
    return _HELD[0] if _HELD else time.monotonic()


def _age() -> float:
    """Seconds since the system started this process; 0 where it does not say."""
    try:
        with open("/proc/self/stat", encoding="ascii", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()  # the name before it may hold blanks
        ticks = int(fields[19]) / os.sysconf("SC_CLK_TCK")
        return max(0.0, time.clock_gettime(time.CLOCK_BOOTTIME) - ticks)
    except (OSError, ValueError, IndexError, AttributeError):
        return 0.0
