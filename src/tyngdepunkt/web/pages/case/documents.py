"""Documents of a case: Word, PDF, web page, workbook, JSON, and the case itself as a file."""

from __future__ import annotations

import re
from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from tyngdepunkt.analyses.contract import analysis
from tyngdepunkt.analyses.location.input.fields import field_title
from tyngdepunkt.analyses.location.live.weighing import Desktop
from tyngdepunkt.inputs.reading import as_yaml
from tyngdepunkt.places import Places
from tyngdepunkt.web import security
from tyngdepunkt.web.pages.case.check import owner
from tyngdepunkt.web.pages.case.versions import step_name, version_name
from tyngdepunkt.web.read import case as read
from tyngdepunkt.web.read.versions import saved_in_words
from tyngdepunkt.web.rendering import Page
from tyngdepunkt.workspace.drafts import Draft, Drafts

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "yaml": "application/yaml; charset=utf-8",
}


@get("/case/{draft_id:str}/documents", sync_to_thread=True)
def documents(page: Page, places: Places, drafts: Drafts, draft_id: FromPath[str]) -> Response[Any]:
    """What can be downloaded, or what is missing before it can; and every save."""
    return _page(page, places, drafts, drafts.get(draft_id))


def _page(page: Page, places: Places, drafts: Drafts, draft: Draft, status: int = 200) -> Response[Any]:
    faults = [
        (owner(each.field), each.anchor, each.text_away(page.lang, field_title(each.field, page.lang)))
        for each in read.faults_of(draft, places)
    ]
    versions = drafts.history(draft.id)
    history = [
        (each.version, saved_in_words(each.saved_at, page.lang), step_name(each.step, page))
        for each in versions
    ]
    choices = [(each.version, version_name(each, page)) for each in versions]
    context: dict[str, Any] = {"faults": faults, "history": history, "choices": choices}
    return page("case/documents.html", status=status, draft=draft, **context)


@get("/case/{draft_id:str}/document/{kind:str}", sync_to_thread=True)
def document(
    page: Page, places: Places, drafts: Drafts, desktop: Desktop, draft_id: FromPath[str], kind: FromPath[str]
) -> Response[Any]:
    """One document as a file; a case that is not complete gives the page that says what is missing."""
    if kind not in KINDS:
        raise NotFoundException
    draft = drafts.get(draft_id)
    if kind == "yaml":
        return _file(draft, kind, page.lang, as_yaml(draft.content).encode())
    if read.faults_of(draft, places):
        return _page(page, places, drafts, draft, status=422)
    content = desktop.kept(draft, f"{kind} {page.lang}", lambda: _made(draft, kind, (page, places, desktop)))
    if security.is_from_here(page.request):  # who was sent a link is not working on the case
        drafts.seen(draft.id, draft.version)
    return _file(draft, kind, page.lang, content)


def _file(draft: Draft, kind: str, lang: str, content: bytes) -> Response[Any]:
    """The file, named after the case so that it can be told from others in a folder."""
    name = f"{_slug(draft.title) or 'case'}-v{draft.version}-{lang}.{kind}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=KINDS[kind], headers=headers)


def _slug(title: str) -> str:
    """A title as part of a file name: letters a to z and digits.

    >>> _slug("Nytt tilsyn på Gjøvik?")
    'nytt-tilsyn-paa-gjoevik'
    """
    low = title.casefold()
    for letter, plain in {"å": "aa", "ø": "oe", "æ": "ae", "ö": "o", "ä": "a"}.items():
        low = low.replace(letter, plain)
    return re.sub(r"[^a-z0-9]+", "-", low).strip("-")[:60].strip("-")


def _made(draft: Draft, kind: str, tools: tuple[Page, Places, Desktop]) -> bytes:
    from tyngdepunkt.analyses.location.document import location_document
    from tyngdepunkt.documents import rendered
    from tyngdepunkt.web.read.analysis import file_of

    page, places, desktop = tools
    assessment = desktop.assessed(draft, page.lang)
    if kind == "json":
        return file_of(analysis("location"), assessment, kind, page.lang)
    # Not the document of the contract, which bears today's date: a version of a draft bears its case's.
    return rendered(location_document(assessment, places), kind)


handlers: list[Any] = [documents, document]
