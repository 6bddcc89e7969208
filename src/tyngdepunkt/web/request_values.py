"""The small values that come with an address or a form: read strictly, and never with an exception."""

from __future__ import annotations

import json
from typing import Any

_DIGITS = 9
_LONGEST_JSON = 1_000_000


def whole(text: str | None, default: int = 0) -> int:
    """A whole number in plain digits; `default` for anything else.

    >>> whole("12"), whole("²"), whole("-1", 7), whole(None, 3)
    (12, 0, 7, 3)
    """
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else default


def clean(text: str) -> str:
    r"""Text without control characters and lone surrogates, and without blanks at its ends.

    Returns:
        The text; line breaks, tabs and no-break spaces inside it stay.

    >>> clean(" a\x00b\ud800 ")
    'ab'
    """
    return "".join(sign for sign in text if sign.isprintable() or sign in "\n\t\u00a0\u202f").strip()


def parsed(text: str) -> Any:
    r"""Parse JSON strictly: no `NaN`, no whole number of more than 18 characters; its texts are cleaned.

    Returns:
        The value; None where the text is not valid JSON, and for `null`. What comes after 1,000,000
        characters is not read.

    >>> parsed('["a", 1]'), parsed("NaN"), parsed("{"), parsed('["\\ud800"]')
    (['a', 1], None, None, [''])
    """
    try:
        found = json.loads(text[:_LONGEST_JSON], parse_constant=_refused, parse_int=_number)
        return _cleaned(found)
    except (ValueError, RecursionError):
        return None


def _refused(name: str) -> Any:
    raise ValueError(name)


def _number(digits: str) -> int:
    if len(digits) > _DIGITS * 2:
        raise ValueError(digits[:20])
    return int(digits)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(each) for each in value]
    if isinstance(value, dict):
        return {clean(name): _cleaned(each) for name, each in value.items()}
    return value
