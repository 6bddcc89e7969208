"""The municipality, the labour-market region, the county or the country a name stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.places import Places, names
from tyngdepunkt.places.models import Notice


@dataclass(frozen=True, slots=True)
class Area:
    """What a profile is of.

    Args:
        kind: `municipality`, `region`, `county` or `country`.
        code: its number; empty for the country.
        name: its name.
        members: numbers of its municipalities.
        notice: what must be told of how the name was read.
    """

    kind: str
    code: str
    name: str
    members: tuple[str, ...]
    notice: Notice | None = None

    @property
    def short(self) -> str:
        """The Norwegian one of the language forms of its name, for headings, sentences and lists."""
        return names.norwegian(self.name)

    def called(self, lang: str) -> str:
        """The name of the area in running text.

        Args:
            lang: nb, nn or en; only the name of the country depends on it.

        Returns:
            The name; for the country always the word of the language, whatever the person wrote.
        """
        return texts.text("analyses.business:norway", lang) if self.kind == "country" else self.short


def area_of(text: str, places: Places, where: str) -> Area:
    """The area a person wrote: a municipality or town, a labour-market region, a county, or the country.

    Raises:
        UserError: no such place, or one of several.
    """
    try:
        found = places.resolve(text, where)
    except UserError as error:
        key, values = error.faults[0].key, error.faults[0].values
        if key == "places:is_country":
            return Area("country", "", "Norge", tuple(places.municipalities))
        if key == "places:is_county":
            return _county(str(values["name"]), places)
        if (
            key == "places:is_former_county"
        ):  # a county of today can be asked for here, not only a municipality
            raise UserError(Fault("analyses.business:former_county", values, where)) from error
        if key in _READ_AS:
            return _region(values, _READ_AS[key], places)
        raise
    one = found.municipality
    return Area("municipality", one.code, one.name, (one.code,), found.notice)


def _county(name: str, places: Places) -> Area:
    members = [each for each in places.municipalities.values() if names.first_form(each.county_name) == name]
    first = members[0]
    return Area("county", first.county_code, first.county_name, tuple(each.code for each in members))


_READ_AS = MappingProxyType(
    {
        "places:is_region": "places:read_as_region",
        "places:is_district": "places:read_as_district",
        "places:is_district_beside": "places:read_as_district_beside",
    }
)
"""What refuses a region where a municipality is needed → what tells of it where it is answered."""


def _region(said: Mapping[str, Any], told: str, places: Places) -> Area:
    named = (each for each in places.regions.values() if names.norwegian(each.name) == said["region"])
    found = next(named)
    return Area("region", str(found.id), found.name, found.members, Notice(told, dict(said)))
