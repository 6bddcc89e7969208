"""The snapshot's own municipalities: their commuting, travel times, and what the official list says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np

from tyngdepunkt.analyses.labour_market_regions.parameters import Commuting, Notice
from tyngdepunkt.errors import Fault, UserError
from tyngdepunkt.methods.labour_markets.flows import Flows, from_cells
from tyngdepunkt.methods.validation import Floats
from tyngdepunkt.places import Places

YOUNGEST, OLDEST = 20, 66
CENTRES = ("S", "S2")
OWN = "R"
OTHER_MODE = "A90"
MOST_NAMED = 20
"""Most municipalities that are named in one notice."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One municipality in the official list.

    Args:
        region: number of its region.
        ground: code of the ground printed for it.
        minutes: printed travel time to the centre, or None.
        out: printed out-commuting to the centre, per cent, or None.
        back: the same persons in per cent of the centre's population, or None.
    """

    region: int
    ground: str
    minutes: float | None
    out: float | None
    back: float | None

    @property
    def joined(self) -> bool:
        """Whether it joined a centre, so that the printed figures are of its tie to that centre."""
        return self.ground not in (*CENTRES, OWN)


@dataclass(frozen=True, slots=True)
class Norway:
    """What the rules need of a country, in the order of municipality numbers.

    Args:
        commuting: the snapshot's matrix.
        year: of the matrix.
        base: (places,) population of 20 to 66 years at the beginning of that year.
        minutes: (places, places) travel times by car: the printed one where the list prints one, else
            the snapshot's own.
        centres: places that are centres in the list, joint ones together.
        other_mode: ties the list rests on another mode of travel than car.
        printed: the official list, by municipality.
        region_names: by region number.
        notices: what the reader should know.
        unjudged: places whose centre in the list is not among these places, so that they cannot be compared.
    """

    commuting: Commuting
    year: int
    base: Floats
    minutes: Floats
    centres: tuple[tuple[int, ...], ...]
    other_mode: frozenset[tuple[int, int]]
    printed: dict[str, Printed]
    region_names: dict[int, str]
    notices: tuple[Notice, ...]
    unjudged: tuple[int, ...] = ()


def norway(
    places: Places,
    year: int | None = None,
    flows: Flows | None = None,
    only: tuple[str, ...] | None = None,
) -> Norway:
    """The question for the snapshot's own municipalities.

    Args:
        places: an open snapshot.
        year: of the flows, so that the population of the same year is used; the matrix's own by default.
        flows: another year's flows in the snapshot's municipalities, in the order of their numbers.
        only: the municipalities the flows are known of, in order; all of them where it is left out.

    Raises:
        UserError: the snapshot has no commuting.
    """
    codes = tuple(sorted(places.municipalities))
    position = {code: i for i, code in enumerate(codes)}
    years = places.years("commuting") if places.has("commuting") else ()
    if not years and flows is None:
        raise UserError(Fault("analyses.labour_market_regions:no_commuting"))
    when = year or max(years)
    if flows is None:
        rows = places.rows("commuting", ("home", "work", "persons"), year=when)
        homes, works = [position[row[0]] for row in rows], [position[row[1]] for row in rows]
        flows = from_cells(homes, works, [row[2] for row in rows], len(codes))
    names = {code: places.municipalities[code].name for code in codes}
    printed = _printed(places)
    centres = _centres(printed, codes, flows)
    base, guessed = _of_working_age(places, codes, when, flows)
    notices = (Notice("base_guessed", {"places": [names[c] for c in guessed]}),) if guessed else ()
    whole = Norway(
        commuting=Commuting(codes, flows, names),
        year=when,
        base=base,
        minutes=_minutes(places, printed, codes, centres),
        centres=tuple(centres.values()),
        other_mode=frozenset(
            (position[code], centres[row.region][0])
            for code, row in printed.items()
            if row.ground == OTHER_MODE and row.region in centres
        ),
        printed=printed,
        region_names={row[0]: row[1] for row in places.rows("region", ("region", "name"))},
        notices=notices,
    )
    return whole if only is None or len(only) == len(codes) else _among(whole, only)


def _among(whole: Norway, only: tuple[str, ...]) -> Norway:
    """The same for some of the municipalities: the others are missing, which is not the same as empty."""
    at = whole.commuting.position
    kept = [at[code] for code in only]
    now = {old: new for new, old in enumerate(kept)}
    centres = tuple(found for group in whole.centres if (found := tuple(now[i] for i in group if i in now)))
    gone = {i for group in whole.centres if not now.keys() >= set(group) for i in group}
    lost = {whole.printed[whole.commuting.places[i]].region for i in gone}
    listed = [whole.printed.get(code) for code in only]
    unjudged = tuple(i for i, row in enumerate(listed) if row and row.joined and row.region in lost)
    names = whole.commuting.names
    guessed = [
        Notice(each.key, {"places": here})
        for each in whole.notices
        if (here := [name for name in each.values["places"] if name in {names[code] for code in only}])
    ]
    return replace(
        whole,
        commuting=Commuting(only, whole.commuting.flows.among(np.array(kept)), names),
        base=whole.base[kept],
        minutes=whole.minutes[np.ix_(kept, kept)],
        centres=centres,
        other_mode=frozenset((now[i], now[j]) for i, j in whole.other_mode if i in now and j in now),
        notices=(*guessed, *_partial(whole, only, [names[only[i]] for i in unjudged])),
        unjudged=unjudged,
    )


def _partial(whole: Norway, only: tuple[str, ...], unjudged: list[str]) -> list[Notice]:
    """What is told of municipalities that are missing."""
    every = whole.commuting.places
    lacking = [whole.commuting.names[code] for code in every if code not in set(only)]
    told = [Notice("partial", {"count": len(only), "all": len(every)})]
    if len(lacking) <= MOST_NAMED:
        told.append(Notice("partial_lacks", {"places": lacking}))
    if unjudged:
        told.append(Notice("centre_missing", {"count": len(unjudged), "places": unjudged[:MOST_NAMED]}))
    return told


def _printed(places: Places) -> dict[str, Printed]:
    columns = ("municipality", "region", "ground", "travel_minutes", "out_commuting", "in_commuting")
    return {row[0]: Printed(*row[1:]) for row in sorted(places.rows("region_member", columns))}


def _centres(printed: dict[str, Printed], codes: tuple[str, ...], flows: Flows) -> dict[int, tuple[int, ...]]:
    """Centres of the regions that have more than one municipality, by region.

    Where the list names none, the municipality with a ground of its own, else the one with most jobs,
    so that regions two municipalities make up together are tried too.
    """
    members: dict[int, list[int]] = defaultdict(list)
    for i, code in enumerate(codes):
        if code in printed:
            members[printed[code].region].append(i)
    found: dict[int, tuple[int, ...]] = {}
    for region, places in sorted(members.items()):
        named = [i for i in places if printed[codes[i]].ground in CENTRES]
        own = [i for i in places if printed[codes[i]].ground == OWN]
        if named or len(places) > 1:
            found[region] = tuple(named or own or [max(places, key=lambda i: (flows.working[i], -i))])
    return found


def _minutes(
    places: Places,
    printed: dict[str, Printed],
    codes: tuple[str, ...],
    centres: dict[int, tuple[int, ...]],
) -> Floats:
    """Travel times: the list's own where it prints one, both ways; else those of the snapshot."""
    travel = places.travel
    order = [travel.position[code] for code in codes]
    minutes = travel.minutes[np.ix_(order, order)].copy()
    for i, code in enumerate(codes):
        row = printed.get(code)
        if row and row.joined and row.minutes is not None:
            for j in centres.get(row.region, ()):
                if i != j:
                    minutes[i, j] = minutes[j, i] = row.minutes
    return minutes


