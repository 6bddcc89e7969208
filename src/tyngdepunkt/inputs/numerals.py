"""The grammar of a number or a range in text, by Norwegian and English habits.

| written | read as |
|---|---|
| `1 200`, with any kind of blank | 1200 |
| `12,5`, `12.5`, `0,125`, `,5` | a decimal number |
| `1.200,5`, `1,200.5`, `1 200,500`, `1.200.000` | two kinds of mark, or a repeated one: not in doubt |
| `1.200`, `1,200`, `1234,567` | in doubt: a fault that says both readings |
| `10–15`, `10 til 15`, `mellom 10 og 15`, `[10, 15]`, `10..15` | a range |
| `10–15 000` | in doubt: from 10, or from 10 000 |
| `10, 15` without brackets | in doubt: a decimal number, or a range |
| `ca. 25`, `om lag 25`, `~25` | 25, said to be about |
| `30 %`, `30 prosent`, `20–30 per cent` | a number of per cent |
| `1,23E+07` | a fault: a spreadsheet has cut digits off |
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from tyngdepunkt.inputs.text import LONGEST, even, even_digits, refused, shown

UNKNOWN = frozenset(
    "unknown, not known, not yet known, don't know, n/a, ?, ??, .., ukjent, ikke kjent, vet ikke, uvisst, "
    "ukjend, ikkje kjend, ikkje kjent, veit ikkje".replace(", ", ",").split(",")
)
_ABOUT = re.compile(
    r"(?:(?:ca|c|approx)\b\.?|(?:cirka|circa|om lag|omlag|omtrent|rundt|omkring|kring|about|around|roughly"
    r"|approximately)\b|[~≈])\s*(?P<rest>.+)"
)
_PERCENT = re.compile(r"(?P<rest>.+?)\s*(?:%|prosent|per ?cent|pst\.?|pct\.?)")
_BETWEEN = re.compile(r"(?:mellom|between)\s+(?P<low>.+?)\s+(?:og|and)\s+(?P<high>.+)")
_FROM = re.compile(r"(?:fra|frå|from)\s+(?P<rest>.+)")
_SEPARATOR = re.compile(r"\s+(?:til|to)\s+|\s*\.{2,3}\s*|\s*-\s*")
_PAIR = re.compile(r"\[(?P<inside>[^\[\]]*)\]")
_COMMA_PAIR = re.compile(r"(?P<low>[^,\s]+(?:,[0-9]+)?), (?P<high>[^,\s]+(?:,[0-9]+)?)")

_WHOLE = re.compile(r"[0-9]+")
_BLANKS = re.compile(r"(?P<whole>[1-9][0-9]{0,2}(?: [0-9]{3})+)(?:[.,](?P<part>[0-9]+))?")
_TWO_KINDS = re.compile(
    r"(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3})+),(?P<part>[0-9]+)"
    r"|(?P<whole_en>[1-9][0-9]{0,2}(?:,[0-9]{3})+)\.(?P<part_en>[0-9]+)"
)
_REPEATED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}|[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}")
_ONE_MARK = re.compile(r"(?P<whole>[0-9]*)[.,](?P<part>[0-9]+)")
_SHORTENED = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?e[-+]?[0-9]+")
_MARKS = re.compile("[ .,]")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number or a range as it was written; a number has two equal ends.

    Args:
        percent: whether it was said in per cent (the ends are then per cent).
        about: whether it was said to be about.
    """

    low: Decimal
    high: Decimal
    percent: bool = False
    about: bool = False


@dataclass(frozen=True, slots=True)
class _End:
    """One number: its value, and the other value it could have."""

    value: Decimal
    other: Decimal | None = None
    text: str = ""


def is_unknown(text: str) -> bool:
    """Whether a text says that something is not known; an empty one does.

    >>> is_unknown(" Ukjend "), is_unknown(""), is_unknown("many")
    (True, True, False)
    """
    plain = even(text)
    return not plain or plain in UNKNOWN


def numeral(text: str) -> Numeral | None:
    """A number or a range in text; None where it says that it is not known.

    Raises:
        UserError: it is neither, or can be read in two ways.
    """
    if is_unknown(text):
        return None
    plain = even_digits(text)
    about = _ABOUT.fullmatch(plain)
    plain = about["rest"] if about else plain
    if _SHORTENED.fullmatch(plain):
        raise refused("shortened_number", given=shown(text))
    ends = _ends(plain) if len(plain) <= LONGEST else None
    if ends is None:
        raise refused("not_a_number_or_range", given=shown(text))
    low, high, percent = ends
    _check(low, high, text)
    return Numeral(low.value, high.value, percent, about is not None)


