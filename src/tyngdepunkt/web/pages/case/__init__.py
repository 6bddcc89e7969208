"""The location case, one question to a page. Each step is a module with `STEP`."""

from __future__ import annotations

from typing import Any

from tyngdepunkt.web.pages.case import (
    compare_weights,
    documents,
    ledger_upload,
    result,
    share,
    start,
    versions,
    walk,
    ways_back,
)
from tyngdepunkt.web.pages.case._desk import provide_desktop, provide_drafts, provide_shares
from tyngdepunkt.web.parts import N_, Way

handlers: list[Any] = [
    *start.handlers,
    *ways_back.handlers,
    *result.handlers,
    *share.handlers,
    *documents.handlers,
    *versions.handlers,
    *compare_weights.handlers,
    *ledger_upload.handlers,
    *walk.handlers,
]
ways = (
    Way(
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
