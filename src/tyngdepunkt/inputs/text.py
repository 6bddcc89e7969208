"""What a person wrote, made even before it is read: blanks, dashes, marks of no width, case."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any

from tyngdepunkt.errors import Fault, UserError

LONGEST = 1000
_SHOWN = 60
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")


_APART = dict.fromkeys(map(ord, "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), "\ufffd")
_UNSEEN = dict.fromkeys(map(ord, "\xad\u202b\u202e\u2067"), "\ufffd")


UNSEEN = (
    r"\s\x00-\x1f\x7f-\xa0\xad\u034f\u0600-\u0605\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
)
"""Signs that show nothing (blanks, control signs, those of no width): the inside of a class of a pattern."""
_SEEN = re.compile(f"[^{UNSEEN}\U000e0000-\U000e0fff]")


def is_blank(text: str) -> bool:
    r"""Whether nothing of a text is seen: only blanks, control signs and signs of no width, or nothing.

    >>> is_blank(" \t\u200b\u2060"), is_blank("\u200bA"), is_blank("\x07")
    (True, False, True)
    """
    return _SEEN.search(text) is None


def even_digits(text: str) -> str:
    r"""As `even`, for what is counted with: digits that do not stand together are not put together.

    A line break parts two numbers in one cell; a soft hyphen shows as a dash in one program and not at
    all in another; what turns the direction of writing shows 12 where 21 stands.

    >>> even_digits(" 1 200\n"), even_digits("5\n300").isascii(), even_digits("10\xad15").isascii()
    ('1 200', False, False)
    """
    return even(text.strip().translate(_APART | _UNSEEN))


def even(text: str) -> str:
    r"""The text in lower case, every kind of blank and dash as the plain one, single, none around it.

    Digits of other scripts and raised digits stay what they are: they are no plain numbers.

    >>> even("1\u202f200\u2009–\u00a01\u00a0300 "), even("10\u200b–15")
    ('1 200 - 1 300', '10-15')
    """
    kept = "".join(_even_sign(sign) for sign in text[: LONGEST + 1])
    return " ".join(kept.translate(_DASHES).casefold().split())


def _even_sign(sign: str) -> str:
    if sign == " " or sign.isascii():
        return sign
    kind = unicodedata.category(sign)
    return "" if kind == "Cf" else " " if kind[0] == "Z" else sign


def shown(value: Any) -> str:
    """What was written, on one line and short enough for a message; a cell of a list by its parts."""
    if isinstance(value, list | tuple):
        text = " – ".join(shown(each) for each in value[:10])
    elif isinstance(value, dt.datetime):
        text = value.date().isoformat()
    else:
        text = str(value)
    text = " ".join(text[: 10 * _SHOWN].split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def refused(name: str, /, **values: Any) -> UserError:
    """A fault of this room, without a place."""
    return UserError(Fault(f"inputs:{name}", values))
