"""What the tests have a process of its own do: here, so that the process can find it by name."""

import os
import time

from tyngdepunkt.errors import Fault, UserError


def twice(number: int) -> int:
    return 2 * number


def where_it_runs() -> int:
    return os.getpid()


def wrong() -> None:
    raise UserError(Fault("inputs:no_rows", {"path": "a"}, "line 1"), Fault("inputs:no_rows", {"path": "b"}))


def broken() -> None:
    raise KeyError("a bug")


def memory() -> int:
    return len(bytearray(2_000_000_000))


def busy(seconds: float) -> float:
    """Use the processor for so long."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
    return seconds
