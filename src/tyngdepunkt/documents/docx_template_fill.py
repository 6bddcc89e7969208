"""Placeholders of a Word template, and what is said of the whole document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tyngdepunkt.documents.docx_template import element
from tyngdepunkt.documents.layout import Item

_PLACEHOLDER = re.compile(r"\{\{\s*(title|subtitle|author|date)\s*\}\}")
_BODY = re.compile(r"\s*\{\{\s*body\s*\}\}\s*")
_LONGEST_PROPERTY = 255
_AFTER_FIELDS = frozenset(
    [
        "hdrShapeDefaults",
        "footnotePr",
        "endnotePr",
        "compat",
        "docVars",
        "rsids",
        "mathPr",
        "attachedSchema",
        "themeFontLang",
        "clrSchemeMapping",
        "doNotIncludeSubdocsInStats",
        "doNotAutoCompressPictures",
        "forceUpgrade",
        "captions",
        "readModeInkLockDown",
        "smartTagType",
        "schemaLibrary",
        "shapeDefaults",
        "doNotEmbedSmartTags",
        "decimalSymbol",
        "listSeparator",
        "docId",
        "defaultImageDpi",
    ]
)
"""What stands after `updateFields` in the settings; Word reads them in the order of its schema only."""


def fill_placeholders(word: Any, page: Item) -> None:
    """Replace the placeholders everywhere: text, tables, text boxes, headers and footers."""
    for paragraph in _paragraphs(word):
        text = "".join(node.text or "" for node in paragraph.iter("{*}t"))
        alone = _PLACEHOLDER.fullmatch(text.strip())
        if alone and not page[alone[1]] and _may_go(paragraph):
            paragraph.getparent().remove(paragraph)  # nobody is named: no empty line in their place
        elif _PLACEHOLDER.search(text):
            _replace(paragraph, page)


def _may_go(paragraph: Any) -> bool:
    """Whether Word can do without it: a cell must keep a paragraph, and a section its properties."""
    parent = paragraph.getparent()
    return parent.tag.endswith("}body") and paragraph.find("{*}pPr/{*}sectPr") is None


def _paragraphs(word: Any) -> Iterator[Any]:
    roots = [word.element.body]
    for section in word.sections:
        for name in ("header", "footer", "first_page_header", "first_page_footer"):
            roots.append(getattr(section, name)._element)
        roots += [section.even_page_header._element, section.even_page_footer._element]
    for root in roots:
        yield from list(root.iter("{*}p"))


def _replace(paragraph: Any, page: Item) -> None:
    """Word may cut a placeholder into several runs: the first of them gets the text."""
    nodes = list(paragraph.iter("{*}t"))
    while match := _PLACEHOLDER.search("".join(node.text or "" for node in nodes)):
        put, start, end = page[match[1]], match.start(), match.end()
        put = put.replace("{{", "{\u200b{")
        passed = 0
        for node in nodes:
            text = node.text or ""
            low, high = max(start - passed, 0), min(end - passed, len(text))
            passed += len(text)
            if low < high:
                node.text = text[:low] + put + text[high:]
                node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                put = ""


def take_body_place(word: Any) -> Any:
    """Find where in a template the content goes, and remove the paragraph with `{{body}}`.

    Returns:
        An empty paragraph (XML element) before which the content is inserted: where `{{body}}` was, or at the
        end of the document where the template has none.
    """
    for paragraph in word.element.body.iter("{*}p"):
        if _BODY.fullmatch("".join(node.text or "" for node in paragraph.iter("{*}t"))):
            place = element("w:p")
            paragraph.addprevious(place)
            paragraph.getparent().remove(paragraph)
            return place
    place = element("w:p")
    last = word.element.body.sectPr
    if last is None:
        word.element.body.append(place)
    else:
        last.addprevious(place)
    return place


def finish(word: Any, page: Item) -> None:
    """Language, properties and title of the whole document; Word is asked to count its pages."""
    _language(word, page["locale"])
    _count_pages(word)
    core = word.core_properties
    core.title = page["title"][:_LONGEST_PROPERTY]
    core.subject = page["subtitle"][:_LONGEST_PROPERTY]
    core.author = page["author"][:_LONGEST_PROPERTY]
    core.keywords = ", ".join(page["keywords"])[:_LONGEST_PROPERTY]
    core.language = page["locale"]
    core.comments = ""


def _count_pages(word: Any) -> None:
    """Fields are brought up to date when the file is opened: only Word knows on which page a heading is."""
    settings = word.settings.element
    for old in settings.findall("{*}updateFields"):
        settings.remove(old)
    following = (at for at, node in enumerate(settings) if node.tag.rpartition("}")[2] in _AFTER_FIELDS)
    settings.insert(next(following, len(settings)), element("w:updateFields", val="true"))


def _language(word: Any, locale: str) -> None:
    """Every style and run without a language of its own takes that of the document."""
    styles = word.styles.element
    for old in list(styles.iter("{*}lang")):
        old.getparent().remove(old)
    defaults = styles.find("{*}docDefaults/{*}rPrDefault/{*}rPr")
    if defaults is None:
        defaults = element("w:rPr")
        styles.insert(0, element("w:docDefaults", element("w:rPrDefault", defaults)))
    defaults.append(element("w:lang", val=locale, eastAsia=locale, bidi="ar-SA"))
    settings = word.settings.element
    for old in list(settings.iter("{*}themeFontLang")):
        old.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val", locale)
