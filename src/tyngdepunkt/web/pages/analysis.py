"""A page for every analysis on the contract: what it asks, its answer, and the answer as files.

Nothing of its own is written for one analysis here. What a person sends is read, answered and forgotten;
to have the answer as a file too, a small file comes back hidden in the form.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from functools import partial
from itertools import takewhile
from typing import Any

from anyio.to_thread import run_sync
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException

from tyngdepunkt.analyses.contract import Analysis, Brings, Setting, numbered
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.places import Places
from tyngdepunkt.web.caching import BY_SNAPSHOT
from tyngdepunkt.web.parts import N_, NavEntry
from tyngdepunkt.web.read import analysis as read
from tyngdepunkt.web.rendering import Page
from tyngdepunkt.web.request_values import clean
from tyngdepunkt.web.worker import is_busy, workers

_PAGE = "page"
LARGEST_FILE = 1_900_000
MOST_FILES = 300
"""That are brought together into one answer."""
LARGEST_KEPT = 600_000
"""Bytes of files that come back hidden in the answer, so that it can be had as a file too."""
BESIDE = {"procurement": "/analysis/procurement/draft"}
"""Another page for the same question, written by hand; `page.beside` of its texts leads there."""
KINDS = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", N_("Word document")),
    "pdf": ("application/pdf", N_("PDF")),
    "html": ("text/html; charset=utf-8", N_("Web page in one file")),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", N_("Workbook")),
    "csv": ("text/csv; charset=utf-8", N_("Table for a spreadsheet")),
    "zip": ("application/zip", N_("All tables and maps in one file")),
    "json": ("application/json", N_("JSON for machines")),
}


@get("/analyses", sync_to_thread=True, opt=BY_SNAPSHOT)
def every(page: Page) -> Response[str]:
    """What one can ask."""
    found = [(each.command, *_named(each, page)) for each in read.in_forms()]
    return page("analyses.html", found=found)


def _by_address(made_for: Analysis) -> list[Any]:
    """The handler of an analysis whose address is the question: its answer is the same for all.

    Without a place only the form is shown, where one must be named; where parameters alone are brought, the
    bare address is answered by what they are of their own accord.
    """

    def asked(request: Request[Any, Any, Any], page: Page, places: Places) -> Response[Any]:
        given = _texts(request.query_params)
        kind = _kind(made_for, given)
        if made_for.brings is Brings.PLACE and not given.get("place"):
            return _shown(page, made_for, given)
        try:
            question = read.question_of(made_for, given, page.lang)
            named = partial(read.title_written, made_for, lang=page.lang)
            result = made_for.answer({}, question, Setting(page.lang, lambda: places, named=named))
        except UserError as error:
            return _shown(page, made_for, given, error=error)
        if kind != _PAGE:
            return _file(made_for, read.file_of(made_for, result, kind, page.lang), kind, page.lang)
        return _shown(page, made_for, given, answer=read.answer_of(made_for, result, page.lang))

    return [get(f"/analysis/{made_for.command}", sync_to_thread=True, opt=BY_SNAPSHOT)(asked)]


def _of_files(made_for: Analysis) -> list[Any]:
    """The handlers of an analysis that is brought files: its form, and its answer to what was sent."""

    def asked(page: Page) -> Response[Any]:
        return _shown(page, made_for, {})

    async def answered(request: Request[Any, Any, Any], page: Page, places: Places) -> Response[Any]:
        form = await request.form()
        given = _texts(form)
        kind = _kind(made_for, given)
        files: dict[str, tuple[str, bytes]] = {}
        try:
            files = await _files(made_for, form, given, page)
            told = (str(places.folder), made_for.command, files, given, (page.lang, kind))
            found = await workers.run(read.work, *told)
        except UserError as error:
            if is_busy(error):
                raise
            return await run_sync(partial(_shown, page, made_for, given, error=error, files=files))
        if isinstance(found, bytes):
            return _file(made_for, found, kind, page.lang)
        return await run_sync(partial(_shown, page, made_for, given, answer=found, files=files))

    def template(page: Page) -> Response[bytes]:
        return _file(made_for, made_for.template(page.lang), "xlsx", page.lang, "template")

    path = f"/analysis/{made_for.command}"
    more = [get(f"{path}/template.xlsx", sync_to_thread=True)(template)] if made_for.has_template else []
    return [*more, get(path, sync_to_thread=True)(asked), post(path, status_code=200)(answered)]


def _kind(made_for: Analysis, given: dict[str, str]) -> str:
    """As what the answer is wanted: the page, or a kind of file."""
    kind = given.pop("format", _PAGE)
    if kind != _PAGE and kind not in read.formats_of(made_for):
        raise NotFoundException
    return kind


def _named(made_for: Analysis, page: Page) -> tuple[str, str]:
    """Title and lead of an analysis."""
    return page.say(f"{made_for.room}:page.title"), page.say(f"{made_for.room}:page.lead")


def _texts(sent: Any) -> dict[str, str]:
    return {name: clean(value)[:2000] for name, value in sent.items() if isinstance(value, str)}


async def _files(
    made_for: Analysis, form: Any, given: Mapping[str, str], page: Page
) -> dict[str, tuple[str, bytes]]:
    """The files that were chosen; where none is chosen anew, the one that came back hidden.

    Raises:
        UserError: one that must be there is not, or one is too large; and what is wrong beside it.
    """
    found, faults = {}, []
    for place, (name, needed) in enumerate(made_for.files.items()):
        sent = await _sent(form, name, MOST_FILES if made_for.together and not place else 1)
        title = read.title_of(made_for, name, page.lang)
        left = LARGEST_FILE
        for at, file in enumerate(sent):
            left -= len(file[1])
            if left < 0:
                values = {"path": file[0], "size": (LARGEST_FILE - left) / 1e6, "limit": LARGEST_FILE / 1e6}
                faults.append(Fault("inputs:too_large", values, title))
                break
            found[numbered(name, at)] = file
        if needed and not sent:
            faults.append(Fault("web:no_file", {"name": title}, title))
    if faults:
        raise UserError(*faults, *read.unread(made_for, given, page.lang))
    return found


async def _sent(form: Any, name: str, most: int) -> list[tuple[str, bytes]]:
    """The files that were chosen anew, or else those that came back hidden."""
    found = []
    for sent in form.getall(name, [])[:most]:
        if not isinstance(sent, str) and sent.filename:
            own = str(sent.filename).replace("\\", "/").rpartition("/")[2]
            found.append((clean(own)[:200], await sent.read(LARGEST_FILE + 1)))
    if found:
        return found
    kept = (_kept(form, numbered(name, at)) for at in range(most))
    return list(takewhile(lambda file: file[0], kept))


def _kept(form: Any, name: str) -> tuple[str, bytes]:
    content, own = form.get(f"kept_{name}"), form.get(f"kept_{name}_name")
    if not isinstance(content, str) or not isinstance(own, str) or not own:
        return "", b""
    try:
        return clean(own)[:200], base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        return "", b""


def _shown(
    page: Page,
    made_for: Analysis,
    given: Mapping[str, str],
    *,
    answer: Any = None,
    error: UserError | None = None,
    files: Mapping[str, tuple[str, bytes]] | None = None,
) -> Response[Any]:
    """What is asked, with what was written in it, under the answer where there is one."""
    title, lead = _named(made_for, page)
    fields = [
        (each, given.get(each.name, "" if given and each.kind == "checkbox" else each.value))
        for each in read.fields_of(made_for, page.lang)
    ]
    small = sum(len(content) for _, content in (files or {}).values()) <= LARGEST_KEPT
    kept = [(name, own, base64.b64encode(content).decode()) for name, (own, content) in (files or {}).items()]
    called = {name: own for name, (own, _) in (files or {}).items()}
    context = {
        "command": made_for.command,
        "title": title,
        "lead": lead,
        "fields": fields,
        "files": [
            (name, *_asked_for(made_for, name, page), needed) for name, needed in made_for.files.items()
        ],
        "kept": kept if small else [],
        "used": _used(made_for, kept if small else []),
        "multiple": [name for at, name in enumerate(made_for.files) if made_for.together and not at],
        "ticked": [(name, value) for name, value in given.items() if name.startswith("ask-")],
        "asks": {name: page.say(f"{made_for.room}:asks.{name}") for name in ("title", "lead", "send")}
        if made_for.has_asks
        else {},
        "to_fill_in": page.say(f"{made_for.room}:page.template") if made_for.has_template else "",
        "privacy": read.own_words(made_for, "privacy", page.lang),
        "by_address": made_for.by_address,
        "beside": page.say(f"{made_for.room}:page.beside") if made_for.command in BESIDE else "",
        "beside_at": BESIDE.get(made_for.command, ""),
        "answer": answer,
        "faults": read.faults_told(made_for, error.faults, page.lang, called) if error else [],
        "given": given,
        "formats": [
            (kind, read.own_words(made_for, kind, page.lang) or page.gettext(KINDS[kind][1]))
            for kind in read.formats_of(made_for)
        ],
    }
    return page("analysis.html", status=422 if error else 200, **context)


def _asked_for(made_for: Analysis, name: str, page: Page) -> tuple[str, str]:
    return read.title_of(made_for, name, page.lang), page.say(f"{made_for.room}:fields.{name}.help")


def _used(made_for: Analysis, kept: list[tuple[str, str, str]]) -> dict[str, str]:
    """File of the contract → what those that came back hidden are called."""
    found: dict[str, list[str]] = {}
    for name, own, _ in kept:
        found.setdefault(made_for.kind_of(name), []).append(own)
    return {name: ", ".join(each) for name, each in found.items()}


def _file(made_for: Analysis, content: bytes, kind: str, lang: str, name: str = "") -> Response[bytes]:
    called = "-".join(filter(None, (made_for.command, name, lang)))
    headers = {"content-disposition": f'attachment; filename="{called}.{kind}"'}
    return Response(content, media_type=KINDS[kind][0], headers=headers)


_ALL = read.in_forms()
handlers: list[Any] = [
    every,
    *(handler for each in _ALL if each.by_address for handler in _by_address(each)),
    *(handler for each in _ALL if not each.by_address for handler in _of_files(each)),
]
ways = [
    NavEntry(
        "/analyses",
        name=N_("Analyses"),
        sentence=N_("Ask one question of a place or of your own table"),
        order=45,
    )
]
