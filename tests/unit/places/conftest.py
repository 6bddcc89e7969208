"""The folder of the made-up country, and it opened anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import eksempelland
from tyngdepunkt.places import Places, open_places


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of Eksempelland's snapshot."""
    return eksempelland.write_snapshot(tmp_path_factory.mktemp("eksempelland"))


@pytest.fixture
def made_up(country: Path) -> Iterator[Places]:
    """Eksempelland, opened."""
    with open_places(country) as places:
        yield places
