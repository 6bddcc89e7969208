"""Each module is reached by a command, a page or the API: seen while they run, not read from imports."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "tyngdepunkt"
BESIDE = {
    "cli/serve": "opens the web for good; tests/unit/web/test_serve.py starts it",
    "web/serve": "as above",
    "web/secret": "as above",
    "web/read/uploaded": "runs in a process of its own; tests/unit/web/test_case_steps.py sends it files",
    "analyses/functions/asks": "its page answers in a process of its own; tests/unit/web",
    "analyses/siting/sheet": "its page answers in a process of its own; tests/unit/web",
    "indicators/docs_generator": "writes a page of the documentation (scripts/write_docs.py)",
    "rules/docs_generator": "as above",
    "sources/handbook": "as above",
    "documents/theme": "the contrast of colours is asked for by its test alone; the colours are used by all",
    "methods/disclosure/audit": "an attacker's reckoning of published tables (scripts/attack.py)",
    "methods/siting/__init__": "names what is there for who calls from Python",
    "methods/siting/kernels_numpy": "the same answers where Numba cannot be had",
    "places/build_boundaries": "builds the first snapshot from its sources (scripts/build_first_snapshot.py)",
    "places/road_graph": "as above",
    "places/roads": "as above",
    "places/code_conversion": "a series across changed municipalities, for who calls from Python",
}
"""What no walk reaches, and why it is there all the same."""


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    folder = tmp_path_factory.mktemp("walk")
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "walk.py", folder], capture_output=True, text=True, check=True
    )
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def has_functions(file: Path) -> bool:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(tree))


@pytest.mark.slow
def test_what_is_walked_works(walked: dict[str, list[str]]) -> None:
    assert walked["refused"] == []


@pytest.mark.slow
def test_every_module_is_reached_or_said_to_stand_beside(
    walked: dict[str, list[str]],
    shared_data: Path,  # some of the walk is a build of the stored files
) -> None:
    reached = {Path(file).relative_to(SOURCE).with_suffix("").as_posix() for file in walked["reached"]}
    modules = {
        file.relative_to(SOURCE).with_suffix("").as_posix()
        for file in SOURCE.rglob("*.py")
        if "migrations" not in file.parts and has_functions(file)
    }
    assert len(reached) > 500
    assert sorted(modules - reached - set(BESIDE)) == []
    assert sorted(set(BESIDE) - modules) == []
