"""Numbers as options are read as everywhere else, and a fault names the option."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Any

import cyclopts
import pytest
from pydantic import BaseModel, Field

import number_examples as examples
from tyngdepunkt.analyses.parameters import read_parameters
from tyngdepunkt.cli import run
from tyngdepunkt.cli._numbers import Day, Number, Share, Whole
from tyngdepunkt.errors import UserError
from tyngdepunkt.texts import explain_error

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


other = cyclopts.App()


@other.default
def counted(*, many: Whole = 0, on: Day = None) -> tuple[int, dt.date | None]:
    return many, on


@pytest.mark.parametrize("text", ["12", "12,0", " 12 ", "+12"])
def test_a_count_is_a_whole_number(text: str) -> None:
    command, bound, _ = other.parse_args([f"--many={text}", "--on=5. juni 2026"])
    found = command(*bound.args, **bound.kwargs)
    assert found == (12, dt.date(2026, 6, 5))
    assert isinstance(found[0], int)


@pytest.mark.parametrize(
    ("token", "fault"),
    [
        ("--many=1.9", "not_whole"),
        ("--many=100.000", "thousands_in_doubt"),
        ("--many=0x1", "not_a_number"),
        ("--on=5/6/2026", "day_or_month"),
        ("--on=5.6.26", "short_year"),
    ],
)
def test_a_count_is_never_rounded_and_a_day_never_guessed(token: str, fault: str) -> None:
    with pytest.raises(UserError) as caught:
        other.parse_args([token])
    assert (caught.value.faults[0].key, caught.value.faults[0].where) == (
        f"inputs:{fault}",
        token.partition("=")[0],
    )


DOUBTFUL = [
    ["rank", "a.yaml", "--draws=100.000"],
    ["procurement", "check", "a.yaml", "--turnover=500.000"],
    ["procurement", "check", "a.yaml", "--staff=1.200"],
    ["regions", "--draws=1.000"],
    ["regions", "--seed=1.000"],
    ["site", "a.csv", "--p=1.000"],
    ["site", "a.csv", "--near-best=1.000"],
    ["ledger", "effect", "--window=1.000"],
    ["ledger", "undo", "1.000"],
    ["serve", "--port=8.000"],
]


@pytest.mark.parametrize("arguments", DOUBTFUL, ids=" ".join)
def test_no_command_takes_a_number_that_can_be_two(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*arguments, "--lang=en"]) == 1
    assert " can be " in capsys.readouterr().err


def test_an_import_is_not_reversed_for_a_number_near_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ledger", "undo", "1.9", "--lang=en"]) == 1
    assert "“1.9” is not a whole number" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["regions"], ["rank", "a.yaml"]])
def test_a_seed_below_nothing_is_refused_and_not_turned_round(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command, "--seed=-1", "--lang=en"]) == 1
    assert "--seed cannot be -1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "lang", "told"),
    [
        (["--chance", "0"], "nb", "--chance kan ikke være 0.\n  Tallet må være over 0 og under 1."),
        (["--chance", "1"], "nn", "--chance kan ikkje vere 1.\n  Talet må vere over 0 og under 1."),
        (
            ["--busiest", "0.1"],
            "en",
            "--busiest cannot be 0.1.\n  The number must be at least 0.2 and at most 1.",
        ),
    ],
)
def test_a_bound_that_is_itself_out_of_bounds_is_told_so(
    options: list[str], lang: str, told: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (need := tmp_path / "need.csv").write_text("place,posts,days,share_low,share_high\nRøros,4,2,0.2,0.4\n")
    assert run(["desks", str(need), *options, f"--lang={lang}"]) == 1
    assert told in capsys.readouterr().err


class AtLeast(BaseModel):
    many: Annotated[int, Field(ge=1)] = 2


class OrNothing(BaseModel):
    many: Annotated[int, Field(ge=1900, le=2100)] | None = None


class Below(BaseModel):
    many: Annotated[float, Field(lt=2.5)] = 2


@pytest.mark.parametrize(
    ("question", "given", "told"),
    [
        (AtLeast, "-1", "at least 1"),
        (Below, "7", "below 2.5"),
        (OrNothing, "1800", "at least 1900 and at most 2100"),
    ],
)
def test_a_number_is_told_of_the_ends_it_is_bound_at(question: Any, given: str, told: str) -> None:
    analysis: Any = SimpleNamespace(question=question, room="analyses")
    with pytest.raises(UserError) as caught:
        read_parameters(analysis, {"many": given}, str)
    assert f"The number must be {told}." in explain_error(caught.value, "en")
