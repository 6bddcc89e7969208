"""For pytest: after `--until`, no test is begun; how many were not is written to `--left-out`.

A test that is marked slow is not begun in the second half of the time.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

_LEFT_OUT: Counter[str] = Counter()
_BEGUN: set[str] = set()
_STARTED = time.time()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--until`, in seconds since 1970, so that every worker stops at the same moment; a file."""
    parser.addoption("--until", type=float, required=True)
    parser.addoption("--left-out", required=True)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> bool | None:
    """True, that is "dealt with", for a test whose time is over."""
    until = item.config.getoption("--until")
    slow = item.get_closest_marker("slow") is not None
    if time.time() < (until - (until - _STARTED) / 2 if slow else until):
        return None
    _LEFT_OUT[item.nodeid.split("::")[0]] += 1
    return True


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands over what it left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(_LEFT_OUT)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count what was begun, in the process that hears of all."""
    _BEGUN.add(report.nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What a worker left out is added to the others'."""
    _LEFT_OUT.update(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave word of how many tests were begun, and of those that were not: test file → how many."""
    if not hasattr(config, "workerinput"):
        Path(config.getoption("--left-out")).write_text(
            json.dumps({"begun": len(_BEGUN), "left_out": _LEFT_OUT}), "utf-8"
        )
