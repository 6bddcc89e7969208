"""The door for XML from strangers: what is refused before anything is read from it.

No document type (so no entities), no network, bounded size, depth and encodings. `huge_tree` stays off by
decision: libxml2's own bounds (256 levels, 10 MB in one text) are far above any notice's, the hundred-lot
example being 1.7 MB with 19 levels.
"""

from __future__ import annotations

import re
import threading
from typing import Any

from lxml import etree

from tyngdepunkt.analyses.procurement.model import NOTHING
from tyngdepunkt.errors import Fault, UserError

MAX_BYTES = 24_000_000
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_KNOWN = {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "latin1", "windows-1252"}
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_PARSERS = threading.local()
_ROOTS = (
    "ContractNotice",
    "ContractAwardNotice",
    "PriorInformationNotice",
    "BusinessRegistrationInformationNotice",
)


def root_of(content: bytes) -> Any:
    """The root element of a notice.

    Raises:
        UserError: too large, empty, an encoding or a document type that is not taken, not XML, or no notice.
    """
    if len(content) > MAX_BYTES:
        raise _refused("too_large", size=len(content) / 1e6, limit=MAX_BYTES / 1e6)
    if not content.strip(NOTHING):
        raise _refused("empty")
    content = _plain(content)
    if b"<!DOCTYPE" in content:  # without one there can be no entities
        raise _refused("doctype")
    try:
        root = etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as error:
        raise _refused("not_xml", line=error.lineno or 1, reason=_short(error.msg)) from None
    except (ValueError, LookupError) as error:
        raise _refused("not_xml", line=1, reason=_short(str(error))) from None
    space, _, name = root.tag.rpartition("}")
    if not space.startswith("{urn:oasis:names:specification:ubl:") or name not in _ROOTS:
        raise _refused("no_notice", root=name[:60])
    return root


def _parser() -> Any:
    """The parser of this thread: making one costs as much as parsing a small notice."""
    found = getattr(_PARSERS, "parser", None)
    if found is None:
        found = _PARSERS.parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
            remove_comments=True, remove_pis=True, remove_blank_text=True, collect_ids=False,
        )  # fmt: skip
    return found


def _plain(content: bytes) -> bytes:
    """The bytes in an encoding in which ASCII stands as itself."""
    if content.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise _refused("encoding", given="UTF-32")
    for mark, name in _MARKS.items():
        if content.startswith(mark):
            if mark == b"\xef\xbb\xbf":
                return content
            try:
                return re.sub(r"^\s*<\?xml.*?\?>", "", content.decode(name), count=1).encode()
            except UnicodeError:
                raise _refused("encoding", given=name) from None
    if b"\x00" in content[:200]:
        raise _refused("encoding", given="UTF-16/32")
    told = _ENCODING.match(content[:400])
    if told and told[1].decode().lower() not in _KNOWN:
        raise _refused("encoding", given=told[1].decode())
    return content


def _short(reason: str | None) -> str:
    return re.sub(r"\s+", " ", reason or "?")[:120]


def _refused(key: str, **values: Any) -> UserError:
    return UserError(Fault(f"analyses.procurement:{key}", values))
