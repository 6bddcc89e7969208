"""The small kinds of values a case file is made of: numbers that may be ranges, dates, places.

Each is a pydantic type that reads what people write and says by a key what is wrong; the
keys are entries of `texts.yaml`.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from tyngdepunkt.inputs.reading import iso_date

UNKNOWN = frozenset({"unknown", "ukjent", "ukjend", "?"})
LARGEST = 10_000_000
LONGEST_TEXT = 20_000

Span = tuple[float, float]


def wrong(key: str, **values: Any) -> PydanticCustomError:
    """A fault of the kind `key` in `texts.yaml`; `values` are what its sentences mention."""
    return PydanticCustomError(key, "{key}", {"key": key, **values})


def shown(value: Any) -> str:
    """What was written, short enough for a message."""
    text = value.isoformat() if isinstance(value, dt.date) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"


def is_number(value: Any) -> bool:
    """Whether a value is a number and not true or false."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_unknown(value: Any) -> bool:
    """Whether a value says that it is not known."""
    return value is None or (isinstance(value, str) and value.strip().casefold() in UNKNOWN)


def span(value: Any) -> Span | None:
    """A number, `[low, high]` or unknown; never negative."""
    pair = signed_span(value)
    if pair is not None and pair[0] < 0:
        raise wrong("negative", given=shown(value))
    return pair


def signed_span(value: Any) -> Span | None:
    """A number, `[low, high]` or unknown; a change can be negative."""
    if is_unknown(value):
        return None
    ends = value if isinstance(value, list | tuple) else [value, value]
    if len(ends) != 2 or not all(is_number(end) for end in ends):
        raise wrong("not_a_range", given=shown(value))
    low, high = (float(end) for end in ends)
    if low > high:
        raise wrong("turned_range", low=low, high=high)
    if max(-low, high) > LARGEST:
        raise wrong("too_large_number", given=shown(value), limit=LARGEST)
    return low, high


def text(value: Any) -> str:
    """Text that is not empty; a number is taken as text."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | dt.date):
        raise wrong("not_text", given=shown(value))
    written = (value.isoformat() if isinstance(value, dt.date) else str(value)).strip()
    if not written:
        raise wrong("empty_text")
    if len(written) > LONGEST_TEXT:
        raise wrong("too_long_text", length=len(written), limit=LONGEST_TEXT)
    return written


def date(value: Any) -> dt.date:
    """A date: a YAML date or text like 2023-06-01."""
    found = (
        value if isinstance(value, dt.date) else iso_date(value.strip()) if isinstance(value, str) else None
    )
    if found is None:
        raise wrong("not_a_date", given=shown(value))
    return found


def occupation(value: Any) -> str:
    """A STYRK-08 code of four digits."""
    code = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not (code.isascii() and code.isdigit() and len(code) == 4):
        raise wrong("occupation_length", given=shown(value))
    return code


def share(value: Any) -> float:
    """A share between 0 and 1."""
    if not is_number(value) or not 0 <= value <= 1:
        raise wrong("not_a_share", given=shown(value))
    return float(value)


def truth(value: Any) -> bool:
    """True or false, also as yes, no, ja, nei."""
    words = {"true": True, "yes": True, "ja": True, "false": False, "no": False, "nei": False}
    known = words.get(str(value).strip().casefold())
    if known is None:
        raise wrong("not_true_or_false", given=shown(value))
    return known


def place(value: Any) -> str:
    """A place as written: a name or a number (an integer gets its leading zero back)."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 9999:
        return f"{value:04d}"
    if not isinstance(value, str) or not value.strip():
        raise wrong("not_a_place", given=shown(value))
    return value.strip()[:200]


def _range_schema(number: dict[str, Any]) -> dict[str, Any]:
    pair = {"type": "array", "items": number, "minItems": 2, "maxItems": 2}
    return {"anyOf": [number, pair, {"enum": ["unknown", None]}]}


RANGE_SCHEMA = _range_schema({"type": "number", "minimum": 0})
CHANGE_SCHEMA = _range_schema({"type": "number"})
DATE_SCHEMA = {"type": "string", "format": "date"}
PLACE_SCHEMA = {"type": ["string", "integer"]}

Range = Annotated[Span | None, BeforeValidator(span), WithJsonSchema(RANGE_SCHEMA)]
Change = Annotated[Span | None, BeforeValidator(signed_span), WithJsonSchema(CHANGE_SCHEMA)]
Text = Annotated[str, BeforeValidator(text), WithJsonSchema({"type": "string", "minLength": 1})]
Date = Annotated[dt.date, BeforeValidator(date), WithJsonSchema(DATE_SCHEMA)]
Occupation = Annotated[
    str, BeforeValidator(occupation), WithJsonSchema({"type": ["string", "integer"], "pattern": "^[0-9]{4}$"})
]
Share = Annotated[
    float, BeforeValidator(share), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})
]
Truth = Annotated[bool, BeforeValidator(truth), WithJsonSchema({"type": "boolean"})]
Place = Annotated[str, BeforeValidator(place), WithJsonSchema(PLACE_SCHEMA)]
