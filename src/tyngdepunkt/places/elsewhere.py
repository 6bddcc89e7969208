"""What is no municipality though it is written where one is wanted: counties, regions, Svalbard, abroad.

They are answered as what they are, never by a place with a similar name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from tyngdepunkt.errors import Fault
from tyngdepunkt.places import names

if TYPE_CHECKING:
    from tyngdepunkt.places.models import Region
    from tyngdepunkt.places.store import Places

_KINDS = ("svalbard", "shelf", "abroad", "unstated", "country")
_COUNTY_WORD = re.compile(
    r"\s+(?:fylke|fylket|fylkeskommune|fylkeskommunen|county|fylka|fylkkagielda|fylhke|fylkki|fylkinkomuuni)$"
    r"|^(?:county of|fylke|fylket)\s+",
    re.IGNORECASE,
)
_REGION_WORD = re.compile(
    r"^(?:(?:(?:bo|bu)- og )?arbeidsmark(?:ed|nad)sregion(?:en)?|ba-region(?:en)?|region(?:en)?"
    r"|labour[- ]market region(?: of)?)\s+(?=\S)"
    r"|(?<=\S)(?:\s+(?:ba-)?region|\s*-?\s*regionen|\s+labour[- ]market region)$",
    re.IGNORECASE,
)
_COUNTY_NUMBER = re.compile(r"(?:[fF][-_ ]?)?(?P<number>[0-9]{2})(?:\s+(?P<name>\D+))?")
_OF_NORWAY = frozenset({"NO", "SJ", "BV"})


class County(NamedTuple):
    """A county by name, and the counties of today it became where it is one no more."""

    name: str
    became: tuple[str, ...]


class Elsewhere:
    """Recognises what is no municipality, in one open snapshot."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._counties = _counties({one.code[:2]: one.county_name for one in places.municipalities.values()})

    def by_number(self, code: str, where: str) -> Fault | None:
        """What four digits stand for in the tables of Statistics Norway, where it is no municipality."""
        for kind in _KINDS:
            if re.fullmatch(_known()[kind]["numbers"], code):
                return Fault(f"places:is_{kind}", {"name": code}, where)
        return None

    def by_name(self, written: str, where: str) -> Fault | None:
        """What a name or a county number stands for; None where it may be a place."""
        wanted = names.key(written)
        for kind in _KINDS:
            if wanted in _names_of(kind):
                return Fault(f"places:is_{kind}", {"name": written}, where)
        county = self._county(written)
        if county is None:
            return self._is_region(written, where)
        if county.became and county.became != (county.name,):
            return Fault("places:is_former_county", {"name": county.name, "today": county.became}, where)
        return Fault("places:is_county", {"name": county.name}, where)

    def _is_region(self, written: str, where: str) -> Fault | None:
        region = self.region(written)
        if region is None:
            return None
        listed = [names.norwegian(self._places.municipalities[code].name) for code in region.members]
        values = {"name": written, "region": names.norwegian(region.name), "places": listed}
        if not any(_known()["districts"].get(names.key(name), {}).get("assumed") for name in _bare(written)):
            return Fault("places:is_region", values, where)
        others = [name for bare in _bare(written) for name in self._economic_region(bare)]
        key = "places:is_district_beside" if others else "places:is_district"
        return Fault(key, {**values, "others": others}, where)

    def _economic_region(self, name: str) -> list[str]:
        """Municipalities of the economic region (Klass 108) with this name."""
        rows = self._places.rows("municipality", ("code", "economic_region_name"))
        held = [code for code, own in rows if own and names.key(own) == names.key(name)]
        return [names.norwegian(self._places.municipalities[code].name) for code in held]

    def region(self, written: str) -> Region | None:
        """The labour-market region a name stands for: one with two centres, one called so, or a district.

        Most regions are named for a municipality; such a name alone is the municipality.
        """
        for name in _bare(written):
            meant = _known()["districts"].get(names.key(name), {}).get("region", name)
            found = self._regions.get(_spaceless(meant))
            if found is not None and (name != written or "/" in found.name):
                return found
        return None

    @cached_property
    def _regions(self) -> Mapping[str, Region]:
        """By name, and by each language form of it."""
        found: dict[str, Region] = {}
        for region in self._places.regions.values() if self._places.has("region") else ():
            for name in (region.name, *region.name.split(" - ")):
                found[_spaceless(name)] = region
        return found

    def is_county(self, written: str) -> bool:
        """Whether it is the name or the number of a county, of today or before."""
        return self._county(written) is not None

    def _county(self, written: str) -> County | None:
        numbered = _COUNTY_NUMBER.fullmatch(written)
        if numbered:
            return self._counties.get(numbered["number"])
        return self._counties.get(names.key(_COUNTY_WORD.sub("", written)))


def _bare(written: str) -> tuple[str, ...]:
    """The name without the words that call it a region; where they follow an s, without that too.

    >>> _bare("Bergensregionen"), _bare("Grenland")
    (('Bergens', 'Bergen'), ('Grenland',))
    """
    bare = _REGION_WORD.sub("", written)
    return (bare,) if bare == written else tuple(dict.fromkeys((bare, bare.removesuffix("s"))))


def _spaceless(name: str) -> str:
    """A key in which the blanks around a slash do not count."""
    return re.sub(r"\s*/\s*", "/", names.key(name)).strip()


def counties_of(numbers: Iterable[str]) -> set[str]:
    """Keys of the former counties that municipalities with these numbers lay in."""
    prefixes = {number[:2] for number in numbers}
    former = _known()["former_counties"].items()
    return {names.key(name) for name, entry in former if prefixes & set(entry["numbers"])}


def is_country(written: str, where: str) -> Fault | None:
    """The fault for the name of another country in Norwegian, English, Swedish or Danish."""
    if names.key(written) in _countries():
        return Fault("places:is_abroad", {"name": written}, where)
    return None


def _counties(today: Mapping[str, str]) -> dict[str, County]:
    """Every name and number of a county, of today or before; today's win."""
    found: dict[str, County] = {}
    for name, entry in _known()["former_counties"].items():
        became = tuple(names.plain(today[code]) for code in entry["today"] if code in today)
        for word in (names.key(name), *entry["numbers"]):
            found[word] = County(name, tuple(names.first_form(each) for each in became))
    for code, name in today.items():
        for word in (code, *names.spellings(name)):
            found[word] = County(names.first_form(name), ())
    return found


@cache
def _known() -> Mapping[str, Any]:
    from tyngdepunkt.texts import read_yaml

    known: Mapping[str, Any] = read_yaml("tyngdepunkt.places", "elsewhere.yaml")
    return known


@cache
def _names_of(kind: str) -> frozenset[str]:
    return frozenset(names.key(name) for name in _known()[kind]["names"])


@cache
def _countries() -> frozenset[str]:
    from babel import Locale

    found = set()
    for lang in ("nb", "nn", "en", "sv", "da"):
        for code, name in Locale(lang).territories.items():
            if len(code) == 2 and code.isalpha() and code not in _OF_NORWAY:
                found.add(names.key(name))
    return frozenset(found)
