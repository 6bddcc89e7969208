from __future__ import annotations

from typing import Any

import pytest

from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs.truth import truth


@pytest.mark.parametrize("word", ["ja", " Ja ", "JA", "yes", "true", "sann", "x", True])
def test_yes(word: Any) -> None:
    assert truth(word) is True


@pytest.mark.parametrize("word", ["nei", "No", "false", "usann", False])
def test_no(word: Any) -> None:
    assert truth(word) is False


@pytest.mark.parametrize("word", ["kanskje", "", None, 1, 0, "janei", []])
def test_what_is_neither_is_a_fault(word: Any) -> None:
    with pytest.raises(UserError):
        truth(word)
