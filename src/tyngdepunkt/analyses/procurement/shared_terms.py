"""Lots mostly share their terms byte for byte: a notice with many lots, with each terms written once.

Most of a large notice is the same `TenderingTerms` and `TenderingProcess` again and again. Where that can be
seen in the bytes beyond doubt, a repeated one is replaced by a reference before the notice is parsed. It is
beyond doubt only in a file in which every `<` begins a plain tag (no comment, CDATA section, document type or
processing instruction after the head of the file), all prefixes are declared at the root, and the terms carry
no attribute and do not stand in one another; every other file is parsed as it is.
"""

from __future__ import annotations

import re
from collections import deque

KEPT, REFERENCE = "tp-same-first", "tp-same"
_MARK = REFERENCE.encode()  # stands in both
LEAST_BYTES = 200_000
_LONGEST_HEAD = 10_000
_TRIED = 8  # so many different terms at the beginning, and they are not looked for any longer
_NAMES = (b"cac:TenderingTerms", b"cac:TenderingProcess")
_DECLARED = re.compile(
    rb"""xmlns:cac\s*=\s*["']urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2["']"""
)
_LINE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]*\?>)?(?:\s|<!--(?:[^-]|-[^-])*-->)*")


def shortened(content: bytes) -> bytes | None:
    """The notice with repeated terms replaced; None where it is not done.

    Terms that are kept are marked `tp-same-first="N"`, those that are replaced are
    `<cac:TenderingTerms tp-same="N"/>` and as many line ends as they held, so that what comes after them
    stands in the same line.
    """
    if len(content) < LEAST_BYTES:
        return None
    began = _LINE.match(content, 0, _LONGEST_HEAD).end()  # type: ignore[union-attr]  # it can be empty
    end = content.find(b">", began)
    if (
        _follows(content, b"!", began)
        or _follows(content, b"?", began)
        or not _DECLARED.search(content[began:end])
    ):
        return None
    short, marks = content, 0
    for name in _NAMES:
        found = _once(short, name)
        if found is None:
            return None
        short, marks = found[0], marks + found[1]
    return short if marks and _ours(short, end, marks) else None


def _ours(short: bytes, end: int, marks: int) -> bool:
    """Whether no other mark could be taken for one of ours, and no prefix is declared below the root.

    What was left out stands elsewhere in the notice, so looking through what remains is enough.
    """
    return short.count(_MARK) == marks and short.find(b"xmlns", end) < 0


def _once(content: bytes, name: bytes) -> tuple[bytes, int] | None:
    """The notice with each element of a name that is repeated written once, and the number of marks put in.

    None where it is in doubt.
    """
    opened, closed = b"<" + name + b">", b"</" + name + b">"
    kept: deque[tuple[bytes, bytes]] = deque(maxlen=_TRIED)
    parts: list[bytes | memoryview] = []
    view, written, number, repeated, at = memoryview(content), 0, 0, 0, content.find(name)
    while at >= 0:
        begin = at + len(name) + 1
        if content[at - 1 : begin] != opened:
            return None
        parts.append(view[written : at - 1])
        known = next((each for each in kept if content.startswith(each[0], begin)), None)
        if known is not None:
            parts.append(known[1])
            written, repeated = begin + len(known[0]), repeated + 1
        else:
            end = content.find(name, begin) - 2
            written = end + len(closed)
            if content[end:written] != closed:
                return None
            if number >= _TRIED and not repeated:
                return content, 0
            terms = content[begin:written]
            parts += [b'<%s %s="%d">' % (name, KEPT.encode(), number), terms]
            kept.appendleft((terms, _reference(name, number, terms)))
            number += 1
        at = content.find(name, written)
    if not repeated:
        return content, 0
    return b"".join((*parts, view[written:])), number + repeated


def _reference(name: bytes, number: int, terms: bytes) -> bytes:
    return b'<%s %s="%d"/>%s' % (name, _MARK, number, b"\n" * terms.count(b"\n"))


def _follows(content: bytes, sign: bytes, at: int) -> bool:
    """Whether the sign comes right after a `<` somewhere; looking for one rare byte is the fastest way."""
    while (at := content.find(sign, at + 1)) >= 0:
        if content[at - 1 : at] == b"<":
            return True
    return False
