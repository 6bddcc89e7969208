"""Lots mostly share their terms byte for byte: a notice with many lots, with each terms written once.

Most of a large notice is the same `TenderingTerms` and `TenderingProcess` again and again. Where that can be
seen in the bytes beyond doubt, a repeated one is replaced by a reference before the notice is parsed. It is
beyond doubt only in a file in which every `<` begins a plain tag (no comment, CDATA section, document type or
processing instruction after the head of the file), all prefixes are declared at the root, and the terms carry
no attribute and do not stand in one another; every other file is parsed as it is.
"""

from __future__ import annotations

import re

KEPT, REFERENCE = "kept", "same"
LEAST_BYTES = 200_000
_LONGEST_HEAD = 10_000
_TRIED = 8  # so many different terms at the beginning, and they are not looked for any longer
_MARKS = (b"same=", b"kept=")
_NAMES = (b"cac:TenderingTerms", b"cac:TenderingProcess")
_DECLARED = re.compile(
    rb"""xmlns:cac\s*=\s*["']urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2["']"""
)
_LINE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*\?>)?(?:\s|<!--(?:[^-]|-[^-])*-->)*")


def shortened(content: bytes) -> bytes | None:
    """The notice with repeated terms replaced; None where it is not done.

    Terms that are kept are marked `kept="N"`, those that are replaced are `<cac:TenderingTerms same="N"/>`
    and as many line ends as they held, so that what comes after them stands in the same line.
    """
    if len(content) < LEAST_BYTES:
        return None
    began = _LINE.match(content, 0, _LONGEST_HEAD).end()  # type: ignore[union-attr]  # it can be empty
    end = content.find(b">", began)
    if (
        _follows(content, b"!", began)
        or _follows(content, b"?", began)
        or content.find(b"xmlns", end) >= 0
        or any(content.find(mark) >= 0 for mark in _MARKS)  # it could be taken for one of ours
        or not _DECLARED.search(content[began:end])
    ):
        return None
    short: bytes | None = content
    for name in _NAMES:
        short = _once(short, name) if short is not None else None
    return None if short is content else short


def _once(content: bytes, name: bytes) -> bytes | None:
    """The notice with each element of a name that is repeated written once; None where it is in doubt."""
    opened, closed = b"<" + name + b">", b"</" + name + b">"
    kept: dict[bytes, tuple[int, bytes]] = {}
    parts: list[bytes | memoryview] = []
    view, written, repeated, at = memoryview(content), 0, False, content.find(name)
    while at >= 0:
        close = content.find(name, at + len(name))
        begin, end = at + len(name) + 1, close - 2
        after = close + len(name) + 1
        if content[at - 1 : begin] != opened or content[end:after] != closed:
            return None
        terms = content[begin:end]
        parts.append(view[written : at - 1])
        if (known := kept.get(terms)) is None:
            number = len(kept)
            kept[terms] = number, b"\n" * terms.count(b"\n")
            if number >= _TRIED and not repeated:
                return content
            parts += [b'<%s kept="%d">' % (name, number), terms, closed]
        else:
            parts.append(b'<%s same="%d"/>%s' % (name, *known))
            repeated = True
        written, at = after, content.find(name, after)
    return b"".join((*parts, view[written:])) if repeated else content


def _follows(content: bytes, sign: bytes, at: int) -> bool:
    """Whether the sign comes right after a `<` somewhere; looking for one rare byte is the fastest way."""
    while (at := content.find(sign, at + 1)) >= 0:
        if content[at - 1 : at] == b"<":
            return True
    return False
