"""From published results to what is joined: every fault is found first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tyngdepunkt.analyses.contract import Brought, Made, Setting
from tyngdepunkt.analyses.joined_functions import ANALYSIS
from tyngdepunkt.analyses.joined_functions.known import Known, known_of
from tyngdepunkt.analyses.joined_functions.question import Question
from tyngdepunkt.analyses.joined_functions.read import ROOM, Published, read_published
from tyngdepunkt.errors import Faults
from tyngdepunkt.places import Places


@dataclass(frozen=True, slots=True)
class Asked:
    """What agencies have published, and what it lets one know.

    Args:
        known: agency → its totals by place and by group.
        names: number of a municipality → its name.
        groups: first digit of an occupation → name of its group.
    """

    published: Sequence[Published]
    known: Mapping[str, Sequence[Known]]
    names: Mapping[str, str]
    groups: Mapping[str, str]
    places: Places
    made: Made


def resolve(brought: Mapping[str, Brought], question: Question, setting: Setting) -> Asked:
    """Read and check the results of agencies.

    Args:
        brought: `results`, `results_2` and so on.
        question: nothing is asked beside.
        setting: gives the places.

    Raises:
        UserError: everything that is wrong, each fault with its file.
    """
    faults, places = Faults(), setting.open_places()
    published = read_published(list(brought.values()), faults)
    faults.raise_if_any()
    names = dict(places.rows("municipality", ("code", "name"))) if places.has("municipality") else {}
    known = {each.agency: known_of(each, faults) for each in published}
    for each in published:
        unknown = sorted({place for _, place, _ in each.counts if place and place not in names})
        if unknown:
            faults.add(f"{ROOM}:unknown_places", each.where, count=len(unknown), listed=unknown[:5])
    faults.raise_if_any()
    groups = dict(places.rows("occupation", ("code", "name"), level=1)) if places.has("occupation") else {}
    made = ANALYSIS.made(brought, question, snapshot=places.snapshot.id)
    return Asked(published, known, names, groups, places, made)
