"""A JSON-stat 2 answer as a `Cube`.

`value` and `status` lie in row-major order of `id`, the last dimension fastest; both may be a list or
a mapping from position, `status` also one sign for all. `index` may be a list or a mapping from code to
position, and may be left out by a dimension with one category.

Source: https://json-stat.org/format/ and the user guide of PxWebApi 2. The numbers are decoded straight
to their type; no object is made per cell beside the float.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.sources.cube import MAX_SIGNS, Cube, Dimension, Floats, Signs, need_room


class _Category(msgspec.Struct):
    index: dict[str, int] | list[str] | None = None
    label: dict[str, str] | None = None


class _Extension(msgspec.Struct):
    elimination: bool = False  # PxWebApi 2: the variable may be left out


class _Dimension(msgspec.Struct):
    category: _Category
    label: str = ""
    extension: _Extension = msgspec.field(default_factory=_Extension)


class _Dataset(msgspec.Struct, rename={"kind": "class"}):
    kind: str
    id: list[str]
    dimension: dict[str, msgspec.Raw]  # JSON-stat 1 keeps `id` and `size` in here too
    value: msgspec.Raw = msgspec.Raw()
    size: list[int] | None = None
    status: msgspec.Raw = msgspec.Raw()
    label: str | None = None
    updated: str | None = None


_DATASET = msgspec.json.Decoder(_Dataset)
_DIMENSION = msgspec.json.Decoder(_Dimension)
_VALUES = msgspec.json.Decoder(list[float | None] | dict[int, float | None])
_STATUS = msgspec.json.Decoder(list[str | None] | dict[int, str | None] | str | None)


def read_jsonstat(content: bytes, name: str, where: str = "") -> Cube:
    """The table of one JSON-stat 2 answer.

    Args:
        content: the answer as it came, UTF-8 (or ISO 8859-1, as some files that were saved by hand).
        name: what messages call it, for instance the name of the file.
        where: the place that messages point at.

    Raises:
        UserError: not JSON, cut off, another format, another number of cells than the dimensions say,
            values that are not numbers.
    """
    dataset = _dataset(content, name, where)
    dimensions, _ = _dimensions(dataset, name, where)
    if not bytes(dataset.value):
        raise _fault("not_jsonstat", where, file=name)
    cells = math.prod(len(dimension.codes) for dimension in dimensions)
    if dataset.size is not None and math.prod(dataset.size) != cells:
        raise _fault("wrong_size", where, file=name, found=math.prod(dataset.size), expected=cells)
    need_room(cells, name, where)
    source = _Source(name, where, cells)
    status, signs = _status(dataset.status, source)
    values = _values(dataset.value, source)
    return Cube(dimensions, values, status, signs, dataset.label or "", dataset.updated or "")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What PxWebApi 2 says of a table before any cell is asked for.

    Args:
        dimensions: the variables with all their codes.
        may_be_left_out: names of those that are then summed or at their total.
        title: what the provider calls the table.
        updated: when it last changed it, as it writes it.
    """

    dimensions: tuple[Dimension, ...]
    may_be_left_out: frozenset[str]
    title: str
    updated: str


def read_metadata(content: bytes, name: str, where: str = "") -> Metadata:
    """The answer of `/tables/{id}/metadata`, which is JSON-stat without cells.

    Raises:
        UserError: not JSON, cut off, or another format.
    """
    dataset = _dataset(content, name, where)
    dimensions, left_out = _dimensions(dataset, name, where)
    return Metadata(dimensions, left_out, dataset.label or "", dataset.updated or "")


@dataclass(frozen=True, slots=True)
class _Source:
    """What is being read, for messages, and how many cells it must have."""

    name: str
    where: str
    cells: int

    def need(self, found: int) -> None:
        if found != self.cells:
            raise _fault("wrong_size", self.where, file=self.name, found=found, expected=self.cells)


def _dataset(content: bytes, name: str, where: str) -> _Dataset:
    try:
        dataset = _DATASET.decode(_utf8(content))
    except (msgspec.DecodeError, RecursionError) as error:
        raise _not_json(content, name, where) or _fault("not_jsonstat", where, file=name) from error
    if dataset.kind != "dataset":
        raise _fault("not_jsonstat", where, file=name)
    return dataset


def _not_json(content: bytes, name: str, where: str) -> UserError | None:
    """What keeps the content from being JSON of any kind, if anything does."""
    try:
        msgspec.json.decode(_utf8(content))
    except (msgspec.DecodeError, RecursionError) as error:
        return _fault("not_json", where, file=name, reason=str(error))
    return None


