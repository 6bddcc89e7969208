"""What is told of a profile, in four parts: each table and sentence only where there is something to say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from types import MappingProxyType

from tyngdepunkt import texts
from tyngdepunkt.analyses.business.brief import DECIMALS, SHARES, TEXTS, form_of, title_of
from tyngdepunkt.analyses.business.data import ROOM, quoted
from tyngdepunkt.analyses.business.result import BusinessResult, PlaceInBrief, PoissonRange
from tyngdepunkt.documents.document import Block, Column, Paragraph, Table
from tyngdepunkt.places.names import norwegian

Say = Callable[..., str]
_LIVES_OF = frozenset({"jobs_by_industry", "firms_by_size", "jobs_by_sector"})
"""Tables that the first part is made of: where one is missing, that part says so."""
_ALWAYS = 3
"""Columns of the table of industries that are never left out: name, persons, share."""
_RANGED = MappingProxyType(
    {"equivalent": 1, **dict.fromkeys(("value", "national", "industry_mix", "regional"), 0)}
)
"""Decimals of ranges in sentences; 2 where not named."""
_BESIDE = frozenset({"thin", "commuting_estimated"})
"""Notices that stand beside what they are about, and are not told once more among the remarks."""
_FACTORS = MappingProxyType(
    {
        "cornerstone": ("firms_by_size", "jobs_by_industry"),
        "specialisation": ("jobs_by_industry",),
        "integration": ("commuting", "employed"),
    }
)
"""Factor of vulnerability → the tables it is made of."""
_SHOWN = (
    "name", "residents", "residents_change", "jobs", "jobs_change", "largest_industry", "largest_share",
    "out_share", "integration",
)  # fmt: skip


_DATED = MappingProxyType(
    {
        "years_residents": ("residents_start", "residents_year"),
        "years_jobs": ("jobs_start", "jobs_year"),
        "years_commuting": ("commuting_year",),
        "years_industry": ("industry_year",),
    }
)
"""Sentence on the years of a table of places → the columns of years it names."""


def blocks(result: BusinessResult, lang: str) -> tuple[Block, ...]:
    """Everything for the terminal, one part after the other."""
    return tuple(block for _, part in parts(result, lang, commands=True) for block in part)


def parts(
    result: BusinessResult, lang: str, *, commands: bool = False
) -> list[tuple[str, tuple[Block, ...]]]:
    """The parts with their headings; a part with nothing in it is left out.

    Args:
        result: the profile.
        lang: nb, nn or en.
        commands: say by which command a missing table is brought in. Readers of a page or a document cannot
            run it, so they are only told which table it is.
    """
    say = partial(_say, lang)
    found = [
        (say("lives_of"), (*_lives_of(result, say, lang), *_lacking(result, say, commands, _LIVES_OF))),
        (say("exposed"), tuple(_exposed(result, say))),
        (say("around"), tuple(_around(result, say))),
        (say("alike"), tuple(_alike(result, lang))),
        (say("every"), tuple(_every(result, lang))),
        (say("remarks"), tuple(_remarks(result, say, commands))),
    ]
    return [(title, part) for title, part in found if part]


def _say(lang: str, key: str, /, **values: object) -> str:
    return texts.text(f"{ROOM}:view.{key}", lang, **values)


def _refs(result: BusinessResult, *tables: str) -> tuple[int, ...]:
    """Numbers of the sources that something rests on, as the document lists them."""
    return tuple(at for at, source in enumerate(result.sources, 1) if source.table in tables)


def _lives_of(result: BusinessResult, say: Say, lang: str) -> Iterator[Block]:
    if result.employment is not None:
        yield _industries(result, say)
        thin = [each.name for each in result.employment.industries if each.thin]
        if thin:
            yield Paragraph(say("thin", industries=quoted(thin, lang)))
        if result.employment.reference:
            yield Paragraph(say("against", reference=result.employment.reference))
        if result.employment.like:
            yield Paragraph(say("against_like", places=result.employment.like))
    for each in result.largest:
        key = "largest" if each.mostly_public_counted else "largest_market"
        told = {"name": texts.inside(each.name), "share": each.share}
        spread = _bracketed(each.low, each.high, say)
        said = say(f"{key}_thin", **told) if each.share is None else say(key, **told, spread=spread)
        yield Paragraph(said, _refs(result, "jobs_by_industry"))
    yield from _change(result, say, lang)
    if result.structure is not None:
        key = "structure_alone" if result.structure.krugman is None else "structure"
        told = {name: getattr(result.structure, name) for name in result.structure.__struct_fields__}
        spreads = _spreads(result.structure.ranges, ("krugman", "equivalent", "variety"), say)
        yield Paragraph(say(key, **told, **spreads), _refs(result, "jobs_by_industry"))
    if result.public_jobs is not None:
        told = {name: getattr(result.public_jobs, name) for name in result.public_jobs.__struct_fields__}
        spread = _bracketed(result.public_jobs.low, result.public_jobs.high, say)
        key = "public_several" if result.place.municipalities > 1 else "public"
        yield Paragraph(say(key, **told, spread=spread), _refs(result, "jobs_by_sector"))
    if result.sizes is not None:
        rows = tuple(
            (
                f"{c.start}–{c.end}"
                if c.end not in (None, c.start)
                else f"{c.start}" + ("" if c.end == c.start else "+"),
                c.establishments,
            )
            for c in result.sizes.classes
        )
        columns = (Column(say("employees")), Column(say("establishments"), numeric=True))
        yield Table(say("sizes", year=result.sizes.year), columns, rows, _refs(result, "firms_by_size"))
    if result.employment is not None or result.public_jobs is not None:
        yield Paragraph(say("ranges"))


def _industries(result: BusinessResult, say: Say) -> Table:
    found = result.employment
    assert found is not None  # noqa: S101  # asked only where there is one
    columns = (
        Column(say("industry")),
        Column(say("persons"), numeric=True),
        Column(say("share"), numeric=True, decimals=1, form="share"),
        Column(say("quotient"), numeric=True, decimals=2),
        Column(say("range")),
        Column(say("like"), numeric=True, decimals=2),
        Column(say("since", year=found.first_year), numeric=True, form="signed"),
    )
    rows = tuple(
        (
            row.name,
            row.persons,
            row.share,
            row.quotient,
            _span(row.quotient_low, row.quotient_high, say),
            row.quotient_like,
            row.change,
        )
        for row in found.industries
    )
    kept = [at for at in range(len(columns)) if at < _ALWAYS or any(row[at] is not None for row in rows)]
    return Table(
        say("industries", year=found.year),
        tuple(columns[at] for at in kept),
        tuple(tuple(row[at] for at in kept) for row in rows),
        _refs(result, "jobs_by_industry"),
    )


def _change(result: BusinessResult, say: Say, lang: str) -> Iterator[Block]:
    found = result.change
    if found is None:
        return
    told = {"value": found.value, "national": found.national, "mix": found.industry_mix}
    years = {"start": found.start, "end": found.end, "reference": found.reference}
    spreads = _spreads(found.ranges, ("value", "national", "industry_mix", "regional"), say, "signed")
    said = say("change", **told, **years, regional=found.regional, **spreads)
    yield Paragraph(said, _refs(result, "jobs_by_industry"))
    parts = (found.national, found.industry_mix, found.regional)
    if round(found.value) != sum(round(part) for part in parts):
        yield Paragraph(say("change_rounded"))
    if found.broken:
        yield Paragraph(say("change_broken", industries=quoted(found.broken, lang)))


def _exposed(result: BusinessResult, say: Say) -> Iterator[Block]:
    if result.vulnerability and any(_known(f.value, f.low) for f in result.vulnerability):
        value = Column(say("value"), numeric=True, decimals=1, form="share")
        columns = (Column(say("factor")), value, Column(say("range")), Column(say("rank")))
        rows = tuple(
            (
                f.meaning,
                f.value,
                _open_span(f.low, f.high, say),
                _rank(f.place, f.among, say),
            )
            for f in result.vulnerability
        )
        behind = [_refs(result, *_FACTORS[f.id]) for f in result.vulnerability]
        yield Table.sourced(say("factors"), columns, rows, behind)
    if result.cornerstone is not None:
        c = result.cornerstone
        key = "cornerstone_open" if c.high is None else "cornerstone"
        refs = _refs(result, "firms_by_size", "jobs_by_industry")
        yield Paragraph(say(key, low=c.low, high=c.high, year=c.year, jobs=c.jobs_year), refs)
    if result.commuting is not None:
        told = {name: getattr(result.commuting, name) for name in result.commuting.__struct_fields__}
        spreads = _spreads(result.commuting.ranges, ("out_share", "in_share"), say, "share")
        yield Paragraph(say("commuting", **told, **spreads), _refs(result, "commuting", "employed"))
        if result.commuting.estimated:
            yield Paragraph(say("commuting_estimated", year=result.commuting.year))
        if result.commuting.jobs_near is not None:
            ratio = result.commuting.per_resident
            key = "near" if result.commuting.jobs_near else "near_none"
            refs = _refs(result, "employed", "travel_time")
            yield Paragraph(say(key, jobs=result.commuting.jobs_near, each=ratio), refs)
    for each in result.growth:
        key = "jobs_change" if each.what == "jobs" else "residents_change"
        key = "residents_only" if each.change is None else key
        told = {name: getattr(each, name) for name in each.__struct_fields__}
        jobs = "jobs_by_industry" if result.employment else "employed"
        yield Paragraph(say(key, **told), _refs(result, jobs if each.what == "jobs" else "population"))
    yield from _digital(result, say)
    if result.commuting is not None or result.exposure is not None:
        yield Paragraph(say("ranges"))


def _digital(result: BusinessResult, say: Say) -> Iterator[Block]:
    found = result.exposure
    if found is None:
        return
    columns = (
        Column(say("industry")),
        Column(str(found.start), numeric=True),
        Column(str(found.end), numeric=True),
        Column(say("since", year=found.start), numeric=True, form="signed"),
    )
    rows = tuple((g.name, g.first, g.last, g.change) for g in found.groups)
    spread = _bracketed(found.low, found.high, say)
    caption = say("digital", share=found.share, spread=spread)
    yield Table(caption, columns, rows, _refs(result, "jobs_by_industry"))
    yield Paragraph(say("digital_note"))


def _around(result: BusinessResult, say: Say) -> Iterator[Block]:
    found = result.hinterland
    if found is None:
        return
    columns = tuple(Column(say(name), numeric=True) for name in ("minutes", "residents", "municipalities"))
    yield Table(
        say("reach", year=found.year),
        columns,
        tuple((each.minutes, each.residents, each.municipalities) for each in found.reach),
        _refs(result, "population", "travel_time"),
    )
    head = (
        Column(say("service")),
        Column(say("threshold"), numeric=True),
        Column(say("within")),
        Column(say("grounds")),
    )
    far = found.reach[-1].minutes
    rows = []
    for each in found.services:
        reached = f"{each.within} min" if each.within is not None else say("not_within", minutes=far)
        reached = reached if each.threshold is not None else say("not_judged")
        rows.append(
            (each.name, each.threshold, reached, say("assumed") if each.assumed else each.source or None)
        )
    yield Table(say("services"), head, tuple(rows))
    yield Paragraph(say("threshold_is_no_service"))


def _every(result: BusinessResult, lang: str) -> Iterator[Block]:
    if result.places:
        yield _in_brief(result.places, "every", lang)
        yield from _years(result.places, lang)


def _alike(result: BusinessResult, lang: str) -> Iterator[Block]:
    if len(result.alike) > 1:
        yield _in_brief(result.alike, "alike_table", lang)
        yield from _years(result.alike, lang)
        yield Paragraph(_say(lang, "alike_note"))


def _years(places: list[PlaceInBrief], lang: str) -> Iterator[Block]:
    """The years of the columns, where all places have the same; they need not be those of one profile."""
    for key, names in _DATED.items():
        held = [{getattr(each, name) for each in places} - {None} for name in names]
        if all(len(years) == 1 for years in held):
            told = {name: years.pop() for name, years in zip(names, held, strict=True)}
            yield Paragraph(_say(lang, key, **told))


def _in_brief(places: list[PlaceInBrief], caption: str, lang: str) -> Table:
    """Places side by side: a column that none of them has a figure in is left out."""
    shown = [name for name in _SHOWN if any(getattr(each, name) is not None for each in places)]
    columns = tuple(_column(name, lang) for name in shown)
    rows = tuple(tuple(_cell(name, getattr(each, name)) for name in shown) for each in places)
    return Table(_say(lang, caption), columns, rows)


def _cell(name: str, value: str | float | None) -> str | float | None:
    """The value; of the name of a place the first of its language forms."""
    return norwegian(value) if name == "name" and isinstance(value, str) else value


def _column(name: str, lang: str) -> Column:
    decimals = 1 if name in SHARES else DECIMALS.get(name, 0)
    return Column(title_of(name, lang), name not in TEXTS, decimals, form_of(name))


def _remarks(result: BusinessResult, say: Say, commands: bool) -> Iterator[Block]:
    for notice in result.notices:
        if notice.id not in _BESIDE:
            yield Paragraph(notice.text)
    others = {lack.table for lack in result.missing} - _LIVES_OF
    yield from _lacking(result, say, commands, others)


def _lacking(result: BusinessResult, say: Say, commands: bool, tables: Collection[str]) -> Iterator[Block]:
    """What is missing, where it is missed."""
    for lack in result.missing:
        if lack.table in tables:
            key = "lacking" if commands else "lacking_table"
            yield Paragraph(say(key, what=lack.what, reference=lack.reference, fetch=lack.fetch))


def _known(*values: float | None) -> bool:
    return any(value is not None for value in values)


def _span(
    low: float | None, high: float | None, say: Say, decimals: int = 2, *, form: str = "number"
) -> str | None:
    """A range on one line, `0,2–0,4`, `11,1–13,7 %`, `−283 to +9`; None where there is none."""
    if low is None or high is None:
        return None
    if form == "signed":
        ends = (say(f"signed.{decimals}", value=each) for each in (low, high))
        return say("span", **dict(zip(("low", "high"), ends, strict=True))).replace(" ", texts.NBSP)
    if form == "share":
        return f"{say('plain.1', value=low * 100)}–{say('per_cent', share=high)}"
    return "–".join(say(f"plain.{decimals}", value=each) for each in (low, high))


def _open_span(low: float | None, high: float | None, say: Say) -> str | None:
    """A span of shares; `at least` where only its low end is known."""
    if low is not None and high is None:
        return say("at_least", low=say("per_cent", share=low))
    return _span(low, high, say, form="share")


def _bracketed(
    low: float | None, high: float | None, say: Say, decimals: int = 2, *, form: str = "share"
) -> str:
    """A range as it stands after a figure; empty where there is none."""
    span = _span(low, high, say, decimals, form=form)
    return "" if span is None else f" ({span})"


def _spreads(
    ranges: Mapping[str, PoissonRange], names: Collection[str], say: Say, form: str = "number"
) -> dict[str, str]:
    """`spread_NAME` → the range of a figure after it, for sentences; empty where there is none."""
    found = {}
    for name in names:
        held = ranges.get(name)
        low, high = (held.low, held.high) if held else (None, None)
        found[f"spread_{name}"] = _bracketed(low, high, say, _RANGED.get(name, 2), form=form)
    return found


def _rank(place: int | None, among: int | None, say: Say) -> str | None:
    return None if place is None else say("rank_of", place=place, among=among)
