"""What the documentation names is there: every setting, every page, every command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from journeys.addresses import LANGUAGES, SENT, pictured
from tyngdepunkt import settings

REPOSITORY = Path(__file__).parents[2]
SETTING = re.compile(r"TYNGDEPUNKT_[A-Z_]+")
PICTURE = re.compile(r"\(screenshots/([\w-]+?)-(?:wide|narrow)-(?:light|dark)(?:-(\w\w))?\.webp\)")
OF_TESTS = {"TYNGDEPUNKT_JOURNEYS", "TYNGDEPUNKT_NO_ASSETS", "TYNGDEPUNKT_OFFICE", "TYNGDEPUNKT_POSTGRES"}
"""Read by scripts and tests, and not by the program."""


def read(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


def test_every_setting_is_read_told_in_the_code_and_in_the_documentation() -> None:
    source = Path(settings.__file__).read_text(encoding="utf-8")
    told, code = source.split('"""')[1], source.split('"""', 2)[2]
    read_there = set(SETTING.findall(code))
    assert set(SETTING.findall(told)) == read_there
    assert set(SETTING.findall(read("docs/web.md"))) == read_there
    assert set(SETTING.findall(read("README.md"))) <= read_there | OF_TESTS


def test_every_page_has_its_pictures_in_the_documentation() -> None:
    shown = re.findall(
        r"\(screenshots/([\w-]+?)-(wide|narrow)-(light|dark)(?:-(\w\w))?\.webp\)", read("docs/web.md")
    )
    assert {name for name, *_ in shown} == {*pictured(), *SENT}
    assert {lang for *_, lang in shown if lang} <= set(LANGUAGES)


@pytest.mark.parametrize("file", ["README.md", "CONTRIBUTING.md", "docs/web.md"])
def test_every_command_that_is_named_is_there(file: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)(?:\w+=\w+ )?make ([a-z]+)", read(file), re.MULTILINE)) <= targets


@pytest.mark.parametrize("file", sorted((REPOSITORY / "docs").rglob("*.md")), ids=lambda file: file.name)
def test_links_between_the_documents_lead_somewhere(file: Path) -> None:
    for address in re.findall(r"(?<!!)\[[^\]]*\]\(([^)#]+)", file.read_text(encoding="utf-8")):
        if "://" not in address:
            assert (file.parent / address).exists(), address
