"""Drafts: nothing is lost, whoever saves first."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from tyngdepunkt.errors import UserError
from tyngdepunkt.workspace.drafts import Conflict, Drafts


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(f"sqlite:///{tmp_path / 'drafts.sqlite'}")


def test_a_draft_comes_back_as_it_was_saved(drafts: Drafts) -> None:
    content = {"title": "Æ <script>", "unit": {"name": "X", "jobs": [10, 15]}, "alternatives": ["0301"]}
    made = drafts.create(content)
    again = drafts.get(made.id)
    assert again.content == content
    assert again.version == 1
    assert len(made.id) >= 22


def test_a_field_that_becomes_nothing_is_taken_away(drafts: Drafts) -> None:
    made = drafts.create({"title": "A", "weights": "none"})
    saved = drafts.save(made.id, {"weights": None}, 1, "considerations")
    assert drafts.get(made.id).content == {"title": "A"}
    assert saved.version == 2


def test_saving_what_is_there_already_makes_no_version(drafts: Drafts) -> None:
    made = drafts.create({"title": "A"})
    assert drafts.save(made.id, {"title": "A"}, 1, "unit").version == 1


def test_two_tabs_on_different_fields_both_stand(drafts: Drafts) -> None:
    made = drafts.create({"title": "A"})
    drafts.save(made.id, {"title": "B"}, 1, "unit")
    drafts.save(made.id, {"weights": "none"}, 1, "considerations")
    assert drafts.get(made.id).content == {"title": "B", "weights": "none"}


def test_two_tabs_on_the_same_field_stop_the_second(drafts: Drafts) -> None:
    made = drafts.create({"title": "A"})
    drafts.save(made.id, {"title": "B"}, 1, "unit")
    with pytest.raises(Conflict) as caught:
        drafts.save(made.id, {"title": "C"}, 1, "unit")
    assert caught.value.theirs == {"title": "B"}
    assert caught.value.newest == 2
    assert drafts.get(made.id).content == {"title": "B"}
    drafts.save(made.id, {"title": "C"}, 1, "unit", over=2)
    assert drafts.get(made.id).content == {"title": "C"}
    assert drafts.get(made.id, 2).content == {"title": "B"}  # still in the history


def test_history_names_every_save(drafts: Drafts) -> None:
    made = drafts.create({"title": "A"})
    drafts.save(made.id, {"title": "B"}, 1, "unit")
    assert [(each.version, each.step) for each in drafts.history(made.id)] == [(2, "unit"), (1, "start")]


def test_the_database_refuses_to_change_a_version(drafts: Drafts, tmp_path: Path) -> None:
    drafts.create({"title": "A"})
    engine = create_engine(f"sqlite:///{tmp_path / 'drafts.sqlite'}")
    for statement in ("DELETE FROM case_draft_version", "UPDATE case_draft_version SET step = 'x'"):
        with pytest.raises(DBAPIError), engine.begin() as connection:
            connection.execute(text(statement))


def test_delete_can_be_taken_back(drafts: Drafts) -> None:
    made = drafts.create({"title": "A"})
    drafts.delete(made.id)
    assert drafts.list() == ()
    assert drafts.get(made.id).deleted
    drafts.restore(made.id)
    assert [each.id for each in drafts.list()] == [made.id]


def test_a_copy_remembers_that_scores_were_seen(drafts: Drafts) -> None:
    made = drafts.create({"title": "A"})
    drafts.seen(made.id, 1)
    copy = drafts.duplicate(made.id, "A 2")
    assert copy.id != made.id
    assert copy.title == "A 2"
    assert copy.seen == 1


def test_what_is_not_there_is_said(drafts: Drafts) -> None:
    for draft_id in ("nothing", "x" * 500, ""):
        with pytest.raises(UserError) as caught:
            drafts.get(draft_id)
        assert caught.value.faults[0].key == "workspace.drafts:no_draft"
    made = drafts.create({"title": "A"})
    with pytest.raises(UserError) as caught:
        drafts.save(made.id, {"title": "B"}, 99, "unit")
    assert caught.value.faults[0].key == "workspace.drafts:no_version"


def test_a_case_larger_than_a_case_file_is_refused(drafts: Drafts) -> None:
    with pytest.raises(UserError) as caught:
        drafts.create({"title": "x" * 1_000_001})
    assert caught.value.faults[0].key == "workspace.drafts:too_large"


def test_two_tabs_in_one_group_of_fields_both_stand(drafts: Drafts) -> None:
    made = drafts.create({"unit": {"name": "X", "jobs": [1, 2]}})
    drafts.save(made.id, {"unit": {"name": "X", "total_jobs": 9}}, 1, "jobs")
    saved = drafts.save(made.id, {"unit": {"name": "Y", "jobs": [1, 2]}}, 1, "unit")
    assert saved.content == {"unit": {"name": "Y", "total_jobs": 9}}


def test_what_a_tab_has_not_changed_undoes_nothing(drafts: Drafts) -> None:
    made = drafts.create({"title": "A", "date": "2026-01-01"})
    drafts.save(made.id, {"title": "B"}, 1, "unit")
    saved = drafts.save(made.id, {"title": "A", "date": "2026-02-02"}, 1, "unit")
    assert saved.content == {"title": "B", "date": "2026-02-02"}


def test_after_a_conflict_one_chooses_field_by_field_and_is_told_of_a_third(drafts: Drafts) -> None:
    made = drafts.create({"title": "A", "goal": "A"})
    drafts.save(made.id, {"title": "B", "goal": "B"}, 1, "unit")
    mine = {"title": "C", "goal": "C"}
    drafts.save(made.id, {"goal": "D"}, 2, "unit")
    with pytest.raises(Conflict) as caught:  # version 2 was shown, but somebody saved once more
        drafts.save(made.id, mine, 1, "unit", over=2, keep=["title"])
    assert caught.value.theirs == {"goal": "D"}
    saved = drafts.save(made.id, mine, 1, "unit", over=3, keep=["title"])
    assert saved.content == {"title": "B", "goal": "C"}


def test_what_is_deleted_can_be_listed(drafts: Drafts) -> None:
    made = drafts.create({"title": "A"})
    assert drafts.list(deleted=True) == ()
    drafts.delete(made.id)
    assert [each.id for each in drafts.list(deleted=True)] == [made.id]


def entry(reason: str) -> dict[str, object]:
    return {"role": "R", "date": "2026-01-01", "weights": "none", "reason": reason, "scores_seen": True}


def test_the_log_of_weights_is_only_ever_added_to(drafts: Drafts) -> None:
    made = drafts.create({"title": "A", "weight_log": [entry("1")]})
    drafts.save(made.id, {"weight_log": [entry("1"), entry("2")]}, 1, "considerations")
    drafts.save(made.id, {"weight_log": [entry("1"), entry("3")]}, 1, "considerations")  # another tab
    drafts.save(made.id, dict(drafts.get(made.id, 1).content), 3, "back")  # as it was in version 1
    drafts.save(made.id, {"title": "B", "weight_log": None}, 3, "check")
    assert [each["reason"] for each in drafts.get(made.id).content["weight_log"]] == ["1", "2", "3"]


def test_weights_that_are_left_as_they_are_stored_are_not_logged_as_changed(drafts: Drafts) -> None:
    made = drafts.create({"weights": "none"})
    drafts.save(made.id, {"weights": {"a": 100}}, 1, "considerations")
    mine = {"weights": {"b": 100}, "weight_log": [entry("mine")]}
    kept = drafts.save(made.id, mine, 1, "considerations", over=2, keep=["weights"])
    assert kept.content == {"weights": {"a": 100}}
    written = drafts.save(made.id, mine, 1, "considerations", over=2)
    assert written.content == mine


def test_a_form_that_is_sent_twice_is_logged_once(drafts: Drafts) -> None:
    made = drafts.create({"title": "A"})
    sent = {"weights": {"a": 100}, "weight_log": [entry("1")]}
    for _ in range(2):
        drafts.save(made.id, sent, 1, "considerations")
    assert drafts.get(made.id).content["weight_log"] == [entry("1")]
    assert drafts.get(made.id).version == 2


def test_weights_changed_after_scores_were_seen_are_logged_or_not_saved(drafts: Drafts) -> None:
    made = drafts.create({"weights": {"a": 100}})
    drafts.save(made.id, {"weights": {"a": 50, "b": 50}}, 1, "considerations")  # nobody has seen anything
    drafts.seen(made.id, 2)
    with pytest.raises(UserError) as caught:
        drafts.save(made.id, {"weights": {"b": 100}}, 2, "considerations")
    assert caught.value.faults[0].key == "workspace.drafts:weights_unlogged"
    unaware = {**entry("1"), "scores_seen": False}  # the page was opened before somebody saw them
    saved = drafts.save(made.id, {"weights": {"b": 100}, "weight_log": [unaware]}, 2, "considerations")
    assert saved.content["weight_log"] == [entry("1")]


def test_a_group_that_somebody_made_something_else_is_a_conflict(drafts: Drafts) -> None:
    made = drafts.create({"largest_cities": {"places": ["Oslo"]}, "unit": {"name": "X"}})
    drafts.save(made.id, {"largest_cities": ["Oslo", "Bergen"], "unit": None}, 1, "alternatives")
    mine = {"largest_cities": {"places": ["Oslo"], "reason": "b"}, "unit": {"name": "X", "agency": "Y"}}
    with pytest.raises(Conflict) as caught:
        drafts.save(made.id, mine, 1, "rules")
    assert caught.value.fields == ("largest_cities", "unit")
    assert caught.value.theirs == {"largest_cities": ["Oslo", "Bergen"]}
    saved = drafts.save(made.id, mine, 1, "rules", over=2, keep=["largest_cities"])
    assert saved.content == {"largest_cities": ["Oslo", "Bergen"], "unit": {"name": "X", "agency": "Y"}}


def test_saves_at_the_same_time_all_stand(drafts: Drafts) -> None:
    made = drafts.create({"title": "A"})
    names = [f"field_{at}" for at in range(24)]
    with ThreadPoolExecutor(8) as many:
        list(many.map(lambda name: drafts.save(made.id, {name: 1}, 1, "unit"), names))
    assert set(drafts.get(made.id).content) == {"title", *names}
    assert drafts.get(made.id).version == 1 + len(names)


def test_what_a_draft_says_is_for_its_owner_alone(drafts: Drafts, tmp_path: Path) -> None:
    made = drafts.create({"title": "A"})
    drafts.save(made.id, {"title": "B"}, 1, "unit")
    assert {file.stat().st_mode & 0o077 for file in tmp_path.glob("drafts.sqlite*")} == {0}


def test_weights_are_one_answer(drafts: Drafts) -> None:
    made = drafts.create({"weights": {"a": 40, "b": 30, "c": 30}})
    drafts.save(made.id, {"weights": {"a": 50, "b": 20, "c": 30}}, 1, "considerations")
    with pytest.raises(Conflict) as caught:
        drafts.save(made.id, {"weights": {"a": 40, "b": 20, "c": 40}}, 1, "considerations")
    assert caught.value.fields == ("weights",)


def test_a_save_keeps_the_version_of_the_method_and_a_copy_of_the_file_carries_it(address: str) -> None:
    before, now = Drafts(address), Drafts(address, "2")
    made = before.create({"title": "A"})
    assert before.get(made.id).method is None
    saved = now.save(made.id, {"title": "B"}, 1, "unit")
    assert saved.method == now.get(made.id).method == "2"
    assert [each.method for each in now.whole(made.id).versions] == [None, "2"]
    assert now.get(made.id, 1).method is None
    assert now.duplicate(made.id, "C").method == "2"
