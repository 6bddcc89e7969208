"""What happens when a case is saved on top of a version that is no longer the newest.

A step of the case writes a few fields and leaves the rest alone. If nobody else has
touched those fields since the page was opened, both changes stand. If somebody has, the
save stops and both readings are shown: a person chooses, never the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Content = Mapping[str, Any]


class Conflict(Exception):  # noqa: N818 - it is an answer as much as an error
    """Somebody else changed the same fields.

    Args:
        newest: the number of the version that is stored now.
        fields: the fields that differ, in the order they were sent.
        theirs: what is stored now of those fields; absent fields are not in it.
    """

    def __init__(self, newest: int, fields: tuple[str, ...], theirs: Content) -> None:
        super().__init__(f"version {newest} has other {', '.join(fields)}")
        self.newest, self.fields, self.theirs = newest, fields, theirs


def merged(base: Content, newest: Content, changes: Content, version: int) -> dict[str, Any]:
    """`newest` with `changes`; a change to None takes the field away.

    Args:
        base: the case as it was when the page was opened.
        newest: the case as it is stored now.
        changes: the fields that the page writes.
        version: the number of `newest`, for the message.

    Raises:
        Conflict: a field of `changes` was changed since `base`, and to something else.
    """
    clashing = tuple(
        name
        for name, value in changes.items()
        if newest.get(name) != base.get(name) and newest.get(name) != value
    )
    if clashing:
        raise Conflict(version, clashing, {name: newest[name] for name in clashing if name in newest})
    content = {**newest, **changes}
    return {name: value for name, value in content.items() if value is not None}
