"""What has been computed and will be asked for again: a bounded memory that is safe over threads."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any


class Memory:
    """Remembers what was made for each key; what has not been asked for longest goes first.

    Those who ask for the same at the same time wait for the first of them, so that it is made once.
    What could not be made is not remembered: whoever asks next tries again.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What is remembered under `key`, made now where nothing is."""
        with self._lock:
            found = self._known.get(key)
            mine = found is None
            if found is None:
                found = self._known[key] = Future()
                while len(self._known) > self._most:
                    self._known.popitem(last=False)
            else:
                self._known.move_to_end(key)
        if mine:
            self._make(key, found, make)
        return found.result()

    def has(self, key: Hashable) -> bool:
        """Whether something is remembered under `key` and made."""
        with self._lock:
            found = self._known.get(key)
        return found is not None and found.done()

    def _make(self, key: Hashable, promised: Future[Any], make: Callable[[], Any]) -> None:
        try:
            promised.set_result(make())
        except BaseException as error:
            with self._lock:
                if self._known.get(key) is promised:
                    del self._known[key]
            promised.set_exception(error)
