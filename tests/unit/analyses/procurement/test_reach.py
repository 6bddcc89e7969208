"""Whether a tender is within reach of a firm: only what is known on both sides is compared."""

import datetime as dt
from typing import Any

import pytest

from tyngdepunkt.analyses.contract import Brought, Setting
from tyngdepunkt.analyses.procurement import ANALYSIS
from tyngdepunkt.analyses.procurement.question import Question
from tyngdepunkt.places import Places


def no_places() -> Places:
    """No figures are needed."""
    raise AssertionError


DAY = dt.date(2026, 11, 1)
TURNOVER = '{code: slc-stand-to-gen, text: "Minste årsomsetning er 2 000 000 NOK."}'


def asked(lot: str, whole: str = "", **own: Any) -> dict[str, tuple[str, str]]:
    """Topic → answer and reason, of a draft with one lot."""
    text = f"procurement:\n  dispatch: 2026-10-20\n{whole}  lots:\n    - {{{lot}}}\n"
    question = Question(as_of=DAY, **own)
    brought = {"notice": Brought("draft.yaml", text.encode())}
    result = ANALYSIS.answer(brought, question, Setting("en", no_places))
    return {each.topic: (each.answer, each.text) for each in result.reach}


def test_whoever_says_nothing_of_itself_is_told_nothing() -> None:
    assert asked(f"demands: [{TURNOVER}]") == {}


@pytest.mark.parametrize(
    ("lot", "own", "topic", "answer"),
    [
        (f"demands: [{TURNOVER}]", {"turnover": 2_000_000}, "turnover", "within"),
        (f"demands: [{TURNOVER}]", {"turnover": 1_999_999}, "turnover", "beyond"),
        (f"demands: [{TURNOVER}]", {"staff": 6}, "turnover", "look"),
        (
            "demands: [{code: slc-stand-to-gen, text: Omsetning minst 9 000 EUR.}]",
            {"turnover": 1e9},
            "turnover",
            "look",
        ),
        ("demands: [{code: slc-stand-to-gen}]", {"turnover": 1e9}, "turnover", "look"),
        ("title: A", {"turnover": 1e9}, "turnover", "not_stated"),
        ("criteria_source: [documents]", {"turnover": 1e9}, "turnover", "stated_elsewhere"),
        ("demands: [{code: slc-abil-ref-work, text: Three.}]", {"references": 0}, "references", "beyond"),
        ("demands: [{code: slc-abil-ref-work, text: Three.}]", {"references": 9}, "references", "look"),
        ("demands: [{code: slc-abil-staff-tech-work}]", {"staff": 9}, "staff", "look"),
        (f"demands: [{TURNOVER}]", {"staff": 9}, "staff", "not_stated"),
        ("guarantee: true", {"guarantee": "yes"}, "guarantee", "within"),
        ("guarantee: true", {"guarantee": "no"}, "guarantee", "beyond"),
        ("guarantee: true", {"staff": 1}, "guarantee", "look"),
        ("guarantee: false", {"guarantee": "no"}, "guarantee", "within"),
        ("title: A", {"guarantee": "yes"}, "guarantee", "not_stated"),
        ("deadline: 2026-11-01", {"staff": 1}, "dates", "within"),
        ("deadline: 2026-10-31", {"staff": 1}, "dates", "beyond"),
        ("title: A", {"staff": 1}, "dates", "not_stated"),
    ],
)
def test_one_demand_at_a_time(lot: str, own: dict[str, Any], topic: str, answer: str) -> None:
    assert asked(lot, **own)[topic][0] == answer


def test_a_demand_is_quoted() -> None:
    found = asked("demands: [{code: slc-abil-ref-work, text: Three of the kind.}]", references=2)
    assert "Three of the kind." in found["references"][1]
