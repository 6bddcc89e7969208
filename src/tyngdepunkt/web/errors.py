"""Errors as a page for a person and as a problem document (RFC 9457) for a program."""

from __future__ import annotations

import json
import logging
import secrets
import traceback
from http import HTTPStatus
from pathlib import Path
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException

from tyngdepunkt import texts
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.web import security
from tyngdepunkt.web.read import said
from tyngdepunkt.web.rendering import Page

_LOG = logging.getLogger(__name__)
_STATUS = {
    "places:unknown_place": 404,
    "places:unknown_place_nothing_near": 404,
    "places:no_table": 404,
    "places:ambiguous_place": 409,
    "places:split_number": 409,
    "web.read:county": 404,
    "web.read:no_region": 404,
    "web.read:no_town": 404,
    "web:csrf_missing": 403,
    "web:csrf_expired": 403,
    "web:conflict": 409,
    "workspace.drafts:no_draft": 404,
    "workspace.drafts:no_share": 404,
    "workspace.drafts:newer_content": 409,
    "inputs:too_large": 413,
    "web:host": 421,
    "web:body_kind": 415,
    "web:not_acceptable": 406,
    "web:no_rule_set": 404,
    "web:status_404": 404,
    "web:busy": 503,
    "web:status_408": 408,
}
_OWN = (400, 403, 404, 405, 409, 413, 500)
_HERE = Path(__file__).parents[1]


def status_of(error: UserError) -> int:
    """The HTTP status of a fault that a person can cause.

    Returns:
        The status that `_STATUS` has for the first fault of the error; 422 where it has none.
    """
    return _STATUS.get(error.faults[0].key, 422)


def user_error(request: Request[Any, Any, Any], error: UserError) -> Response[Any]:
    """Answer a `UserError` with all its faults, as a page or as a problem document.

    A form whose token was refused is answered with what was written in it, to be sent again.

    Returns:
        The answer with the status of `status_of`.
    """
    kept = request.state.get(security.ANSWERS)
    if kept and not wants_problem(request):
        return _send_again(request, error, kept)
    status = status_of(error)
    response = _answer(request, status, error.faults)
    if status == HTTPStatus.REQUEST_TIMEOUT:
        response.headers["connection"] = "close"
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["retry-after"] = str(error.faults[0].values["seconds"])
    return response


def _send_again(request: Request[Any, Any, Any], error: UserError, kept: dict[str, Any]) -> Response[Any]:
    """The token was too old or lost: the answers come back in a form with a fresh one."""
    page = Page(request)
    lines = [said.lines(fault, page.lang) for fault in error.faults]
    return page("case/again.html", status=status_of(error), faults=lines, **kept)


def http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """Answer an error of the framework: an unknown address, a query that cannot be read, too much at once.

    Returns:
        The answer with the status and headers of the error. A status from 500 is treated as a bug.
    """
    status = error.status_code
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return bug(request, error)
    faults = [Fault(f"web:status_{status if status in _OWN else 400}", {"path": request.url.path})]
    if wants_problem(request):  # the names in an address say nothing to whoever reads a page
        faults += [Fault("web:query", {"name": name}, "") for name in _named(error)]
    response = _answer(request, status, tuple(faults[1:] or faults))
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


def _named(error: HTTPException) -> list[str]:
    """The parts of the address or form that could not be read."""
    extra = error.extra if isinstance(error.extra, list) else []
    return [str(part["key"]) for part in extra if isinstance(part, dict) and "key" in part]


def bug(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Anything else is a bug: where it arose goes to the log, and the person gets a number to mention.

    The log holds the handler's address and the lines of code, and neither what was sent nor the words of
    the error, which can repeat what somebody wrote.
    """
    reference = secrets.token_hex(4)
    handler = request.scope.get("path_template", "-")
    _LOG.error("%s: %s %s: %s", reference, request.method, handler, trace(error))
    fault = Fault("web:status_500", {"path": request.url.path, "reference": reference})
    try:
        return _answer(request, 500, (fault,))
    except Exception as worse:  # the page of the error is itself broken: say it without a page
        _LOG.error("%s: %s", reference, trace(worse))
        return Response(f"500 {reference}", status_code=500, media_type="text/plain")


def trace(error: BaseException) -> str:
    """A traceback for the log, without the messages of the errors, which can repeat what somebody wrote.

    Returns:
        For the error and at most four causes, the first cause on top: its type, and the lines it passed.
    """
    told: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(told) < 5:
        frames = traceback.extract_tb(cause.__traceback__)[-20:]
        lines = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        told.append("\n  ".join((type(cause).__name__, *lines)))
        cause = cause.__cause__ or cause.__context__
    return "\n".join(reversed(told))


def _short(file: str) -> str:
    """A file as it is named in the log: ours below the package, others' by folder and name."""
    path = Path(file)
    return path.relative_to(_HERE).as_posix() if path.is_relative_to(_HERE) else "/".join(path.parts[-2:])


def wants_problem(request: Request[Any, Any, Any]) -> bool:
    """Whether a program asks: the API, a `.json` or `.csv` twin, or a client that would rather have JSON.

    A `.csv` twin is read by programs and spreadsheets too: a page in its place would be taken for figures.
    """
    path = request.url.path
    if path.startswith("/api/v1/") or path.endswith((".json", ".csv")):
        return True
    accepted = request.headers.get("accept", "")
    return "json" in accepted and "text/html" not in accepted


def _answer(request: Request[Any, Any, Any], status: int, faults: tuple[Fault, ...]) -> Response[Any]:
    page = Page(request)
    if wants_problem(request):
        lines = [{"key": fault.key, **texts.fault_lines(fault, page.lang)} for fault in faults]
        return _problem(request, status, lines, page.lang)
    for fault in filter(said.is_trouble, faults):
        _LOG.error("%s", fault.key)  # whoever runs the service reads the log; the page has no use for it
    told = [said.lines(fault, page.lang) for fault in faults]
    told = list({line["what"]: line for line in told}.values())
    return page("error.html", status=status, faults=told, status_code=status, search=_searched(request))


def _searched(request: Request[Any, Any, Any]) -> str:
    return request.query_params.get("q", "")[:200]


def _problem(
    request: Request[Any, Any, Any], status: int, lines: list[dict[str, str]], lang: str
) -> Response[Any]:
    first = lines[0]
    document = {
        "type": f"urn:tyngdepunkt:problem:{first['key']}",
        "title": first["what"],
        "status": status,
        "detail": f"{first['why']} {first['do']}",
        "instance": request.url.path,
        "errors": lines,
    }
    return Response(
        json.dumps(document, ensure_ascii=False).encode(),
        status_code=status,
        media_type="application/problem+json",
        headers={"content-language": lang},
    )
