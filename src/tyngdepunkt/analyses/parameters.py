"""The parameters of an analysis, read into its model from wherever they were written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Analysis, written
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.text import refused, shown

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

_OUTSIDE = ("greater_than", "greater_than_equal", "less_than", "less_than_equal")
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
    read, unread = _read(model, given, where)
    faults = [fault for each in unread.values() for fault in each]
    question = None
    try:
        question = model(**read)
    except ValidationError as error:
        wrong = [each for each in error.errors() if each["loc"][0] not in unread]
        faults += [_fault(analysis, names, each, where) for each in wrong]
    if faults or question is None:
        raise UserError(*faults)
    return question


def _read(
    model: type[BaseModel], given: Mapping[str, Any], where: Callable[[str], str]
) -> tuple[dict[str, Any], dict[str, list[Fault]]]:
    """Numbers that come as text, read as everywhere else; a fault for each that is none."""
    names, read, faults = written(model), dict(given), {}
    for own, value in given.items():
        kind = read_as(model.model_fields[names[own]]) if own in names else ""
        if not kind or not isinstance(value, str):
            continue
        try:
            found = getattr(numbers, kind)(value)
            if found is None:
                raise refused("not_one_number", given=shown(value))
            read[own] = found
        except UserError as error:
            faults[own] = list(error.at(where(own)).faults)
            del read[own]
    return read, faults


def read_as(field: FieldInfo) -> str:
    """How a parameter is read: `number` or `share`; empty where it is no number with decimals."""
    if float not in (field.annotation, *get_args(field.annotation)):
        return ""
    return next((each.kind for each in field.metadata if isinstance(each, ReadAs)), "number")


def choices(annotation: Any) -> tuple[str, ...]:
    """The values of a parameter that is chosen; none where it is not."""
    if get_origin(annotation) is Literal:
        return tuple(str(each) for each in get_args(annotation))
    return next((found for each in get_args(annotation) if (found := choices(each))), ())


def _fault(analysis: Analysis, names: Mapping[str, str], error: Any, where: Callable[[str], str]) -> Fault:
    name = str(error["loc"][0])
    values: dict[str, Any] = {"given": str(error["input"])[:40], "name": where(name)}
    if name not in names:
        return Fault(
            f"{ROOM}:no_parameter", {**values, "known": [where(each) for each in names]}, where(name)
        )
    if error["type"] in _OUTSIDE:
        least, most = bounds(analysis.question.model_fields[names[name]])
        own = f"{names[name]}_range"
        key = f"{analysis.room}:{own}" if own in texts.texts_of(analysis.room) else f"{ROOM}:outside"
        return Fault(key, {**values, "least": _shown(least), "most": _shown(most)}, where(name))
    if error["type"] == "literal_error":
        known = choices(analysis.question.model_fields[names[name]].annotation)
        return Fault(f"{ROOM}:not_one_of", {**values, "known": list(known)}, where(name))
    return Fault(f"{ROOM}:kind", values, where(name))


def bounds(field: FieldInfo) -> tuple[float | None, float | None]:
    """The least and the greatest value a number may have; None where there is no bound."""
    found: dict[str, float | None] = {"ge": None, "gt": None, "le": None, "lt": None}
    for each in field.metadata:
        for name in found:
            found[name] = getattr(each, name, found[name])
    least = found["ge"] if found["ge"] is not None else found["gt"]
    most = found["le"] if found["le"] is not None else found["lt"]
    return least, most


def _shown(bound: float | None) -> float | str:
    return "…" if bound is None else bound
