import base64
import dataclasses
import hashlib
import itertools
import re
import unicodedata
from html.parser import HTMLParser

import pytest

from sample_document import sample
from tyngdepunkt.documents import html, pdf
from tyngdepunkt.documents.document import Paragraph, Section

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """Reads a page into a list of (tag, attributes) and its text; complains of tags that do not match."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.said, self.open = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.said.append(data)

    def all(self, *names):
        return [attributes for tag, attributes in self.tags if tag in names]

    @property
    def text(self):
        return " ".join("".join(self.said).split())


@pytest.fixture(scope="module", params=["nb", "nn", "en"])
def page(request):
    return Page(html.render(sample(request.param)).decode())


def test_language_title_and_one_main_heading(page):
    assert page.all("html")[0]["lang"] in ("nb", "nn", "en")
    assert len(page.all("h1")) == len(page.all("title")) == len(page.all("main")) == 1
    assert not page.open


def test_headings_never_skip_a_level(page):
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))
    assert max(levels) == 4


def test_the_first_thing_to_reach_leads_to_the_content(page):
    first = page.all("a")[0]
    assert first["href"] == "#main"
    assert page.all("main")[0]["id"] == "main"


def test_ids_are_unique_and_every_link_and_label_leads_somewhere(page):
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for attributes in page.all("a"):
        assert attributes["href"].removeprefix("#") in ids
    for _, attributes in page.tags:
        for name in ("aria-labelledby", "aria-describedby"):
            assert set(attributes.get(name, "").split()) <= set(ids)


def test_every_figure_is_named_and_described(page):
    drawings = page.all("svg")
    assert len(drawings) == len(page.all("figure")) == 6
    for drawing in drawings:
        assert drawing["role"] == "img"
        assert drawing["aria-labelledby"]
        assert drawing["aria-describedby"]
    assert not page.all("img")


def test_tables_have_captions_scopes_and_a_region_to_scroll_in(page):
    assert len(page.all("table")) == len(page.all("caption")) == 3
    assert {heading["scope"] for heading in page.all("th")} == {"col", "row"}
    regions = [part for part in page.all("div") if part.get("role") == "region"]
    assert all(region["tabindex"] == "0" for region in regions)
    assert all(region.get("aria-label") or region.get("aria-labelledby") for region in regions)


def test_the_page_asks_for_nothing_and_runs_nothing(page):
    assert not page.all("script", "link", "iframe", "object", "form")
    for _, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "style")]


def test_the_policy_allows_the_pages_own_style_sheet_only(document):
    text = html.render(document).decode()
    css = re.search("<style>(.*?)</style>", text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = [meta["content"] for meta in Page(text).all("meta") if meta.get("http-equiv")]
    assert policy == [f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"]
    assert "url(" not in css
    assert not re.search("@[A-Za-z_-]+@", css)


def test_references_lead_to_the_source_and_back(document):
    page = Page(html.render(document).decode())
    references = [link for link in page.all("a") if link.get("class") == "ref"]
    backwards = [link["href"] for link in page.all("a") if link.get("class") == "back"]
    assert {f"#{link['id']}" for link in references} == set(backwards)
    assert all(link["aria-label"].startswith("Kilde ") for link in references)


def test_figures_and_missing_ones_are_written(document):
    text = Page(html.render(document).decode()).text
    assert "1 204 377" in text.replace("\u00a0", " ")
    assert "−0,8" in text
    assert "tallet mangler" in text
    assert "Vær oppmerksom:" in text
    assert "Hva figuren viser:" in text


def test_hostile_text_is_text(hostile_document, hostile):
    page = Page(html.render(hostile_document).decode())
    assert not page.all("script", "img")
    if len(hostile) < 100 and hostile.isprintable():
        assert unicodedata.normalize("NFC", " ".join(hostile.split())) in page.text.replace("\u00ad", "")
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_nobody_named_and_nothing_referred_to_leave_no_empty_places():
    plain = Section("A", (Paragraph("A sentence."),))
    quiet = dataclasses.replace(sample("nb"), author="", date="", summary=(), sections=(plain,))
    page = html.render(quiet).decode()
    for empty in ('class="author"', 'class="date"', 'name="author"', 'name="date"', "hakeparentes", " · "):
        assert empty not in page
    assert "Brukt i" not in page
    assert pdf.render(quiet).startswith(b"%PDF")
