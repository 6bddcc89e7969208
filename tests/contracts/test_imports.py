"""A command loads what it uses: heavy libraries stay out until they are needed."""

import json
import subprocess
import sys

import pytest

HEAVY = {
    "numpy",
    "scipy",
    "duckdb",
    "pydantic",
    "sqlalchemy",
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


def _loaded_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nimport json; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    outcome = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in json.loads(outcome.stderr.strip().splitlines()[-1])}


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
