"""The Word template: ours, made in code, and what is asked of a ministry's own.

A template is an ordinary Word document. Two things matter in it:

- **Styles.** The writer uses the styles of `REQUIRED` and nothing else, so the template
  decides fonts, colours, spacing and numbering. `missing_styles` names those not there.
- **Placeholders**, which may stand in the text, in tables, in headers and in footers:
  `{{title}}`, `{{subtitle}}`, `{{author}}`, `{{date}}`, and a paragraph of its own with
  `{{body}}` where the content goes (at the end where there is none). They are replaced
  as plain text: a template holds no program, and text is never read as one.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.documents import theme
from tyngdepunkt.errors import Fault, UserError

HEADINGS = ("Heading 1", "Heading 2", "Heading 3", "Heading 4")
PARAGRAPHS = ("Normal", "Title", "Subtitle", *HEADINGS, "Caption", "List Bullet", "List Number")
OWN = (
    "Tyngdepunkt Info",
    "Tyngdepunkt Warning",
    "Tyngdepunkt Breach",
    "Tyngdepunkt Small",
    "Tyngdepunkt Figure",
    "Tyngdepunkt Table Text",
    "Tyngdepunkt Contents Heading",
)
TABLES = ("Tyngdepunkt Table", "Tyngdepunkt Facts")
CONTENTS = ("toc 1", "toc 2")
REQUIRED = (*PARAGRAPHS, *CONTENTS, *OWN, *TABLES)

_FONT = "Arial"


def open_template(path: Path | None, lang: str) -> Any:
    """Open the Word template that a document is written into.

    Args:
        path: a template of one's own; ours where it is None.
        lang: language of our own template.

    Returns:
        A python-docx document.

    Raises:
        UserError: the file cannot be read, or lacks styles; all of them are named.
    """
    import docx

    if path is None:
        return make(lang)
    try:
        document = docx.Document(str(path))
    except Exception as error:
        raise UserError(Fault("documents:template_unreadable", {"path": str(path)})) from error
    missing = missing_styles(document)
    if missing:
        values = {"path": str(path), "count": len(missing), "styles": missing}
        raise UserError(Fault("documents:template_styles", values))
    return document


def missing_styles(document: Any) -> list[str]:
    """The styles that the writer uses and a template lacks.

    Args:
        document: a python-docx document.

    Returns:
        Names of `REQUIRED`, whatever their case in the template; empty where none is missing.
    """
    there = {existing.name.casefold() for existing in document.styles}
    return [name for name in REQUIRED if name.casefold() not in there]


def template_bytes(lang: str) -> bytes:
    """Our own template as a Word file with its placeholders, for a ministry to adapt."""
    document = make(lang)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def make(lang: str) -> Any:
    """Make our own template: A4, with its styles, headers, footers and placeholders.

    Returns:
        A python-docx document.
    """
    import docx

    document = docx.Document()
    _forget_origin(document)
    _page(document.sections[0])
    _text_styles(document)
    _own_styles(document)
    _table_styles(document)
    for name, placeholder in (
        ("Normal", "author"),
        ("Title", "title"),
        ("Subtitle", "subtitle"),
        ("Normal", "date"),
    ):
        document.add_paragraph("{{" + placeholder + "}}", style=name)
    document.add_paragraph("{{body}}")
    _header_and_footer(document.sections[0], lang)
    return document


def _forget_origin(document: Any) -> None:
    """No picture of somebody else's page, no foreign author in the properties."""
    package = document.part.package
    for rid, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[rid]
    core = document.core_properties
    for name in ("author", "comments", "title", "keywords", "last_modified_by", "subject"):
        setattr(core, name, "")


def _page(section: Any) -> None:
    from docx.shared import Mm

    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(26)
    section.top_margin, section.bottom_margin = Mm(28), Mm(26)
    section.different_first_page_header_footer = True


def _text_styles(document: Any) -> None:
    sizes: dict[str, tuple[float, str, bool, float, float]] = {
        "Normal": (10.5, theme.INK, False, 0, 8),
        "Title": (24, theme.ACCENT, True, 6, 8),
        "Subtitle": (13, theme.MUTED, False, 0, 8),
        "Heading 1": (17, theme.ACCENT, True, 26, 8),
        "Heading 2": (13, theme.INK, True, 20, 6),
        "Heading 3": (11, theme.INK, True, 16, 5),
        "Heading 4": (10.5, theme.MUTED, True, 14, 4),
        "Caption": (9.5, theme.INK, False, 14, 5),
        "List Bullet": (10.5, theme.INK, False, 0, 4),
        "List Number": (10.5, theme.INK, False, 0, 4),
    }
    for name, look in sizes.items():
        _look(document.styles[name], *look)
    for name in (*HEADINGS, "Caption"):
        document.styles[name].paragraph_format.keep_with_next = True
    document.styles["Normal"].paragraph_format.line_spacing = 1.25
    _without_border(document.styles["Title"])


