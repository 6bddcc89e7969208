"""What a check answers: typed structs that are the JSON of the command and of the API."""

from __future__ import annotations

from typing import Literal

import msgspec

from tyngdepunkt.analyses.contract import Made
from tyngdepunkt.analyses.contract import Notice as Warned

Verdict = Literal["helps", "hinders", "neutral", "not_stated", "stated_elsewhere", "not_applicable"]
VERDICTS: tuple[Verdict, ...] = (
    "helps", "hinders", "neutral", "not_stated", "stated_elsewhere", "not_applicable",
)  # fmt: skip


class Head(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which notice was read. What the file does not say is null; a draft can have a title."""

    id: str | None
    procedure_id: str | None
    subtype: str | None
    sdk: str | None
    title: str | None = None


class LotLine(msgspec.Struct, frozen=True):
    """One lot: value in its currency, length in years, and value per year where both are known.

    Args:
        assumed: whether the value is the procedure's, divided evenly by its lots.
    """

    id: str | None
    value: float | None
    currency: str | None
    years: float | None
    yearly_value: float | None
    assumed: bool


class Answer(msgspec.Struct, frozen=True, gc=False):
    """The answer to one question for one lot; `lot` is null for the procedure as a whole.

    `line` is where in the file the field stands; null where it does not, or where the format has no lines.
    """

    rule: int
    lot: str | None
    verdict: Verdict
    field: str
    value: str | float | None
    text: str
    basis: str
    line: int | None = None


class National(msgspec.Struct, frozen=True):
    """A national rule the notice breaks; `line` where its field stands once in the file, else null."""

    rule: str
    field: str
    text: str
    line: int | None = None


Reached = Literal["within", "beyond", "look", "not_stated", "stated_elsewhere"]


class Reach(msgspec.Struct, frozen=True):
    """Whether one demand on a lot is within reach of the firm that asks.

    Args:
        topic: turnover, staff, references, guarantee or dates.
        answer: `look` where the firm must judge for itself what the text demands.
    """

    topic: str
    lot: str | None
    answer: Reached
    text: str


class Result(msgspec.Struct, frozen=True):
    """A notice that was judged.

    Args:
        reach: whether the demands are within reach of a firm, where it said anything of itself.
        warnings: what a reader should know of the notice.
        notices: what a reader should know of the answer: what was not read, how far law was looked up.
    """

    notice: Head
    lots: list[LotLine]
    findings: list[Answer]
    national: list[National]
    counts: dict[str, int]
    warnings: list[Warned]
    reach: list[Reach]
    notices: list[Warned]
    made: Made
