"""What a person says of weights in a form, as a file writes it: points, ranges, an order, or none.

"Do not know" of one consideration is the widest range there is, 0–100, beside whatever is known of
the others; who reads weights from a file takes points and such ranges together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tyngdepunkt.inputs import numbers

WHOLE = 100.0
ANYTHING = (0, 100)
_RANGE_OF_WEIGHTS = {
    "anyOf": [
        {"type": "number", "minimum": 0, "maximum": 100},
        {
            "type": "array",
            "items": {"type": "number", "minimum": 0, "maximum": 100},
            "minItems": 2,
            "maxItems": 2,
        },
    ]
}


def schema() -> dict[str, Any]:
    """JSON Schema of weights in a file: points, ranges, an order, or none."""
    order = {
        "type": "object",
        "required": ["order"],
        "additionalProperties": False,
        "properties": {
            "order": {
                "type": "array",
                "items": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
            }
        },
    }
    numbers = {
        "type": "object",
        "minProperties": 1,
        "properties": {"order": False},
        "additionalProperties": _RANGE_OF_WEIGHTS,
    }
    return {"anyOf": [{"enum": ["none", None]}, order, numbers]}


def points(given: Mapping[str, Any], unknown: Sequence[str] = ()) -> Any:
    """Points where they are known; what is not known may weigh anything.

    >>> points({"a": 40, "b": 30}, ["c"])
    {'a': 40, 'b': 30, 'c': [0, 100]}
    """
    known = {name: value for name, value in given.items() if value is not None and name not in unknown}
    return _or_none({**known, **{name: list(ANYTHING) for name in unknown}})


def ranges(given: Mapping[str, tuple[Any, Any]], unknown: Sequence[str] = ()) -> Any:
    """Lowest and highest; an end that is not given is the widest there is, and with no ends nothing is said.

    A form asks for points of 100. A file that holds nothing above 1 is read as shares of 1, so there
    what is silent is written out.

    >>> ranges({"a": (10, None), "b": (None, None), "c": (None, None)}, ["c"])
    {'a': [10, 100], 'c': [0, 100]}
    >>> ranges({"a": (0, 1), "b": (None, None)})
    {'a': [0, 1], 'b': [0, 100]}
    """
    said = {
        name: list(ANYTHING)
        if name in unknown
        else [ANYTHING[0] if low is None else low, ANYTHING[1] if high is None else high]
        for name, (low, high) in given.items()
        if name in unknown or (low, high) != (None, None)
    }
    if said and all(numbers.is_number(high) and high <= 1 for _, high in said.values()):
        said |= {name: list(ANYTHING) for name in given if name not in said}
    return _or_none(said) if said else "none"


def order(given: Mapping[str, str]) -> dict[str, Any]:
    """The most important first; the same number is the same level, and what is empty is not ordered.

    Where one of the answers is no number in an order, all of them are kept as they were written: an order
    without that one is another order. Who reads the file says what is wrong.

    >>> order({"a": "2", "b": "1.", "c": "2", "d": ""})
    {'order': ['b', ['a', 'c']]}
    >>> order({"a": "1–2", "b": "1"})
    {'order': {'a': '1–2', 'b': '1'}}
    """
    written = {name: text for name, text in given.items() if text}
    ranks = {name: numbers.single(text.removesuffix(".")) for name, text in written.items()}
    if not all(isinstance(rank, int) and rank > 0 for rank in ranks.values()):
        return {"order": written}
    levels: dict[int, list[str]] = {}
    for name, rank in ranks.items():
        levels.setdefault(rank, []).append(name)
    return {"order": [group[0] if len(group) == 1 else group for _, group in sorted(levels.items())]}


def total(value: Any) -> float | None:
    """What points sum to; None where the weights are not points alone, or nothing weighs."""
    if not isinstance(value, dict) or not value:
        return None
    given = [each for each in value.values() if isinstance(each, int | float) and each >= 0]
    summed = float(sum(given))
    return summed if len(given) == len(value) and summed > 0 else None


def scaled(value: Any, decimals: int = 1) -> Any:
    """Points shared out so that they sum to exactly 100, by largest remainder; anything else as it is.

    >>> scaled({"a": 20, "b": 20, "c": 20})
    {'a': 33.4, 'b': 33.3, 'c': 33.3}
    """
    summed = total(value)
    if summed is None or summed == WHOLE:
        return value
    unit = 10**decimals
    exact = {name: each / summed * WHOLE * unit for name, each in value.items()}
    found = {name: int(each) for name, each in exact.items()}
    lacking = round(WHOLE * unit) - sum(found.values())
    for name in sorted(exact, key=lambda name: found[name] - exact[name])[:lacking]:
        found[name] += 1
    return {name: _plain(each / unit) for name, each in found.items()}


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value


def _or_none(value: dict[str, Any]) -> Any:
    """`none` where nothing at all is known."""
    free = value and all(each == list(ANYTHING) for each in value.values())
    return "none" if free else value