def _ends(plain: str) -> tuple[_End, _End, bool] | None:
    """Both ends of what was written and whether they are per cent; None where it is no number."""
    percent = _PERCENT.fullmatch(plain)
    body = percent["rest"] if percent else plain
    single = _end(body)
    if single:
        return single, single, percent is not None
    pair = _PAIR.fullmatch(body)
    if not pair:
        _refuse_comma(body)
    for left, right in _in_brackets(pair["inside"].strip()) if pair else _splits(body):
        low_percent = _PERCENT.fullmatch(left)
        low = _end(low_percent["rest"] if low_percent and percent else left)
        high = _end(right)
        if low and high:
            return low, high, percent is not None
    return None


def _refuse_comma(body: str) -> None:
    """`1, 5` without brackets: a decimal number with a blank too many, or a range."""
    found = _COMMA_PAIR.fullmatch(body)
    if not found or not _WHOLE.fullmatch(found["low"]) or not re.fullmatch("[0-9]{1,2}", found["high"]):
        return
    low, high = _end(found["low"]), _end(found["high"])
    if low and high and low.value < high.value:
        values = {"number": f"{low.text},{high.text}", "low": low.text, "high": high.text}
        raise refused("comma_in_doubt", given=shown(body), **values)


def _splits(body: str) -> list[tuple[str, str]]:
    """Ways to part a range in two, the likeliest first."""
    between = _BETWEEN.fullmatch(body)
    if between:
        return [(between["low"], between["high"])]
    rest = found["rest"] if (found := _FROM.fullmatch(body)) else body
    ways = [(rest[: at.start()], rest[at.end() :]) for at in _SEPARATOR.finditer(rest) if at.start()]
    comma = _COMMA_PAIR.fullmatch(rest)
    if comma and not re.match(r"[0-9]{3}(?![0-9])", comma["high"]):  # `1, 200` is no range
        ways.append((comma["low"], comma["high"]))
    return ways


def _in_brackets(inside: str) -> list[tuple[str, str]]:
    """Two numbers in square brackets: a semicolon, a comma with a blank, or one comma between."""
    for separator in (";", ", ", ","):
        if separator in inside:
            parts = [part.strip() for part in inside.split(separator)]
            return [(parts[0], parts[1])] if len(parts) == 2 else []
    return _splits(inside)


def _end(text: str) -> _End | None:
    """One number, with the other value it could have; None where it is no number."""
    sign = -1 if text.startswith("-") else 1
    digits = text[1:].lstrip() if text[:1] in ("-", "+") else text
    found = _digits(digits)
    if found is None:
        return None
    value, other = found
    return _End(value * sign, None if other is None else other * sign, digits)


def _digits(text: str) -> tuple[Decimal, Decimal | None] | None:
    if _WHOLE.fullmatch(text) or _REPEATED.fullmatch(text):
        return Decimal(_MARKS.sub("", text)), None
    if found := _BLANKS.fullmatch(text):
        return _joined(found["whole"], found["part"] or ""), None
    if found := _TWO_KINDS.fullmatch(text):
        return _joined(found["whole"] or found["whole_en"], found["part"] or found["part_en"]), None
    if found := _ONE_MARK.fullmatch(text):
        whole, part = found["whole"], found["part"]
        in_doubt = len(part) == 3 and whole and not whole.startswith("0")
        return _joined(whole, part), Decimal(whole + part) if in_doubt else None
    return None


def _joined(whole: str, part: str) -> Decimal:
    return Decimal(f"{_MARKS.sub('', whole) or '0'}.{part or '0'}")


def _check(low: _End, high: _End, text: str) -> None:
    """Refuse what can be read in two ways."""
    for end in (low, high):
        if end.other is not None:
            read = f"{end.value.normalize():f}".replace(".", ",")
            values = {"large": plain_text(end.other), "small": plain_text(end.value), "read": read}
            raise refused("thousands_in_doubt", given=shown(end.text), **values)
    thousands = re.fullmatch(r"[0-9]{1,3}((?: [0-9]{3})*?)((?: 000)+)", high.text)
    if low is high or not thousands or not re.fullmatch("[0-9]{1,3}", low.text) or not low.value:
        return
    raised = low.value * 1000 ** (len(thousands[2]) // 4)
    if raised <= high.value:
        ends = {"narrow": plain_text(raised), "wide": plain_text(low.value), "high": plain_text(high.value)}
        raise refused("range_in_doubt", given=shown(text), **ends)


def plain_text(value: Decimal) -> str:
    """Digits with a comma, without blanks, such that it reads back as the same number.

    >>> plain_text(Decimal("1200")), plain_text(Decimal("1.200")), plain_text(Decimal("1.234"))
    ('1200', '1,2', '1,2340')
    """
    whole, _, part = f"{value:f}".partition(".")
    part = part.rstrip("0")
    if len(part) == 3 and whole.strip("-0"):
        part += "0"
    return f"{whole},{part}" if part else whole
