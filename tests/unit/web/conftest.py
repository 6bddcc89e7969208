"""One open snapshot and one application for all tests of the web."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tyngdepunkt.places import Places, open_places
from tyngdepunkt.web.app import create_app
from tyngdepunkt.workspace.drafts import Drafts

SECRET = b"0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="session", autouse=True)
def known_host() -> Iterator[None]:
    """The name under which tests ask."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TYNGDEPUNKT_HOSTS", "testserver.local")
        yield


@pytest.fixture(scope="session")
def web_places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """The embedded figures."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TYNGDEPUNKT_CACHE", str(tmp_path_factory.getbasetemp().parent / "tyngdepunkt-cache"))
        with open_places("embedded") as places:
            yield places


@pytest.fixture(scope="session")
def web_app(web_places: Places) -> Litestar:
    """The application with everything that the modules export."""
    return create_app(web_places, SECRET)


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Drafts]:
    """An empty database of cases, and the one that the web opens."""
    url = f"sqlite:///{tmp_path / 'd.sqlite'}"
    monkeypatch.setenv("TYNGDEPUNKT_DATABASE", url)
    store = Drafts(url)
    yield store
    store.close()


@pytest.fixture
def client(web_app: Litestar) -> Iterator[TestClient[Any]]:
    """A browser without cookies; what the program logs of itself is left out."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with TestClient(web_app, raise_server_exceptions=False) as found:
        yield found
