"""A route for every analysis that takes one file or a place: what its contract says, and no more."""

from __future__ import annotations

from functools import partial
from typing import Any

from anyio.to_thread import run_sync
from litestar import Request, Response

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Analysis, Brings, Brought, Setting, all_analyses, language_of
from tyngdepunkt.analyses.parameters import read_parameters
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.places import Places
from tyngdepunkt.web import output
from tyngdepunkt.web.api import several_files
from tyngdepunkt.web.api.operation import JSON, SLASHES, Name, Operation, asking, reading
from tyngdepunkt.web.read.analysis import SEARCH_SECONDS, work_for_program
from tyngdepunkt.web.rendering import Page
from tyngdepunkt.web.worker import workers

_TAG = "Assess and rank"
_IN_ONE_BODY = (Brings.TABLE, Brings.FILES)
_ERRORS = (403, 404, 408, 409, 413, 415)


def route_of(made_for: Analysis) -> Any:
    """The route handler of an analysis that is sent a file: the body is the first file, or several as JSON.

    Parameters are read from the query string.

    Returns:
        A Litestar handler. It raises `UserError` with `inputs:too_large` where the body is larger than
        `most_bytes`, and with every fault of the parameters or of what was sent.
    """
    operation = Operation(
        _TAG,
        made_for.result,
        made_for.route,
        (*_ERRORS, 503) if made_for.most_seconds else _ERRORS,
        takes=made_for.body,
        body=made_for.example,
        parameters=made_for.question,
        help_in=made_for.room,
        also=made_for.also,
        several=several_files.schema_of(made_for) if several_files.takes_several(made_for) else None,
    )

    async def handler(request: Request[Any, Any, Any], page: Page, places: Places) -> Response[Any]:
        content = await request.body()
        if len(content) > made_for.most_bytes:
            values = {
                "path": next(iter(made_for.files)),
                "size": len(content) / 1e6,
                "limit": made_for.most_bytes / 1e6,
            }
            raise UserError(Fault("inputs:too_large", values))
        given = _asked(request)
        kind = request.headers.get("content-type", "")
        if made_for.most_seconds is None:
            several = operation.several is not None and kind.partition(";")[0].strip().lower() == JSON
            return await run_sync(partial(_answer, made_for, content, given, page, places, several=several))
        first = next(iter(made_for.files))
        told = (str(places.folder), made_for.command, {first: (first, content)}, given, page.lang)
        return output.as_json(await workers.run(work_for_program, *told), page.lang)

    handler.__name__ = handler.__qualname__ = "_".join(made_for.words)
    summary, handler.__doc__ = _described(made_for)
    return asking(made_for.route, summary, operation)(handler)


def place_route_of(made_for: Analysis) -> Any:
    """The route handler of an analysis of one place: the last part of the path is the place.

    Parameters are read from the query string.

    Returns:
        A Litestar handler. It raises `UserError` where the place or a parameter is wrong.
    """
    help_of_place = texts.text(f"{made_for.room}:fields.place.help", "en")
    operation = Operation(
        _TAG,
        made_for.result,
        f"/{made_for.command}/{made_for.example}",
        (404, 409),
        named=f"{help_of_place} {SLASHES}",
        parameters=made_for.question,
        help_in=made_for.room,
    )

    def handler(request: Request[Any, Any, Any], place: Name, page: Page, places: Places) -> Response[Any]:
        return _read(made_for, {**_asked(request), "place": output.name_in(place)}, page, places)

    return _reading(made_for, f"/{made_for.command}/{{place:path}}", operation, handler)


def parameters_route_of(made_for: Analysis) -> Any:
    """The route handler of an analysis that needs only parameters, which are read from the query string.

    Returns:
        A Litestar handler. It raises `UserError` with every fault of the parameters.
    """
    operation = Operation(
        _TAG,
        made_for.result,
        made_for.route,
        parameters=made_for.question,
        help_in=made_for.room,
    )

    def handler(request: Request[Any, Any, Any], page: Page, places: Places) -> Response[Any]:
        return _read(made_for, _asked(request), page, places)

    return _reading(made_for, made_for.route, operation, handler)


def _reading(made_for: Analysis, path: str, operation: Operation, handler: Any) -> Any:
    handler.__name__ = handler.__qualname__ = made_for.command
    summary, handler.__doc__ = _described(made_for)
    return reading(path, summary, operation)(handler)


def _described(made_for: Analysis) -> tuple[str, str]:
    """What a route is called, and what is said of it."""
    if made_for.in_api:
        summary, _, told = made_for.in_api.partition("\n\n")
        return summary, told
    title = texts.text(f"cli:nouns.{made_for.command}", "en")
    told = f"{title}\n\nThe answer is that of `tyngdepunkt {' '.join(made_for.words)} --json`."
    return title.rstrip("."), told


def _asked(request: Request[Any, Any, Any]) -> dict[str, Any]:
    return {name: value for name, value in request.query_params.items() if name != "lang"}


def _read(made_for: Analysis, given: dict[str, Any], page: Page, places: Places) -> Response[Any]:
    question = read_parameters(made_for, given, str)
    result = made_for.answer({}, question, _setting(page, places))
    return output.as_json(made_for.as_json(result), language_of(result, page.lang))


def _answer(
    made_for: Analysis, content: bytes, given: dict[str, Any], page: Page, places: Places, *, several: bool
) -> Response[Any]:
    question = read_parameters(made_for, given, str)
    first, needed = next(iter(made_for.files.items()))
    if several:
        brought = several_files.files_in(made_for, Brought(made_for.command, content).text)
    else:
        brought = {first: Brought(first, content)} if content or needed else {}
    result = made_for.answer(brought, question, _setting(page, places))
    return output.as_json(made_for.as_json(result), language_of(result, page.lang))


def _setting(page: Page, places: Places) -> Setting:
    """A thread cannot be ended, so a search in it has the same time as on a page."""
    return Setting(page.lang, lambda: places, most_seconds=SEARCH_SECONDS, asked_lang=page.asked)


handlers: list[Any] = [
    *(route_of(each) for each in all_analyses() if each.brings in _IN_ONE_BODY),
    *(place_route_of(each) for each in all_analyses() if each.brings is Brings.PLACE),
    *(parameters_route_of(each) for each in all_analyses() if each.brings is Brings.PARAMETERS),
    *(route_of(each) for each in all_analyses() if each.brings is Brings.CASE),
]
