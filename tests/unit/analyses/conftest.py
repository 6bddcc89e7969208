"""Case text read against Eksempelland."""

from collections.abc import Callable

import pytest

from tyngdepunkt.analyses.location.input.model import LocationCase
from tyngdepunkt.analyses.location.input.read import case_from_text
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places


@pytest.fixture
def read(eksempelland: Places) -> Callable[[str], LocationCase]:
    """Reads case text against Eksempelland."""
    return lambda text: case_from_text(text, eksempelland)


@pytest.fixture
def faults(read: Callable[[str], LocationCase]) -> Callable[[str], list[tuple[str, str]]]:
    """The faults of case text: (key without its room, where)."""

    def of(text: str) -> list[tuple[str, str]]:
        with pytest.raises(UserError) as caught:
            read(text)
        return [(fault.key.split(":")[1], fault.where) for fault in caught.value.faults]

    return of
