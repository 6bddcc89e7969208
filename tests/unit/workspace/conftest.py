"""Every database there is, new for each test: SQLite, and a real PostgreSQL."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

import postgres

_numbers = itertools.count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server; skipped with the reason where it is not installed, unless it is required."""
    if postgres.programs() is None:
        lacking = "PostgreSQL is not installed; on Debian: apt-get install postgresql"
        if os.environ.get("TYNGDEPUNKT_POSTGRES") == "required":
            pytest.fail(lacking)
        pytest.skip(lacking)
    with postgres.running() as address:
        yield address


@pytest.fixture
def postgresql(server: str) -> str:
    """A new database on the server."""
    name = f"test{next(_numbers)}"
    engine = create_engine(server.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server.format(name=name)


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    """A database that is not there yet."""
    return f"sqlite:///{tmp_path / 'd.sqlite'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest) -> str:
    """Either."""
    found: str = request.getfixturevalue(request.param)
    return found
