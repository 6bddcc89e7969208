"""PDF/UA-1 by typst: tagged, with title, language, outline and text alternatives; PDF/A-2a too where it can.

A document with a date is archived as it stands (PDF/A-2a, ISO 19005-2). What PDF/A refuses and
PDF/UA takes is PDF/UA alone: everybody can read it, and no text is left out for the archive's sake.

The content goes to the typesetter as data and is set as strings by
`templates/document.typ`; no markup is ever built from text. The fonts are those the
typesetter carries, so that a document looks the same on every machine. A letter they
lack is looked for in the machine's own fonts, and where it is nowhere its number is
written in its place (`[U+1F600]`): PDF/UA allows no letter without a shape.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from functools import cache
from importlib import resources
from typing import Any, Literal

from tyngdepunkt import texts
from tyngdepunkt.documents import row_heads, svg, table_widths, theme
from tyngdepunkt.documents.document import Document
from tyngdepunkt.documents.layout import Item, plan

FONT = "Libertinus Serif"
Standard = Literal["ua-1", "a-2a"]
READABLE: tuple[Standard, ...] = ("ua-1",)
ARCHIVED: tuple[Standard, ...] = ("ua-1", "a-2a")

_UPRIGHT, _LYING = 442.0, 689.0
"""Width of the text in points on a page that stands and one that lies."""

_SETTING: dict[str, Any] = {"head": 13, "letter": 0.48}
"""The head of a table is hyphenated; the letters of the font are narrow."""

_LONGEST_WHOLE = 900
"""A row with a longer cell than this may be cut by the end of a page."""

_MOST_MISSING = 200
_NO_SHAPE = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_JOINERS = "[\u200d\ufe0e\ufe0f]"
_NOT_LATIN = re.compile("([^\n\x20-\u024f\u2010-\u2027\u202f-\u203a\u2190-\u2193\u2212\u2264\u2265])")
_LONG_WORD = re.compile(r"\S{31,}")


def render(document: Document) -> bytes:
    """Write a document as a PDF that can be read aloud (PDF/UA-1).

    Returns:
        The content of the file. Where the document has a date, and nothing in it that PDF/A refuses, it is
        also one for archives (PDF/A-2a).

    Raises:
        typst.TypstError: the content cannot be set; that is a bug.
    """
    import typst

    data = json.dumps(_data(document), ensure_ascii=False)
    if document.dated is not None:
        with suppress(typst.TypstError):
            return _typeset(data, ARCHIVED)
    return _typeset(data, READABLE)


def _typeset(data: str, standards: tuple[Standard, ...]) -> bytes:
    """The typeset file; letters nobody has a shape for are written as numbers."""
    import typst

    try:
        return _compile(data, standards, system=False)
    except typst.TypstError as error:
        if not _NO_SHAPE.search(error.message):
            raise
    for _ in range(_MOST_MISSING):
        try:
            return _compile(data, standards, system=True)
        except typst.TypstError as error:
            missing = _without_shape(error.message)
            if not missing:
                raise
            data = re.sub(f"{_JOINERS}*([{re.escape(missing)}]){_JOINERS}*", _code_point, data)
    return _compile(_NOT_LATIN.sub(_code_point, data), standards, system=False)


def _without_shape(message: str) -> str:
    """The letters an error says have no shape; empty for any other error."""
    found = _NO_SHAPE.search(message)
    text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1]) if found else ""
    return "".join(letter for letter in text if not letter.isascii())


def _code_point(match: re.Match[str]) -> str:
    return f"[U+{ord(match[1]):04X}]"


def _compile(data: str, standards: tuple[Standard, ...], *, system: bool) -> bytes:
    import typst

    output: bytes = typst.compile(
        _template(),
        font_paths=_fonts(system),
        sys_inputs={"data": data},
        pdf_standards=list(standards),
        timestamp=0,
        pdf_tags=True,
    )
    return row_heads.mark(output)


@cache
def _template() -> bytes:
    return resources.files("tyngdepunkt.documents").joinpath("templates/document.typ").read_bytes()


@cache
def _fonts(system: bool) -> Any:
    import typst

    return typst.Fonts(include_system_fonts=system)


def _data(document: Document) -> Item:
    """The plan with what the typesetter must know beside it."""
    page = plan(document)
    for item in [*page["summary"], *page["body"]]:
        _prepare(item, document.lang)
    look = {name: getattr(theme, name) for name in ("INK", "MUTED", "RULE", "ACCENT", "NOTICES")}
    page |= {
        "style": look,
        "dated": document.dated and [document.dated.year, document.dated.month, document.dated.day],
        "short": _shorten(page["title"], 90),
        "author-short": _shorten(page["author"], 70),
        "title-size": 25 if len(page["title"]) <= 80 else 20,
    }
    breakable: Item = _breakable(page)
    return breakable


def _prepare(item: Item, lang: str) -> None:
    if item["kind"] == "picture":
        width, height = svg.size(item["svg"])
        item["svg"] = svg.clean(item["svg"], font=FONT)
        item["share"] = min(width / theme.CHART_WIDTH, 1, 1.35 * width / height)
    if item["kind"] == "table":
        lying = not table_widths.fits(item["columns"], item["rows"], _UPRIGHT, **_SETTING)
        width = _LYING if lying else _UPRIGHT
        item["size"], item["widths"] = table_widths.fit(item["columns"], item["rows"], width, **_SETTING)
        item["lying"] = lying
        item["row-refs"] = item["row_refs"]
        item["short"] = table_widths.short(item["rows"])
        item["whole-rows"] = table_widths.longest(item["rows"]) < _LONGEST_WHOLE
        for column in item["columns"]:
            column["long"] = any(len(word) > _SETTING["head"] for word in column["title"].split())
        item["missing-note"] = texts.text("documents:labels.missing_note", lang, mark=item["missing"])


def _shorten(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


_AS_IS = frozenset({"svg", "anchor", "target", "uses", "kind", "style", "locale", "level"})


def _breakable(value: Any) -> Any:
    """Words longer than a line get places to break; anchors and drawings stay as they are."""
    if isinstance(value, str):
        return _LONG_WORD.sub(lambda word: "\u200b".join(_pieces(word[0])), value)
    if isinstance(value, list):
        return [_breakable(part) for part in value]
    if isinstance(value, dict):
        return {key: part if key in _AS_IS else _breakable(part) for key, part in value.items()}
    return value


def _pieces(word: str) -> list[str]:
    return [word[start : start + 12] for start in range(0, len(word), 12)]
