"""Work in processes of its own: it comes back, it ends when it must, and nobody waits without being told."""

import errno
import os
import time
from collections.abc import Iterator
from functools import partial
from multiprocessing.context import SpawnProcess
from typing import Any

import anyio
import pytest

from tyngdepunkt.errors import UserError
from tyngdepunkt.web.worker import MOST_WAITING, Worker, Workers, is_busy
from worker_jobs import broken, busy, memory, twice, where_it_runs, wrong


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    one = Worker()
    yield one
    one.end()


def test_what_is_worked_out_comes_back_from_another_process(worker: Worker) -> None:
    assert worker.run(partial(twice, 21)) == 42
    assert worker.run(where_it_runs) == worker.run(where_it_runs) != os.getpid()


def test_faults_come_back_with_where_they_stand(worker: Worker) -> None:
    with pytest.raises(UserError) as caught:
        worker.run(wrong)
    assert [(each.where, each.values["path"]) for each in caught.value.faults] == [("line 1", "a"), ("", "b")]


def test_a_bug_is_a_bug_and_the_process_lives_on(worker: Worker) -> None:
    before = worker.run(where_it_runs)
    with pytest.raises(RuntimeError, match="a bug"):
        worker.run(broken)
    assert worker.run(where_it_runs) == before


def test_memory_ends_before_the_machines_does(worker: Worker) -> None:
    with pytest.raises(UserError) as caught:
        worker.run(memory)
    assert caught.value.faults[0].key == "web:too_heavy"
    assert worker.run(twice, 2) == 4


@pytest.mark.parametrize(("work", "amount"), [(time.sleep, 60), (busy, 60)])
def test_what_takes_too_long_is_ended_and_the_next_is_done(
    worker: Worker, work: Any, amount: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tyngdepunkt.web.worker.PATIENCE", 4.0)
    before, began = worker.run(where_it_runs), time.monotonic()
    with pytest.raises(UserError) as caught:
        worker.run(work, amount, seconds=0.3)
    assert time.monotonic() - began < 10
    assert caught.value.faults[0].key == "web:too_slow"
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)
    assert worker.run(twice, 3) == 6


def test_who_waits_for_the_machine_is_not_called_slow(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time of the processor counts: what waits twice as long as it may work is done all the same."""
    monkeypatch.setattr("tyngdepunkt.web.worker.PATIENCE", 100.0)
    before = worker.run(where_it_runs)
    assert worker.run(time.sleep, 0.6, seconds=0.3) is None
    assert [worker.run(busy, 0.2, seconds=0.3) for _ in range(3)] == [0.2] * 3, "each begins anew"
    assert worker.run(where_it_runs) == before


def test_where_no_process_can_be_begun_one_is_told_to_come_back_and_the_next_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(_process: SpawnProcess) -> None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    one = Worker()
    for _ in range(2):
        with monkeypatch.context() as patch:
            patch.setattr(SpawnProcess, "start", full)
            with pytest.raises(UserError) as caught:
                one.run(twice, 1)
        assert is_busy(caught.value)
    try:
        assert one.run(twice, 4) == 8
    finally:
        one.end()


def test_who_comes_when_all_wait_is_told_to_come_back() -> None:
    few, found = Workers(1), list[object]()

    async def ask() -> None:
        try:
            found.append(await few.run(time.sleep, 0.2))
        except UserError as error:
            found.append(is_busy(error))

    async def all_ask() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(MOST_WAITING + 4):
                group.start_soon(ask)

    anyio.run(all_ask)
    few.end()
    assert (found.count(None), found.count(True)) == (MOST_WAITING + 1, 3)
