"""The small kinds of values a file is made of: numbers that may be ranges, dates, places.

Each is a pydantic type that reads what people write and says by a key what is wrong. A key that names no
room is one of the room whose file it is (`checked.FaultCollector`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs import dates, numbers
from tyngdepunkt.inputs.numbers import Span
from tyngdepunkt.inputs.occupations import occupation_code
from tyngdepunkt.inputs.reading import iso_date
from tyngdepunkt.inputs.text import UNSEEN, is_blank, shown
from tyngdepunkt.inputs.truth import truth as inputs_truth

BY_PROGRAM = "by_program"
LARGEST = 10_000_000
LONGEST_TEXT = 20_000

T = TypeVar("T")
_LIMITED = {"pattern", "format", "enum", "const"}


def wrong(key: str, **values: Any) -> PydanticCustomError:
    """A fault of the kind `key` in `texts.yaml`; `values` are what its sentences mention."""
    return PydanticCustomError(key, "{key}", {"key": key, **values})


def taken(read: Callable[[Any], T], value: Any) -> T:
    """What a reader of `inputs` makes of a value; its fault in the form pydantic carries.

    Raises:
        PydanticCustomError: the first fault of the reader, by the same key.
    """
    try:
        return read(value)
    except UserError as error:
        fault = error.faults[0]
        raise wrong(fault.key, **fault.values) from error


def by_program(info: ValidationInfo) -> bool:
    """Whether a program has written the case: then a value is of the kind that the schema says."""
    return bool((info.context or {}).get(BY_PROGRAM))


def no_empty_number(value: Any) -> Any:
    """What a program sends for a number, which is not a text of nothing.

    Returns:
        `value` as it was given.

    Raises:
        PydanticCustomError: a text of blanks.
    """
    if isinstance(value, str) and is_blank(value):
        raise wrong("inputs:not_a_number_or_range", given="")
    return value


def _strictly(read: Callable[[Any], Any], check: Callable[[Any], Any]) -> BeforeValidator:
    """A reader that holds what a program has written to more than what people write."""

    def reader(value: Any, info: ValidationInfo) -> Any:
        return read(check(value) if by_program(info) else value)

    return BeforeValidator(reader)


def span(value: Any) -> Span | None:
    """A number, a range or unknown; never negative.

    Returns:
        Lowest and highest, equal for one number; None where it is not known.

    Raises:
        PydanticCustomError: no number or range, below zero, or above `LARGEST`.
    """
    pair = signed_span(value)
    if pair is not None and pair[0] < 0:
        raise wrong("negative", given=shown(value))
    return pair


def positive_span(value: Any) -> Span | None:
    """A number, a range or unknown; what something is divided by is above zero.

    Returns:
        As `span`.

    Raises:
        PydanticCustomError: as `span`, and where the lowest is zero.
    """
    pair = span(value)
    if pair is not None and pair[0] <= 0:
        raise wrong("not_positive", given=shown(value))
    return pair


def signed_span(value: Any) -> Span | None:
    """A number, a range or unknown; a change can be negative.

    Returns:
        As `span`; both ends can be below zero.

    Raises:
        PydanticCustomError: no number or range, or more than `LARGEST` from zero.
    """
    pair = taken(numbers.span, value)
    if pair is not None and max(-pair[0], pair[1]) > LARGEST:
        raise wrong("too_large_number", given=shown(value), limit=LARGEST)
    return pair


def number(value: Any) -> float:
    """One number that is known.

    Raises:
        PydanticCustomError: no number, a range, or unknown.
    """
    found = taken(numbers.number, value)
    if found is None:
        raise wrong("inputs:not_one_number", given=shown(value))
    return found


def text(value: Any) -> str:
    """Text that is not empty; a number is taken as text.

    Returns:
        The text without blanks around it; a date as ISO 8601.

    Raises:
        PydanticCustomError: no text, nothing but blanks, or longer than `LONGEST_TEXT`.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float | dt.date):
        raise wrong("not_text", given=shown(value))
    written = (value.isoformat() if isinstance(value, dt.date) else str(value)).strip()
    if is_blank(written):
        raise wrong("empty_text")
    if len(written) > LONGEST_TEXT:
        raise wrong("too_long_text", length=len(written), limit=LONGEST_TEXT)
    return written


def date(value: Any) -> dt.date:
    """A day, however it is written.

    Raises:
        PydanticCustomError: no day, or one that can be read in two ways.
    """
    return taken(dates.date, value)


def day_of_program(value: Any) -> Any:
    """A day as JSON writes it: no number, which a spreadsheet counts days by, and in one form only.

    Returns:
        A date, or the ISO 8601 text as a date.

    Raises:
        PydanticCustomError: anything else than a date or such a text.
    """
    found = value if type(value) is dt.date else iso_date(value) if isinstance(value, str) else None
    if found is None:
        raise wrong("inputs:day_of_program", given=shown(value))
    return found


def occupation(value: Any) -> str:
    """A STYRK-08 code of four digits."""
    return taken(occupation_code, value)


def whole(value: Any) -> int:
    """One whole number that is known.

    Raises:
        PydanticCustomError: no number, a range, unknown, or a number with decimals.
    """
    found = number(value)
    if found != int(found):
        raise wrong("not_whole", given=shown(value))
    return int(found)


def share(value: Any) -> float | None:
    """A share between 0 and 1, also in per cent.

    Returns:
        A part of one, 0-1; None where it is not known.

    Raises:
        PydanticCustomError: no share, a range, or one that can be read in two ways.
    """
    return taken(numbers.share, value)


