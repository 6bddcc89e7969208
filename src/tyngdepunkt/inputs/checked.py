"""A file held against a model: every field by itself, so that one fault does not hide the others.

What is found is a fault at its line, in the words of the room whose file it is. What a value *means*
(is there such a place, do the weights add up) is for that room to ask.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import SimpleNamespace, UnionType
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, Union, get_args, get_origin

from tyngdepunkt.errors import Faults, UserError
from tyngdepunkt.inputs.reading import Located, Steps
from tyngdepunkt.inputs.text import shown

if TYPE_CHECKING:
    from pydantic import BaseModel, TypeAdapter

T = TypeVar("T")
NEAR = 3  # suggestions for a name that is not known
FEW = 12  # names that are all shown; of longer lists only the near ones, where there are any
_OURS = {
    "greater_than_equal": "out_of_bounds",
    "less_than_equal": "out_of_bounds",
    "list_type": "not_a_list",
    "too_long": "too_long_list",
    "model_type": "not_a_group",
    "model_attributes_type": "not_a_group",
    "dict_type": "not_a_group",
}


class FaultCollector:
    """Collects the faults of one file, each at its line.

    Args:
        located: the file.
        room: the texts that hold a fault whose key names no room of its own.
        by_program: whether a program has written it, and values are held to the schema.
    """

    def __init__(self, located: Located, room: str, *, by_program: bool = False) -> None:
        self.located, self.by_program = located, by_program
        self.faults = Faults()
        self.room = room

    def fault(self, key: str, steps: Steps, /, **values: Any) -> None:
        """Note a fault at the line `steps` leads to; `key` may name another room (`inputs:not_a_date`)."""
        key = key if ":" in key else f"{self.room}:{key}"
        self.faults.add(key, self.located.where(steps), **values)

    def read(self, reader: Callable[[Any], T], value: Any, steps: Steps) -> T | None:
        """What a reader of `inputs` makes of a value; None with its faults noted."""
        try:
            return reader(value)
        except UserError as error:
            self.faults.extend(error.at(self.located.where(steps)).faults)
            return None

    def unknown_name(self, fault: str, given: str, known: Iterable[str], steps: Steps) -> None:
        """Note a name that is not known, with those that are, the nearest first."""
        names = [str(name) for name in known]
        near = difflib.get_close_matches(given, names, n=NEAR, cutoff=0.6)
        rest = [name for name in names if name not in near] if len(names) <= FEW or not near else []
        self.fault(fault, steps, given=given[:60], known=[*near, *rest])


class ParsedFields(SimpleNamespace):
    """The fields of a model that had the right shape.

    A required field that is missing or wrong is None, and so is an item of a list that is
    wrong, so that positions stay those of the file.
    """


def parse_fields(model: type[BaseModel], ctx: FaultCollector, by_item: Mapping[str, Any]) -> ParsedFields:
    """Every field that has the right shape; the others are noted as faults and left empty.

    Args:
        model: the fields the file may have.
        ctx: the file, and where its faults go.
        by_item: fields that are lists whose items are checked one by one → kind of an item.
    """
    data = ctx.located.data
    values: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        without = None if field.is_required() else field.get_default()
        if data.get(name) is None:  # not there, or its name and nothing behind it
            values[name] = without
            if field.is_required():
                ctx.fault("missing_field", (name,) if name in data else (), field=name)
        elif name in by_item and isinstance(data[name], list):
            values[name] = [check(by_item[name], item, ctx, (name, at)) for at, item in enumerate(data[name])]
        else:
            taken = check(_kind_of(model, name), data[name], ctx, (name,))
            values[name] = without if taken is None else taken
    for name in data:
        if name not in model.model_fields:
            ctx.unknown_name("unknown_field", name, model.model_fields, (name,))
    return ParsedFields(**values)


def check(kind: Any, value: Any, ctx: FaultCollector, steps: Steps) -> Any:
    """`value` as `kind`, or None with a fault for everything that is wrong with it.

    Args:
        kind: a pydantic model or annotated type.
        value: what stands in the file.
        ctx: takes the faults.
        steps: leads to the value in the file.
    """
    from pydantic import ValidationError

    from tyngdepunkt.inputs.field_types import BY_PROGRAM

    try:
        return _adapter(kind).validate_python(value, context={BY_PROGRAM: ctx.by_program})
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            _note(problem, kind, ctx, steps)
        return None


def _note(problem: Any, checked: Any, ctx: FaultCollector, steps: Steps) -> None:
    """One problem that pydantic found, in our own words."""
    inside = tuple(step for step in problem["loc"] if step != "[key]")
    found = (*steps, *inside)
    kind, values = problem["type"], problem.get("ctx", {})
    if kind == "missing":
        ctx.fault("missing_field", found[:-1], field=str(found[-1]))
    elif kind == "extra_forbidden":
        ctx.unknown_name("unknown_field", str(found[-1]), _fields_at(checked, inside[:-1]), found)
    elif kind == "literal_error":
        choices = str(values["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        ctx.unknown_name("unknown_choice", shown(problem["input"]), choices, found)
    elif "key" in values:
        told = {name: value for name, value in values.items() if name != "key"}
        ctx.fault(kind, found, **told)
    else:
        limit = values.get("ge", values.get("le", values.get("max_length", 0)))
        ctx.fault(_OURS.get(kind, "wrong_kind"), found, given=shown(problem["input"]), limit=limit)


def _fields_at(kind: Any, inside: Steps) -> list[str]:
    """The names a field of the model that `inside` leads to can have."""
    model = _bare(kind)
    for step in inside:
        fields = getattr(model, "model_fields", None)
        if fields is None:  # a list, or a mapping of any names
            model = _bare(get_args(model)[-1])
        else:
            model = _bare(
                next(each.annotation for name, each in fields.items() if step in (name, each.alias))
            )
    return [field.alias or name for name, field in model.model_fields.items()]


def _bare(kind: Any) -> Any:
    """A kind without what is noted beside it, and without that it may be left out."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return _bare(next(each for each in get_args(kind) if each is not type(None)))
    return kind


@cache
def _kind_of(model: type[BaseModel], name: str) -> Any:
    field = model.model_fields[name]
    return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)
