"""Drawings made fit to stand in a document.

A drawing keeps nothing that could run, load or clash: only shapes and text, no style
sheet (so that a strict content security policy holds), ids with a prefix of their own.
"""

from __future__ import annotations

import re
from typing import Any

NAMESPACE = "http://www.w3.org/2000/svg"

_SHAPES = frozenset(
    [
        "svg",
        "g",
        "defs",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "clipPath",
        "pattern",
        "use",
        "title",
    ]
)
_DROPPED = frozenset({"class", "style", "href", "cursor"})
_LOCAL_URL = re.compile(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)")


def clean(svg: str, prefix: str = "", font: str = "") -> str:
    """Reduce an SVG drawing to shapes and text: no scripts, no links and no styles.

    Args:
        svg: the drawing.
        prefix: put before every id, so that two drawings can stand in one page.
        font: the font family to set all text in; empty keeps what the drawing says.

    Returns:
        The SVG element as text, with a `viewBox`.

    Raises:
        ValueError: not a drawing at all, or one without a size.
    """
    from lxml import etree

    root = _parse(svg)
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or etree.QName(element).localname not in _SHAPES:
            _drop(element)
        else:
            _clean_attributes(element, prefix, font)
    width, height = size(svg)
    root.set("viewBox", root.get("viewBox", f"0 0 {width:g} {height:g}"))
    etree.cleanup_namespaces(root)
    text: str = etree.tostring(root, encoding="unicode", with_tail=False)
    return text


def size(svg: str) -> tuple[float, float]:
    """Width and height of a drawing, from its attributes or else from its `viewBox`.

    Returns:
        Both in the drawing's own units (CSS pixels).

    Raises:
        ValueError: the drawing has no size.
    """
    root = _parse(svg)
    sides = [re.match(r"[\d.]+", root.get(side, "")) for side in ("width", "height")]
    if all(sides):
        width, height = (float(side[0]) for side in sides if side)
    else:
        box = root.get("viewBox", "").split()
        if len(box) != 4:
            raise ValueError("a drawing without a size")
        width, height = float(box[2]), float(box[3])
    return width, height


def _parse(svg: str) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(svg.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"not a drawing: {error}") from error
    if root.tag != f"{{{NAMESPACE}}}svg":
        raise ValueError(f"not a drawing but <{root.tag}>")
    return root


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _clean_attributes(element: Any, prefix: str, font: str) -> None:
    for name, value in list(element.attrib.items()):
        local = name.rpartition("}")[2]
        if local in _DROPPED or local.startswith(("on", "aria-", "role")):
            kept = "#" + prefix + value[1:] if local == "href" and value.startswith("#") else None
            del element.attrib[name]
            if kept:
                element.set("href", kept)
        elif local == "id":
            element.set(name, prefix + value)
        elif local == "font-family" and font:
            element.set(name, font)
        elif "url(" in value:
            element.set(name, _LOCAL_URL.sub(rf"url(#{prefix}\1)", value))
            if not _LOCAL_URL.search(value):
                del element.attrib[name]
