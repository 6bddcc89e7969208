"""What answers share as JSON: names of places, figures, sources, languages, and how numbers are written.

An answer is made of msgspec structs; the command line, the pages and the API write the same ones, and the
API's documentation is made from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta

Language = Literal["nb", "nn", "en"]
Code = Annotated[str, Meta(description="Municipality number of 2024.", pattern=r"^\d{4}$", examples=["5025"])]
Day = Annotated[str, Meta(description="YYYY-MM-DD.", pattern=r"^\d{4}-\d{2}-\d{2}$")]
Level = Literal["must", "mainly", "should", "information"]
Share = Annotated[float, Meta(ge=0, le=1)]
Unit = Annotated[str, Meta(description="For instance `persons`, `minutes`, `share` (0–1) or `NOK`.")]
Words = Annotated[str, Meta(description="A sentence in the language asked for.")]
_Struct = TypeVar("_Struct", bound=msgspec.Struct)


class Named(msgspec.Struct):
    """A municipality by number and name."""

    code: Code
    name: str


class Numbered(msgspec.Struct):
    """A county or an economic region by number and name."""

    code: str
    name: str


class Source(msgspec.Struct, frozen=True):
    """Where figures come from: table, query, date and licence."""

    table: str
    title: str
    provider: str
    reference: Annotated[str, Meta(description="The provider's own name of the table.")]
    query: str
    date: str
    licence: str
    note: str


def from_attributes(kind: type[_Struct], source: Any, /, **given: Any) -> _Struct:
    """A struct whose fields are the attributes of the same names, but for those that are given.

    Args:
        kind: the struct.
        source: what has the attributes.
        given: fields that have another name there, or are made of several.
    """
    there = {name: getattr(source, name) for name in kind.__struct_fields__ if hasattr(source, name)}
    return kind(**{**there, **given})


def plain(answer: Any, decimals: int) -> Any:
    """An answer as lists, mappings, texts and numbers, as `json.dumps` takes them.

    Args:
        answer: structs, dataclasses and what they hold.
        decimals: numbers keep so many: enough to compute with, and free of the noise of the last bits.
    """
    return _rounded(msgspec.to_builtins(answer, enc_hook=_unknown), decimals)


def _unknown(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else str(value)


def _rounded(value: Any, decimals: int) -> Any:
    if isinstance(value, float):
        return round(value, decimals) + 0.0  # no negative nought
    if isinstance(value, dict):
        return {key: _rounded(each, decimals) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(each, decimals) for each in value]
    return value
