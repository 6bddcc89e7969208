"""A place on a terminal: calm tables that fit 80 columns, and plain lines when piped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from tyngdepunkt import texts
from tyngdepunkt.figures import Quality
from tyngdepunkt.places import Places
from tyngdepunkt.places.profile import Fact, Flow, Profile
from tyngdepunkt.places.profile_answer import ground, sources

_NAMED = 6  # neighbours named; the JSON has them all
_TOWNS = 6


def show(found: Profile, places: Places, lang: str) -> None:
    """Print everything that is known of a place."""
    console = Console(highlight=False, markup=False, emoji=False)
    place = found.municipality
    console.print(_say("place.heading", lang, name=place.name, code=place.code), style="bold")
    console.print(_about(found, lang))
    console.print()
    console.print(_facts(found.facts.values(), lang))
    for each in found.breaks:
        console.print(texts.text(each.told.key, lang, **dict(each.told.values)))
    for title, flows in (("commuting_out", found.commuting_out), ("commuting_in", found.commuting_in)):
        if flows:
            heading = _say(f"place.titles.{title}", lang)
            console.print(f"\n{heading} ({found.commuting_year})", style="bold")
            console.print(_flows(flows, lang))
    if found.near:
        console.print("\n" + _say("place.titles.near", lang), style="bold")
        console.print(_near(found, lang))
    if found.towns:
        console.print("\n" + _say("place.titles.towns", lang), style="bold")
        console.print(_towns(found, lang))
    console.print("\n" + _say("place.titles.sources", lang), style="bold")
    console.print(_sources(found, places, lang))
    console.print("\n" + _say("place.snapshot", lang, id=places.snapshot.id), style="dim")


_SOURCE = ("title", "provider", "reference", "date", "licence")


def _about(found: Profile, lang: str) -> Table:
    place = found.municipality
    table = _table((("", "left"), ("", "left")), head=False)
    names = [name for name in place.names if name != place.name]
    rows = [("names", ", ".join(names))] if names else []
    rows += [("county", f"{place.county_name} ({place.county_code})")]
    if found.economic_region[1]:
        rows += [("economic_region", found.economic_region[1])]
    if found.region:
        rows += [("region", f"{found.region.name} ({found.region.id})")]
    rows += [("ground", ground(found, lang))]
    if found.region:
        rows += [("members", texts.number(len(found.region.members), lang=lang))]
    for key, value in rows:
        table.add_row(_say(f"place.{key}", lang), value)
    return table


def _facts(facts: Iterable[Fact], lang: str) -> Table:
    columns = [(_say(f"place.columns.{key}", lang), side) for key, side in _FACT_COLUMNS]
    table = _table(columns)
    for fact in facts:
        figure = fact.figure
        title = _say(f"facts.{fact.id}", lang, name=fact.name)
        year = "" if fact.year is None else str(fact.year)
        told = [figure.sources[0].table] if figure.sources else []
        if figure.quality is not Quality.MEASURED and figure.value is not None:
            told.append(_say(f"quality.{figure.quality}", lang))
        table.add_row(title, _value(fact, lang), year, ", ".join(told))
    return table


_FACT_COLUMNS = (("what", "left"), ("value", "right"), ("year", "right"), ("source", "left"))


def _value(fact: Fact, lang: str) -> str:
    figure = fact.figure
    if figure.value is None:
        return _say(f"quality.{figure.quality}", lang)
    return _say(f"units.{figure.unit}", lang, value=figure.value)


def _flows(flows: Sequence[Flow], lang: str) -> Table:
    columns = [
        (_say("place.columns.municipality", lang), "left"),
        (_say("place.columns.persons", lang), "right"),
    ]
    table = _table(columns)
    for flow in flows:
        hidden = _say(f"quality.{flow.quality}", lang)
        mark = f" ({hidden})" if flow.quality is Quality.ESTIMATED else ""
        persons = hidden if flow.persons is None else texts.number(flow.persons, lang=lang) + mark
        table.add_row(f"{flow.other.name} {flow.other.code}", persons)
    return table


def _near(found: Profile, lang: str) -> Table:
    columns = [("", "left"), (_say("place.columns.count", lang), "right")]
    columns += [(_say("place.columns.nearest", lang), "left")]
    table = _table(columns)
    shown = 0
    for minutes, reached in found.near.items():
        new = [f"{place.name} {time:.0f}" for place, time in reached[shown:]]
        named = _named(new, lang)
        table.add_row(_say("place.within", lang, minutes=minutes), str(len(reached)), named)
        shown = len(reached)
    return table


def _named(names: list[str], lang: str) -> str:
    if not names:
        return "–"
    rest = len(names) - _NAMED
    if rest <= 0:
        return ", ".join(names)
    return _say("place.and_more", lang, names=", ".join(names[:_NAMED]), more=rest)


def _towns(found: Profile, lang: str) -> Table:
    columns = [(_say("place.columns.town", lang), "left"), (_say("place.columns.persons", lang), "right")]
    columns += [(_say("place.columns.year", lang), "right")]
    table = _table(columns)
    for town in found.towns[:_TOWNS]:
        persons = (
            _say("place.missing", lang) if town.persons is None else texts.number(town.persons, lang=lang)
        )
        table.add_row(town.name, persons, (town.date or "")[:4])
    rest = len(found.towns) - _TOWNS
    if rest > 0:
        table.add_row(f"+ {rest}", "", "")
    return table


def _sources(found: Profile, places: Places, lang: str) -> Table:
    table = _table((("", "left"), ("", "left")), head=False)
    for source in sources(found, places, lang):
        told = {part: getattr(source, part) for part in _SOURCE}
        line = _say("place.source_line", lang, **told)
        table.add_row(source.table, f"{line} {places.info(source.table).attribution[lang]}".strip())
    return table


def _table(columns: Sequence[tuple[str, str]], *, head: bool = True) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=head, header_style="dim")
    for name, side in columns:
        table.add_column(name, justify="right" if side == "right" else "left")
    return table


def _say(key: str, lang: str, **values: object) -> str:
    return texts.text(f"places:{key}", lang, **values)
