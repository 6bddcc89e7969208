"""The same read model as JSON or CSV, and lists a page at a time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response
from litestar.response import Redirect

from tyngdepunkt.errors import Faults, UserError
from tyngdepunkt.places import Notice, Places

LARGEST_PAGE = 400
_FORMATS = (".json", ".csv")


def split_format(name: str) -> tuple[str, str]:
    """`5025.json` → `5025` and `.json`; without one of the formats, the second part is empty."""
    for ending in _FORMATS:
        if name.endswith(ending):
            return name.removesuffix(ending), ending
    return name, ""


def as_json(content: Any, lang: str, headers: dict[str, str] | None = None) -> Response[bytes]:
    """A JSON document in UTF-8."""
    told = json.dumps(msgspec.to_builtins(content, enc_hook=str), ensure_ascii=False).encode()
    return Response(
        told, media_type="application/json", headers={"content-language": lang, **(headers or {})}
    )


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Any]], name: str) -> Response[bytes]:
    """A CSV file in UTF-8: comma between cells, point in numbers, empty where there is no figure."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    headers = {"content-disposition": f'inline; filename="{name}.csv"'}
    return Response(text.getvalue().encode(), media_type="text/csv", headers=headers)


def name_in(path: str) -> str:
    """The name in an address of `{name:path}`: it may hold slashes, as `Skien/Porsgrunn` does.

    >>> name_in("/Skien/Porsgrunn")
    'Skien/Porsgrunn'
    """
    return path.removeprefix("/")


def moved(request: Request[Any, Any, Any], path: str, asked: str = "") -> Redirect:
    """308 to the same page under its right address, with the query kept.

    Args:
        request: the one that came.
        path: where to.
        asked: the name that was asked for, where the page is to say what it was taken to (`told_of`).
    """
    query = "&".join(filter(None, (request.url.query, urlencode({"asked": asked}) if asked else "")))
    return Redirect(f"{path}?{query}" if query else path, status_code=308)


def told_of(request: Request[Any, Any, Any], places: Places, code: str) -> Notice | None:
    """What must be said of the name that led to a municipality; None where none did."""
    asked = request.query_params.get("asked", "")[:200]
    try:
        found = places.resolve(asked) if asked.strip() else None
    except UserError:
        return None
    return found.notice if found and found.municipality.code == code else None


def paged(
    request: Request[Any, Any, Any], items: Sequence[Any], limit: int, offset: int
) -> tuple[dict[str, Any], dict[str, str]]:
    """Part of a list with what is needed to ask for the rest: the document and its `Link` header.

    Raises:
        UserError: a limit or an offset outside its bounds.
    """
    faults = Faults()
    if not 1 <= limit <= LARGEST_PAGE:
        faults.add("web.read:limit", "limit", value=limit, most=LARGEST_PAGE)
    if offset < 0:
        faults.add("web.read:offset", "offset", value=offset)
    faults.raise_if_any()
    steps = {"next": offset + limit, "prev": max(offset - limit, 0)}
    there = {"next": offset + limit < len(items), "prev": offset > 0}
    links = [
        f'<{_address(request, limit, steps[name])}>; rel="{name}"' for name in ("prev", "next") if there[name]
    ]
    document = {
        "total": len(items),
        "limit": limit,
        "offset": offset,
        "items": list(items[offset : offset + limit]),
    }
    return document, {"link": ", ".join(links)} if links else {}


def _address(request: Request[Any, Any, Any], limit: int, offset: int) -> str:
    asked = request.query_params
    names = [name for name in dict.fromkeys(asked) if name not in ("limit", "offset")]
    kept = [(name, value) for name in names for value in asked.getall(name)]
    return f"{request.url.path}?{urlencode([*kept, ('limit', limit), ('offset', offset)])}"