def _own_styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm

    looks: dict[str, tuple[float, str, bool, float, float]] = {
        "Tyngdepunkt Info": (10.5, theme.INK, False, 8, 10),
        "Tyngdepunkt Warning": (10.5, theme.INK, False, 8, 10),
        "Tyngdepunkt Breach": (10.5, theme.INK, False, 8, 10),
        "Tyngdepunkt Small": (8.5, theme.MUTED, False, 4, 10),
        "Tyngdepunkt Figure": (10.5, theme.INK, False, 10, 2),
        "Tyngdepunkt Table Text": (9, theme.INK, False, 1, 1),
        "Tyngdepunkt Contents Heading": (13, theme.INK, True, 20, 6),
        "toc 1": (10.5, theme.INK, False, 4, 2),
        "toc 2": (10, theme.INK, False, 0, 2),
    }
    for name, look in looks.items():
        made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
        made.base_style = document.styles["Normal"]
        _look(made, *look)
    document.styles["toc 2"].paragraph_format.left_indent = Mm(6)
    document.styles["Tyngdepunkt Table Text"].paragraph_format.line_spacing = 1.1
    for name in ("Tyngdepunkt Figure", "Tyngdepunkt Contents Heading"):
        document.styles[name].paragraph_format.keep_with_next = True
    for level, (line, ground) in theme.NOTICES.items():
        _notice_box(document.styles[f"Tyngdepunkt {level.title()}"], line, ground)


def _look(made: Any, size: float, colour: str, bold: bool, above: float, below: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    font = made.font
    font.name, font.size, font.bold, font.italic = _FONT, Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
    properties = made.element.get_or_add_rPr()
    for spacing in properties.findall(qn("w:spacing")):
        properties.remove(spacing)
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), _FONT)
    made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(above), Pt(below)


def _without_border(made: Any) -> None:
    from docx.oxml.ns import qn

    for border in made.element.pPr.findall(qn("w:pBdr")):
        made.element.pPr.remove(border)


def _notice_box(made: Any, line: str, ground: str) -> None:
    from docx.shared import Mm

    made.paragraph_format.left_indent = made.paragraph_format.right_indent = Mm(3)
    bar = _element("w:left", val="single", sz="24", space="8", color=line.lstrip("#"))
    properties = made.element.get_or_add_pPr()
    properties.append(_element("w:pBdr", bar))
    properties.append(_element("w:shd", val="clear", color="auto", fill=ground.lstrip("#")))
    _in_order(properties)


_PPR_ORDER = [
    "keepNext",
    "keepLines",
    "pBdr",
    "shd",
    "tabs",
    "spacing",
    "ind",
    "contextualSpacing",
    "jc",
    "outlineLvl",
]


def _in_order(properties: Any) -> None:
    """Word reads paragraph properties in the order of its schema only."""

    def place(child: Any) -> int:
        name = child.tag.rpartition("}")[2]
        return _PPR_ORDER.index(name) if name in _PPR_ORDER else -1

    properties[:] = sorted(properties, key=place)


def _table_styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    for name, head in (("Tyngdepunkt Table", True), ("Tyngdepunkt Facts", False)):
        made = document.styles.add_style(name, WD_STYLE_TYPE.TABLE)
        made.base_style = document.styles["Normal Table"]
        rule, ink = theme.RULE.lstrip("#"), theme.INK.lstrip("#")
        edge = {"val": "single", "sz": "8" if head else "4", "space": "0", "color": ink if head else rule}
        inside = _element("w:insideH", val="single", sz="4", space="0", color=rule)
        borders = _element("w:tblBorders", _element("w:top", **edge), _element("w:bottom", **edge), inside)
        margins = _element(
            "w:tblCellMar", *[_element(f"w:{s}", w="70", type="dxa") for s in ("left", "right")]
        )
        made.element.append(_element("w:tblPr", borders, margins))
        if head:
            made.element.append(_head_row(edge))


def _head_row(edge: dict[str, str]) -> Any:
    bold = _element("w:rPr", _element("w:b"))
    below = _element("w:tcPr", _element("w:tcBorders", _element("w:bottom", **edge)))
    return _element("w:tblStylePr", bold, below, type="firstRow")


def _header_and_footer(section: Any, lang: str) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    section.header.paragraphs[0].text = "{{title}}"
    section.header.paragraphs[0].style = "Tyngdepunkt Small"
    for footer in (section.first_page_footer, section.footer):
        paragraph = footer.paragraphs[0]
        paragraph.style = "Tyngdepunkt Small"
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(158), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run("{{author}}\t" + texts.text("documents:labels.page", lang) + " ")
        field(paragraph, "PAGE", "1")
        paragraph.add_run(f" {texts.text('documents:labels.of', lang)} ")
        field(paragraph, "NUMPAGES", "1")


def field(paragraph: Any, code: str, shown: str) -> Any:
    """Add a field, such as a page number, to a paragraph.

    Args:
        paragraph: of python-docx; the field is put at its end.
        code: of Word: `PAGE`.
        shown: text that stands there until Word updates the field.

    Returns:
        The run with that text.
    """
    _mark(paragraph, "begin")
    instruction = _element("w:instrText")
    instruction.text = f" {code} "
    instruction.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    paragraph.add_run()._r.append(instruction)
    _mark(paragraph, "separate")
    run = paragraph.add_run(shown)
    _mark(paragraph, "end")
    return run


def _mark(paragraph: Any, kind: str) -> None:
    paragraph.add_run()._r.append(_element("w:fldChar", fldCharType=kind))


def _element(tag: str, *children: Any, **attributes: str) -> Any:
    """A WordprocessingML element with attributes of the same namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(children)
    return made


element = _element
