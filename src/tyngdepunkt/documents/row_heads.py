"""The head of each row of a table in a tagged PDF (ISO 14289-1, 7.5; ISO 32000-1, 14.8.4.3.4).

The typesetter tags the heads of columns alone. Here the first cell of each row becomes a head too
(`TH` with the scope of its row), and every other cell of the row names it among its heads, as it names
the heads of its columns already: a reader that asks a cell for its heads is told both.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any


def mark(file: bytes) -> bytes:
    """A tagged PDF with its row heads.

    Args:
        file: as the typesetter writes it: each table has a head, whose cells have ids, and each cell of
            the body names the heads of its columns.

    Returns:
        The file; nothing but tags is changed, and the same file gives the same bytes.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(file)) as pdf:
        root = pdf.Root.StructTreeRoot
        heads = {name: head for table in _found(root, "/Table") for name, head in _marked(table)}
        if not heads:
            return file
        known = pikepdf.NameTree(root.IDTree)
        for name in sorted(heads):
            known[name] = heads[name]
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True, fix_metadata_version=False)
    return written.getvalue()


def _found(element: Any, kind: str) -> Iterator[Any]:
    """All elements of a kind within one, that itself included; in the order one reads."""
    if element.get("/S") == kind:
        yield element
        return
    for child in _children(element):
        yield from _found(child, kind)


def _children(element: Any) -> list[Any]:
    """The elements in an element; what stands on the page itself is none."""
    import pikepdf

    within = element.get("/K")
    every = list(within) if isinstance(within, pikepdf.Array) else [within]
    return [each for each in every if isinstance(each, pikepdf.Dictionary) and "/S" in each]


def _marked(table: Any) -> Iterator[tuple[str, Any]]:
    """Mark the rows of a table; the id and the element of each head."""
    columns = [cell for head in _found(table, "/THead") for cell in _found(head, "/TH")]
    if not columns:
        return
    first = str(columns[0].ID)
    head = None
    for at, row in enumerate(row for body in _found(table, "/TBody") for row in _children(body)):
        cells = _children(row)
        own = bool(cells) and _heads(cells[0]) == [first]
        if own:
            head = cells.pop(0)
            name = f"{first}r{at}"
            _make_head(head, name)
            yield name, head
        if head is not None:  # a row without its own stands beside a head of several rows
            for cell in cells:
                _attributes(cell)["/Headers"].append(head.ID)


def _make_head(cell: Any, name: str) -> None:
    import pikepdf

    cell.S = pikepdf.Name.TH
    cell.ID = pikepdf.String(name)
    _attributes(cell)["/Scope"] = pikepdf.Name.Row


def _heads(cell: Any) -> list[str]:
    return [str(name) for name in _attributes(cell)["/Headers"]]


def _attributes(cell: Any) -> Any:
    """What a cell says of itself as a part of a table."""
    import pikepdf

    every = cell.A if isinstance(cell.A, pikepdf.Array) else [cell.A]
    return next(each for each in every if each.O == "/Table")
