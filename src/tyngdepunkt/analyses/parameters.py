"""The parameters of an analysis, read into its model from wherever they were written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Analysis, written
from tyngdepunkt.errors import Fault, UserError

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

_BOUNDS = {"least": ("ge", "gt"), "most": ("le", "lt")}
_OUTSIDE = ("greater_than", "greater_than_equal", "less_than", "less_than_equal")
_LENGTHS = MappingProxyType(
    {"string_too_short": ("too_short", "min_length"), "string_too_long": ("too_long", "max_length")}
)
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ROOM = "analyses"


@dataclass(frozen=True, slots=True)
class ReadAs:
    """Beside a parameter with decimals: how it is read where it is not a plain number.

    Args:
        kind: `share` for one that may be written in per cent.
    """

    kind: str


def read_parameters(analysis: Analysis, given: Mapping[str, Any], where: Callable[[str], str]) -> BaseModel:
    """The question with these parameters; what is left out takes its default.

    Args:
        analysis: whose question it is.
        given: name → value, as text or as a value of its kind.
        where: what a parameter is called in the place where it was written, such as `--draws`.

    Raises:
        UserError: every parameter that is unknown, of another kind, or outside its bounds.
    """
    from pydantic import ValidationError

    model = analysis.question
    names = written(model)
    loose = [
        name
        for name, value in given.items()
        if name in names and not _as_machines_write(model.model_fields[names[name]].annotation, value)
    ]
    faults = [_kind(name, given[name], where, model.model_fields[names[name]]) for name in loose]
    try:
        question = model(**given)
    except ValidationError as error:
        others = (each for each in error.errors() if each["loc"][0] not in loose)
        faults += [_fault(analysis, names, each, where) for each in others]
    if faults:
        raise UserError(*faults)
    return question


def _as_machines_write(annotation: Any, value: Any) -> bool:
    """Whether a text is a number or a day as JSON writes them.

    The model would take more, and silently: `1767225600` for a day, `1_2` for twelve.
    """
    if not isinstance(value, str):
        return True
    if is_number(annotation):
        return _NUMBER.fullmatch(value) is not None
    return not is_date(annotation) or _DAY.fullmatch(value) is not None


def _kind(name: str, value: Any, where: Callable[[str], str], field: FieldInfo) -> Fault:
    """What can stand there is said, so that nobody has to look it up in a place where they are not."""
    wanted = read_as(field) or "text"
    told = texts.Term(wanted, f"{ROOM}:wanted.{wanted}")
    return Fault(f"{ROOM}:kind", {"given": str(value)[:40], "name": where(name), "wanted": told}, where(name))


def read_as(field: FieldInfo) -> str:
    """How a person's text becomes the parameter: `date`, `whole`, `share` or `number`; else empty."""
    if is_date(field.annotation):
        return "date"
    if not is_number(field.annotation):
        return ""
    own = next((each.kind for each in field.metadata if isinstance(each, ReadAs)), "")
    return own or ("whole" if is_whole(field.annotation) else "number")


def choices(annotation: Any) -> tuple[str, ...]:
    """The values of a parameter that is chosen; none where it is not."""
    if get_origin(annotation) is Literal:
        return tuple(str(each) for each in get_args(annotation))
    return next((found for each in get_args(annotation) if (found := choices(each))), ())


def is_number(annotation: Any) -> bool:
    """Whether a number is asked for, however deep it lies among bounds and what may be left out."""
    return _is_one_of(annotation, (int, float))


def is_whole(annotation: Any) -> bool:
    """Whether the number that is asked for must be a whole one."""
    return _is_one_of(annotation, (int,)) and not _is_one_of(annotation, (float,))


def is_date(annotation: Any) -> bool:
    """Whether a day is asked for."""
    return _is_one_of(annotation, (dt.date,))


def _is_one_of(annotation: Any, kinds: tuple[type, ...]) -> bool:
    if annotation in kinds:
        return True
    return get_origin(annotation) is not Literal and any(
        _is_one_of(each, kinds) for each in get_args(annotation)
    )


def _fault(analysis: Analysis, names: Mapping[str, str], error: Any, where: Callable[[str], str]) -> Fault:
    name = str(error["loc"][0])
    values: dict[str, Any] = {"given": str(error["input"])[:40], "name": where(name)}
    if name not in names:
        known = [where(each) for each in names]
        return Fault(
            f"{ROOM}:{'no_parameter' if known else 'no_parameters'}", {**values, "known": known}, where(name)
        )
    if error["type"] in _OUTSIDE:
        within = bounds(analysis.question.model_fields[names[name]])
        own = f"{names[name]}_range"
        outside = "_".join(("outside", *within)) if len(within) == 1 else "outside"
        key = f"{analysis.room}:{own}" if own in texts.texts_of(analysis.room) else f"{ROOM}:{outside}"
        return Fault(key, {**values, "given": _shown(error["input"]), **_told(within)}, where(name))
    if error["type"] in _LENGTHS:
        key, bound = _LENGTHS[error["type"]]
        return Fault(f"{ROOM}:{key}", {**values, "bound": error["ctx"][bound]}, where(name))
    if error["type"] == "literal_error":
        known = list(choices(analysis.question.model_fields[names[name]].annotation))
        return Fault(f"{ROOM}:not_one_of", {**values, "known": known}, where(name))
    return _kind(name, error["input"], where, analysis.question.model_fields[names[name]])


def bounds(field: FieldInfo) -> dict[str, tuple[str, float]]:
    """`least` and `most` of a number, where it has them: its kind (`ge`, `gt`, `le`, `lt`) and value."""
    found = {}
    for each in (*field.metadata, *_metadata(field.annotation)):
        for name, kinds in _BOUNDS.items():
            for kind in kinds:
                if getattr(each, kind, None) is not None:
                    found[name] = (kind, getattr(each, kind))
    return {name: found[name] for name in _BOUNDS if name in found}


def _metadata(annotation: Any) -> Iterator[Any]:
    """What is said of the parts of a kind, as of the number in `Annotated[int, Field(ge=1)] | None`."""
    for each in getattr(annotation, "__metadata__", ()):
        yield from getattr(each, "metadata", (each,))
    for part in get_args(annotation):
        yield from _metadata(part)


def _told(bound: Mapping[str, tuple[str, float]]) -> dict[str, Any]:
    """Bounds as a sentence has them: at least 1, under 1."""
    words = {f"{name}_is": texts.Term(kind, f"{ROOM}:bounds.{kind}") for name, (kind, _) in bound.items()}
    return {**words, **{name: _shown(value) for name, (_, value) in bound.items()}}


def _shown(given: Any) -> Any:
    """A whole number without decimals; anything else as it was written."""
    if isinstance(given, int | float) and not isinstance(given, bool) and float(given).is_integer():
        return int(given)
    return str(given)[:40]