def _of_working_age(
    places: Places, codes: tuple[str, ...], year: int, flows: Flows
) -> tuple[Floats, list[str]]:
    """Population of 20 to 66 years on 1 January, and the municipalities where it had to be guessed.

    The snapshot has groups of five years; of those of 65 to 69, two fifths are taken. Where ages are
    missing, the country's share of all inhabitants is used, and where these are missing too, the
    country's ratio to employed residents.
    """
    ages: dict[str, float] = {}
    hidden: set[str] = set()
    columns = ("municipality", "age_from", "age_to", "persons")
    for code, low, high, persons in places.rows("population_age", columns, year=year):
        if high is None or low > OLDEST or high < YOUNGEST:
            continue
        if persons is None:
            hidden.add(code)
        else:
            part = (min(high, OLDEST) - max(low, YOUNGEST) + 1) / (high - low + 1)
            ages[code] = ages.get(code, 0.0) + persons * part
    people = places.values("population", "persons", year=year)
    known = [c for c in codes if ages.get(c) and c not in hidden]
    position = {code: i for i, code in enumerate(codes)}
    total = sum(ages[c] for c in known)
    of_people = total / max(sum(people.get(c) or 0.0 for c in known), 1.0)
    employed = [c for c in known if flows.living[position[c]] > 0]  # the others are not in the flows
    living = float(sum(flows.living[position[c]] for c in employed))
    of_employed = sum(ages[c] for c in employed) / max(living, 1.0)
    guessed = [c for c in codes if c not in set(known)]
    base = [
        ages[c]
        if c not in guessed
        else (people.get(c) or 0.0) * of_people or float(flows.living[position[c]]) * of_employed
        for c in codes
    ]
    return np.maximum(np.array(base), 1.0), guessed
