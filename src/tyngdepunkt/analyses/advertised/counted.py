"""Shares of advertised posts by place of work, and precision and recall against what persons say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from tyngdepunkt.sources.advertised_place import WorkPlace
from tyngdepunkt.sources.vacancies import Vacancy

FREE: frozenset[WorkPlace] = frozenset({"free"})
ELSEWHERE: frozenset[WorkPlace] = frozenset({"free", "several"})
_KINDS = {"free": FREE, "free_or_several": ELSEWHERE}


class Advertised(msgspec.Struct, frozen=True):
    """The posts of one occupation, one employer, or all.

    Args:
        key: the occupation, the organisation number, or empty for all and for those that name none.
        name: of the occupation; empty where it is not known.
        posts: advertised; an advertisement that gives no number is counted as one.
        free: posts with a free place of work, by the rules.
        several: posts with several places to choose from, by the rules.
        free_share: `free` of `posts`.
        several_share: `several` of `posts`.
    """

    key: str
    name: str
    posts: int
    free: int
    several: int
    free_share: float
    several_share: float


class Measured(msgspec.Struct, frozen=True):
    """How the rules do against what persons say of the same advertisements.

    Args:
        kind: `free`, or `free_or_several`.
        labelled: advertisements with a label that are here and were judged.
        said: of these, how many the rules say are of the kind.
        meant: how many persons say are.
        right: how many both say are.
        precision: `right` of `said`; None where nothing was said.
        recall: `right` of `meant`; None where nothing was meant.
    """

    kind: str
    labelled: int
    said: int
    meant: int
    right: int
    precision: float | None
    recall: float | None


class AdvertisedPlaces(msgspec.Struct, frozen=True):
    """All advertisements that are here.

    Args:
        fetched: whether the feed has been followed on this machine.
        vacancies: how many are here.
        unjudged: those that came before there were rules; they are in no share.
        unnumbered: those that give no number of posts.
        total: all posts; None where there are none.
        occupations: most posts first.
        employers: most posts first.
        measured: empty where nothing has been measured.
        unknown_labels: labels of advertisements that are not here.
    """

    fetched: bool
    vacancies: int
    unjudged: int
    unnumbered: int
    total: Advertised | None
    occupations: list[Advertised]
    employers: list[Advertised]
    measured: list[Measured]
    unknown_labels: int


def counted(
    held: Mapping[str, Vacancy],
    fetched: bool,
    labels: Mapping[str, WorkPlace],
    names: Mapping[str, str],
) -> AdvertisedPlaces:
    """Everything that can be said of the advertisements.

    Args:
        held: number of an advertisement → what is kept of it.
        fetched: whether the feed has been followed.
        labels: number → what a person says of it.
        names: occupation → name.
    """
    judged = {uuid: each for uuid, each in held.items() if each.workplace is not None}
    shared = {uuid: label for uuid, label in labels.items() if uuid in judged}
    return AdvertisedPlaces(
        fetched=fetched,
        vacancies=len(held),
        unjudged=len(held) - len(judged),
        unnumbered=sum(each.positions is None for each in judged.values()),
        total=next(iter(_shares(judged.values(), lambda _: "", {})), None),
        occupations=_shares(judged.values(), lambda each: each.occupation or "", names),
        employers=_shares(judged.values(), lambda each: each.employer.orgnr or "", {}),
        measured=[_measured(kind, of_it, judged, shared) for kind, of_it in _KINDS.items() if shared],
        unknown_labels=len(labels) - len(shared),
    )


def _shares(
    vacancies: Iterable[Vacancy], key_of: Callable[[Vacancy], str], names: Mapping[str, str]
) -> list[Advertised]:
    posts: dict[str, dict[WorkPlace, int]] = {}
    for each in vacancies:
        if each.workplace is not None:
            at = posts.setdefault(key_of(each), {"free": 0, "several": 0, "one": 0})
            at[each.workplace] += 1 if each.positions is None else each.positions
    found = [
        _advertised(key, names.get(key, ""), of_it) for key, of_it in posts.items() if any(of_it.values())
    ]
    return sorted(found, key=lambda each: (-each.posts, each.key))


def _advertised(key: str, name: str, posts: Mapping[WorkPlace, int]) -> Advertised:
    every, free, several = sum(posts.values()), posts["free"], posts["several"]
    return Advertised(key, name, every, free, several, free / every, several / every)


def _measured(
    kind: str, of_it: frozenset[WorkPlace], judged: Mapping[str, Vacancy], labels: Mapping[str, WorkPlace]
) -> Measured:
    said = {uuid for uuid in labels if judged[uuid].workplace in of_it}
    meant = {uuid for uuid, label in labels.items() if label in of_it}
    right = len(said & meant)
    return Measured(
        kind=kind,
        labelled=len(labels),
        said=len(said),
        meant=len(meant),
        right=right,
        precision=right / len(said) if said else None,
        recall=right / len(meant) if meant else None,
    )
