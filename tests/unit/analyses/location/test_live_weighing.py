"""While one drags, the answer is the one of a whole assessment."""

import datetime as dt
import json
from pathlib import Path

import pytest

from tyngdepunkt.analyses.location.assess import assess
from tyngdepunkt.analyses.location.input.read import case_from_text
from tyngdepunkt.analyses.location.live.weighing import Desktop
from tyngdepunkt.analyses.state_jobs.events import EventKind, LedgerEvent, Row
from tyngdepunkt.analyses.state_jobs.store import Ledger
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places
from tyngdepunkt.workspace.drafts import Drafts

CASE = {
    "title": "T",
    "date": "2023-06-01",
    "trigger": "new_agency",
    "unit": {"name": "X", "jobs": [{"occupation": "2422", "count": 30}]},
    "alternatives": ["Bærum", "Bergen", "Sandefjord", "Hamar"],
}


@pytest.mark.parametrize(
    "weights",
    [
        "none",
        {"conditions": 40, "location_policy": 30, "labour_market": 30},
        {"conditions": [10, 40], "labour_market": [20, 60]},
        {"order": ["labour_market", ["conditions", "location_policy"]]},
    ],
)
def test_the_live_answer_is_the_answer(norway: Places, tmp_path: Path, weights: object) -> None:
    drafts = Drafts(f"sqlite:///{tmp_path / 'd.sqlite'}")
    live = Desktop(norway).reweighed(drafts.create(CASE), weights)
    whole = assess(case_from_text(json.dumps({**CASE, "weights": weights}), norway), norway)
    ranked = sorted((each for each in whole.alternatives if each.rank), key=lambda each: each.rank or 0)
    assert {(each.number, each.rank, each.value, each.rank_acceptability[0]) for each in ranked} == {
        (each.number, each.rank, each.value, each.first) for each in live.standings
    }
    assert live.weights == whole.weights
    nearest = whole.robustness.nearest
    assert (live.turn is None) == (nearest is None)
    if nearest and live.turn:
        assert (live.turn.weights, live.turn.distance) == (nearest.weights, nearest.distance)


def test_wrong_weights_are_faults_of_the_case_file_reader(norway: Places, tmp_path: Path) -> None:
    draft = Drafts(f"sqlite:///{tmp_path / 'd.sqlite'}").create(CASE)
    with pytest.raises(UserError) as caught:
        Desktop(norway).reweighed(draft, {"conditions": 40, "labour_market": 40})
    assert caught.value.faults[0].key.endswith(":weights_sum")


def test_an_unfinished_case_has_no_scores(norway: Places, tmp_path: Path) -> None:
    draft = Drafts(f"sqlite:///{tmp_path / 'd.sqlite'}").create({"title": "T"})
    with pytest.raises(UserError):
        Desktop(norway).assessed(draft, "nb")


def test_what_is_booked_in_the_ledger_gives_a_new_answer(
    norway: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TYNGDEPUNKT_DATABASE", f"sqlite:///{tmp_path / 'd.sqlite'}")
    draft, desktop = Drafts().create(CASE), Desktop(norway)
    before = desktop.assessed(draft, "nb")
    assert desktop.assessed(draft, "nb") is before
    day = dt.date(2022, 1, 1)
    booked = LedgerEvent(EventKind.MOVED_IN, ("E",), "3403", "Hamar", 9, 9, day, day, "letter")
    with Ledger() as ledger:
        ledger.add([Row("line 2", booked)], "f.csv", "0" * 64)
    after = desktop.assessed(draft, "nb")
    assert after is not before
    with Ledger() as ledger:
        ledger.undo(1)
    assert desktop.assessed(draft, "nb") is not after
