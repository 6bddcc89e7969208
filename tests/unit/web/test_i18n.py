from __future__ import annotations

import ast
import io
import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from jinja2 import nodes
from litestar.testing import TestClient

from tyngdepunkt import settings
from tyngdepunkt.web import i18n
from tyngdepunkt.web.rendering import environment

Client = TestClient[Any]
WEB = Path(i18n.__file__).parent
OPTIONS = {
    "extensions": "jinja2.ext.i18n,jinja2.ext.loopcontrols",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",
}
PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def messages() -> set[tuple[str, ...]]:
    """Every message of templates and Python: (text,) or (one, many)."""
    found = extract_from_dir(
        WEB,
        method_map=[("**.py", "python"), ("**/templates/**.html", "jinja2")],
        options_map={"**/templates/**.html": OPTIONS},
        keywords={"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)},
    )
    return {(message,) if isinstance(message, str) else tuple(message) for _, _, message, _, _ in found}


def catalogue(lang: str) -> Catalog:
    """All files of a language as one."""
    whole = Catalog(locale=lang)
    for name in i18n.catalogue_files(lang):
        text = (WEB / "locale" / lang / "LC_MESSAGES" / name).read_text("utf-8")
        for message in read_po(io.StringIO(text), locale=lang):
            if message.id:
                whole.add(message.id, message.string, flags=message.flags)
    return whole


def test_the_extraction_sees_templates_and_python() -> None:
    assert ("Skip to main content",) in messages()
    assert any(len(message) == 2 for message in messages())


@pytest.mark.parametrize("lang", ["nb", "nn"])
def test_every_message_is_there_in_every_language(lang: str) -> None:
    there = catalogue(lang)
    missing = []
    for message in sorted(messages()):
        entry = there.get(message[0] if len(message) == 1 else message)
        texts = (
            [entry.string] if entry and isinstance(entry.string, str) else list(entry.string if entry else ())
        )
        if len(texts) != len(message) or not all(texts) or (entry and entry.fuzzy):
            missing.append(message)
    assert not missing


@pytest.mark.parametrize("lang", ["nb", "nn"])
def test_a_translation_fills_in_the_same_values(lang: str) -> None:
    for message in catalogue(lang):
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        wanted = {name for each in ids for name in PLACEHOLDER.findall(each)}
        for text in texts:
            assert set(PLACEHOLDER.findall(text)) <= wanted, message.id
            assert not re.search(r"%\(\w+\)(?!s)", text), message.id
        if len(texts) == 1:
            assert set(PLACEHOLDER.findall(texts[0])) == wanted, message.id


NAMES_IN_TEXT = ("bokmål", "ingeniør", "Tromsø", "Førde", "Røros")


NOT_WORDS = {
    "Tyngdepunkt",
    "aria-describedby",
    "aria-invalid",
    "true",
    "application/json",
    "application/yaml",
    "text/csv",
}
SPOKEN = re.compile(r'(?:aria-label|title|alt|placeholder|content)="([^"\0]*)"')


@pytest.mark.parametrize("file", sorted((WEB / "templates").rglob("*.html")), ids=lambda file: file.name)
def test_every_word_of_a_template_goes_through_the_catalogue(file: Path) -> None:
    """What a template says between its tags, or aloud in them, stands in `_()` or `trans`, never bare."""
    tree = environment().parse(file.read_text("utf-8"))
    text = "\0".join(part.data for part in tree.find_all(nodes.TemplateData))
    aloud = [said for said in SPOKEN.findall(text) if "width=" not in said]
    bare = re.sub(r"&\w+;", " ", re.sub(r"<[^>]*>", " ", text))
    words = {word for said in [bare, *aloud] for word in re.findall(r"[A-Za-z][A-Za-z/-]+", said)}
    assert words <= NOT_WORDS | {"light", "dark"}


def test_no_template_holds_norwegian_text() -> None:
    for file in (WEB / "templates").rglob("*.html"):
        text = file.read_text("utf-8")
        for name in NAMES_IN_TEXT:
            text = text.replace(name, "")
        assert not re.search(r"[æøåÆØÅ]", text), file


def test_python_names_no_language_but_through_the_catalogue() -> None:
    for file in WEB.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not re.search(r"\b(ikke|ikkje|kommune|tettsted)\b", node.value), (file, node.value)


@pytest.mark.parametrize(
    ("asked", "kept", "accepted", "chosen"),
    [
        ("nn", "en", "nb", "nn"),
        ("klingon", "en", "nb", "en"),
        (None, "<script>", "nn-NO,nb;q=0.8", "nn"),
        (None, None, "no", "nb"),
        (None, None, "en;q=0.1, nn;q=0.9", "nn"),
        (None, None, "fr, de;q=0.5", "nb"),
        (None, None, "en;q=zero, nn;q=0", "nb"),
        (None, None, "", "nb"),
        (None, None, "," * 10_000, "nb"),
    ],
)
def test_the_language_of_a_request(asked: str | None, kept: str | None, accepted: str, chosen: str) -> None:
    assert i18n.choose(asked, kept, accepted) == chosen


def test_a_cookie_is_set_only_when_a_language_is_chosen_and_then_kept(client: Client) -> None:
    assert "set-cookie" not in client.get("/").headers
    assert "set-cookie" not in client.get("/?lang=xx").headers
    chosen = client.get("/?lang=nn")
    assert chosen.headers["set-cookie"].startswith("lang=nn")
    after = client.get("/")
    assert '<html lang="nn"' in after.text
    assert "set-cookie" not in after.headers


@pytest.mark.parametrize("lang", settings.LANGUAGES)
def test_errors_come_in_the_language_of_the_page(client: Client, lang: str) -> None:
    said = {"nb": "Vi fant ikke siden.", "nn": "Vi fann ikkje sida.", "en": "We did not find the page."}
    page = client.get("/nothing", headers={"accept-language": lang, "accept": "text/html"}).text
    assert said[lang] in page
    assert f'<html lang="{lang}"' in page
