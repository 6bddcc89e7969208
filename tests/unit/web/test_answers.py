"""Answers read back: the same words on the check page, where two windows have saved, and between versions."""

from __future__ import annotations

from typing import Any

import pytest

from tyngdepunkt.places import Places
from tyngdepunkt.web.read.answers import Answers, label


@pytest.mark.parametrize(
    ("path", "value", "short"),
    [
        ("trigger", "relocation", "A unit is to be moved"),
        ("trigger", "sold", "sold"),
        ("lang", "nn", "Nynorsk"),
        ("date", "2026-11-23", "23 November 2026"),
        ("date", "someday", "someday"),
        ("notified.ministry", "unknown", "unknown"),
        ("not_public", True, "yes"),
        ("staff.current", [10, 15], "10–15"),
        ("staff.current", 0, "0"),
        ("costs.price_year", 2024, "2024"),
        ("staff.follow_share", 0.3, "30 %"),
        (
            "unit.jobs",
            [{"occupation": "2611", "count": None}, {"occupation": "99", "count": 2}],
            "Jurister og advokater: ?; 99: 2",
        ),
        ("moved_from", ["Oslo", {"place": "4601", "jobs": [5, 7]}], "Oslo; Bergen (4601): 5–7"),
        (
            "largest_cities",
            {"places": ["Bergen", "4601"], "reason": "R"},
            "Bergen, Bergen (4601); Reason for the list: R",
        ),
        (
            "must_have",
            [{"indicator": "made_up", "min": 3, "max": 9}, "no demand"],
            "made_up ≥ 3; made_up ≤ 9; no demand",
        ),
        (
            "must_have",
            [
                {"indicator": "airport_minutes", "max": 90},
                {"indicator": "airport_minutes", "max": 1},
                {"indicator": "centrality", "min": 700},
            ],
            (
                "Travel time to an airport ≤ 90 minutes; Travel time to an airport ≤ 1 minute;"
                " Centrality ≥ 700 points"
            ),
        ),
        ("largest_cities", {"places": ["trondheim", "Tråante"]}, "Trondheim, Trondheim - Tråante"),
        ("alternatives", "auto", "Every centre that meets the must-haves"),
        ("alternatives", ["Bergen", {"place": "Hamar", "name": "Inland"}], "Bergen, Inland"),
        ("ledger", [{"kind": "closed"}], "1 row"),
        ("ledger", "ledger.csv", "ledger.csv"),
        ("sources", ["A", "B"], "A; B"),
        ("problem", "One\nTwo", "One; Two"),
        ("problem", "", ""),
    ],
)
def test_an_answer_on_one_line(web_places: Places, path: str, value: Any, short: str) -> None:
    told = Answers({}, web_places, "en").short(path, value).replace("\u00a0", " ")
    assert (
        told.removeprefix("Legal professionals: ").removeprefix("Jurister: ").replace("2611: ", "") == short
    )


@pytest.mark.parametrize(
    ("path", "value", "lines"),
    [
        (
            "decision",
            {"place": "Bergen", "date": "2026-01-02"},
            ["Bergen", "Date of the decision: 2 January 2026"],
        ),
        ("notified", {"ministry": "unknown"}, ["The ministry was notified: unknown"]),
        ("explanations", {"R17": "small"}, ["R17: small"]),
        ("affected", {"others": "no"}, ["Does anybody else notice? no"]),
        (
            "alternatives",
            [{"place": "Hamar", "share": 0.4, "measures": ["M"]}],
            ["Hamar; Share of the jobs: 40 %; Mitigating measures: M"],
        ),
        (
            "alternatives",
            [{"kind": "zero", "grades": {"conditions": {"value": 3, "anchor": "W"}}}],
            [
                (
                    "The zero alternative; Judgements: Conditions for location: Judgement, 0–100: 3; "
                    "What the number rests on: W"
                )
            ],
        ),
        (
            "weight_log",
            [{"role": "Head", "date": "2026-01-02", "weights": "none"}],
            ["Role of whoever sets the weights: Head; Date: 2 January 2026; Weights: no weights"],
        ),
        (
            "ledger",
            [{"kind": "moved_in", "agency": "A", "place": "4601", "jobs": 3}],
            ["moved in; agency: A; Bergen (4601); jobs: 3"],
        ),
    ],
)
def test_a_whole_answer_line_by_line(web_places: Places, path: str, value: Any, lines: list[str]) -> None:
    told = Answers({}, web_places, "en").lines(path, value)
    assert [line.replace("\u00a0", " ") for line in told] == lines


def test_a_name_that_is_no_field_stands_as_it_is() -> None:
    assert label("made_up.thing", "nb") == "thing"
