"""Documents: one `Document`, written as docx, pdf, html and xlsx.

A writer calculates nothing: what a document says is in `document.py`, and how it looks
is in `style.py` and `templates/`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from tyngdepunkt.errors import Faults

if TYPE_CHECKING:
    from tyngdepunkt.documents.document import Document

FORMATS = ("docx", "pdf", "html", "xlsx")


def write(
    document: Document,
    folder: Path,
    formats: Sequence[str] = FORMATS,
    stem: str = "document",
    template: Path | None = None,
    first: Mapping[str, bytes] | None = None,
) -> list[Path]:
    """Write a document in each of the formats named; all of them or none.

    Args:
        document: what to write.
        folder: where; made if it is not there.
        formats: any of `FORMATS`; each is written once, in the order given.
        stem: the files' name without ending.
        template: a ministry's own Word template for docx; see `docx_template`.
        first: name → content of files that belong with the document and are put in place before it.

    Returns:
        The files written: `first`, then the formats in the order given.

    Raises:
        UserError: an unknown format, a template without the styles needed, or a folder
            that cannot be written in. No file has then been changed.
    """
    from tyngdepunkt.documents.files import put_in_place

    wanted = list(dict.fromkeys(formats))
    _check(wanted)
    contents = {f"{stem}.{name}": rendered(document, name, template) for name in wanted}
    return put_in_place(folder, {**(first or {}), **contents})


def _check(formats: Sequence[str]) -> None:
    faults = Faults()
    for name in formats:
        if name not in FORMATS:
            faults.add("documents:unknown_format", format=name, known=FORMATS)
    faults.raise_if_any()


def rendered(document: Document, name: str, template: Path | None = None) -> bytes:
    """A document in one of `FORMATS`, as bytes; its library is loaded here and not before."""
    render: Callable[..., bytes] = import_module(f"tyngdepunkt.documents.{name}").render
    return render(document, template) if name == "docx" else render(document)
