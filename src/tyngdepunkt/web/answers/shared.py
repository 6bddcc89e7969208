"""What several answers share: figures, sources, places by name, pages of a list, problems."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from tyngdepunkt.figures import Quality
from tyngdepunkt.json_types import Unit, Words


class Figure(Struct):
    """A figure with its uncertainty, its quality and the tables it comes from."""

    id: str
    label: Words
    value: float | None
    low: Annotated[float | None, Meta(description="Lower bound where the figure is a range.")]
    high: Annotated[float | None, Meta(description="Upper bound where the figure is a range.")]
    unit: Unit
    quality: Quality
    year: int | None
    about: Annotated[str | None, Meta(description="What it is about, for instance an airport's name.")]
    note: Annotated[str | None, Meta(description="What one must know of it, in the language asked for.")]
    tables: Annotated[list[str], Meta(description="Names of tables; see `/api/v1/snapshot`.")]


class Listed(Struct):
    """Where in a list the items stand. The header `Link` leads to the next and the previous part."""

    total: Annotated[int, Meta(description="How many there are in all.")]
    limit: int
    offset: int


class Fault(Struct):
    """One thing that is wrong, why, and what to do."""

    key: Annotated[str, Meta(description="Stable name of the fault.", examples=["places:unknown_place"])]
    where: Annotated[str, Meta(description="The line or field; empty where it is the whole.")]
    what: Words
    why: Words
    do: Words


class Problem(Struct):
    """A problem document (RFC 9457). `errors` holds everything that was found, not just the first."""

    type: Annotated[str, Meta(examples=["urn:tyngdepunkt:problem:places:unknown_place"])]
    title: Words
    status: int
    detail: Words
    instance: str
    errors: list[Fault]