def _utf8(content: bytes) -> bytes:
    """The content without byte order mark, and in UTF-8 where it was ISO 8859-1."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        content.decode()
    except UnicodeDecodeError:
        return content.decode("iso-8859-1").encode()
    return content


def _dimensions(dataset: _Dataset, name: str, where: str) -> tuple[tuple[Dimension, ...], frozenset[str]]:
    """The dimensions in order, and which of them may be left out of a query."""
    try:
        given = {key: _DIMENSION.decode(dataset.dimension[key]) for key in dataset.id}
        dimensions = tuple(_dimension(key, each) for key, each in given.items())
    except (KeyError, ValueError, RecursionError) as error:
        raise _fault("not_jsonstat", where, file=name) from error
    if not dimensions or len(dataset.id) != len(dimensions):
        raise _fault("not_jsonstat", where, file=name)
    return dimensions, frozenset(key for key, each in given.items() if each.extension.elimination)


def _dimension(name: str, given: _Dimension) -> Dimension:
    labels = given.category.label or {}
    codes = _codes(given.category.index, labels)
    if len(set(codes)) != len(codes):
        raise ValueError(f"a code of {name} stands twice")
    return Dimension(name, given.label or name, codes, tuple(labels.get(code, code) for code in codes))


def _codes(index: dict[str, int] | list[str] | None, labels: Mapping[str, str]) -> tuple[str, ...]:
    if index is None:
        if len(labels) != 1:
            raise ValueError("only one category may do without an index")
        return tuple(labels)
    if isinstance(index, dict):
        ordered = sorted(index, key=index.__getitem__)
        if [index[code] for code in ordered] != list(range(len(ordered))):
            raise ValueError("the positions are not those of a list")
        return tuple(ordered)
    return tuple(index)


def _values(raw: msgspec.Raw, source: _Source) -> Floats:
    try:
        given = _VALUES.decode(raw)
    except msgspec.ValidationError as error:
        raise _not_numbers(raw, source) from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise _fault("not_json", source.where, file=source.name, reason=str(error)) from error
    if isinstance(given, list):
        source.need(len(given))
        return np.array(given, dtype=np.float64)  # None becomes NaN
    values = np.full(source.cells, np.nan)
    values[_inside(given, source)] = np.array(list(given.values()), dtype=np.float64)
    return values


def _not_numbers(raw: msgspec.Raw, source: _Source) -> UserError:
    """How many are not numbers; or, where even their places are not right, that this is not JSON-stat."""
    given = msgspec.json.decode(raw)
    held = given if isinstance(given, list) else list(given.values()) if isinstance(given, dict) else []
    bad = sum(isinstance(value, bool) or not isinstance(value, int | float | None) for value in held)
    if not bad:
        return _fault("not_jsonstat", source.where, file=source.name)
    return _fault("not_numbers", source.where, file=source.name, count=bad)


def _inside(given: Mapping[int, Any], source: _Source) -> NDArray[np.int64]:
    """Positions of a sparse form; a position outside the table is a fault."""
    if given and min(given) < 0:
        raise _fault("not_jsonstat", source.where, file=source.name)
    if given and max(given) >= source.cells:
        source.need(max(given) + 1)
    return np.fromiter(given, dtype=np.int64, count=len(given))


def _status(raw: msgspec.Raw, source: _Source) -> tuple[Signs, tuple[str, ...]]:
    """Position of each cell's sign, and the signs; a lone sign in a list is that of all cells."""
    try:
        given = _STATUS.decode(raw) if bytes(raw) else None
    except (msgspec.DecodeError, RecursionError) as error:
        raise _fault("not_jsonstat", source.where, file=source.name) from error
    signs: dict[str, int] = {"": 0}
    if isinstance(given, list) and len(given) == 1:
        given = given[0]
    if given is None or isinstance(given, str):
        return np.full(source.cells, _codes_of([given], signs, source)[0], dtype=np.int8), tuple(signs)
    if isinstance(given, list):
        source.need(len(given))
        return _codes_of(given, signs, source), tuple(signs)
    status = np.zeros(source.cells, dtype=np.int8)
    status[_inside(given, source)] = _codes_of(list(given.values()), signs, source)
    return status, tuple(signs)


def _codes_of(given: Sequence[str | None], signs: dict[str, int], source: _Source) -> Signs:
    for sign in dict.fromkeys(given):
        if sign:
            signs.setdefault(sign, len(signs))
    if len(signs) > MAX_SIGNS:
        raise _fault("not_jsonstat", source.where, file=source.name)
    places = (signs[sign] if sign else 0 for sign in given)
    return np.fromiter(places, dtype=np.int8, count=len(given))


def _fault(key: str, at: str = "", /, **values: Any) -> UserError:
    return UserError(Fault(f"sources:{key}", values, at))


def write_jsonstat(cube: Cube) -> bytes:
    """The table as JSON-stat 2: what `read_jsonstat` reads as the same table."""
    signed = np.flatnonzero(cube.status).tolist()
    return msgspec.json.encode(
        {
            "version": "2.0",
            "class": "dataset",
            "label": cube.title,
            "updated": cube.updated,
            "id": cube.names,
            "size": cube.shape,
            "dimension": {each.name: _written(each) for each in cube.dimensions},
            "value": cube.values.tolist(),  # NaN is written as null
            "status": {str(place): cube.signs[cube.status[place]] for place in signed},
        }
    )


def _written(dimension: Dimension) -> dict[str, Any]:
    labels = dict(zip(dimension.codes, dimension.labels, strict=True))
    return {"label": dimension.label, "category": {"index": dimension.codes, "label": labels}}
