"""Weights that are changed after the scores were seen have to be logged; through the command people run."""

import datetime as dt
import json

import pytest

from location_cases import read, write
from tyngdepunkt.analyses import kept
from tyngdepunkt.cli import run
from tyngdepunkt.errors import UserError

FIRST = {"conditions": 50, "location_policy": 50}
OTHER = {"conditions": 80, "location_policy": 20}
ROOM = "analyses.location"
ENTRY = {
    "role": "Styringsgruppa",
    "date": "2023-06-20",
    "weights": OTHER,
    "reason": "Ny bestilling",
    "scores_seen": True,
}


@pytest.fixture
def assess(tmp_path):
    """Runs `assess --out` on a case written anew each time; returns the exit code."""

    def go(out="ut", name="sak.yaml", formats="json", **changes):
        case = write(tmp_path, name=name, **changes)
        return run(["assess", str(case), "--out", str(tmp_path / out), "--format", formats])

    return go


def weights_of(weights, words):
    """What is remembered of a case with these weights, told in these words."""
    case = read(weights=weights)
    return kept.Shown(case.title, case.weights, [], words, case.weight_log)


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_other_weights_without_a_word_are_refused_and_nothing_is_touched(assess, tmp_path, capsys):
    assert assess(weights=FIRST, formats="json,html,docx") == 0
    before = contents(tmp_path / "ut")
    capsys.readouterr()
    assert assess(weights=OTHER, formats="json,html,docx") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "weight_log" in err
    assert "Traceback" not in err
    assert dt.date.today().isoformat() in err  # noqa: DTZ011 - an entry that can be pasted
    assert "50" in err
    assert "80" in err
    assert contents(tmp_path / "ut") == before


def test_the_same_weights_can_be_run_again(assess, tmp_path):
    assert assess(weights=FIRST) == 0
    before = contents(tmp_path / "ut")
    assert assess(weights=FIRST) == 0
    assert contents(tmp_path / "ut")["sak-nb.json"] == before["sak-nb.json"]


def test_the_same_weights_written_in_another_way_are_the_same(assess):
    assert assess(weights={"conditions": 50, "location_policy": 50}) == 0
    assert assess(weights={"location_policy": 0.5, "conditions": 0.5}) == 0


def test_something_else_in_the_case_can_be_changed(assess):
    assert assess(weights=FIRST) == 0
    assert assess(weights=FIRST, alternatives=["Bergen", "Hamar", "Røros"]) == 0


def test_a_new_entry_in_the_log_lets_it_pass_and_is_shown(assess, tmp_path):
    assert assess(weights=FIRST) == 0
    assert assess(weights=OTHER, weight_log=[ENTRY]) == 0
    document = json.loads((tmp_path / "ut" / "sak-nb.json").read_text(encoding="utf-8"))
    (entry,) = document["weights"]["log"]
    assert entry["reason"] == "Ny bestilling"
    assert entry["scores_seen"] is True


def test_an_entry_accounts_for_one_change_only(assess):
    assert assess(weights=FIRST) == 0
    assert assess(weights=OTHER, weight_log=[ENTRY]) == 0
    assert assess(weights=FIRST, weight_log=[ENTRY]) == 1
    back = {**ENTRY, "weights": FIRST, "reason": "Tilbake"}
    assert assess(weights=FIRST, weight_log=[ENTRY, back]) == 0


def test_a_log_that_was_there_already_accounts_for_nothing(assess):
    assert assess(weights=FIRST, weight_log=[ENTRY]) == 0
    assert assess(weights=OTHER, weight_log=[ENTRY]) == 1


def test_weights_inside_a_consideration_are_weights_too(assess, capsys):
    """A heavier indicator, or one left out, changes the order just as a heavier consideration does."""
    inside = {"recruitment_45": {"weight": 3, "reason": "Mange skal rekrutteres"}}
    assert assess(weights=FIRST) == 0
    capsys.readouterr()
    assert assess(weights=FIRST, indicators=inside) == 1
    assert "weight_log" in capsys.readouterr().err
    said_better = {"recruitment_45": {"weight": 3, "reason": "Bedre sagt"}}
    entry = {**ENTRY, "weights": FIRST, "reason": "Mange skal rekrutteres"}
    assert assess(weights=FIRST, indicators=inside, weight_log=[entry]) == 0
    assert assess(weights=FIRST, indicators=said_better, weight_log=[entry]) == 0
    left_out = {"recruitment_45": {"off": True, "reason": "Dekkes av en annen"}}
    assert assess(weights=FIRST, indicators=left_out, weight_log=[entry]) == 1


def test_from_none_to_points_is_a_change_too(assess):
    assert assess(weights="none") == 0
    assert assess(weights=FIRST) == 1
    assert assess(weights={"order": ["conditions"]}) == 1
    assert assess(weights=...) == 0  # no weights at all is none


def test_another_folder_is_another_matter(assess):
    assert assess(weights=FIRST) == 0
    assert assess(out="ny", weights=OTHER) == 0


def test_another_language_is_the_same_matter(assess):
    assert assess(weights=FIRST) == 0
    assert assess(weights=OTHER, lang="en") == 1


def test_a_new_file_name_is_no_way_around(assess, tmp_path):
    assert assess(weights=FIRST) == 0
    before = contents(tmp_path / "ut")
    assert assess(name="sak-2.yaml", weights=OTHER) == 1
    assert contents(tmp_path / "ut") == before
    assert assess(name="sak-2.yaml", weights=OTHER, weight_log=[ENTRY]) == 0
    assert assess(weights=FIRST) == 0  # the first file still shows what it showed


def test_another_case_in_the_same_folder_has_weights_of_its_own(assess):
    assert assess(weights=FIRST) == 0
    assert assess(name="annen.yaml", title="En annen sak", weights=OTHER) == 0


def test_looking_without_out_leaves_no_trace_and_is_never_refused(assess, tmp_path, capsys):
    assert assess(weights=FIRST) == 0
    before = contents(tmp_path / "ut")
    assert run(["assess", str(write(tmp_path, weights=OTHER)), "--json"]) == 0
    assert contents(tmp_path / "ut") == before


@pytest.mark.parametrize("damaged", ["", "null", "[]", "{}", "\x00", '{"fingerprint": 1}'])
def test_a_damaged_memory_is_no_memory(damaged, tmp_path):
    file = tmp_path / "sak.weights.json"
    file.write_text(damaged, encoding="utf-8")
    kept.refuse_silent_change(weights_of(FIRST, "x"), file, dt.date(2023, 1, 1), ROOM)


def test_the_memory_tells_the_weights_in_words_and_keeps_no_secrets(tmp_path):
    file = tmp_path / "sak.weights.json"
    file.write_bytes(kept.memory(weights_of(FIRST, "halvt om halvt")))
    with pytest.raises(UserError) as caught:
        kept.refuse_silent_change(weights_of(OTHER, "mest det ene"), file, dt.date(2023, 1, 1), ROOM)
    (fault,) = caught.value.faults
    assert fault.values["before"] == "halvt om halvt"
    assert fault.values["after"] == "mest det ene"
    assert fault.values["today"] == "2023-01-01"
    assert set(json.loads(file.read_text(encoding="utf-8"))) == {
        "title",
        "fingerprint",
        "inside",
        "weights",
        "log",
    }
