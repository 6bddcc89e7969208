"""Sentences from figures: the same figures always give the same sentences.

Every function takes results and a language and returns text; none computes a result. The
bounds below say when a difference is worth a stronger word; they are ours, and shown in
the method annex of the document.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.location.result import (
    AlternativeResult,
    Difference,
    IndicatorPair,
    Joint,
    LedgerEffect,
    Robustness,
    WeightChange,
)
from tyngdepunkt.texts import inside

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.case import Weighting

CLOSE = 2.0  # points of 100 between first and second that count as "only just"
STRONG = 0.6  # strength of a conflict from which the word is "clearly"
WEAK = 0.15  # strength below which two considerations pull neither way
TELLING = 0.5  # points below which a difference is not worth a sentence
SAME = 1e-9  # points, or shares, below which a difference is rounding
NEARLY_ALL = 0.995  # share of the weights that would be rounded to all of them
NAMED = 8  # indicators named in one sentence; the tables have all

Title = Callable[[str], str]


def say(key: str, lang: str, /, **values: Any) -> str:
    """A sentence of this room."""
    return texts.text(f"analyses.location:{key}", lang, **values)


def weights(kind: str, shares: Mapping[str, float], dropped: Sequence[str], title: Title, lang: str) -> str:
    """How the weights came about, and what became of considerations without figures."""
    names = [title(key) for key in dropped]
    if not shares:
        return say("weights.unused", lang)
    if kind == "nothing_left":
        return say("weights.nothing_left", lang, names=names)
    named = [say("weights.one", lang, name=title(key), share=share) for key, share in shares.items()]
    sentence = say(f"weights.{kind}", lang, weights=named)
    if not dropped:
        return sentence
    return f"{sentence} {say('weights.dropped', lang, names=names)}"


def robustness(ranked: Sequence[AlternativeResult], fixed_weights: bool, lang: str) -> str:
    """How often the first stays first when weights vary."""
    if len(ranked) < 2:
        return ""
    first = ranked[0]
    shares = {
        item.number: _first_share(item.acceptability_any if fixed_weights else item.rank_acceptability)
        for item in ranked
    }
    rival = max(ranked[1:], key=lambda item: shares[item.number])
    share, rival_share = shares[first.number], shares[rival.number]
    if share >= 1 - SAME:
        return say(f"robustness.all{'_there_are' if fixed_weights else ''}", lang, first=first.name)
    which = "any" if fixed_weights else "share"
    key = f"{which}_other" if rival_share > share else which
    if share >= NEARLY_ALL:
        key = f"{which}_nearly"
    names = {"first": first.name, "rival": rival.name}
    return say(f"robustness.{key}", lang, **names, share=share, rival_share=rival_share)


def flip(
    first: AlternativeResult,
    rival: AlternativeResult | None,
    change: WeightChange | None,
    before: Mapping[str, float],
    say_from: tuple[str, Title, str],
) -> str:
    """The smallest change of weights that lets another draw level. `say_from` is (from, title, lang)."""
    measured_from, title, lang = say_from
    if change is None or rival is None:
        return say("flip.never", lang, first=first.name)
    if change.distance == 0:
        return say("flip.level", lang, first=first.name, rival=rival.name)
    moved = sorted(before, key=lambda key: -abs(change.weights[key] - before[key]))
    changes = [
        say("flip.change", lang, name=title(key), before=before[key], after=change.weights[key])
        for key in moved
        if abs(change.weights[key] - before[key]) >= 0.0005
    ]
    names = {"first": first.name, "rival": rival.name}
    if not changes:
        return say("flip.hair", lang, **names)
    return say(f"flip.{measured_from}", lang, **names, changes=changes, distance=change.distance)


def uncertainty(first: AlternativeResult, keeps: float | None, lang: str) -> str:
    """Whether the first stays first when the figures vary within their ranges."""
    if keeps is None:
        return say("uncertainty.fixed", lang)
    return say("uncertainty.keeps", lang, first=first.name, share=keeps)


def joint(
    first: AlternativeResult, found: Joint | None, by_number: Mapping[int, AlternativeResult], lang: str
) -> str:
    """Whether the first stays first when weights and figures vary together."""
    if found is None:
        return ""
    error = max(2 * found.error, 0.001)
    values = {"first": first.name, "share": found.share, "error": error}
    apart = 2 * error + SAME  # two shares closer than this may as well be the same
    if found.oftenest_share <= found.share + apart:
        others = [item for item in by_number.values() if item.number != first.number]
        level = [item.name for item in others if _first_share(item.joint) >= found.share - apart]
        return say(f"joint.{'level' if level else 'keeps'}", lang, **values, names=some(level, lang))
    other = {"other": by_number[found.oftenest].name, "other_share": found.oftenest_share}
    return say("joint.other", lang, **values, **other)


def leave_out(
    first: AlternativeResult, turning: Sequence[tuple[str, str]] | None, lang: str, local: bool = False
) -> str:
    """Which single indicators the first place hangs on.

    Args:
        first: the one that is first.
        turning: (indicator, who is then first, empty where several are); None where one indicator
            is all there is.
        lang: nb, nn or en.
        local: whether the case asks for a scale between its own alternatives.
    """
    said = [say(f"leave_out.alternatives{'_local' if local else ''}", lang)]
    if turning is None:
        return " ".join(said)
    if not turning:
        return " ".join([*said, say("leave_out.none", lang, first=first.name)])
    by_other: dict[str, list[str]] = {}
    for indicator, other in turning:
        by_other.setdefault(other, []).append(inside(indicator))
    for other, names in by_other.items():
        key = "leave_out.other" if other else "leave_out.level"
        said.append(say(key, lang, names=names, other=other))
    return " ".join(said)


def trade_off(names: tuple[str, str], points: Mapping[str, float], title: Title, lang: str) -> str:
    """What each of two alternatives has over the other."""
    ahead, behind = (
        [
            say("alternative.amount_bare", lang, name=inside(title(key)), points=abs(lead))
            for key, lead in points.items()
            if sign * lead >= TELLING
        ]
        for sign in (1, -1)
    )
    values = {"one": names[0], "other": names[1], "ahead": ahead, "behind": behind, "bound": TELLING}
    kind = {(True, True): "both", (True, False): "one", (False, True): "other"}.get(
        (bool(ahead), bool(behind)), "level"
    )
    small = [lead for lead in points.values() if SAME < abs(lead) < TELLING]
    untold = {"one": min(small, default=0) < 0, "other": max(small, default=0) > 0, "level": bool(small)}
    return say(f"trade_off.{kind}{'_nearly' if untold.get(kind) else ''}", lang, **values)


def assumed(item: AlternativeResult, indicator: Title, lang: str) -> str:
    """What an alternative lacks, and what its value can be."""
    low, high = item.value_range or (0.0, 0.0)
    names = [inside(indicator(name)) for name in item.assumed]
    return say("alternative.assumed", lang, name=item.name, indicators=some(names, lang), low=low, high=high)


def cross_check(ranked: Sequence[AlternativeResult], lang: str) -> str:
    """What the second method says; `ranked` is best first."""
    if len(ranked) < 2:
        return ""
    first, best = ranked[0], [item for item in ranked if item.outranking_rank == 1]
    names = some([item.name for item in best], lang)
    if first not in best:
        return say(
            f"cross_check.differs{'_level' if len(best) > 1 else ''}", lang, first=first.name, names=names
        )
    return say(f"cross_check.{'level' if len(best) > 1 else 'agrees'}", lang, first=first.name, names=names)


def dominance(ranked: Sequence[AlternativeResult], lang: str) -> str:
    """Who is dominated by the first, or that the choice is a genuine trade-off."""
    if len(ranked) < 2:
        return ""
    first = ranked[0]
    dominated = [item.name for item in ranked if first.number in item.dominated_by]
    if len(dominated) > NAMED:
        return say("dominance.many", lang, count=len(dominated), total=len(ranked), by=first.name)
    if dominated:
        return say("dominance.some", lang, dominated=dominated, by=first.name)
    if any(item.dominated_by for item in ranked):
        return ""
    level = all(_same_scores(first, item) for item in ranked)
    return say(f"dominance.{'level' if level else 'none'}", lang)


def conflict(
    between: tuple[str, str],
    strength: float,
    through: Sequence[IndicatorPair],
    titles: tuple[Title, Title],
    lang: str,
) -> str:
    """One pair of considerations. `titles` name a consideration and an indicator."""
    consideration, indicator = titles
    first, second = consideration(between[0]), inside(consideration(between[1]))
    parts = [say(f"conflict.{_band(strength)}", lang, first=first, second=second)]
    if through and abs(strength) >= WEAK:
        parts.append(_through(through, indicator, lang))
    parts.append(say("conflict.strength", lang, strength=strength))
    return " ".join(parts)


def conflicts(strongest: tuple[str, str, float] | None, weighted: bool, title: Title, lang: str) -> str:
    """The strongest conflict (one, other, strength), and whether the case's weights handle it.

    None where fewer than two considerations have figures.
    """
    if strongest is None:
        return say("conflicts.too_few", lang)
    first, second, strength = strongest
    if strength > -WEAK:
        return say("conflicts.none", lang)
    sentence = say("conflicts.some", lang, first=inside(title(first)), second=inside(title(second)))
    handled = say(f"conflicts.handled_{'weights' if weighted else 'open'}", lang)
    return f"{sentence} {handled}"


def against_first(
    item: AlternativeResult, ranked: Sequence[AlternativeResult], titles: tuple[Title, Title], lang: str
) -> str:
    """What an alternative wins and what it gives up against the first; `ranked` is best first."""
    first = ranked[0]
    if item.number == first.number:
        shared = sum(each.rank == first.rank for each in ranked) > 1
        return say(f"alternative.{'shares_first' if shared else 'first'}", lang, name=item.name)
    gains = [each for each in item.differences if each.points >= TELLING]
    losses = [each for each in item.differences if each.points <= -TELLING]
    names = {"name": item.name, "first": first.name, "bound": TELLING}
    leads = [each.points for each in item.differences]
    ahead, behind = (
        "_nearly" if any(SAME < sign * each < TELLING for each in leads) else "" for sign in (1, -1)
    )
    if not gains and not losses:
        return say(f"alternative.level_with{ahead or behind}", lang, **names)
    parts = [
        say("alternative.wins", lang, **names, gains=[_amount(each, titles, lang) for each in gains])
        if gains
        else say(f"alternative.wins_nothing{ahead}", lang, **names),
        say(
            "alternative.gives_up",
            lang,
            name=item.name,
            losses=[_amount(each, titles, lang) for each in losses],
        )
        if losses
        else say(f"alternative.loses_nothing{behind}", lang, **names),
    ]
    return " ".join(parts)


def decision(
    decided: tuple[str, str], result: AlternativeResult | None, ranked: Sequence[AlternativeResult], lang: str
) -> str:
    """Where ranking and actual decision differ; `decided` is (name of the place, stated reason)."""
    name, reason = decided
    if result is None or result.rank is None or not ranked:
        sentence = say("decision.unranked", lang, decided=name)
    elif result.rank == 1:
        shared = sum(item.rank == 1 for item in ranked) > 1
        sentence = say(f"decision.{'shared' if shared else 'same'}", lang, decided=name)
    else:
        best = some([item.name for item in ranked if item.rank == 1], lang)
        key = "differs_level" if len(best) > 1 else "differs"
        sentence = say(f"decision.{key}", lang, decided=name, rank=result.rank, first=best)
    why = say("decision.reason", lang, reason=reason) if reason else say("decision.no_reason", lang)
    return f"{sentence} {why}"


def missing(names: Sequence[str], total: int, lacking: Sequence[tuple[str, Sequence[str]]], lang: str) -> str:
    """Which indicators there are no figures for at all, and who lacks figures of the others."""
    said = []
    if names:
        key = "missing.many" if len(names) > NAMED else "missing.some"
        said.append(say(key, lang, count=len(names), total=total, names=names))
    if len(lacking) > NAMED:
        said.append(say("missing.assumed_many", lang, count=len(lacking)))
    elif lacking:
        each = [
            say("missing.assumed_one", lang, name=name, indicators=[inside(title) for title in titles])
            for name, titles in lacking
        ]
        said.append(say("missing.assumed", lang, each=each))
    return " ".join(said)


def backwards(date: dt.date, versions: Sequence[str], lang: str) -> str:
    """That a case is held against rule sets (ISO dates) that were not in force on its date."""
    days = [texts.date(dt.date.fromisoformat(each), lang) for each in versions]
    return say("backwards", lang, date=date, versions=days) if days else ""


def ledger(effects: Sequence[LedgerEffect], window: tuple[dt.date, dt.date] | None, lang: str) -> str:
    """What the ledger covers, and the warning where several agencies hit one place."""
    if window is None:
        return say("ledger.none", lang)
    parts = [say("ledger.some", lang, start=window[0], end=window[1])]
    parts += [
        say("ledger.warning", lang, place=each.name, agencies=sorted(each.agencies))
        for each in effects
        if each.warning
    ]
    return " ".join(parts)


def weighting(given: Weighting, title: Title, lang: str) -> str:
    """What the case (or an entry of its log) says of weights, in a few words."""
    if given.kind == "none":
        return say("weighting.none", lang)
    if given.kind == "order":
        groups = [say("weighting.level", lang, names=[title(key) for key in group]) for group in given.groups]
        return say("weighting.order", lang, order=" > ".join(groups))
    named = []
    for key, low, high in zip(given.ids, given.low, given.high, strict=True):
        if high > 0:
            kind = "point" if low == high else "range"
            named.append(say(f"weighting.{kind}", lang, name=title(key), low=low, high=high))
    return ", ".join(named)


def fixed(robust: Robustness) -> bool:
    """Whether the case gave exact weights, so that only the whole simplex says anything."""
    return robust.measured_from == "given"


def _through(pairs: Sequence[IndicatorPair], indicator: Title, lang: str) -> str:
    names = [inside(indicator(name)) for pair in pairs[:2] for name in (pair.first, pair.second)]
    if len(names) == 2:
        return say("conflict.through_one", lang, a=names[0], b=names[1])
    return say("conflict.through_two", lang, **dict(zip("abcd", names, strict=True)))


def _band(strength: float) -> str:
    if strength <= -STRONG:
        return "strongly_apart"
    if strength <= -WEAK:
        return "apart"
    if strength < WEAK:
        return "neither"
    return "together" if strength < STRONG else "strongly_together"


def _amount(difference: Difference, titles: tuple[Title, Title], lang: str) -> str:
    consideration, indicator = titles
    name = inside(consideration(difference.consideration))
    points = abs(difference.points)
    if not difference.through:
        return say("alternative.amount_bare", lang, name=name, points=points)
    through = [inside(indicator(each)) for each in difference.through]
    return say("alternative.amount", lang, name=name, points=points, through=through)


def value_of(item: AlternativeResult) -> float:
    """Its points of 100; 0 where it has none."""
    return 0.0 if item.value is None else item.value


def _same_scores(one: AlternativeResult, other: AlternativeResult) -> bool:
    pairs = ((score, other.scores[key]) for key, score in one.scores.items())
    return all(a is None or b is None or abs(a - b) < SAME for a, b in pairs)


def some(names: Sequence[str], lang: str) -> list[str]:
    """The names one sentence has room for, and how many more there are."""
    rest = [say("and_more", lang, count=len(names) - NAMED)] if len(names) > NAMED else []
    return [*names[:NAMED], *rest]


def _first_share(shares: Sequence[float]) -> float:
    return shares[0] if shares else 0.0
