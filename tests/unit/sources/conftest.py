"""What tests of fetching share."""

import threading
from collections.abc import Iterator

import pytest

from unit.sources.served import Server, Time


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield running
        running.shutdown()


@pytest.fixture
def time() -> Time:
    return Time()
