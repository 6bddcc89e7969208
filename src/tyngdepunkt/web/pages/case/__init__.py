"""The location case, one question to a page. Each step is a module with `STEP`."""

from __future__ import annotations

from typing import Any

from tyngdepunkt.web.pages.case import (
    compare_weights,
    documents,
    ledger_upload,
    post_only_redirects,
    result,
    share,
    start,
    step_flow,
    versions,
)
from tyngdepunkt.web.pages.case._step_context import provide_desktop, provide_drafts, provide_shares
from tyngdepunkt.web.parts import N_, NavEntry

handlers: list[Any] = [
    *start.handlers,
    *post_only_redirects.handlers,
    *result.handlers,
    *share.handlers,
    *documents.handlers,
    *versions.handlers,
    *compare_weights.handlers,
    *ledger_upload.handlers,
    *step_flow.handlers,
]
ways = (
    NavEntry(
        "/case",
        N_("Location case"),
        N_("Find out where a state unit should lie"),
        N_(
            "Step by step: the jobs, the rules, the alternatives, the weights, and an answer with a document."
        ),
        order=20,
    ),
)
dependencies = {"drafts": provide_drafts, "desktop": provide_desktop, "shares": provide_shares}
