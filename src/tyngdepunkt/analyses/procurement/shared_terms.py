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
from collections.abc import Iterator

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
    found = _Found(content, name)
    for begin in _beginnings(found):
        known = found.known(begin)
        if known is not None:
            found.replace(begin, *known)
            continue
        end = content.find(name, begin) - 2
        if content[end : end + len(found.closed)] != found.closed:
            return None
        if found.number >= _TRIED and not found.repeated:
            return content, 0
        found.keep(begin, end + len(found.closed))
    if found.doubtful:
        return None
    return (found.whole(), found.number + found.repeated) if found.repeated else (content, 0)


def _beginnings(found: _Found) -> Iterator[int]:
    """Where the content of each element begins; it ends where the name stands in doubt."""
    content, name, opened = found.content, found.name, found.opened
    at = content.find(name)
    while at >= 0:
        begin = at + len(name) + 1
        if content[at - 1 : begin] != opened:
            found.doubtful = True
            return
        yield begin
        at = content.find(name, found.written)


class _Found:
    """The elements of one name in a notice: those that are kept, and what the shorter notice is made of."""

    __slots__ = (
        "_kept", "_parts", "_view", "closed", "content", "doubtful", "name", "number", "opened", "repeated",
        "written",
    )  # fmt: skip

    def __init__(self, content: bytes, name: bytes) -> None:
        self.content, self.name = content, name
        self.opened, self.closed = b"<" + name + b">", b"</" + name + b">"
        self.number = self.repeated = self.written = 0
        self.doubtful = False
        self._view = memoryview(content)
        self._kept: deque[tuple[bytes, bytes]] = deque(maxlen=_TRIED)
        self._parts: list[bytes | memoryview] = []

    def known(self, begin: int) -> tuple[bytes, bytes] | None:
        """The terms that stand here, with their reference, where they were kept before."""
        for each in self._kept:
            if self.content.startswith(each[0], begin):
                return each
        return None

    def replace(self, begin: int, terms: bytes, reference: bytes) -> None:
        """Write a reference for terms that were kept."""
        self._parts += [self._view[self.written : begin - len(self.opened)], reference]
        self.written = begin + len(terms)
        self.repeated += 1

    def keep(self, begin: int, end: int) -> None:
        """Write terms with their mark, for others to refer to."""
        self._before(begin)
        terms = self.content[begin:end]
        self._parts += [b'<%s %s="%d">' % (self.name, KEPT.encode(), self.number), terms]
        self._kept.appendleft((terms, _reference(self.name, self.number, terms)))
        self.written = end
        self.number += 1

    def whole(self) -> bytes:
        """The notice as it is written now."""
        return b"".join((*self._parts, self._view[self.written :]))

    def _before(self, begin: int) -> None:
        """Write what stands before the tag."""
        self._parts.append(self._view[self.written : begin - len(self.opened)])


def _reference(name: bytes, number: int, terms: bytes) -> bytes:
    return b'<%s %s="%d"/>%s' % (name, _MARK, number, b"\n" * terms.count(b"\n"))


def _follows(content: bytes, sign: bytes, at: int) -> bool:
    """Whether the sign comes right after a `<` somewhere; looking for one rare byte is the fastest way."""
    while (at := content.find(sign, at + 1)) >= 0:
        if content[at - 1 : at] == b"<":
            return True
    return False
