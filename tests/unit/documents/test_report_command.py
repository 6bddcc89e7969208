import subprocess
import sys

import docx
import pytest

from tyngdepunkt.cli import run


def test_the_template_is_written_and_says_what_to_do(tmp_path, capsys):
    path = tmp_path / "mal.docx"
    assert run(["report", "template", str(path), "--lang", "nn"]) == 0
    assert str(path) in capsys.readouterr().out
    assert "{{body}}" in [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def test_a_template_somebody_has_adapted_is_not_overwritten_by_accident(tmp_path, capsys):
    path = tmp_path / "mal.docx"
    path.write_text("min egen")
    assert run(["report", "template", str(path)]) == 1
    assert "--replace" in capsys.readouterr().err
    assert path.read_text() == "min egen"
    assert run(["report", "template", str(path), "--replace"]) == 0
    assert path.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("name", ["mal.doc", "mal"])
def test_word_needs_its_ending(tmp_path, capsys, name):
    assert run(["report", "template", str(tmp_path / name)]) == 1
    assert ".docx" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_the_help_tells_of_the_placeholders(capsys):
    run(["report", "template", "--help"])
    assert "{{body}}" in capsys.readouterr().out


def test_importing_the_room_loads_no_heavy_library():
    code = (
        "import sys, tyngdepunkt.documents, tyngdepunkt.documents.document, tyngdepunkt.cli\n"
        "heavy = {'docx', 'typst', 'vl_convert', 'xlsxwriter', 'jinja2', 'shapely', 'lxml', 'numpy'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
