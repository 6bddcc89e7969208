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
    """Split `.json` or `.csv` off a name: `5025.json` → `5025` and `.json`.

    Returns:
        The name, and the ending with its dot; the ending is empty where it is neither of them.
    """
    for ending in _FORMATS:
        if name.endswith(ending):
            return name.removesuffix(ending), ending
    return name, ""


def as_json(content: Any, lang: str, headers: dict[str, str] | None = None) -> Response[bytes]:
    """An answer with a JSON document.

    Args:
        content: a msgspec struct, or plain values; what JSON does not know is written as text.
        lang: its language, for the header `Content-Language`.
        headers: more headers.

    Returns:
        Status 200, UTF-8.
    """
    told = json.dumps(msgspec.to_builtins(content, enc_hook=str), ensure_ascii=False).encode()
    return Response(
        told, media_type="application/json", headers={"content-language": lang, **(headers or {})}
    )


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Any]], name: str) -> Response[bytes]:
    """An answer with a CSV file: commas between cells, decimal point, lines ending in CR LF, UTF-8.

    Args:
        head: titles of the columns.
        rows: cells in that order; None becomes an empty cell.
        name: of the file, without `.csv`.

    Returns:
        Status 200.
    """
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
    """The notice that belongs to a name that led to a municipality, for instance an old name or number.

    Args:
        request: `asked` in its query is the name, as `moved` puts it there.
        places: resolves the name.
        code: number of the municipality that is shown.

    Returns:
        The notice; None where no name was asked for, it leads elsewhere, or there is nothing to tell.
    """
    asked = request.query_params.get("asked", "")[:200]
    try:
        found = places.resolve(asked) if asked.strip() else None
    except UserError:
        return None
    return found.notice if found and found.municipality.code == code else None


def paged(
    request: Request[Any, Any, Any], items: Sequence[Any], limit: int, offset: int
) -> tuple[dict[str, Any], dict[str, str]]:
    """One page of a list, and the header that leads to the pages before and after it.

    Args:
        request: its address is that of the links, `limit` and `offset` apart.
        items: the whole list.
        limit: most items on a page, 1 to `LARGEST_PAGE`.
        offset: how many items come before the page.

    Returns:
        The document (`total`, `limit`, `offset`, `items`) and the headers (`link`, or none).

    Raises:
        UserError: a limit or an offset outside its bounds; both at once.
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
