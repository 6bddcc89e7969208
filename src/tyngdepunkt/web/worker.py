"""Work on what people send, in processes of its own that can be ended.

A thread of Python can neither be ended nor be kept from holding up all the others, so a file that takes a
minute to read would stop every page. Here the reading is done in at most `WORKERS` other processes, of low
priority and with little memory; one that takes more than `SECONDS` of the processor's time is ended and
replaced, and so is one that is not done after `PATIENCE` times as long, however busy the machine is. Who
comes when all are taken waits for a while, and is then told to come back.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from anyio import sleep
from anyio.to_thread import run_sync

from tyngdepunkt.errors import Fault, UserError

WORKERS = 2
SECONDS = 5.0
"""Of the processor's time for one file: of low priority, a busy machine gives little of it a second."""
PATIENCE = 4.0
"""So many times as long somebody waits for it by the clock."""
WAITS = 8.0
"""Seconds somebody waits until it is their turn."""
MOST_WAITING = 8
RETRY_AFTER = 10
_GETS_READY = 60.0
_OF_MEMORY = 500_000_000
_NICE = 10
_STEP = 0.05
_TIME_IS_UP = getattr(signal, "SIGPROF", 0)

T = TypeVar("T")


class Worker:
    """One process. It is begun when there is something to do, and again where it has been ended."""

    def __init__(self) -> None:
        self._process: Any = None
        self._pipe: Connection | None = None

    def run(self, work: Callable[..., T], *values: Any, seconds: float = SECONDS) -> T:
        """Run `work(*values)` in the process, and wait for it.

        Args:
            work: a function that can be pickled, as its values and its result must be.
            values: its arguments.
            seconds: processor time it may use; as waiting time `PATIENCE` times as much.

        Returns:
            What the function returns.

        Raises:
            UserError: what the work raised, `web:too_slow`, `web:too_heavy`, or `web:busy` where the
                machine has no room for one more process.
            RuntimeError: the work failed in another way.
        """
        pipe = self._ready()
        try:
            pipe.send_bytes(pickle.dumps((seconds, work, values)))
            if not pipe.poll(PATIENCE * seconds):
                raise UserError(Fault("web:too_slow", {"seconds": PATIENCE * seconds}))
            kind, found = pickle.loads(pipe.recv_bytes())  # noqa: S301 - from our own process
        except (EOFError, OSError) as error:
            raise UserError(self._ended_by_the_system(seconds)) from error
        except BaseException:
            self.end()
            raise
        if kind == "faults":
            raise UserError(*found)
        if kind == "bug":
            raise RuntimeError(f"in the worker:\n{found}")
        result: T = found
        return result

    def end(self) -> None:
        """End the process, whatever it is at."""
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join(5)
        self._process = self._pipe = None

    def _ended_by_the_system(self, seconds: float) -> Fault:
        """Why: its time was used up, or there was no memory for it."""
        self._process.join(5)
        slow = self._process.exitcode == -_TIME_IS_UP
        self.end()
        return Fault("web:too_slow", {"seconds": seconds}) if slow else Fault("web:too_heavy")

    def _ready(self) -> Connection:
        if self._pipe is None or not self._process.is_alive():
            self.end()
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs,), name="reader", daemon=True)
            try:
                process.start()
            except OSError as error:  # no room for one more process now; the next who asks tries again
                ours.close()
                raise UserError(Fault("web:busy", {"seconds": RETRY_AFTER})) from error
            finally:
                theirs.close()
            self._process, self._pipe = process, ours
            if not ours.poll(_GETS_READY):
                self.end()
                raise RuntimeError("the worker did not begin")
            ours.recv_bytes()
        return self._pipe


class Workers:
    """A few processes, and those who wait for one."""

    def __init__(self, count: int = WORKERS) -> None:
        self._free = [Worker() for _ in range(count)]
        self._lock = threading.Lock()
        self._waiting = 0

    async def run(self, work: Callable[..., T], *values: Any) -> T:
        """Run `work(*values)` in the first process that is free; see `Worker.run`.

        Returns:
            What the function returns.

        Raises:
            UserError: `web:busy`, too many wait already or it takes too long; and those of `Worker.run`.
            RuntimeError: the work failed in another way.
        """
        worker = await self._taken()
        try:
            return await run_sync(partial(worker.run, work, *values))
        finally:
            with self._lock:
                self._free.append(worker)

    async def _taken(self) -> Worker:
        with self._lock:
            if self._free:
                return self._free.pop()
            if self._waiting >= MOST_WAITING:
                raise UserError(Fault("web:busy", {"seconds": RETRY_AFTER}))
            self._waiting += 1
        until = time.monotonic() + WAITS
        try:
            while time.monotonic() < until:
                await sleep(_STEP)
                with self._lock:
                    if self._free:
                        return self._free.pop()
        finally:
            with self._lock:
                self._waiting -= 1
        raise UserError(Fault("web:busy", {"seconds": RETRY_AFTER}))

    def end(self) -> None:
        """End the processes that are not at work."""
        with self._lock:
            for worker in self._free:
                worker.end()


workers = Workers()
"""Those of this process, shared by all who read files that were sent."""


def is_busy(error: UserError) -> bool:
    """Whether an error only says that the service is busy, so that the person should try again.

    Returns:
        True where one of its faults is `web:busy`.
    """
    return any(fault.key == "web:busy" for fault in error.faults)


def _serve(pipe: Connection) -> None:
    """The life of a worker: one piece of work after the other, until nobody asks any more."""
    _be_modest()
    pipe.send_bytes(b"ready")
    while True:
        try:
            received = pipe.recv_bytes()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        pipe.send_bytes(_answer(received))


def _answer(received: bytes) -> bytes:
    try:
        seconds, work, values = pickle.loads(received)  # noqa: S301 - from our own process
        _allow(seconds)
        return pickle.dumps(("done", work(*values)))
    except UserError as error:
        return pickle.dumps(("faults", error.faults))
    except MemoryError:
        return pickle.dumps(("faults", (Fault("web:too_heavy"),)))
    except Exception:
        return pickle.dumps(("bug", traceback.format_exc(limit=-20)))
    finally:
        _allow(0)


def _allow(seconds: float) -> None:
    """End this process when it has worked so long; 0 takes the limit away."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _be_modest() -> None:
    """Pages that people look at come first, and memory ends before the machine's does."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # every thread uses of the processor's time
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = _OF_MEMORY if most == resource.RLIM_INFINITY else min(_OF_MEMORY, most)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, most))
