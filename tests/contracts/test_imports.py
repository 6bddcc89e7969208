"""A command loads what it uses: heavy libraries stay out until they are needed."""

import ast
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import tyngdepunkt
from tyngdepunkt.analyses.contract import all_analyses

ANALYSES = Path(tyngdepunkt.__file__).parent / "analyses"
HEAVY = {
    "numpy",
    "scipy",
    "numba",
    "highspy",
    "duckdb",
    "pydantic",
    "sqlalchemy",
    "alembic",
    "shapely",
    "pyproj",
    "vl_convert",
    "typst",
    "docx",
    "openpyxl",
    "xlsxwriter",
    "jinja2",
    "litestar",
    "uvicorn",
    "babel",
}


@cache
def _modules_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nimport json; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    outcome = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(outcome.stderr.strip().splitlines()[-1]))


def _loaded_after(code: str) -> set[str]:
    return {name.split(".")[0] for name in _modules_after(code)}


@pytest.mark.parametrize(
    "code",
    ["import tyngdepunkt", "import tyngdepunkt.cli", "import tyngdepunkt.places", "import tyngdepunkt.rules"],
)
def test_importing_a_room_loads_nothing_heavy(code):
    assert not _loaded_after(code) & HEAVY


ASSESS_QUIETLY = """
import contextlib, io
from tyngdepunkt.cli import run
with contextlib.redirect_stdout(io.StringIO()):
    code = run(["assess", "examples/location/eksempeldirektoratet.yaml", "--json"])
assert code == 0
"""


def test_assessing_without_documents_loads_no_document_library():
    documents = HEAVY - {"numpy", "scipy", "duckdb", "pydantic"}
    assert not _loaded_after(ASSESS_QUIETLY) & documents


PLACE_QUIETLY = """
import contextlib, io
from tyngdepunkt.cli import run
with contextlib.redirect_stdout(io.StringIO()):
    code = run(["place", "Røros"])
assert code == 0
"""
WEB = {"litestar", "uvicorn", "jinja2", "anyio", "babel", "sqlalchemy"}


@pytest.mark.parametrize("code", [PLACE_QUIETLY, ASSESS_QUIETLY], ids=["place", "assess"])
def test_a_command_that_shows_no_pages_loads_nothing_of_the_web(code):
    assert not _loaded_after(code) & WEB
    assert "tyngdepunkt.web" not in _modules_after(code)


def test_only_the_command_that_opens_the_web_knows_it_and_only_when_it_is_called():
    """Nothing but `cli.serve` names the web, and that one inside its function."""
    source = Path(tyngdepunkt.__file__).parent
    for module in source.rglob("*.py"):
        if source / "web" in module.parents:
            continue
        tree = ast.parse(module.read_text(encoding="utf-8"))
        named = [node for node in ast.walk(tree) if _imports_web(node)]
        assert not [node for node in tree.body if _imports_web(node)], module
        assert not named or module == source / "cli" / "serve.py", module


def _imports_web(node):
    if isinstance(node, ast.ImportFrom):
        names = [f"{node.module}.{alias.name}" for alias in node.names]
    else:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    return any(name == "tyngdepunkt.web" or name.startswith("tyngdepunkt.web.") for name in names)


A_CONSTRUCTOR = {"analyses.location.input.model", "analyses.location.input.read"}
"""`LocationCase.read`, the one name that people write, calls what makes a case of a file."""


def test_no_module_needs_itself_by_way_of_others_not_even_inside_a_function():
    """A circle of imports: none of its modules can be read, tested or moved alone."""
    root = Path(tyngdepunkt.__file__).parent
    files = {_dotted(each, root): each for each in root.rglob("*.py")}
    needs = {name: _needed(file, name, files) for name, file in files.items()}
    needs["analyses.location.input.model"] -= A_CONSTRUCTOR
    while True:  # what needs nothing that is left is not in a circle
        free = {name for name, needed in needs.items() if not needed & set(needs)}
        if not free:
            break
        needs = {name: needed for name, needed in needs.items() if name not in free}
    assert {name: sorted(needed & set(needs)) for name, needed in needs.items()} == {}


def test_an_analysis_imports_only_those_that_it_names_in_its_contract():
    """What two analyses need belongs below them; what one takes of another is said, and why."""
    root = Path(tyngdepunkt.__file__).parent
    files = {_dotted(each, root): each for each in root.rglob("*.py")}
    crossings: dict[str, set[str]] = {}
    for name, file in files.items():
        own = _folder(name)
        for other in filter(None, map(_folder, _needed(file, name, files, types=True))):
            if own and other != own:
                crossings.setdefault(own, set()).add(other)
    named = {each.id: set(each.takes_from) for each in all_analyses() if each.takes_from}
    assert crossings == named


def _folder(name):
    """The folder of an analysis that a module lies in; empty where it lies in none."""
    parts = name.split(".")
    lies_in_one = parts[0] == "analyses" and len(parts) > 1 and (ANALYSES / parts[1]).is_dir()
    return parts[1] if lies_in_one else ""


def _dotted(file, root):
    return ".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def _needed(file, name, files, *, types=False):
    """The modules of the package that a module imports, anywhere; for the types alone only if told to."""
    found, nodes = set(), [ast.parse(file.read_text(encoding="utf-8"))]
    while nodes:
        node = nodes.pop()
        if not types and isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tyngdepunkt"):
            module = node.module.removeprefix("tyngdepunkt").removeprefix(".")
            whole = {f"{module}.{alias.name}".removeprefix(".") for alias in node.names}
            found |= {each if each in files else module for each in whole}
        nodes += ast.iter_child_nodes(node)
    return (found & set(files)) - {name}
