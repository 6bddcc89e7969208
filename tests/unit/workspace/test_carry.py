"""One case from one machine to another: every version, the log of weights, and nothing written over."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tyngdepunkt.cli import run
from tyngdepunkt.errors import UserError
from tyngdepunkt.texts import explain_error
from tyngdepunkt.workspace.drafts import Drafts
from tyngdepunkt.workspace.drafts.carry import exported, imported

LOG = [{"date": "2026-11-01", "who": "Kari Eksempel", "reason": "Høringen"}]


@pytest.fixture
def here(tmp_path: Path) -> Drafts:
    return Drafts(f"sqlite:///{tmp_path / 'here.sqlite'}")


@pytest.fixture
def there(address: str) -> Drafts:
    return Drafts(address)


@pytest.fixture
def case(here: Drafts) -> str:
    """A case with three versions, whose scores were seen before its weights were changed."""
    made = here.create({"title": "Sak på Røros", "weights": {"a": 1}})
    here.save(made.id, {"unit": {"name": "X"}}, 1, "unit")
    here.seen(made.id, 2)
    here.save(made.id, {"weights": {"a": 2}, "weight_log": LOG}, 2, "considerations")
    return made.id


def put(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def test_a_case_comes_in_as_it_went_out(here: Drafts, there: Drafts, case: str, tmp_path: Path) -> None:
    file = put(tmp_path / "case.json", exported(here, case))
    tried = imported(there, file, dry_run=True)
    assert (tried.versions, there.list()) == (3, ())
    found = imported(there, file)
    assert (found.draft.id, found.versions, found.renamed) == (case, 3, False)
    assert there.whole(case) == here.whole(case)
    assert exported(there, case) == exported(here, case)
    newest = there.get(case)
    assert newest.content["weight_log"] == [{**LOG[0], "scores_seen": True}]
    with pytest.raises(UserError, match="weights_unlogged"):  # that scores were seen is still known
        there.save(case, {"weights": {"a": 3}}, 3, "considerations")
    assert there.save(case, {"title": "B"}, 3, "unit").version == 4


def test_a_case_that_is_here_is_not_taken_in_twice_and_never_written_over(
    here: Drafts, there: Drafts, case: str, tmp_path: Path
) -> None:
    file = put(tmp_path / "case.json", exported(here, case))
    imported(there, file)
    with pytest.raises(UserError, match="here_already"):
        imported(there, file)
    there.save(case, {"title": "Another way"}, 3, "unit")
    with pytest.raises(UserError, match="here_already"):
        imported(there, file)
    here.save(case, {"title": "One way"}, 3, "unit")
    found = imported(there, put(tmp_path / "again.json", exported(here, case)))
    assert (found.renamed, found.draft.id == case, found.versions) == (True, False, 4)
    assert sorted(each.title for each in there.list()) == ["Another way", "One way"]


WRONG: list[tuple[str, Callable[[dict[str, Any]], Any], list[str]]] = [
    ("no mapping", lambda case: [case], ["not_a_case"]),
    ("another format", lambda case: case | {"format": "x"}, ["not_a_case"]),
    ("a newer schema", lambda case: case | {"schema": 2}, ["other_schema"]),
    ("no versions", lambda case: case | {"versions": []}, ["versions"]),
    ("a version left out", lambda case: case | {"versions": case["versions"][1:]}, ["versions[1].version"]),
    ("no content", lambda case: _first(case, content=None), ["versions[1].content"]),
    ("no time", lambda case: _first(case, saved_at="yesterday"), ["versions[1].saved_at"]),
    ("no zone", lambda case: _first(case, saved_at="2026-01-01T00:00:00"), ["versions[1].saved_at"]),
    ("a number for a step", lambda case: _first(case, step=3), ["versions[1].step"]),
    ("half a letter", lambda case: _first(case, content={"a": "\ud800"}), ["versions[1].content"]),
    ("too large", lambda case: _first(case, content={"a": "x" * 1_000_001}), ["versions[1].content"]),
    ("text for a version", lambda case: case | {"versions": ["x"]}, ["versions[1]"]),
    ("seen what is not there", lambda case: case | {"seen": 9}, ["seen"]),
    ("an unknown kind", lambda case: case | {"kind": "hens"}, ["kind"]),
    ("a path for an id", lambda case: case | {"id": "../../etc/passwd/etc"}, ["id"]),
    ("two at once", lambda case: case | {"kind": None, "id": 3}, ["kind", "id"]),
]


def _first(case: dict[str, Any], **told: Any) -> dict[str, Any]:
    return case | {"versions": [case["versions"][0] | told, *case["versions"][1:]]}


@pytest.mark.parametrize(("change", "told"), [each[1:] for each in WRONG], ids=[each[0] for each in WRONG])
def test_a_file_that_is_wrong_is_told_of_at_once_and_nothing_is_saved(
    here: Drafts, case: str, tmp_path: Path, change: Callable[[dict[str, Any]], Any], told: list[str]
) -> None:
    there = Drafts(f"sqlite:///{tmp_path / 'there.sqlite'}")
    wrong = change(json.loads(exported(here, case)))
    file = put(tmp_path / "case.json", json.dumps(wrong))
    with pytest.raises(UserError) as caught:
        imported(there, file)
    said = [str(each.values.get("field", each.key.split(":")[1])) for each in caught.value.faults]
    assert said[: len(told)] == told
    assert all(explain_error(caught.value, lang) for lang in ("nb", "nn", "en"))
    assert there.list() == ()


@pytest.mark.parametrize("text", ["", "{", "nonsense", '{"a": NaN}', "[" * 100_000])
def test_what_is_no_json_is_told(tmp_path: Path, here: Drafts, text: str) -> None:
    with pytest.raises(UserError, match="not_a_case"):
        imported(here, put(tmp_path / "case.json", text))


def test_an_id_that_begins_with_a_hyphen_is_no_option(tmp_path: Path, here: Drafts, case: str) -> None:
    drafts = Drafts()
    drafts.take_in(replace(here.whole(case), id="-Ab_9"))
    drafts.close()
    file = tmp_path / "case.json"
    assert run(["case", "export", "-Ab_9", str(file)]) == 0
    assert json.loads(file.read_text("utf-8"))["id"] == "-Ab_9"


@pytest.mark.walk
def test_the_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TYNGDEPUNKT_DATA", str(tmp_path / "one"))
    drafts = Drafts()
    made, gone = drafts.create({"title": "Sak"}), drafts.create({})
    drafts.delete(gone.id)
    drafts.close()
    assert run(["case", "list"]) == 0
    told = capsys.readouterr().out
    assert made.id in told
    assert gone.id not in told
    assert run(["case", "list", "--deleted", "--json"]) == 0
    assert [each["id"] for each in json.loads(capsys.readouterr().out)["cases"]] == [gone.id]
    file = tmp_path / "case.json"
    assert run(["case", "export", made.id, str(file)]) == 0
    assert run(["case", "export", made.id, str(file)]) == 1  # not written over
    assert run(["case", "export", "nothing", str(tmp_path / "x")]) == 1
    assert file.stat().st_mode & 0o077 == 0
    monkeypatch.setenv("TYNGDEPUNKT_DATA", str(tmp_path / "two"))
    capsys.readouterr()
    assert run(["case", "list", "--lang", "en"]) == 0
    assert "No cases" in capsys.readouterr().out
    assert run(["case", "import", str(file), "--dry-run", "--json"]) == 0
    assert run(["case", "import", str(file)]) == 0
    assert run(["case", "import", str(file)]) == 1
    capsys.readouterr()
    assert run(["case", "list", "--json"]) == 0
    assert [each["id"] for each in json.loads(capsys.readouterr().out)["cases"]] == [made.id]
