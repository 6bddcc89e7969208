"""A small part of `make fuzz`: a few dozen of each kind, from a seed that stays the same."""

from pathlib import Path

import pytest

from fuzzing import fuzz, readers
from tyngdepunkt.places import Places

SEED = 2026
EACH = {
    "ledger csv": 60,
    "ledger xlsx": 60,
    "regions csv": 40,
    "rank table": 60,
    "case file": 40,
    "form fields": 30,
    "place names": 40,
    "numbers": 150,
    "tender draft": 60,
    "notice": 150,
}


@pytest.mark.parametrize("kind", EACH)
def test_what_nobody_should_send_is_read_or_refused(kind: str, norway: Places, tmp_path: Path) -> None:
    found = fuzz(readers(norway, tmp_path)[kind], SEED, EACH[kind])
    assert found.faults == ()
    assert found.read > 0, "inputs that are never read whole try the first check only"
