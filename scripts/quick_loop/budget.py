"""For pytest: after `--until`, no test is begun; how many were not is said at the end.

A test that is marked slow is not begun in the second half of the time.
"""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

import pytest

_LEFT_OUT: Counter[str] = Counter()
_BEGUN = time.time()
SHOWN = 8  # files that are named


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--until`, in seconds since 1970, so that every worker stops at the same moment."""
    parser.addoption("--until", type=float, required=True)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> bool | None:
    """True, that is "dealt with", for a test whose time is over."""
    until = item.config.getoption("--until")
    slow = item.get_closest_marker("slow") is not None
    if time.time() < (until - (until - _BEGUN) / 2 if slow else until):
        return None
    _LEFT_OUT[item.nodeid.split("::")[0]] += 1
    return True


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands over what it left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(_LEFT_OUT)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What a worker left out is added to the others'."""
    _LEFT_OUT.update(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say what was not run, and where it is."""
    if not _LEFT_OUT:
        return
    named = ", ".join(f"{name} ({count})" for name, count in sorted(_LEFT_OUT.items())[:SHOWN])
    more = f" and {len(_LEFT_OUT) - SHOWN} more files" if len(_LEFT_OUT) > SHOWN else ""
    terminalreporter.write_line(
        f"NOT RUN, the time was over: {_LEFT_OUT.total()} tests in {named}{more}", yellow=True
    )
