"""From what a person wrote to a municipality of 2024.

Looked for in this order, and the first that knows the name decides: official names of
municipalities in any language, what is no municipality at all (a county, Svalbard, abroad),
names of former municipalities, towns, other place names, postal places. So a municipality's
name beats a town's, and a town beats a farm.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.places import names
from tyngdepunkt.places.elsewhere import Elsewhere, counties_of, is_country
from tyngdepunkt.places.models import Municipality, Notice, Resolved
from tyngdepunkt.places.municipality_changes import Renumbering

if TYPE_CHECKING:
    from tyngdepunkt.places.store import Places

_NUMBER = re.compile(r"\d{3,4}")
_OTHER_NUMBER = re.compile(r"[-+\u2212]?\d+([ .,]\d+)*")
_NAME_AND_NUMBER = re.compile(r"^(?P<before>\d{4})\s+\D+$|^\D+?[\s(,]+(?P<after>\d{4})\)?$")
_CODE_LIST = re.compile(r"[kK][-_ ]?(?P<code>\d{4})\b[\s:.-]*(?:\D.*)?")
_DATED = re.compile(r"(?P<name>.+?)\s*\((?P<first>\d{4})?\s*[-\u2010-\u2015]\s*(?P<last>\d{4})?\)")
_BARE_HYPHEN = re.compile(r"\s*-\s*")
_SPACED_DASH = re.compile(r"\s+[-\u2010-\u2015\u2212]\s+")
_SETTLEMENTS = ("town", "settlement")
_LEVEL_OF_FARMS = 2  # among the indexes of settlements: from here on come farms and postal places
_LOST_LETTERS = "åæøáčđŋšŧž"
_SUGGESTIONS = 3
_CLOSE_ENOUGH = 0.6

Index = dict[str, dict[str, str]]  # key of a name → municipality number → the name as it is spelled
Former = dict[str, tuple[str, ...]]  # number of a former municipality → the municipalities it became


class Asked(NamedTuple):
    """What a person wrote, and where: for the messages."""

    name: str
    where: str


class Lookup:
    """Finds municipalities by anything people call them. One for each open snapshot."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._renumbering = Renumbering(places)
        self._elsewhere = Elsewhere(places)

    def resolve(self, text: str | int, where: str) -> Resolved:
        """See `Places.resolve`."""
        written = names.tidy(str(text))
        wanted = names.without_kind(written) if _NUMBER.search(written) else written
        if not wanted:
            raise UserError(Fault("places:empty_place", {}, where))
        numbered = _NAME_AND_NUMBER.match(wanted)
        if numbered:
            code = numbered["before"] or numbered["after"]
            return self._agreed(self._by_number(code, wanted, where), code, wanted, where)
        if _NUMBER.fullmatch(wanted):
            return self._by_number(wanted.zfill(4), wanted, where)
        listed = _CODE_LIST.fullmatch(wanted)
        if listed:
            return self._by_number(listed["code"], wanted, where)
        if _OTHER_NUMBER.fullmatch(wanted) and self._elsewhere.by_name(wanted, where) is None:
            raise UserError(Fault("places:not_a_code", {"given": wanted[:40]}, where))
        return self._by_name(wanted, where)

    def in_force(self, text: str, year: int) -> list[str]:
        """Numbers of the municipalities that bore a name on 1 January of a year."""
        wanted = names.key(names.without_kind(names.tidy(text)))
        day = dt.date(year, 1, 1)
        found = self._renumbering.in_force(wanted, day)
        return found or self._renumbering.in_force(names.key(names.plain(wanted)), day)

    # Numbers

    def _agreed(self, found: Resolved, code: str, wanted: str, where: str) -> Resolved:
        """What a number stands for, where the name beside it is not another place's.

        A name that several places bear, or one that is not known, leaves it to the number.
        """
        name = wanted.replace(code, " ", 1).strip(" (),\t")
        periods = self._renumbering.periods.get(code, ())
        own = {
            names.key(names.plain(each)) for each in (*(p.name for p in periods), *found.municipality.names)
        }
        if names.key(names.plain(name)) in own:
            return found
        try:
            named = self._by_name(name, where).municipality
        except UserError:
            return found
        if named.code == found.municipality.code:
            return found
        values = {"code": code, "name": name, "numbered": found.municipality.name, "named": named.code}
        raise UserError(Fault("places:name_and_number", values, where))

    def _by_number(self, code: str, wanted: str, where: str) -> Resolved:
        if code in self._places.municipalities:
            return Resolved(self._places.municipalities[code])
        targets = self._renumbering.targets(code)
        if not targets:
            known = self._elsewhere.by_number(code, where)
            raise UserError(known) if known else self._unknown(wanted, where)
        return self._renumbered(code, targets, where)

    def _renumbered(self, code: str, targets: tuple[str, ...], where: str) -> Resolved:
        old_name = self._renumbering.name(code)
        if len(targets) > 1:
            old = f"{code} {old_name}".strip()
            raise UserError(Fault("places:split_number", {"old": old, "parts": self._listed(targets)}, where))
        municipality = self._places.municipalities[targets[0]]
        values = {"old": code, "old_name": old_name, "new": municipality.code, "name": municipality.name}
        return Resolved(municipality, Notice("places:old_number", values))

    # Names

    def _by_name(self, wanted: str, where: str) -> Resolved:
        dated = _DATED.fullmatch(wanted)
        if dated:
            return self._of_a_time(dated, wanted, where)
        bare = names.without_kind(wanted)
        readings = dict.fromkeys([*_readings(wanted), *_readings(bare), *self._county_behind(bare)])
        for tier in (self._of_today, self._of_nowhere, self._of_yesterday, self._of_towns):
            for name, within in readings:
                found = tier(name, within, Asked(wanted, where))
                if found:
                    return found
        written_apart = self._written_apart(bare)
        if written_apart:
            return self._by_name(written_apart, where)
        raise self._unknown(wanted, where)

    def _county_behind(self, wanted: str) -> Iterator[tuple[str, str]]:
        """`Herøy - Nordland` as Herøy in Nordland."""
        parts = _SPACED_DASH.split(wanted)
        if len(parts) == 2 and self._elsewhere.is_county(parts[1]):
            yield names.without_kind(parts[0]), parts[1]

    def _written_apart(self, wanted: str) -> str:
        """The name of the one municipality that `Sør Varanger` or `Aurskog – Høland` is; else empty."""
        found = self._hyphened.get(names.joined(wanted), ())
        return next(iter(found)) if len(found) == 1 else ""

    def _of_a_time(self, dated: re.Match[str], wanted: str, where: str) -> Resolved:
        """`Drammen (2020-2023)`, as Statistics Norway names what has changed: the number of those years."""
        name, year = names.key(dated["name"]), int(dated["last"] or dated["first"] or 0)
        day = dt.date(min(max(year, 1), 9999), 7, 1)
        for code, periods in self._renumbering.periods.items():
            if any(name in names.spellings(each.name) and each.covers(day) for each in periods):
                return self._by_number(code, wanted, where)
        return self._by_name(dated["name"], where)

    def _of_nowhere(self, name: str, within: str, asked: Asked) -> None:
        """Refuses what is no municipality as what it is."""
        known = None if within else self._elsewhere.by_name(name, asked.where)
        if known:
            raise UserError(known)

    def _of_today(self, name: str, within: str, asked: Asked) -> Resolved | None:
        found = self._narrow(_of_all_forms(self._official, name), within)
        if not found:
            return None
        municipality = self._single(found, asked)
        return Resolved(municipality, None if within else self._also_former(name, municipality.code))

    def _of_yesterday(self, name: str, within: str, asked: Asked) -> Resolved | None:
        former = self._former(name, within)
        if not former:
            return None
        bearers = {code for index in self._settlements() for code in index.get(names.key(name), ())}
        return self._former_municipality(former, name, self._narrow(bearers, within), asked)

    def _of_towns(self, name: str, within: str, asked: Asked) -> Resolved | None:
        wanted = names.key(name)
        for level, index in enumerate(self._settlements()):
            if level == _LEVEL_OF_FARMS and not within:
                self._refuse_abroad_and_halved(name, asked)
            found = self._narrow(index.get(wanted, ()), within)
            if found:
                municipality = self._single(found, asked)
                larger, others = self._longer_names(wanted, municipality.code) if not within else ((), ())
                if larger:
                    self._single((municipality.code, *larger), asked)
                town = index[wanted][municipality.code]
                notice = self._town_notice(town, municipality, (*found, *others))
                return Resolved(municipality, notice, town)
        return None

    def _refuse_abroad_and_halved(self, name: str, asked: Asked) -> None:
        """Before farms and postal places: another country, and a name that lost its first letter."""
        abroad = is_country(name, asked.where)
        if abroad:
            raise UserError(abroad)
        if not (name[:1].islower() or name.isupper()):
            return
        for letter in _LOST_LETTERS:
            whole = names.key(letter + name)
            for index in (self._official, self._towns):
                if whole in index:
                    codes = (*index[whole], *self._farms(names.key(name)))
                    listed = self._listed(dict.fromkeys(codes))
                    values = {"name": name, "whole": letter.upper() + name, "places": listed}
                    raise UserError(Fault("places:halved_name", values, asked.where))

    def _farms(self, wanted: str) -> tuple[str, ...]:
        return (*self._other_names.get(wanted, ()), *self._postal_places.get(wanted, ()))

    def _longer_names(self, wanted: str, here: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Municipalities with a town called `wanted` and where (Mo i Rana): larger ones, and others."""
        rows = [each for each in self._qualified_towns.get(wanted, ()) if each[0] != here]
        size = max((each[1] for each in self._town_sizes.get(wanted, ()) if each[0] == here), default=0)
        larger = tuple(code for code, persons in rows if persons > size)
        return larger, tuple(code for code, _ in rows if code not in larger)

    def _former_municipality(
        self, former: Former, name: str, bearers: tuple[str, ...], asked: Asked
    ) -> Resolved:
        """`bearers` are the municipalities that have a town or other place of that name."""
        targets = tuple(dict.fromkeys(code for parts in former.values() for code in parts))
        if len(former) == 1 and len(targets) > 1:
            return self._renumbered(next(iter(former)), targets, asked.where)
        municipality = self._single(targets, asked)
        if municipality.code in self._official.get(names.key(name), ()):
            return Resolved(municipality)
        old_name = self._renumbering.name(next(iter(former)))
        if municipality.code in bearers:
            town = self._spelled(names.key(name), municipality.code) or old_name
            return Resolved(municipality, self._town_notice(town, municipality, bearers), town)
        values = {"old_name": old_name, "new": municipality.code, "name": municipality.name}
        return Resolved(municipality, Notice("places:former_name", values), names.plain(old_name))

    def _spelled(self, wanted: str, code: str) -> str:
        """The name of a town as it is spelled."""
        return next(
            (index[wanted][code] for index in self._settlements() if code in index.get(wanted, ())), ""
        )

    def _former(self, name: str, within: str) -> Former:
        """Former municipalities of a name: number → the municipalities it became.

        One that kept its name under a new number is no other municipality, so of those
        that became the same only the newest number is kept.
        """
        found = self._became(f"{name} ({within})" if within else name)
        if within and not found:
            found = {code: parts for code, parts in self._became(name).items() if self._narrow(parts, within)}
        by_parts = {parts: code for code, parts in found.items() if parts}
        return {code: parts for parts, code in by_parts.items()}

    def _became(self, name: str) -> Former:
        return {code: self._renumbering.targets(code) for code in self._renumbering.named(names.key(name))}

    def _also_former(self, name: str, found: str) -> Notice | None:
        """Says so where a name that one municipality bears today was lately another's too."""
        others = [parts for parts in self._former(name, "").values() if found not in parts]
        if not others:
            return None
        municipality = self._places.municipalities[found]
        listed = self._listed(sorted({code for parts in others for code in parts}))
        return Notice(
            "places:also_former_name", {"name": municipality.called, "code": found, "others": listed}
        )

    def _town_notice(self, town: str, municipality: Municipality, bearers: Iterable[str]) -> Notice:
        """Says that a town was taken to its municipality, and which others have one of that name."""
        others = self._listed(sorted(set(bearers) - {municipality.code}))
        values = {"town": town, "name": municipality.called, "new": municipality.code, "others": others}
        return Notice(f"places:town_to_municipality{'_also' if others else ''}", values)

    def _single(self, found: Iterable[str], asked: Asked) -> Municipality:
        codes = tuple(found)
        if len(codes) > 1:
            values = {"name": asked.name, "places": self._listed(codes)}
            raise UserError(Fault("places:ambiguous_place", values, asked.where))
        return self._places.municipalities[codes[0]]

    def _narrow(self, found: Iterable[str], within: str) -> tuple[str, ...]:
        """Those of the candidates that lie in a county or municipality of that name."""
        codes = tuple(found)
        if not within:
            return codes
        area = set(names.forms(within))
        return tuple(code for code in codes if area & self._areas(self._places.municipalities[code]))

    def _areas(self, municipality: Municipality) -> set[str]:
        own = {names.key(form) for form in municipality.names}
        bracket = names.qualified(municipality.name)
        own |= {names.key(bracket[1])} if bracket else set()
        own |= counties_of(self._renumbering.earlier(municipality.code))
        return own | set(names.forms(municipality.county_name)) | {names.key(municipality.county_name)}

    def _listed(self, codes: Iterable[str]) -> list[str]:
        """Municipalities as a message names them: name, county, number."""
        known = [self._places.municipalities[code] for code in codes]
        return [f"{names.plain(one.name)} ({one.county_name}) {one.code}" for one in known]

    # Indexes, each made when it is first needed

    @cached_property
    def _official(self) -> Index:
        found: Index = {}
        for municipality in self._places.municipalities.values():
            for name in (municipality.name, *municipality.names):
                for spelling in names.spellings(name):
                    found.setdefault(spelling, {}).setdefault(municipality.code, name)
        for name, code in self._renumbering.present_names():
            for spelling in names.spellings(name):
                found.setdefault(spelling, {}).setdefault(code, name)
        return found

    @cached_property
    def _hyphened(self) -> dict[str, set[str]]:
        """`names.joined` of each municipality's name with a hyphen in it, of today or before → the name."""
        found: dict[str, set[str]] = {}
        official = [form for one in self._places.municipalities.values() for form in one.names]
        for name in (*official, *self._renumbering.former_names()):
            if _BARE_HYPHEN.search(name) and " - " not in name:
                found.setdefault(names.joined(names.plain(name)), set()).add(names.plain(name))
        return found

    def _settlements(self) -> Iterator[Index]:
        yield self._towns
        yield self._named_settlements
        yield self._other_names
        yield self._postal_places

    @cached_property
    def _towns(self) -> Index:
        return self._index("town", lambda row: True)

    @cached_property
    def _town_sizes(self) -> dict[str, list[tuple[str, int]]]:
        """Key of a town's name → municipality and inhabitants."""
        found: dict[str, list[tuple[str, int]]] = {}
        rows = (
            self._places.rows("town", ("name", "municipality", "persons")) if self._places.has("town") else ()
        )
        for name, code, persons in rows:
            found.setdefault(names.key(name), []).append((code, persons or 0))
        return found

    @cached_property
    def _qualified_towns(self) -> dict[str, list[tuple[str, int]]]:
        """The first part of `Mo i Rana` → municipality and inhabitants."""
        found: dict[str, list[tuple[str, int]]] = {}
        for name, rows in self._town_sizes.items():
            parts = names.qualified(name)
            if parts:
                found.setdefault(parts[0], []).extend(rows)
        return found

    @cached_property
    def _named_settlements(self) -> Index:
        return self._index("place_name", lambda row: row[2] in _SETTLEMENTS, "type")

    @cached_property
    def _other_names(self) -> Index:
        return self._index("place_name", lambda row: row[2] not in _SETTLEMENTS, "type")

    @cached_property
    def _postal_places(self) -> Index:
        return self._index("postal_code", lambda row: True)

    def _index(self, table: str, wanted: Callable[[tuple[str, ...]], bool], *more: str) -> Index:
        found: Index = {}
        for row in (
            self._places.rows(table, ("name", "municipality", *more)) if self._places.has(table) else ()
        ):
            if row[1] in self._places.municipalities and wanted(row):
                for spelling in names.spellings(row[0]):
                    found.setdefault(spelling, {}).setdefault(row[1], _form(row[0], spelling))
        return found

    # What may have been meant

    def _unknown(self, wanted: str, where: str) -> UserError:
        near = self._suggestions(wanted)
        key = "places:unknown_place" if near else "places:unknown_place_nothing_near"
        return UserError(Fault(key, {"name": wanted, "suggestions": near, "meant": " / ".join(near)}, where))

    def _suggestions(self, wanted: str) -> list[str]:
        """Up to three names that look alike; where letters alone differ, only that one."""
        known = {names.fold(name): name for name in reversed(self._known_names())}
        folded = names.fold(wanted)
        if folded in known:
            return [known[folded]]
        return [known[near] for near in difflib.get_close_matches(folded, known, _SUGGESTIONS, _CLOSE_ENOUGH)]

    def _known_names(self) -> list[str]:
        official = [name for one in self._places.municipalities.values() for name in one.names]
        towns = [row[0] for row in self._places.rows("town", ("name",))] if self._places.has("town") else []
        return [names.plain(name) for name in (*official, *self._renumbering.former_names(), *towns)]


def _form(name: str, spelling: str) -> str:
    """The one of a name's language forms that has a spelling, as it is spelled; the whole name else."""
    return next(
        (form for form in names.written_forms(name) if names.key(form) == spelling), names.plain(name)
    )


def _readings(wanted: str) -> Iterator[tuple[str, str]]:
    """Ways to read what was written: as it stands, then as a name in an area."""
    yield wanted, ""
    parts = names.qualified(wanted)
    if parts:
        yield parts


def _of_all_forms(index: Index, name: str) -> tuple[str, ...]:
    """Numbers that bear a name, or all the language forms that were written together."""
    whole = index.get(names.key(name))
    if whole:
        return tuple(whole)
    for forms in (names.forms(name), _BARE_HYPHEN.split(names.key(name))):
        bearers = [index.get(form, {}) for form in forms]
        if len(bearers) > 1 and all(bearers):
            return tuple(code for code in bearers[0] if all(code in other for other in bearers))
    return ()
