"""Addresses that only take a form, when somebody opens them: back to the page that has the form.

A page that answers a form stands under such an address, so a reload of it or a change of language
from it asks for the address itself.
"""

from __future__ import annotations

from typing import Any

from litestar import get
from litestar.params import FromPath
from litestar.response import Redirect

from tyngdepunkt.web.rendering import Page

_DRAFT = "/case/{draft_id:str}"


@get(["/case/upload", f"{_DRAFT}/copy", f"{_DRAFT}/delete", f"{_DRAFT}/restore"])
async def to_cases(page: Page) -> Redirect:
    """The list of cases."""
    return Redirect(page.link("/case"), status_code=303)


@get([f"{_DRAFT}/weigh", f"{_DRAFT}/share", f"{_DRAFT}/withdraw"])
async def to_result(page: Page, draft_id: FromPath[str]) -> Redirect:
    """The result, where the weights are and where it is shared."""
    return Redirect(page.link(f"/case/{draft_id}/result"), status_code=303)


@get("/case/{draft_id:str}/ledger-file")
async def to_ledger(page: Page, draft_id: FromPath[str]) -> Redirect:
    """The ledger of the case, where a file is chosen."""
    return Redirect(page.link(f"/case/{draft_id}/ledger"), status_code=303)


handlers: list[Any] = [to_cases, to_result, to_ledger]
