"""The script that attacks published tables: it finds nothing in ours, and finds what leaks."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tyngdepunkt.methods.disclosure.search import Rule
from tyngdepunkt.methods.disclosure.suppress import Suppression

SCRIPT = Path(__file__).parents[4] / "scripts" / "attack.py"


@pytest.fixture
def script() -> Any:
    spec = importlib.util.spec_from_file_location("attack", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    sys.modules["attack"] = found
    spec.loader.exec_module(found)
    return found


def test_nothing_is_recovered_and_the_figures_are_told(script: Any, capsys: pytest.CaptureFixture) -> None:
    assert script.main(["--lists", "2"]) == 0
    said = capsys.readouterr().out
    assert "lists attacked                   2 " in said
    assert "recovered                        0\n" in said


def small_alone(structure: Any, **_: Any) -> Suppression:
    """Only the small counts hidden, and called safe: what many agencies publish."""
    primary = (structure.values > 0) & (structure.values < 5)
    nothing, values = np.zeros_like(primary), structure.values
    return Suppression(primary, nothing, values, values, primary, 0, Rule())


def test_tables_with_only_small_counts_hidden_are_caught(
    script: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script, "suppress", small_alone)
    found = [script.attack(seed) for seed in range(4)]
    assert sum(each.recovered for each in found) > 0
    assert all(each.narrow >= each.recovered for each in found)
    assert script.main(["--lists", "4"]) == 1
