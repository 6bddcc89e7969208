"""From what each agency lets one know to sums of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Notice, Setting
from tyngdepunkt.analyses.joined_functions.known import Known
from tyngdepunkt.analyses.joined_functions.read import ROOM
from tyngdepunkt.analyses.joined_functions.resolve import Asked
from tyngdepunkt.analyses.joined_functions.result import Agency, Count, Joined, JoinedSum

_LISTED = 10
_TABLES = ("place", "group", "all")


def run(asked: Asked, setting: Setting) -> Joined:
    """Every place and every occupation group, the largest first."""
    lang = setting.lang
    counts = [_count(asked, agency, each, lang) for agency, known in asked.known.items() for each in known]
    counts.sort(key=lambda each: (_TABLES.index(each.table), each.place or "", each.group or "", each.agency))
    sums = _sums(counts)
    return Joined(
        agencies=_agencies(asked, counts),
        total=next(each for each in sums if each.table == "all"),
        places=[each for each in sums if each.table == "place"],
        groups=[each for each in sums if each.table == "group"],
        counts=counts,
        rule=asked.published[0].rule,
        sources=[
            asked.places.source(name, lang=lang).in_words()
            for name in ("municipality", "occupation")
            if asked.places.has(name)
        ],
        notices=list(_notices(asked, sums, lang)),
        made=asked.made,
    )


def _count(asked: Asked, agency: str, known: Known, lang: str) -> Count:
    place, group = known.place, known.group
    table = "place" if place is not None else "group" if group is not None else "all"
    return Count(
        agency, table, place, group, _named(asked, place, group, lang), known.low, known.high, known.hidden
    )


def _named(asked: Asked, place: str | None, group: str | None, lang: str) -> str:
    if place is not None:
        return asked.names[place] if place else texts.text(f"{ROOM}:view.no_place", lang)
    if group is not None:
        return asked.groups.get(group) or texts.text(f"{ROOM}:view.group_number", lang, code=group)
    return texts.text(f"{ROOM}:view.all", lang)


def _sums(counts: Iterable[Count]) -> list[JoinedSum]:
    """What one may know of a sum of agencies is the sum of what one may know of each: nothing links them."""
    parts: dict[tuple[str, str | None, str | None, str], list[Count]] = {}
    for each in counts:
        parts.setdefault((each.table, each.place, each.group, each.name), []).append(each)
    sums = [
        JoinedSum(
            *head,
            low=sum(each.low for each in of_it),
            high=_most(of_it),
            agencies=len(of_it),
            hidden=sum(each.suppressed for each in of_it),
        )
        for head, of_it in parts.items()
    ]
    return sorted(sums, key=lambda each: (-each.low, each.name))


def _most(counts: Iterable[Count]) -> int | None:
    ends = [each.high for each in counts]
    return None if None in ends else sum(end for end in ends if end is not None)


def _agencies(asked: Asked, counts: Iterable[Count]) -> list[Agency]:
    totals = {each.agency: each for each in counts if each.table == "all"}
    found = []
    for each in asked.published:
        total, hidden = totals[each.agency], sum(count is None for count in each.counts.values())
        found.append(Agency(each.agency, total.low, total.high, len(each.counts), hidden))
    return sorted(found, key=lambda each: (-each.low, each.agency))


def _notices(asked: Asked, sums: Sequence[JoinedSum], lang: str) -> Iterable[Notice]:
    rule = asked.published[0].rule
    if any(each.hidden for each in sums):
        yield _notice("ranges", lang, most=rule.below - 1, width=rule.width)
    else:
        yield _notice("all_shown", lang)
    if any(each.high is None for each in sums):
        yield _notice("no_upper_end", lang)
    unnamed = [each.agency for each in asked.published if not each.named]
    if unnamed:
        yield _notice("named_by_file", lang, listed=unnamed[:_LISTED], count=len(unnamed))
    whole = [each.agency for each in asked.published if each.whole]
    if whole:
        yield _notice("for_own_use", lang, listed=whole[:_LISTED], count=len(whole))
    if len({each.snapshot for each in asked.published}) > 1:
        yield _notice("other_figures", lang)


def _notice(key: str, lang: str, /, **values: object) -> Notice:
    return Notice(key, texts.text(f"{ROOM}:notice.{key}", lang, **values))
