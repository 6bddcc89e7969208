"""Numbers as options are read as everywhere else, and a fault names the option."""

from __future__ import annotations

import cyclopts
import pytest

import number_examples as examples
from tyngdepunkt.cli._numbers import Number, Share
from tyngdepunkt.errors import UserError

app = cyclopts.App()


@app.default
def both(*, size: Number = None, part: Share = None) -> tuple[float | None, float | None]:
    return size, part


def asked(*tokens: str) -> tuple[float | None, float | None]:
    command, bound, _ = app.parse_args(list(tokens))
    found: tuple[float | None, float | None] = command(*bound.args, **bound.kwargs)
    return found


@pytest.mark.parametrize(("text", "right"), {**examples.WHOLE, **examples.DECIMAL}.items())
def test_an_option_is_read_as_the_table_says(text: str, right: tuple[float, float]) -> None:
    assert asked(f"--size={text}") == (right[0], None)


def test_a_share_can_be_written_in_per_cent() -> None:
    assert asked("--part=0.7") == asked("--part=70 %") == (None, 0.7)
    assert asked() == (None, None)


@pytest.mark.parametrize(
    ("token", "fault"),
    [
        ("--size=1.200", "thousands_in_doubt"),
        ("--size=many", "not_a_number"),
        ("--size=10–15", "not_one_number"),
        ("--size=ukjent", "not_one_number"),
        ("--part=70", "share_above_one"),
    ],
)
def test_what_cannot_be_taken_names_the_option(token: str, fault: str) -> None:
    with pytest.raises(UserError) as caught:
        asked(token)
    (found,) = caught.value.faults
    assert (found.key, found.where) == (f"inputs:{fault}", token.partition("=")[0])
