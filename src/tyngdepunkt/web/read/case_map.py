"""The alternatives of a case on a map, numbered as in the table beside it, and the same in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tyngdepunkt import texts
from tyngdepunkt.documents.map import MapPoint, overview_map
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Municipality, Places

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.result import AlternativeResult, Assessment

_INSIDE = range(3, 7)
"""The centrality classes that the guidelines ask for."""

_MOST = 40  # names on one map; more would hide it


Mark = tuple[str, Municipality]
"""What stands beside a place, such as its number, and the place."""


@dataclass(frozen=True, slots=True)
class CaseMap:
    """A drawing and what it shows, in words."""

    svg: str
    words: str


def alternatives_map(
    places: Places, codes: Sequence[str], leaves: Iterable[str], lang: str
) -> CaseMap | None:
    """Alternatives with their number and class, their regions shaded, and where jobs leave.

    Args:
        places: the snapshot.
        codes: municipality of each alternative in the order of the table; empty for one that is
            not a place, which keeps its number.
        leaves: municipalities that jobs are moved from.
        lang: `nb`, `nn` or `en`.

    Returns:
        None where no alternative is a place.
    """
    known = [(str(at), places.municipalities[code]) for at, code in enumerate(codes, 1) if code]
    if not known:
        return None
    gone = [places.municipalities[code] for code in dict.fromkeys(leaves)]
    return CaseMap(_drawn(places, known, gone, lang), _in_words(known[:_MOST], gone, lang))


def ranking_map(places: Places, found: Assessment) -> CaseMap | None:
    """The alternatives where they lie, each place with the rank of its alternative, the first first.

    An alternative that is not ranked has its name alone, and one without a place is in the words only.

    Returns:
        None where no alternative is a place.
    """
    ordered = sorted(found.alternatives, key=lambda each: (each.rank is None, each.rank, each.number))
    known = [
        (str(each.rank or ""), places.municipalities[code])
        for each in ordered
        for code in each.places
        if code
    ]
    if not known:
        return None
    left = dict.fromkeys(each.code for each in found.case.moved_from)
    gone = [places.municipalities[code] for code in left]
    return CaseMap(_drawn(places, known, gone, found.lang), _ranked(ordered, gone, places, found.lang))


def _drawn(places: Places, known: Sequence[Mark], gone: Sequence[Municipality], lang: str) -> str:
    points = _points(known[:_MOST], gone, lang)
    shaded = _shaded(places, [place for _, place in known])
    classes = (_said("inside", lang), _said("outside", lang))
    return _drawing(places, tuple(points), tuple(shaded.items()), lang, classes)


@lru_cache(maxsize=64)
def _drawing(
    places: Places,
    points: tuple[MapPoint, ...],
    shaded: tuple[tuple[str, int], ...],
    lang: str,
    classes: tuple[str, str],
) -> str:
    """A drawing, kept: it depends on what is given here alone, and takes as long as ten pages."""
    boundaries = {**places.geometry("county"), **places.geometry("municipality")}
    return overview_map(boundaries, points, dict(shaded), lang, classes=classes)


def _ranked(
    ordered: Sequence[AlternativeResult], gone: Sequence[Municipality], places: Places, lang: str
) -> str:
    """Every alternative by rank, with what the map shows of it; then those without a rank."""
    ranked = [
        _said("ranked", lang, rank=each.rank, name=_where(each, places, lang))
        for each in ordered
        if each.rank is not None
    ]
    others = [_where(each, places, lang) for each in ordered if each.rank is None]
    unranked = [_said("unranked", lang, names=others[:_MOST])] if others else []
    return " ".join([*ranked[:_MOST], *unranked, *_leaving_in_words(gone, lang)])


def _where(each: AlternativeResult, places: Places, lang: str) -> str:
    """`Hamar in the region of Hamar, class 4`; the names of its places where there are several."""
    found = [places.municipalities[code] for code in each.places if code]
    if len(found) == 1 and found[0].name == each.name:
        values = {"region": found[0].region_name, "klass": str(found[0].centrality_class or "–")}
        return _said("placed", lang, name=each.name, **values)
    names = texts.listed(dict.fromkeys(place.name for place in found), lang)
    return f"{each.name} ({names})" if names else each.name


def leaving(content: Mapping[str, Any], places: Places) -> list[str]:
    """The municipalities that a draft says jobs are moved from; what cannot be found is left out."""
    written = content.get("moved_from")
    found = []
    for each in written if isinstance(written, list) else []:
        try:
            name = str(each.get("place") or "" if isinstance(each, dict) else each)
            found.append(places.resolve(name).municipality.code)
        except UserError:
            continue
    return list(dict.fromkeys(found))


def _shaded(places: Places, alternatives: Iterable[Municipality]) -> dict[str, int]:
    """How the municipalities in the labour-market regions of the alternatives are shaded.

    Returns:
        Number → 0 where an alternative of the region is in a class that the guidelines ask for (`_INSIDE`),
        else 1.
    """
    found: dict[str, int] = {}
    for place in alternatives:
        if place.region is not None and place.centrality_class is not None:
            group = 0 if place.centrality_class in _INSIDE else 1
            for code in places.regions[place.region].members:
                found[code] = min(group, found.get(code, group))
    return found


def _points(known: Sequence[Mark], gone: Sequence[Municipality], lang: str) -> list[MapPoint]:
    """A place that is both an alternative and left by jobs is drawn once, as what jobs leave."""
    numbers: dict[str, str] = {}
    for at, place in known:
        numbers[place.code] = ", ".join(filter(None, (numbers.get(place.code), at)))
    left = {place.code: place for place in gone}
    points = [
        _point(f"{numbers[code]} {place.name}".strip(), place)
        for code, place in {place.code: place for _, place in known}.items()
        if code not in left
    ]
    for code, place in left.items():
        name = f"{numbers.get(code, '')} {place.name}".strip()
        points.append(_point(_said("leaves", lang, name=name), place, emphasis=True))
    return points


def _point(label: str, place: Municipality, *, emphasis: bool = False) -> MapPoint:
    return MapPoint(label, place.x, place.y, place.code, emphasis)


def _in_words(known: Sequence[Mark], gone: Sequence[Municipality], lang: str) -> str:
    said = [
        _said(
            "one",
            lang,
            number=at,
            name=place.name,
            region=place.region_name,
            klass=str(place.centrality_class or "–"),
        )
        for at, place in known
    ]
    return " ".join([_said("said", lang, numbered=said), *_leaving_in_words(gone, lang)])


def _leaving_in_words(gone: Sequence[Municipality], lang: str) -> list[str]:
    return [_said("from", lang, names=[place.name for place in gone])] if gone else []


def _said(key: str, lang: str, **values: object) -> str:
    return texts.text(f"documents.map:alternatives.{key}", lang, **values)
