"""Which reader a file belongs to, told from its content and not from its name."""

from __future__ import annotations

from tyngdepunkt.analyses.contract import Brought
from tyngdepunkt.analyses.procurement.model import NOTHING, Source


def read(brought: Brought) -> Source:
    """A notice from eForms XML, OCDS, an answer of Doffin's search, or a draft in YAML.

    Raises:
        UserError: what is wrong with the file.
    """
    content = brought.content
    if content[:2] == b"\x1f\x8b":
        from tyngdepunkt.errors import Fault, UserError

        raise UserError(Fault("analyses.procurement:packed", {}))
    head = content[:400].lstrip(NOTHING) or content.lstrip(NOTHING)
    if head.startswith(b"<") or not head:
        from tyngdepunkt.analyses.procurement.eforms import read as read_eforms

        return read_eforms(content)
    from tyngdepunkt.analyses.procurement.plain import read as read_plain

    return read_plain(brought)
