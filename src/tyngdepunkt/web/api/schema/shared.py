"""What several answers share: figures, sources, places by name, pages of a list, problems."""

from __future__ import annotations

from typing import Annotated, TypedDict

from msgspec import Meta

from tyngdepunkt.json_types import Code, Quality, Unit, Words


class Named(TypedDict):
    """A municipality by number and name."""

    code: Code
    name: str


class Numbered(TypedDict):
    """A county or an economic region by number and name."""

    code: str
    name: str


class Amount(TypedDict):
    """A number of people in a year; null where there is none, and `quality` says why."""

    year: int
    persons: float | None
    quality: Quality


class Figure(TypedDict):
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


class Listed(TypedDict):
    """Where in a list the items stand. The header `Link` leads to the next and the previous part."""

    total: Annotated[int, Meta(description="How many there are in all.")]
    limit: int
    offset: int


class Fault(TypedDict):
    """One thing that is wrong, why, and what to do."""

    key: Annotated[str, Meta(description="Stable name of the fault.", examples=["places:unknown_place"])]
    where: Annotated[str, Meta(description="The line or field; empty where it is the whole.")]
    what: Words
    why: Words
    do: Words


class Problem(TypedDict):
    """A problem document (RFC 9457). `errors` holds everything that was found, not just the first."""

    type: Annotated[str, Meta(examples=["urn:tyngdepunkt:problem:places:unknown_place"])]
    title: Words
    status: int
    detail: Words
    instance: str
    errors: list[Fault]
