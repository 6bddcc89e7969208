"""One self-contained HTML file: no script, no request, readable at 320 px and on paper.

The page carries a content security policy that allows its own style sheet, by its
checksum, and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.documents import svg, text_layout
from tyngdepunkt.documents.document import Document
from tyngdepunkt.documents.layout import Item, plan


def render(document: Document) -> bytes:
    """Write a document as one HTML page that needs no other file.

    Returns:
        The page in UTF-8.
    """
    page = plan(document)
    css = _style_sheet()
    context = page | {
        "css": css,
        "policy": _policy(css),
        "back": lambda place: texts.text("documents:labels.back", document.lang, place=place),
        "source_link": lambda number: texts.text(
            "documents:labels.reference_link", document.lang, number=number
        ),
        "missing_note": lambda mark: texts.text("documents:labels.missing_note", document.lang, mark=mark),
        "drawing": _drawing,
        "hyphenated": text_layout.hyphenated,
    }
    text: str = _template().render(context)
    return text.encode()


@cache
def _template() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("tyngdepunkt.documents"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("document.html")


@cache
def _style_sheet() -> str:
    from tyngdepunkt.documents import theme

    sheet = resources.files("tyngdepunkt.documents").joinpath("templates/document.css").read_text("utf-8")
    names = ("PAPER", "INK", "MUTED", "RULE", "SHADE", "ACCENT", "ACCENT_SOFT")
    for name in names:
        sheet = sheet.replace(f"@{name}@", getattr(theme, name))
    for level, (line, ground) in theme.NOTICES.items():
        sheet = sheet.replace(f"@{level}-line@", line).replace(f"@{level}-ground@", ground)
    return "\n" + sheet


def _policy(css: str) -> str:
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _drawing(picture: Item) -> Any:
    """The picture's drawing as markup, named by its caption and described by its text."""
    from lxml import etree
    from markupsafe import Markup

    anchor = picture["anchor"]
    width, height = svg.size(picture["svg"])
    root = etree.fromstring(svg.clean(picture["svg"], prefix=f"{anchor}-").encode())
    for old in ("width", "height"):
        root.attrib.pop(old, None)
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    root.set("role", "img")
    root.set("aria-labelledby", f"{anchor}-caption")
    root.set("aria-describedby", f"{anchor}-description")
    return Markup(etree.tostring(root, encoding="unicode"))  # noqa: S704  # cleaned to shapes and text
