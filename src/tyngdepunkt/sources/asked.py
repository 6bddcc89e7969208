"""What asking a source for its own JSON has in common: reading it, and telling what does not fit."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import msgspec

from tyngdepunkt.errors import Fault, UserError

_EXAMPLES = 5
Form = TypeVar("Form")


def form_of(form: type[Form], who: str) -> Callable[[bytes], Form]:
    """A reader of bodies: strict JSON in the form that is documented; other fields are passed over.

    Args:
        form: a msgspec type.
        who: the machine or file, as a fault names it.
    """

    def read(body: bytes) -> Form:
        try:
            return msgspec.json.decode(body, type=form)
        except (msgspec.DecodeError, RecursionError) as error:
            raise not_as_documented(who, str(error)) from error

    return read


def lenient(body: bytes, who: str) -> Any:
    """JSON whose strings may hold line breaks that are not escaped."""
    try:
        return json.loads(body, strict=False)
    except (ValueError, RecursionError) as error:
        raise not_as_documented(who, str(error)) from error


def not_as_documented(who: str, reason: str) -> UserError:
    """The source answers in another form than its public texts say."""
    return UserError(Fault("sources:not_as_documented", {"who": who, "reason": reason}))


def check_all(found: int, expected: int, who: str) -> None:
    """The rows that came are as many as were announced.

    Raises:
        UserError: they are not.
    """
    if found != expected:
        values = {"who": who, "found": found, "expected": expected}
        raise UserError(Fault("sources:pages_do_not_add_up", values))


def check_most(found: int, most: int) -> None:
    """There are no more rows than one has asked for.

    Raises:
        UserError: there are.
    """
    if found > most:
        raise UserError(Fault("sources:more_than_wanted", {"found": found, "limit": most}))


def check_reach(found: int, reach: int, who: str) -> None:
    """The source shows all that it counts.

    Raises:
        UserError: it does not.
    """
    if found > reach:
        raise UserError(Fault("sources:beyond_reach", {"who": who, "found": found, "limit": reach}))


def not_asked_for(who: str, parameter: str, asked: str, ids: Sequence[str], total: int) -> Fault:
    """Rows that do not fit a parameter: then it was not heeded, or means something else."""
    values = {"who": who, "parameter": parameter, "asked": asked, "count": len(ids), "total": total}
    return Fault("sources:not_asked_for", {**values, "examples": list(ids[:_EXAMPLES])})
