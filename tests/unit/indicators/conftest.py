"""Eksempelland, opened once, and the real snapshot where it is there."""

import datetime as dt
from collections.abc import Iterator

import pytest

from eksempelland import write_snapshot
from tyngdepunkt.indicators import Question
from tyngdepunkt.places import Places, open_places


@pytest.fixture(scope="session")
def eksempelland(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    folder = tmp_path_factory.mktemp("country")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TYNGDEPUNKT_CACHE", str(folder / "cache"))
        with open_places(write_snapshot(folder / "snapshot")) as places:
            yield places


@pytest.fixture(scope="session")
def norway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TYNGDEPUNKT_CACHE", str(tmp_path_factory.getbasetemp().parent / "tyngdepunkt-cache"))
        with open_places("embedded") as places:
            yield places


@pytest.fixture
def nothing_known() -> Question:
    return Question(date=dt.date(2023, 6, 1))
