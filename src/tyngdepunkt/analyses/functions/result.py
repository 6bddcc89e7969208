"""Which functions can be done from anywhere: structs that are the JSON of the command and of the API."""

from __future__ import annotations

from typing import Literal

import msgspec

from tyngdepunkt.analyses.contract import Made, Notice
from tyngdepunkt.json_types import Source
from tyngdepunkt.places import Places


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


class Raised(msgspec.Struct, frozen=True):
    """Why the lower end of a band is not the least of the methods.

    Args:
        before: the least of the methods.
        text: what the agency answered, and what the lower end is now, in words.
    """

    before: float
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
        raised: where the agency answered that no meetings, security or equipment bind the work: the lower end
            of the band is then the mean of the methods. None elsewhere.
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
    raised: Raised | None


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


class Protection(msgspec.Struct, frozen=True):
    """The rule that the tables to publish keep to, so that whoever joins those of several agencies knows it.

    Args:
        version: version of the rule; results of different versions are not joined.
        below: counts from 1 to below - 1 are hidden.
        width: how far apart the least and the most a hidden count can be are, at the least.
        least: what every hidden count has at the least: 0 is published.
        low_everywhere: whether no one can tell which of the hidden counts are small.
    """

    version: str
    below: int
    width: int
    least: int
    low_everywhere: bool


class Hiding(msgspec.Struct, frozen=True):
    """How much is hidden in the tables to publish, and whether it is proved that it must be. For own use.

    Args:
        share: of all counts that are not 0, those that are hidden though they are not small; None where no
            table can be published.
        over: why that is more than the rule says: `proved` that it must be, or `unknown`; None where it is
            not more.
        large: why some hidden counts may be seen to be large: `proved` that this cannot be avoided with as
            few hidden as the rule says, `not_asked` of tables of so many counts, else `unknown`; None where
            it cannot be seen.
    """

    share: float | None
    over: Literal["proved", "unknown"] | None
    large: Literal["proved", "not_asked", "unknown"] | None


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


class PlaceTotals(msgspec.Struct, frozen=True):
    """The posts in one municipality, counted as in `Totals`. Small counts stand here: for own use.

    Args:
        place: number of the municipality; empty for posts without one.
        name: what it is called.
    """

    place: str
    name: str
    posts: int
    bound: int
    unknown: int
    open: int
    independent: Band
    answered: int


class Assumed(msgspec.Struct, frozen=True):
    """Something a move is reckoned with, and where it is from.

    Args:
        low: None, as `high`, where it is missing.
        unit: `days_per_month`, `months`, `m2`, `NOK` or `NOK_per_m2`; all kroner are of the price year.
        quality: `assumed`, or `missing`.
        set_by: `own` for what the agency set, `source` for a default, `missing`.
        year: the year or years a default speaks of; empty otherwise.
    """

    id: str
    title: str
    low: float | None
    high: float | None
    unit: str
    quality: str
    set_by: str
    year: str
    source: str
    note: str


class Part(msgspec.Struct, frozen=True):
    """One cost or saving, in kroner of the price year.

    Args:
        id: `travel`, `team`, `desk_new`, `desk_old`, `equipment` or `double_rent`.
        when: `yearly`, or `one_off`.
        effect: `cost`, or `saving`.
        low: None, as `high`, where the part is missing; a missing part is not 0.
        quality: `assumed`, since every part rests on assumptions; or `missing`.
    """

    id: str
    when: str
    effect: str
    low: float | None
    high: float | None
    quality: str


class Sum(msgspec.Struct, frozen=True):
    """Parts put together, each at its least and at its most, in kroner of the price year.

    Args:
        low: None where nothing is known of it.
        high: None where a part is missing that would add to it.
        at_least: whether only the least is known.
        missing: ids of the parts that are missing.
        quality: `assumed`, or `missing` where no part is known.
    """

    low: float | None
    high: float | None
    at_least: bool
    missing: list[str]
    quality: str


class Gained(msgspec.Struct, frozen=True):
    """Wage earners of the same major occupation groups whom the move brings within reach.

    Args:
        low: None, as `mean` and `high`, where it is missing. The ends are by the error of travel times.
        quality: `estimated`, or `missing`.
        reason: why it is missing, in words; empty where it is not.
        minutes: what within reach is.
        year: the year of the counts; 0 where it is missing.
    """

    low: float | None
    mean: float | None
    high: float | None
    quality: str
    reason: str
    minutes: int
    year: int


class Team(msgspec.Struct, frozen=True):
    """The rhythm of a team that is parted.

    Args:
        days_low: days together for each post and year; None where not stated.
        hours_low: hours on the road by car for each post and year, there and back; None where not known.
        quality: `assumed`, or `missing`.
    """

    days_low: float | None
    days_high: float | None
    hours_low: float | None
    hours_high: float | None
    quality: str


class Vacated(msgspec.Struct, frozen=True):
    """Posts to be filled anew if as few or as many come along as in other moves; None where missing."""

    low: float | None
    high: float | None
    quality: str


class Moved(msgspec.Struct, frozen=True):
    """What it costs and gives to move one function, or all.

    Args:
        unit: None, as `occupation`, for all.
        posts: how many move: all that are not at the new place already.
        cost: extra cost a year.
        saving: saving a year.
        net: extra cost less saving a year.
        one_off: cost once.
    """

    unit: str | None
    occupation: str | None
    name: str
    posts: int
    parts: list[Part]
    cost: Sum
    saving: Sum
    net: Sum
    one_off: Sum
    gained: Gained
    team: Team
    vacated: Vacated


class Consequences(msgspec.Struct, frozen=True):
    """If every function that is not clearly bound to its place is moved with all its posts.

    Args:
        to: number of the municipality; None where none is named.
        to_name: its name, or empty.
        per_post: each part for one post.
        functions: those with posts that move, most posts first.
    """

    price_year: int
    to: str | None
    to_name: str
    assumptions: list[Assumed]
    per_post: list[Part]
    functions: list[Moved]
    total: Moved
    sources: list[Source]


class Functions(msgspec.Struct, frozen=True, dict=True):
    """Every function of the list: those that are clearly bound first, then by posts.

    Args:
        totals: all posts.
        units: the same for each unit, the one with most posts that can be done from anywhere first.
        places: the same for each municipality, in the same order; posts without a place come last.
        disagreement: difference from which methods are said to disagree.
        published: tables with small counts hidden; empty where none can be published safely.
        consequences: what it costs and gives to move the functions.
        agency: who publishes, as was said; empty where nobody was named.
        rule: what the tables to publish keep to.
        hiding: how much they hide, and whether that is proved to be needed.
    """

    totals: Totals
    units: list[Totals]
    places: list[PlaceTotals]
    functions: list[Function]
    published: list[Cell]
    disagreement: float
    sources: list[Source]
    notices: list[Notice]
    made: Made
    consequences: Consequences
    agency: str
    rule: Protection
    hiding: Hiding

    @property
    def store(self) -> Places:
        """The figures its map is drawn from; not a part of the JSON."""
        kept: Places = self.__dict__["store_"]
        return kept


Result = Functions
