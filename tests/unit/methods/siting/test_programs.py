"""The process HiGHS works in: it ends with the one that asked, also where that is killed."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from tyngdepunkt.methods.siting import programs
from tyngdepunkt.methods.siting.result import Deadline

ASKS = """
import subprocess
import numpy as np
from scipy import sparse
from tyngdepunkt.methods.siting import programs
from tyngdepunkt.methods.siting.result import Deadline

made = subprocess.Popen
def told(*given, **named):
    child = made(*given, **named)
    print(child.pid, flush=True)
    return child
programs.subprocess.Popen = told
rows = sparse.csr_array(np.random.default_rng(0).integers(1, 100, (60, 500)).astype(float))
half = np.floor(rows.sum(axis=1) / 2)
ones = np.ones(500)
programs.solve_program(programs.Program(ones, 0 * ones, ones, ones > 0, rows, half, half), Deadline())
"""
"""Sixty sums that have to come out exactly: a program that takes HiGHS far longer than any test."""


def runs(pid: int) -> bool:
    """Whether a process is there and works: one that nobody has waited for stays listed as Z."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def used(pid: int) -> int:
    """Ticks of the processor a process has had."""
    return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11])


def until(done, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        time.sleep(0.05)
    return done()


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="asks /proc which processes run")
def test_a_solver_does_not_outlive_the_process_that_asked():
    asking = subprocess.Popen([sys.executable, "-c", ASKS], stdout=subprocess.PIPE, text=True)
    assert asking.stdout is not None
    with asking.stdout:
        child = int(asking.stdout.readline())
        assert until(lambda: used(child) > 200, 60)  # loading takes about a second: now HiGHS works
        asking.kill()
        asking.wait()
    assert until(lambda: not runs(child), 5)


def test_a_solver_that_never_reads_does_not_hold_the_one_that_asked(monkeypatch: pytest.MonkeyPatch):
    rows = sparse.csr_array(np.ones((60, 500)))
    ones = np.ones(500)
    program = programs.Program(ones, 0 * ones, ones, ones > 0, rows, np.full(60, 3.0), np.full(60, np.inf))
    assert len(programs._packed(program, ones, 1.0, 0.0)) > 1 << 16  # more than a pipe takes unread
    deaf = [sys.executable, "-c", "import time; time.sleep(60)"]
    made = subprocess.Popen
    monkeypatch.setattr(programs.subprocess, "Popen", lambda _command, **named: made(deaf, **named))
    deadline = Deadline(0.2)
    solved = programs.solve_program(program, deadline, ones)
    assert deadline.used < 20
    assert (solved.state, solved.bound) == ("feasible", -np.inf)
