"""Handlers that read figures run in threads, so that one slow page does not hold up the others.

Litestar 2.25 wraps a handler for its thread each time its path is registered: a path with both GET
and POST is registered twice, the handler is wrapped twice, and the answer is a coroutine that nobody
awaits. Here each handler is wrapped once, as a real coroutine function, on a copy of its own, so that
several applications can be made in one process too.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from copy import deepcopy
from functools import partial, wraps
from typing import Any

from anyio import to_thread
from litestar.handlers import HTTPRouteHandler


def in_threads(handler: Any) -> Any:
    """Make a handler run in a thread, where it was declared with `sync_to_thread=True`.

    Returns:
        A changed copy; the handler itself where it was not so declared.
    """
    if not isinstance(handler, HTTPRouteHandler) or not handler.sync_to_thread:
        return handler
    own = deepcopy(handler)
    own._fn = _threaded(own.fn)
    own.sync_to_thread = None
    return own


def _threaded(run: Callable[..., Any]) -> Callable[..., Awaitable[Any]]:
    @wraps(run)
    async def wrapped(*values: Any, **named: Any) -> Any:
        return await to_thread.run_sync(partial(run, *values, **named))

    return wrapped
