"""The country's need for desks, area by area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Notice, Setting
from tyngdepunkt.analyses.remote_work.assumed import assumptions_of
from tyngdepunkt.analyses.remote_work.counted import Counted, counted
from tyngdepunkt.analyses.remote_work.hidden import Hidden, hidden
from tyngdepunkt.analyses.remote_work.need import Wish, summed
from tyngdepunkt.analyses.remote_work.question import EVEN, Level, Question
from tyngdepunkt.analyses.remote_work.resolve import ROOM, TABLE, Asked
from tyngdepunkt.analyses.remote_work.result import Area, Desks, ExperienceRange, MethodBand, RemoteWork
from tyngdepunkt.analyses.remote_work.shares import METHODS
from tyngdepunkt.analyses.remote_work.sources import sources_of
from tyngdepunkt.indicators.assumptions import assumption
from tyngdepunkt.indicators.columns import latest
from tyngdepunkt.indicators.occupations import wage_earners
from tyngdepunkt.places import Municipality, Places

NORWAY = "0"


def run(asked: Asked, setting: Setting) -> RemoteWork:
    """Every area of the level that is asked for, and the country."""
    places, question = asked.places, asked.question
    country = _Country(places, question, setting.lang)
    groups = country.groups(question.level)
    areas = [country.area(question.level, each) for each in groups]
    found = RemoteWork(
        level=question.level,
        year=country.year,
        chance=question.chance,
        busiest=question.busiest,
        assumptions=assumptions_of(question, setting.lang),
        country=country.whole(),
        areas=areas,
        sources=sources_of(places, question, setting.lang),
        notices=_notices(question, areas, setting.lang),
        made=asked.made,
    )
    found.__dict__["places_"] = places
    found.__dict__["colours_"] = country.colours(groups, areas)
    return found


def _notices(question: Question, areas: Sequence[Area], lang: str) -> list[Notice]:
    missing = sorted({name for each in areas for name in each.without_figures})
    told = {
        "by_occupation": True,
        "home_not_office": True,
        "residence": True,
        "one_office_each": question.level != "municipality",
        "independent": True,
        "even_week": question.busiest == EVEN,
        "suppressed": any(each.quality == "suppressed" for each in areas),
        "without_figures": bool(missing),
    }
    return [Notice(key, texts.text(f"{ROOM}:notice.{key}", lang, names=missing)) for key in told if told[key]]


@dataclass(frozen=True, slots=True)
class _Group:
    """An area and the positions of its municipalities."""

    code: str
    name: str
    county: str
    members: tuple[int, ...]


class _Country:
    """What is known of each municipality, and the sums of areas."""

    def __init__(self, places: Places, question: Question, lang: str) -> None:
        self.year = latest(places, TABLE)
        self._lang = lang
        self._wish = Wish.of(question)
        self._places: list[Municipality] = list(places.municipalities.values())
        self._counted: Counted = counted(wage_earners(places, self.year)[0])

    @cached_property
    def _hidden(self) -> Hidden:
        regions = [each.region or 0 for each in self._places]
        counties = [int(each.county_code) for each in self._places]
        return hidden(self._counted.band[:, 0], regions, counties)

    @cached_property
    def _desks(self) -> list[Desks | None]:
        """Of one office in each municipality; None where it has no figures."""
        rows = zip(self._counted.band.tolist(), self._counted.known.tolist(), strict=True)
        return [self._wish.desks(_band(row)) if known else None for row, known in rows]

    def groups(self, level: Level) -> list[_Group]:
        """The areas of a level, by number."""
        members: dict[str, list[int]] = {}
        named: dict[str, tuple[str, str]] = {}
        for at, place in enumerate(self._places):
            code, *names = _area_of(place, level)
            if code:
                members.setdefault(code, []).append(at)
                named[code] = (names[0], names[1])
        order = sorted(members, key=int)
        return [_Group(code, *named[code], tuple(members[code])) for code in order]

    def whole(self) -> Area:
        """All municipalities."""
        name = texts.text(f"{ROOM}:view.norway", self._lang)
        return self._summed(_Group(NORWAY, name, "", tuple(range(len(self._places)))), together=False)

    def area(self, level: Level, group: _Group) -> Area:
        """The figures of an area, or why there are none."""
        if self._is_hidden(level, group):
            return self._without(group, "suppressed")
        if not self._counted.known[list(group.members)].any():
            return self._without(group, "missing")
        return self._summed(group)

    def colours(self, groups: Sequence[_Group], areas: Sequence[Area]) -> dict[str, float]:
        """Municipality → desks per 1,000 of the area it lies in, where known."""
        return {
            self._places[at].code: area.per_thousand
            for group, area in zip(groups, areas, strict=True)
            for at in group.members
            if area.per_thousand is not None and self._counted.known[at]
        }

    def _is_hidden(self, level: Level, group: _Group) -> bool:
        if level == "municipality":
            return group.members[0] in self._hidden.municipalities
        within = self._hidden.regions if level == "region" else self._hidden.counties
        return int(group.code) in within

    def _summed(self, group: _Group, *, together: bool = True) -> Area:
        sums = self._counted.of(group.members)
        everyone, independent = float(sums.everyone[0]), _band(sums.band[0].tolist())
        wanting = self._wish.wanting(independent)
        desks = summed([each for at in group.members if (each := self._desks[at])])
        joint = desks if len(group.members) == 1 else self._wish.desks(independent) if together else None
        ends = assumption("desks_per_person")
        return Area(
            code=group.code,
            name=group.name,
            county=group.county,
            wage_earners=everyone,
            independent=independent,
            methods=dict(zip(METHODS, sums.by_method[0].tolist(), strict=True)),
            share=_band((sums.band[0] / everyone).tolist()) if everyone else None,
            wanting=wanting,
            desks=desks,
            desks_together=joint,
            per_thousand=1000 * desks.mean / everyone if everyone else None,
            experience=ExperienceRange(ends.low * wanting.mean, ends.high * wanting.mean),
            without_figures=self._missing(group),
            quality="assumed",
        )

    def _without(self, group: _Group, quality: str) -> Area:
        known = ("code", "name", "county", "without_figures", "quality")
        empty = dict.fromkeys(set(Area.__struct_fields__) - set(known))
        missing = self._missing(group)
        told = {"code": group.code, "name": group.name, "county": group.county}
        return Area(**empty, **told, without_figures=missing, quality=quality)  # type: ignore[arg-type]

    def _missing(self, group: _Group) -> list[str]:
        return [self._places[at].called for at in group.members if not self._counted.known[at]]


def _area_of(place: Municipality, level: Level) -> tuple[str, str, str]:
    """Number and name of the area a municipality lies in, and the county where it is itself the area."""
    if level == "county":
        return place.county_code, place.county_called, ""
    if level == "region":
        return (str(place.region), place.region_called, "") if place.region is not None else ("", "", "")
    return place.code, place.called, place.county_called


def _band(ends: Sequence[float]) -> MethodBand:
    low, mean, high = ends
    return MethodBand(low, mean, high)