def share_span(value: Any) -> Span | None:
    """A share, a range of shares or unknown.

    Returns:
        Lowest and highest as parts of one, 0-1; None where it is not known.

    Raises:
        PydanticCustomError: no share, or one that can be read in two ways.
    """
    return taken(numbers.share_span, value)


def truth(value: Any) -> bool:
    """True or false, also as yes, no, ja, nei."""
    return taken(inputs_truth, value)


def place(value: Any) -> str:
    """A place as written: a name or a number (an integer gets its leading zero back).

    Returns:
        The text without blanks around it, at most 200 characters; whether there is such a place is not asked.

    Raises:
        PydanticCustomError: nothing but blanks, no text, or a number that is no number of a municipality.
    """
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 9999:
        return f"{value:04d}"
    if numbers.is_number(value):
        raise wrong("places:not_a_code", given=shown(value))
    if not isinstance(value, str) or is_blank(value):
        raise wrong("not_a_place", given=shown(value))
    return value.strip()[:200]


def no_empty_texts(part: Any) -> Any:
    """A JSON Schema with every text that may be anything held to be more than blanks, as the reader does."""
    if isinstance(part, list):
        return [no_empty_texts(each) for each in part]
    if not isinstance(part, dict):
        return part
    told = {name: no_empty_texts(value) for name, value in part.items()}
    kind = told.get("type")
    if (kind == "string" or (isinstance(kind, list) and "string" in kind)) and not _LIMITED & set(told):
        told["pattern"] = f"[^{UNSEEN}]"
    return told


_PLAIN = r"[0-9]{1,7}([.,][0-9]{1,2})?"
_WRITTEN = {"type": "string", "pattern": rf"^(unknown|ukjent|ukjend|\?|{_PLAIN})$"}
"""A number as text, at its plainest; more is read than a pattern can say: `1 200`, `10–15`, `ca 25`."""
NUMBER_SCHEMA: dict[str, Any] = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^{_PLAIN}$"}]}
_POSITIVE = {"type": "string", "pattern": r"^(unknown|ukjent|ukjend|\?|[1-9][0-9]{0,6}([.,][0-9]{1,2})?)$"}
_PERCENT = {
    "type": "string",
    "pattern": r"^(unknown|ukjent|ukjend|\?|[0-9]{1,2}([.,][0-9]{1,2})? ?(%|prosent))$",
}


def _bounded(most: float, digits: str) -> dict[str, Any]:
    text = {"type": "string", "pattern": rf"^{digits}([.,][0-9]{{1,2}})?$"}
    return {"anyOf": [{"type": "number", "minimum": 0, "maximum": most}, text]}


_SHARE: dict[str, Any] = {"type": "number", "minimum": 0, "maximum": 1}
SHARE_SCHEMA: dict[str, Any] = {"anyOf": [_SHARE, _PERCENT, {"type": "null"}]}


def _range_schema(number: dict[str, Any], text: dict[str, Any]) -> dict[str, Any]:
    pair = {"type": "array", "items": number, "minItems": 2, "maxItems": 2}
    return {"anyOf": [number, pair, text, {"type": "null"}]}


RANGE_SCHEMA = _range_schema({"type": "number", "minimum": 0}, _WRITTEN)
CHANGE_SCHEMA = _range_schema({"type": "number"}, _WRITTEN)
DATE_SCHEMA = {"type": "string", "format": "date"}
PLACE_SCHEMA = {"type": ["string", "integer"]}

Range = Annotated[Span | None, _strictly(span, no_empty_number), WithJsonSchema(RANGE_SCHEMA)]
PositiveRange = Annotated[
    Span | None,
    _strictly(positive_span, no_empty_number),
    WithJsonSchema(_range_schema({"type": "number", "minimum": 1}, _POSITIVE)),
]
Change = Annotated[Span | None, _strictly(signed_span, no_empty_number), WithJsonSchema(CHANGE_SCHEMA)]
Text = Annotated[str, BeforeValidator(text), WithJsonSchema({"type": "string", "minLength": 1})]
Date = Annotated[dt.date, _strictly(date, day_of_program), WithJsonSchema(DATE_SCHEMA)]
Occupation = Annotated[
    str, BeforeValidator(occupation), WithJsonSchema({"type": ["string", "integer"], "pattern": "^[0-9]{4}$"})
]
Score = Annotated[
    float,
    _strictly(number, no_empty_number),
    Field(ge=0, le=100),
    WithJsonSchema(_bounded(100, "[0-9]{1,2}")),
]
Weight = Annotated[
    float,
    _strictly(number, no_empty_number),
    Field(ge=0, le=1000),
    WithJsonSchema(_bounded(1000, "[0-9]{1,3}")),
]
Years = Annotated[
    int,
    BeforeValidator(whole),
    Field(ge=1, le=50),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 50}),
]
Year = Annotated[int, BeforeValidator(whole), WithJsonSchema({"type": "integer"})]
Share = Annotated[float | None, _strictly(share, no_empty_number), WithJsonSchema(SHARE_SCHEMA)]
ShareRange = Annotated[
    Span | None,
    _strictly(share_span, no_empty_number),
    WithJsonSchema(_range_schema(_SHARE, _PERCENT)),
]
Truth = Annotated[bool, BeforeValidator(truth), WithJsonSchema({"type": "boolean"})]
Place = Annotated[str, BeforeValidator(place), WithJsonSchema(PLACE_SCHEMA)]
