"""A Word document from a template: real headings, header rows, captions, text alternatives.

The looks are the template's; see `docx_template` for what is asked of one.
"""

from __future__ import annotations

from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Emu, Pt

from tyngdepunkt import texts
from tyngdepunkt.documents import svg
from tyngdepunkt.documents.document import Document
from tyngdepunkt.documents.docx_table import (
    Look,
    data_table,
    facts_table,
    is_heading,
    lying_pages,
    needs_lying,
    sources_table,
)
from tyngdepunkt.documents.docx_template import HEADINGS, element, field, open_template
from tyngdepunkt.documents.docx_template_fill import fill_placeholders, finish, take_body_place
from tyngdepunkt.documents.layout import Item, plan

_PIXELS = 2.0


def render(document: Document, template: Path | None = None) -> bytes:
    """Write a document as a Word file.

    Args:
        document: what to write.
        template: a Word template of one's own; ours where it is None.

    Returns:
        The content of the file.

    Raises:
        UserError: the template cannot be read or lacks styles.
    """
    page = plan(document)
    word = open_template(template, document.lang)
    fill_placeholders(word, page)
    _Writer(word, page).write()
    finish(word, page)
    stream = BytesIO()
    word.save(stream)
    return stream.getvalue()


class _Writer:
    """Puts the items of a plan into a Word document, one after the other."""

    def __init__(self, word: Any, page: Item) -> None:
        self._word = word
        self._page = page
        self._labels = page["labels"]
        self._place = take_body_place(word)
        self._bookmarks = 0
        self._section = section = word.sections[-1]
        self._width = section.page_width - section.left_margin - section.right_margin

    def write(self) -> None:
        if self._page["facts"]:
            self._terms({"pairs": self._page["facts"]})
        if self._page["summary"]:
            self._heading({"level": 1, "title": self._labels["summary"], "anchor": "summary"})
            self._items(self._page["summary"])
        self._contents()
        self._items(self._page["body"])
        if self._page["sources"]:
            self._sources()

    def _items(self, items: list[Item]) -> None:
        for item in items:
            getattr(self, f"_{item['kind']}")(item)

    # ---- text

    def _add(self, text: str, style: str) -> Any:
        paragraph = self._word.add_paragraph(text, style=style)
        self._place.addprevious(paragraph._p)
        return paragraph

    def _heading(self, item: Item) -> None:
        paragraph = self._add("", HEADINGS[item["level"] - 1])
        self._bookmark_around(paragraph.add_run(item["title"])._r, item["anchor"])

    def _paragraph(self, item: Item) -> None:
        paragraph = self._add(item["text"], "Normal")
        paragraph.paragraph_format.keep_with_next = item.get("opens") or None
        self._refs(paragraph, item["refs"])

    def _notice(self, item: Item) -> None:
        paragraph = self._add("", f"Tyngdepunkt {item['level'].title()}")
        paragraph.add_run(f"{item['label']}: ").bold = True
        paragraph.add_run(item["text"])
        self._refs(paragraph, item["refs"])

    def _bullets(self, item: Item) -> None:
        numbering = self._new_numbering() if item["numbered"] else None
        for entry in item["items"]:
            paragraph = self._add(entry, "List Number" if item["numbered"] else "List Bullet")
            if numbering is not None:
                paragraph._p.get_or_add_pPr().append(numbering())

    def _new_numbering(self) -> Any:
        """A list that begins at one; Word would go on from the list before."""
        style = self._word.styles["List Number"].element
        number = style.find(".//{*}numPr/{*}numId")
        if number is None:
            return None
        numbering = self._word.part.numbering_part.element
        old = numbering.num_having_numId(int(number.val))
        new = numbering.add_num(old.abstractNumId.val)
        new.add_lvlOverride(ilvl=0).add_startOverride(1)
        level, which = str(0), str(new.numId)
        return lambda: element("w:numPr", element("w:ilvl", val=level), element("w:numId", val=which))

    def _refs(self, paragraph: Any, refs: list[Item]) -> None:
        for ref in refs:
            paragraph.add_run(texts.NBSP)
            self._link(paragraph, ref["target"], f"[{ref['number']}]")

    def _link(self, paragraph: Any, anchor: str, text: str) -> None:
        run = paragraph.add_run(text)._r
        link = element("w:hyperlink", anchor=_bookmark(anchor), history="1")
        run.addprevious(link)
        link.append(run)

    def _bookmark_around(self, run: Any, anchor: str) -> None:
        self._bookmarks += 1
        number = str(self._bookmarks)
        run.addprevious(element("w:bookmarkStart", id=number, name=_bookmark(anchor)))
        run.addnext(element("w:bookmarkEnd", id=number))

    def _contents(self) -> None:
        """The table of contents, linked, with the page of each heading as a field of its own.

        There is no TOC field around them: LibreOffice shows only what was last stored in the fields inside
        one, which is nothing in a file no word processor has laid out. Alone, each is counted when the file
        is opened, by Word and LibreOffice alike.
        """
        entries = [
            entry for entry in self._page["toc"] if entry["level"] <= 2 and entry["anchor"] != "summary"
        ]
        if not entries:
            return
        self._add(self._labels["contents"], "Tyngdepunkt Contents Heading")
        for entry in entries:
            paragraph = self._add("", f"toc {entry['level']}")
            paragraph.paragraph_format.tab_stops.add_tab_stop(Emu(self._width), WD_TAB_ALIGNMENT.RIGHT)
            self._link(paragraph, entry["anchor"], entry["title"])
            paragraph.add_run("\t")
            field(paragraph, f"PAGEREF {_bookmark(entry['anchor'])} \\h", "")

    # ---- tables and pictures

    def _caption(self, item: Item) -> Any:
        paragraph = self._add("", "Caption")
        paragraph.add_run(f"{item['word']} ").bold = True
        field(paragraph, f"SEQ {item['word']} \\* ARABIC", str(item["number"])).bold = True
        paragraph.add_run(". ").bold = True
        paragraph.add_run(item["caption"])
        self._refs(paragraph, item["refs"])
        return paragraph

    def _table(self, item: Item) -> None:
        upright = Emu(self._width).pt
        lying = needs_lying(item["columns"], item["rows"], upright)
        after = self._lie_down() if lying else None
        self._caption(item)
        look = self._look("Tyngdepunkt Table", self._lying_width() if lying else upright)
        said = f"{item['label']}. {item['caption']}"
        table = data_table(item["columns"], item["rows"], look, said)
        self._place.addprevious(table)
        self._link_rows(table, item["row_refs"])
        note = ""
        if item["has_missing"]:
            note = texts.text("documents:labels.missing_note", self._page["lang"], mark=item["missing"])
        self._add(note, "Tyngdepunkt Small")
        if after is not None:
            self._place.addprevious(after)

    def _link_rows(self, table: Any, row_refs: list[list[Item]]) -> None:
        """The last cell of each row as links to its sources, in the look it was written with."""
        for row, refs in zip(table.tr_lst[1:], row_refs, strict=False):
            paragraph = row.tc_lst[-1].p_lst[0]
            usual = paragraph.r_lst[0]
            for place, ref in enumerate(refs):
                run = deepcopy(usual)
                run.t_lst[0].text = f"[{ref['number']}]" + " " * (place < len(refs) - 1)
                link = element("w:hyperlink", anchor=_bookmark(ref["target"]), history="1")
                link.append(run)
                usual.addprevious(link)
            paragraph.remove(usual)

    def _look(self, table: str, width: float) -> Look:
        styles = self._word.styles
        return Look(styles[table].style_id, styles["Tyngdepunkt Table Text"].style_id, width)

    def _lie_down(self) -> Any:
        """End the section that stands, before headings; returns the paragraph that ends the one that lies."""
        governing = self._place.xpath("following::w:sectPr[1]")[0]
        stand, lie = lying_pages(governing, self._section)
        first = self._place
        while is_heading(first.getprevious()):
            first = first.getprevious()
        first.addprevious(stand)
        return lie

    def _lying_width(self) -> float:
        section = self._section
        width: float = Emu(section.page_height - section.left_margin - section.right_margin).pt
        return width

    def _terms(self, item: Item) -> None:
        look = self._look("Tyngdepunkt Facts", Emu(self._width).pt)
        self._place.addprevious(facts_table(item["pairs"], look, self._labels["facts"]))
        self._add("", "Tyngdepunkt Small")

    def _picture(self, item: Item) -> None:
        import vl_convert

        width, height = svg.size(item["svg"])
        image = vl_convert.svg_to_png(svg.clean(item["svg"]), scale=_PIXELS)
        fits = min(self._width, int(width * 9525), int(self._width * 1.3 * width / height))
        paragraph = self._add("", "Tyngdepunkt Figure")
        shape = paragraph.add_run().add_picture(BytesIO(image), width=Emu(fits))
        properties = shape._inline.docPr
        properties.set("descr", item["alt"])
        properties.set("title", f"{item['label']}. {item['caption']}"[:250])
        properties.set("name", item["label"])
        caption = self._caption(item)
        caption.paragraph_format.keep_with_next = False
        caption.paragraph_format.space_after = Pt(10)  # it stands under the picture, not over a table

    def _sources(self) -> None:
        labels = self._labels
        self._heading({"level": 1, "title": labels["sources"], "anchor": "sources"})
        if self._page["referred"]:
            self._add(labels["sources_intro"], "Normal").paragraph_format.keep_with_next = True
        keys = ("number", "source", "query", "date", "licence")
        heads = [{"title": labels[name], "numeric": False} for name in keys]
        sources = self._page["sources"]
        notes = [f"{labels['quality']}: {source['note']}" if source["note"] else "" for source in sources]
        look = self._look("Tyngdepunkt Table", Emu(self._width).pt)
        rows = [_source_row(source) for source in sources]
        table, own = sources_table(heads, rows, notes, look, labels["sources_caption"])
        self._place.addprevious(table)
        for source, row in zip(sources, own, strict=True):
            self._bookmark_around(row.tc_lst[0].p_lst[0].r_lst[0], source["anchor"])


def _source_row(source: Item) -> list[str]:
    where = ", ".join(part for part in (source["provider"], source["reference"]) if part)
    first = [str(source["number"]), f"{source['title']}. {where}"]
    return [*first, source["query"] or source["table"], source["date"], source["licence"]]


def _bookmark(anchor: str) -> str:
    """A bookmark's name: letters, digits and underscores, at most forty."""
    return f"_{anchor.replace('-', '_')}"[:40]
