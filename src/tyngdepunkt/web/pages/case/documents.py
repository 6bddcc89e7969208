"""Documents of a case: Word, PDF, web page, workbook, JSON, and the case itself as a file."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from tyngdepunkt.cases.drafts import Draft, Drafts
from tyngdepunkt.cases.drafts.weighing import Desktop
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places
from tyngdepunkt.web.rendering import Page

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "yaml": "application/yaml; charset=utf-8",
}


@get("/case/{draft_id:str}/documents", sync_to_thread=True)
def documents(page: Page, drafts: Drafts, desktop: Desktop, draft_id: FromPath[str]) -> Response[Any]:
    """What can be downloaded."""
    draft = drafts.get(draft_id)
    try:
        desktop.prepared(draft)
        complete = True
    except UserError:
        complete = False
    return page("case/documents.html", draft=draft, complete=complete, history=drafts.history(draft_id))


@get("/case/{draft_id:str}/document/{kind:str}", sync_to_thread=True)
def document(
    page: Page, places: Places, drafts: Drafts, desktop: Desktop, draft_id: FromPath[str], kind: FromPath[str]
) -> Response[Any]:
    """One document as a file."""
    if kind not in KINDS:
        raise NotFoundException
    draft = drafts.get(draft_id)
    try:
        content = as_yaml(draft) if kind == "yaml" else _made(draft, kind, (page, places, desktop))
    except UserError:
        return Redirect(page.link(f"/case/{draft_id}/check"), status_code=303)
    name = f'attachment; filename="case-{draft_id[:8]}-{page.lang}.{kind}"'
    return Response(content, media_type=KINDS[kind], headers={"content-disposition": name})


def as_yaml(draft: Draft) -> bytes:
    """The case as a file that `tyngdepunkt assess` and the upload read. Text is always quoted."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in draft.content.items()]
    return ("\n".join(lines) + "\n").encode()


def _made(draft: Draft, kind: str, tools: tuple[Page, Places, Desktop]) -> bytes:
    from tyngdepunkt import reports
    from tyngdepunkt.cases.location.as_json import as_json
    from tyngdepunkt.reports.location_case import location_document

    page, places, desktop = tools
    assessment = desktop.assessed(draft, page.lang)
    if kind == "json":
        return (json.dumps(as_json(assessment), ensure_ascii=False, indent=2) + "\n").encode()
    with tempfile.TemporaryDirectory(prefix="tyngdepunkt-") as folder:
        made = reports.write(location_document(assessment, places), Path(folder), (kind,), "case")
        return made[0].read_bytes()


handlers: list[Any] = [documents, document]
