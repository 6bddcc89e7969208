"""What happens when a case is saved on top of a version that is no longer the newest.

A step of the case writes a few fields and leaves the rest alone. What a person has not
changed since the page was opened is not written, so it cannot undo what somebody else wrote.
If both have changed the same field, the save stops and both readings are shown: a person
chooses, never the program. Groups of fields (`unit`, `staff`) are looked into, lists are not,
and weights are one answer: halves of two people's weights are nobody's.

The log of weights is only ever added to: whatever is written, what two people log is both there,
and no version that is gone back to takes an entry away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Content = Mapping[str, Any]
LOG = "weight_log"
WEIGHTS = "weights"


class Conflict(Exception):  # noqa: N818 - it is an answer as much as an error
    """Somebody else changed the same fields.

    Args:
        newest: the number of the version that is stored now.
        fields: the fields that differ, as `unit.name`, in the order they were sent.
        theirs: what is stored now of those fields; absent fields are not in it.
    """

    def __init__(self, newest: int, fields: tuple[str, ...], theirs: Content) -> None:
        super().__init__(f"version {newest} has other {', '.join(fields)}")
        self.newest, self.fields, self.theirs = newest, fields, theirs


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose after a conflict.

    Args:
        seen: the case as it was shown then; what it holds may be written over.
        keep: the fields to leave as they are stored, as `unit.name`.
    """

    seen: Content
    keep: Collection[str] = ()


def merged(
    base: Content, newest: Content, changes: Content, version: int, choice: Choice | None = None
) -> dict[str, Any]:
    """The case as it should be stored: `newest` with the fields that the page changed since `base`.

    Args:
        base: the case as it was when the page was opened.
        newest: the case as it is stored now.
        changes: the fields that the page writes; a field that is None is removed.
        version: the number of `newest`, for the message.
        choice: what was chosen after an earlier conflict.

    Returns:
        A new mapping; the arguments are not changed. New entries of the weight log are added at the end of
        those that are stored.

    Raises:
        Conflict: a field of `changes` was changed since `base`, and to something else.
    """
    kept = choice.keep if choice else ()
    written = dict(_standing(newest, path, changes, value) for path, value in _changed(base, changes))
    wanted = [(path, value) for path, value in written.items() if path not in (*kept, LOG)]
    clashing = [
        (path, now)
        for path, value in wanted
        if (now := value_at(newest, path)) not in (value_at(base, path), value)
        and not (choice and now == value_at(choice.seen, path))
    ]
    if clashing:
        fields = tuple(path for path, _ in clashing)
        raise Conflict(version, fields, {path: now for path, now in clashing if now is not None})
    content: dict[str, Any] = dict(newest)
    for path, value in wanted:
        content = with_value(content, path, value)
    logged = [] if WEIGHTS in kept else new_entries(base, newest, changes)
    return {**content, LOG: [*(newest.get(LOG) or []), *logged]} if logged else content


def new_entries(base: Content, newest: Content, changes: Content) -> list[Any]:
    """The entries of the weight log that the page adds, without those that are stored already.

    Args:
        base: the case as it was when the page was opened.
        newest: the case as it is stored now.
        changes: the fields that the page writes.

    Returns:
        The entries in the order of the page; none where a log is not a list.
    """
    shown, stored, written = (each.get(LOG) or [] for each in (base, newest, changes))
    if not isinstance(written, list) or not isinstance(shown, list):
        return []
    begins = written[: len(shown)] == shown
    added = written[len(shown) :] if begins else [each for each in written if each not in shown]
    return [each for each in added if each not in stored[len(shown) :]]  # a form that was sent twice


def changed_weights(before: Content, after: Content) -> bool:
    """Whether two versions of a case have different weights.

    Returns:
        False also where one has no weights and the other says `none`, which mean the same.
    """
    return bool((before.get(WEIGHTS) or "none") != (after.get(WEIGHTS) or "none"))


def _standing(newest: Content, path: str, changes: Content, value: Any) -> tuple[str, Any]:
    """The path and what is written there; the whole group where somebody has made it something else."""
    parts = path.split(".")
    for at in range(1, len(parts)):
        group = ".".join(parts[:at])
        if not isinstance(value_at(newest, group), Mapping):
            return group, value_at(changes, group)
    return path, value


def value_at(content: Any, path: str) -> Any:
    """The value of a field of a case.

    Args:
        content: the case.
        path: the field, with dots between its parts: `unit.name`.

    Returns:
        The value; None where the field is absent or one of its parts is not a mapping.
    """
    for part in path.split("."):
        content = content.get(part) if isinstance(content, Mapping) else None
    return content


def with_value(content: Content, path: str, value: Any) -> dict[str, Any]:
    """The case with one field set or removed.

    Args:
        content: the case; it is not changed.
        path: the field, with dots between its parts: `unit.name`.
        value: the new value; None removes the field, and every group that becomes empty by that.

    Returns:
        A new mapping.
    """
    head, _, rest = path.partition(".")
    if rest:
        inner = content.get(head)
        value = with_value(inner if isinstance(inner, Mapping) else {}, rest, value) or None
    if value is None:
        return {name: each for name, each in content.items() if name != head}
    return {**content, head: value}


def _changed(base: Content, changes: Content, before: str = "") -> Iterator[tuple[str, Any]]:
    """The fields that are not what they were: path and value, groups looked into."""
    for name, value in changes.items():
        was = base.get(name)
        if value == was and (value is None or name in base):
            continue
        if _is_group(name, value) and isinstance(was, Mapping) and not _dotted(value, was):
            gone: dict[str, Any] = {key: None for key in was if key not in value}
            yield from _changed(was, {**value, **gone}, f"{before}{name}.")
        else:
            yield f"{before}{name}", value


def _is_group(name: str, value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and name != WEIGHTS


def _dotted(*groups: Content) -> bool:
    """Whether a name in a group cannot be part of a path."""
    return any("." in str(name) for group in groups for name in group)
