"""What judgements rest on: the snapshot, the indicators and the rules."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from tyngdepunkt.json_types import Day, Level, Words


class Table(Struct):
    """A table of the snapshot: where it comes from, what was asked for, when, and under which licence."""

    name: str
    rows: int
    sha256: str
    title: Words
    provider: str
    reference: Annotated[str, Meta(description="The provider's own name of the table.")]
    query: Words
    date: Words
    licence: Words
    note: Words
    attribution: Annotated[str, Meta(description="What the licence asks to be printed.")]
    years: tuple[int, ...]


class Snapshot(Struct):
    """The snapshot that every figure comes from."""

    id: str
    built: Day
    tables: list[Table]


class Indicator(Struct):
    """An indicator and everything that is said about it."""

    id: str
    title: Words
    explanation: Words
    unit: str
    decimals: int
    direction: Annotated[Literal["max", "min"], Meta(description="`max` where more is better.")]
    considerations: Annotated[
        dict[str, str], Meta(description="Rule set → the consideration it serves there.")
    ]
    aggregate: Annotated[str, Meta(description="How an arrangement over several places is measured.")]
    scored: Annotated[bool, Meta(description="Whether it takes part in the ranking.")]
    value: Annotated[
        str | list[list[float]],
        Meta(description="Value function: `national`, `local`, or points [figure, value 0–100]."),
    ]
    value_reason: Words
    reference: Annotated[str, Meta(description="Paper, guideline or official definition.")]
    tables: tuple[str, ...]


class Indicators(Struct):
    """Every indicator, in the order they are shown."""

    items: list[Indicator]


class RuleSetRow(Struct):
    """A rule set in the list: the guidelines from one royal decree to the next."""

    version: Annotated[str, Meta(description="The date of the decree.", examples=["2022-08-12"])]
    title: Words
    adopted: str
    valid_from: Day
    valid_to: Annotated[str | None, Meta(description="First day no longer in force; null while in force.")]
    status: Literal["in_force", "replaced"]
    rules: Annotated[int, Meta(description="How many rules it holds.")]


class RuleSets(Struct):
    """Every rule set, the oldest first."""

    items: list[RuleSetRow]


class RuleSource(Struct):
    """A document that rules were read from."""

    id: str
    citation: str
    year: str
    url: str


class Rule(Struct):
    """A rule as it stands in this rule set, in our own words; the guidelines themselves are what binds."""

    id: Annotated[str, Meta(description="Names the rule, not the regime.", examples=["R16"])]
    title: Words
    text: Words
    level: Level
    kind: str
    applies_to: list[str]
    evaluator: Annotated[str, Meta(description="The function that judges it.")]
    parameters: Annotated[dict[str, Any], Meta(description="Numbers and lists of the rule itself.")]
    explained_by: Annotated[tuple[str, ...], Meta(description="Where a case may give its reason to deviate.")]
    refers_to: list[str]
    reference: str
    source: str
    basis: Annotated[str, Meta(description="How well the source confirms it.")]
    status: Literal["confirmed", "not_confirmed"]
    valid_from: Day
    valid_to: str | None
    checked_on: Day


class Consideration(Struct):
    """Something the guidelines want assessed and weighed."""

    id: str
    title: Words
    reference: str
    basis: str


class RuleSet(Struct):
    """A rule set as data, with dates."""

    version: str
    title: Words
    adopted: str
    valid_from: Day
    valid_to: str | None
    status: Literal["in_force", "replaced"]
    notes: Annotated[str, Meta(description="What could not be read of this version.")]
    considerations: list[Consideration]
    rules: list[Rule]
    carried: Annotated[
        list[Rule],
        Meta(description="Ended rules of the set before, judged as a precaution where nothing repeals them."),
    ]
    sources: list[RuleSource]
