"""Eksempelland and, where it is there, the real country; both opened once."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tyngdepunkt.cases.location.case import LocationCase, case_from_text
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places, open_places

sys.path.insert(0, str(Path(__file__).parents[2]))
from eksempelland import write_snapshot


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
def read(eksempelland: Places) -> Callable[[str], LocationCase]:
    """Reads case text against Eksempelland."""
    return lambda text: case_from_text(
        text, eksempelland, indicator_ids=lambda: ["airport_minutes", "recruitment_45", "growth"]
    )


@pytest.fixture
def faults(read: Callable[[str], LocationCase]) -> Callable[[str], list[tuple[str, str]]]:
    """The faults of case text: (key without its room, where)."""

    def of(text: str) -> list[tuple[str, str]]:
        with pytest.raises(UserError) as caught:
            read(text)
        return [(fault.key.split(":")[1], fault.where) for fault in caught.value.faults]

    return of
