"""What `make quick` runs first, what it leaves out, and that it says so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "scripts"


@pytest.fixture(scope="module")
def nearness() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SCRIPTS)
        from quick_loop.nearness import Nearness

        yield Nearness()


def test_every_file_with_tests_is_known(nearness: Any) -> None:
    assert Path(__file__).relative_to(ROOT) in nearness.test_files
    assert len(nearness.test_files) == len(list((ROOT / "tests").rglob("test_*.py")))


@pytest.mark.parametrize(
    ("changed", "test", "steps"),
    [
        ("tests/unit/methods/test_weight_sensitivity.py", "tests/unit/methods/test_weight_sensitivity.py", 0),
        ("src/tyngdepunkt/methods/weight_sensitivity.py", "tests/unit/methods/test_weight_sensitivity.py", 0),
        ("src/tyngdepunkt/methods/additive.py", "tests/unit/methods/test_dominance_and_additive.py", 1),
        ("src/tyngdepunkt/methods/additive.py", "tests/unit/methods/test_weight_sensitivity.py", 2),
        ("src/tyngdepunkt/methods/no_longer_there.py", "tests/unit/methods/test_value.py", 2),
        ("src/tyngdepunkt/places/tables/recode.sql", "tests/unit/places/test_build_statements.py", 2),
        ("src/tyngdepunkt/web/templates/base.html", "tests/journeys/test_axe.py", 2),
        ("tests/eksempelland.py", "tests/unit/analyses/state_jobs/test_import_file.py", 1),
        ("tests/unit/web/conftest.py", "tests/unit/web/test_map.py", 2),
        ("tests/rules/municipalities.yaml", "tests/rules/test_situations.py", 2),
        ("scripts/build_first_snapshot.py", "tests/unit/places/test_embedded.py", 1),
        ("scripts/first_snapshot/town.sql", "tests/unit/places/test_embedded.py", 2),
        ("README.md", "tests/contracts/test_docs.py", 1),
    ],
)
def test_a_test_is_as_near_as_its_name_its_folder_and_its_imports(
    nearness: Any, changed: str, test: str, steps: int
) -> None:
    """At most so many steps: a test may come nearer by what it writes."""
    assert nearness.of([Path(changed)])[Path(test)] <= steps


def test_the_nearest_come_first_and_a_chain_of_imports_is_followed(nearness: Any) -> None:
    found = nearness.of([Path("src/tyngdepunkt/methods/additive.py")])
    assert list(found.values()) == sorted(found.values())
    assert found[Path("tests/unit/analyses/location/test_assess.py")] > 2
    assert Path("tests/unit/places/test_name_resolution.py") not in found


def test_a_module_that_is_named_and_loaded_later_is_reached(nearness: Any) -> None:
    """The commands are loaded by their names."""
    found = nearness.of([Path("src/tyngdepunkt/analyses/location/assess.py")])
    assert found[Path("tests/unit/cli/test_assess.py")] >= 1


def test_browser_tests_are_for_what_is_seen_in_a_browser(nearness: Any) -> None:
    browser = Path("tests/journeys")
    assert not any(test.is_relative_to(browser) for test in nearness.of([Path("src/tyngdepunkt/errors.py")]))
    for seen in ("tests/journeys/conftest.py", "src/tyngdepunkt/web/static/app.css"):
        assert any(test.is_relative_to(browser) for test in nearness.of([Path(seen)]))


@pytest.mark.parametrize(
    ("seconds", "passed", "left"),
    [(600, "6 passed", {}), (0, "no tests ran", {"test_a.py": 3, "test_b.py": 3})],
)
def test_what_was_not_begun_in_time_is_counted_over_all_workers(
    tmp_path: Path, seconds: int, passed: str, left: dict[str, int]
) -> None:
    lines = ["import pytest", "def test_first(): pass", "@pytest.mark.slow", "def test_slow(): pass"]
    for name in ("test_a.py", "test_b.py"):
        (tmp_path / name).write_text("\n".join([*lines, "def test_last(): pass"]), encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = slow: x\n", encoding="utf-8")
    report = tmp_path / "left.json"
    budget = ["-p", "quick_loop.budget", "--until", str(time.time() + seconds), "--left-out", str(report)]
    env = {**os.environ, "PYTHONPATH": str(SCRIPTS), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "xdist",
        "-n",
        "2",
        *budget,
        "-p",
        "no:cacheprovider",
        ".",
    ]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert passed in done.stdout, done.stdout + done.stderr
    assert json.loads(report.read_text("utf-8")) == {"begun": 6 - sum(left.values()), "left_out": left}


def test_every_mutant_can_still_be_made_and_names_tests_that_are_there(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(SCRIPTS)
        import mutate

        found = mutate.read()
    assert found
    for each in found:
        assert all((ROOT / test).is_file() for test in each.tests), each.says
        copy = tmp_path / each.file
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text((ROOT / each.file).read_text("utf-8"), "utf-8")
        before = each.made_in(tmp_path)
        compile(copy.read_text("utf-8"), each.file, "exec")
        assert copy.read_text("utf-8") != before
