"""Which functions can be done from anywhere: structs that are the JSON of the command and of the API."""

from __future__ import annotations

import msgspec

from tyngdepunkt.analyses.contract import Made, Notice


class Band(msgspec.Struct, frozen=True):
    """The least, the mean and the most over the methods: shares from 0 to 1, or posts."""

    low: float
    mean: float
    high: float


class Disagreement(msgspec.Struct, frozen=True):
    """Where methods are far apart.

    Args:
        spread: the highest share less the lowest.
        lowest: the method that says least.
        highest: the method that says most.
        reason: what in these two methods makes them differ.
    """

    spread: float
    lowest: str
    highest: str
    reason: str


class Reason(msgspec.Struct, frozen=True):
    """Why work is bound to its place.

    Args:
        id: a reason by the occupation (`patient`), or a task that was answered yes to (`outdoors`).
        text: the same in words.
    """

    id: str
    text: str


class Function(msgspec.Struct, frozen=True):
    """The posts of one occupation in one unit.

    Args:
        occupation: STYRK-08, four digits.
        name: its name in Norwegian.
        posts: how many, in all places.
        band: share that can be done from anywhere; None where no method has a value for the occupation. By
            own answers it is 0 or 1.
        methods: method → its published share; those without a value for the occupation are left out.
        disagreement: None where the methods are not so far apart.
        bound_reasons: why the work is bound to its place; empty where nothing says so.
        answered: whether the agency's own answers decide, and not the methods.
    """

    unit: str
    occupation: str
    name: str
    posts: int
    band: Band | None
    methods: dict[str, float]
    disagreement: Disagreement | None
    bound_reasons: list[Reason]
    answered: bool


class Cell(msgspec.Struct, frozen=True):
    """A count of the tables that can be published.

    Args:
        table: `unit_place` or `unit_group`; a total that stands in both is in the first.
        unit: None for all units.
        place: number of the municipality, empty where posts have none; None for all places.
        group: occupation group, the first digit of the occupation; None for all groups.
        count: None where it is hidden.
        suppressed: whether it is hidden, since it is small or a small one could be worked out from it.
        name: the place or the group in words.
    """

    table: str
    unit: str | None
    place: str | None
    group: str | None
    count: int | None
    suppressed: bool
    name: str


class Totals(msgspec.Struct, frozen=True):
    """The posts of one unit, or all.

    Args:
        unit: None for all units.
        posts: all there are; `bound`, `unknown` and `open` add up to it.
        bound: clearly bound to their place.
        unknown: not clearly bound, and no method has a value.
        open: the rest.
        independent: how many of `open` can be done from anywhere, by the lowest, mean and highest shares.
        answered: posts where the agency's own answers decide.
    """

    unit: str | None
    posts: int
    bound: int
    unknown: int
    open: int
    independent: Band
    answered: int


class SourceOfShares(msgspec.Struct, frozen=True):
    """A table the answer rests on."""

    table: str
    title: str
    provider: str
    reference: str
    query: str
    date: str
    licence: str
    note: str


class Functions(msgspec.Struct, frozen=True):
    """Every function of the list: those that are clearly bound first, then by posts.

    Args:
        totals: all posts.
        units: the same for each unit, the one with most posts that can be done from anywhere first.
        disagreement: difference from which methods are said to disagree.
        published: tables with small counts hidden; empty where none can be published safely.
    """

    totals: Totals
    units: list[Totals]
    functions: list[Function]
    published: list[Cell]
    disagreement: float
    sources: list[SourceOfShares]
    notices: list[Notice]
    made: Made


Result = Functions
