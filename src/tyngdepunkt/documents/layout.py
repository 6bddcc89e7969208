"""A document laid out in reading order, before it has a format.

The writers of html, pdf and docx all read the same plan, so that Table 3 is Table 3 in
each of them, numbers are written alike, and a reference leads to the same source. The
plan is nothing but dicts, lists, strings and numbers: it can be handed to a typesetter
as data, and text is never pasted into a template's own language.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.documents.document import (
    Block,
    Bullets,
    Column,
    Document,
    Notice,
    Paragraph,
    Picture,
    Section,
    Table,
    Terms,
)
from tyngdepunkt.documents.theme import LOCALES

Item = dict[str, Any]

DEEPEST = 4
"""Sections nested deeper keep this heading level: no reader is helped by a fifth."""

LONGEST_HEAD = 400
"""What is longer is no heading; text that is repeated on every page must not fill it."""

_LONGEST_ANCHOR = 30
_BLANKS = re.compile("[ \t\n\r]+")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]"
)


def clean(text: object) -> str:
    """Text without characters that some format cannot hold, or that reverse the direction of reading.

    Control characters, lone surrogates, non-characters and the marks that override
    the direction of writing are taken out; letters of every script stay.

    Returns:
        The text in Unicode's normal form C.
    """
    kept = _UNSEEN.sub("", str(text))
    return unicodedata.normalize("NFC", "".join(c for c in kept if ord(c) & 0xFFFE != 0xFFFE))


def head(text: object) -> str:
    """Text for a title, heading, caption or column title.

    Returns:
        The text cleaned and on one line, cut with … at `LONGEST_HEAD` characters.
    """
    short = _BLANKS.sub(" ", clean(text)).strip()
    return short if len(short) <= LONGEST_HEAD else short[: LONGEST_HEAD - 1] + "…"


def cell_text(value: str | float | int | None, column: Column, missing: str, lang: str = "nb") -> str:
    """The text of a table cell.

    Args:
        value: a text, a number, or None where it is missing.
        column: its `form` and `decimals` say how numbers are written.
        missing: the text for None.
        lang: nb, nn or en.

    Returns:
        The text; a share of 0.5 as `50 %`.

    Raises:
        ValueError: a number that is not finite. That is a bug: missing is None.
    """
    if value is None:
        return missing
    if isinstance(value, str):
        return clean(value)
    if not math.isfinite(value):
        raise ValueError(f"{value} in column {column.title!r}; a missing number is None")
    return _WRITTEN[column.form](value, column.decimals, lang)


def _share(value: float, decimals: int, lang: str, *, sign: bool = False) -> str:
    return f"{texts.number(value * 100, decimals, lang, sign=sign)}{texts.NBSP}%"


_WRITTEN: dict[str, Callable[[float, int, str], str]] = {
    "number": texts.number,
    "signed": partial(texts.number, sign=True),
    "share": _share,
    "signed_share": partial(_share, sign=True),
    "year": lambda value, _, __: f"{value:.0f}",
}
"""Form of a column → how its numbers are written."""


def label(document: Document, key: str, **values: Any) -> str:
    """A word that the writers add to a document, such as the heading of its sources.

    Args:
        document: its own word comes first, where it has one.
        key: which word.
        values: what is filled in.

    Returns:
        The word in the language of the document. The document's own word is used as it is, without `values`.
    """
    own = document.labels.get(key)
    return clean(own) if own else texts.text(f"documents:labels.{key}", document.lang, **values)


_LONGEST_OPENING = 320
"""Characters of a paragraph that goes with what it opens; a longer one may end a page."""


def _with_openings(items: Iterable[Item]) -> list[Item]:
    """The items; a short paragraph between a heading and what it is over says that it `opens` it."""
    made = list(items)
    for before, item, after in zip(made, made[1:], made[2:], strict=False):
        if before["kind"] == "heading" and item["kind"] == "paragraph":
            deeper = after["kind"] == "heading" and after["level"] > before["level"]
            over = deeper or after["kind"] in ("table", "picture")
            item["opens"] = over and len(item["text"]) <= _LONGEST_OPENING
    return made


def plan(document: Document) -> Item:
    """Everything a writer needs, in reading order. See `_Planner` for the items."""
    return _Planner(document).plan()


class _Planner:
    """Numbers tables and figures, gives anchors, and notes where a source is used."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._counts = {"table": 0, "picture": 0, "section": 0}
        self._anchors: set[str] = set()
        self._uses: dict[int, list[str]] = {}

    def plan(self) -> Item:
        document = self._document
        summary = _with_openings(self._summary(document.summary))
        body = _with_openings(self._sections(document.sections, 1))
        labels = _labels(document)
        return {
            "title": head(document.title),
            "subtitle": head(document.subtitle),
            "lang": document.lang,
            "locale": LOCALES[document.lang],
            "date": head(document.date),
            "author": head(document.author),
            "keywords": [head(word) for word in document.keywords],
            "labels": labels,
            "facts": self._terms(document.facts)["pairs"],
            "summary": summary,
            "body": body,
            "sources": self._sources(),
            "referred": bool(self._uses),
            "toc": [_entry(1, labels["summary"], "summary")] * bool(summary)
            + [item for item in body if item["kind"] == "heading"]
            + [_entry(1, labels["sources"], "sources")] * bool(document.sources),
        }

    def _summary(self, parts: Iterable[Block | Section]) -> Iterator[Item]:
        """Blocks, and sections that are headings under the summary's own."""
        for part in parts:
            if isinstance(part, Section):
                yield from self._sections((part,), 2)
            else:
                yield self._block(part)

    def _sections(self, sections: Iterable[Section], level: int) -> Iterator[Item]:
        for section in sections:
            self._counts["section"] += 1
            anchor = self._anchor(section.anchor or f"section-{self._counts['section']}")
            yield _entry(min(level, DEEPEST), head(section.title), anchor)
            yield from (self._block(block) for block in section.blocks)
            yield from self._sections(section.sections, level + 1)

    def _block(self, block: Block) -> Item:
        for kind, make in _MAKERS.items():
            if isinstance(block, kind):
                item: Item = make(self, block)
                return item
        raise TypeError(f"no such block: {type(block).__name__}")

    def _paragraph(self, block: Paragraph) -> Item:
        return {"kind": "paragraph", "text": clean(block.text), "refs": self._refs(block.refs)}

    def _notice(self, block: Notice) -> Item:
        name = label(self._document, block.level)
        item = {"kind": "notice", "level": block.level, "label": name, "text": clean(block.text)}
        return item | {"refs": self._refs(block.refs)}

    def _bullets(self, block: Bullets) -> Item:
        return {"kind": "bullets", "numbered": block.numbered, "items": [clean(item) for item in block.items]}

    def _terms(self, block: Terms) -> Item:
        return {"kind": "terms", "pairs": [[head(term), clean(said)] for term, said in block.pairs]}

    def _table(self, block: Table) -> Item:
        item = self._captioned("table", block)
        item["missing"] = block.missing
        item["columns"] = [{"title": head(c.title), "numeric": c.numeric} for c in block.columns]
        item["rows"] = [self._row(row, block) for row in block.rows]
        item["has_missing"] = any(value is None for row in block.rows for value in row)
        item["row_refs"] = [self._refs(each) for each in block.row_refs]
        if item["row_refs"]:
            self._end_with_refs(item)
        return item

    def _end_with_refs(self, item: Item) -> None:
        """A last column with the sources of each row; a writer makes its numbers links."""
        item["columns"].append({"title": label(self._document, "source"), "numeric": False})
        for row, refs in zip(item["rows"], item["row_refs"], strict=True):
            row.append(" ".join(f"[{ref['number']}]" for ref in refs))

    def _row(self, row: tuple[str | float | int | None, ...], table: Table) -> list[str]:
        pairs = zip(row, table.columns, strict=True)
        return [cell_text(value, column, table.missing, self._document.lang) for value, column in pairs]

    def _picture(self, block: Picture) -> Item:
        return self._captioned("picture", block) | {"alt": clean(block.alt), "svg": block.svg}

    def _captioned(self, kind: str, block: Table | Picture) -> Item:
        self._counts[kind] += 1
        number = self._counts[kind]
        word = label(self._document, "table" if kind == "table" else "figure")
        item = {"kind": kind, "number": number, "label": f"{word} {number}", "word": word}
        item |= {"caption": head(block.caption), "anchor": self._anchor(f"{kind}-{number}")}
        return item | {"refs": self._refs(block.refs)}

    def _refs(self, refs: Iterable[int]) -> list[Item]:
        return [self._ref(number) for number in refs]

    def _ref(self, number: int) -> Item:
        if not 1 <= number <= len(self._document.sources):
            raise ValueError(f"reference {number} to {len(self._document.sources)} sources")
        uses = self._uses.setdefault(number, [])
        anchor = self._anchor(f"use-{number}-{len(uses) + 1}")
        uses.append(anchor)
        return {"number": number, "anchor": anchor, "target": f"source-{number}"}

    def _sources(self) -> list[Item]:
        fields = ("table", "title", "provider", "reference", "query", "date", "licence", "note")
        rows = []
        for number, source in enumerate(self._document.sources, 1):
            row: Item = {name: clean(getattr(source, name)) for name in fields}
            row |= {"number": number, "anchor": f"source-{number}", "uses": self._uses.get(number, [])}
            rows.append(row)
        return rows

    def _anchor(self, wanted: str) -> str:
        name = re.sub(r"[^a-z0-9-]+", "-", wanted.lower()).strip("-")[:_LONGEST_ANCHOR] or "place"
        taken = self._anchors | {"summary", "sources", "contents", "main", "title"}
        unique = name
        while unique in taken or re.fullmatch(r"source-\d+", unique):
            unique = f"{name}-{len(self._anchors)}" if unique == name else f"{unique}x"
        self._anchors.add(unique)
        return unique


_MAKERS: dict[type, Any] = {
    Paragraph: _Planner._paragraph,
    Notice: _Planner._notice,
    Bullets: _Planner._bullets,
    Terms: _Planner._terms,
    Table: _Planner._table,
    Picture: _Planner._picture,
}


def _entry(level: int, title: str, anchor: str) -> Item:
    return {"kind": "heading", "level": level, "title": title, "anchor": anchor}


_LABELS = [
    "contents",
    "summary",
    "facts",
    "source",
    "sources",
    "sources_caption",
    "sources_intro",
    "number",
    "query",
    "date",
    "licence",
    "quality",
    "used",
    "table",
    "figure",
    "page",
    "of",
    "missing",
    "description",
    "skip",
    "scroll",
]


def _labels(document: Document) -> dict[str, str]:
    return {key: label(document, key) for key in _LABELS}
