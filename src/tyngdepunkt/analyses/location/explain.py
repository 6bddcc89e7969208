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
NAMED = 8  # indicators named in one sentence; the tables have all
SHOWN_CHANGES = 3  # weight changes named in one sentence; the table has all

Title = Callable[[str], str]


def say(key: str, lang: str, /, **values: Any) -> str:
    """A sentence of this room."""
    return texts.text(f"analyses.location:{key}", lang, **values)


def recommendation(ranked: Sequence[AlternativeResult], lang: str) -> str:
    """What the figures point to; `ranked` is best first."""
    if not ranked:
        return say("recommendation.none", lang)
    caveat = say("recommendation.caveat", lang)
    if len(ranked) == 1:
        return say("recommendation.only", lang, first=ranked[0].name)
    first, second = ranked[0], ranked[1]
    level = [item.name for item in ranked if item.rank == 1]
    if len(level) > 1:
        return f"{say('recommendation.tie', lang, names=level, value=_value(first))} {caveat}"
    lead = _value(first) - _value(second)
    key = "recommendation.close" if lead < CLOSE else "recommendation.clear"
    values = {"first": first.name, "second": second.name}
    sentence = say(key, lang, **values, value=_value(first), second_value=_value(second))
    return f"{sentence} {caveat}"


def weights(kind: str, shares: Mapping[str, float], dropped: Sequence[str], title: Title, lang: str) -> str:
    """How the weights came about, and what became of considerations without figures."""
    names = [title(key) for key in dropped]
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
    if fixed_weights:
        return say("robustness.any", lang, first=first.name, share=_first_share(first.acceptability_any))
    share = _first_share(first.rank_acceptability)
    if share >= 1.0:
        return say("robustness.all", lang, first=first.name)
    rival = max(ranked[1:], key=lambda item: _first_share(item.rank_acceptability))
    rival_share = _first_share(rival.rank_acceptability)
    names = {"first": first.name, "rival": rival.name}
    return say("robustness.share", lang, **names, share=share, rival_share=rival_share)


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
    moved = sorted(before, key=lambda key: -abs(change.weights[key] - before[key]))[:SHOWN_CHANGES]
    changes = [
        say("flip.change", lang, name=title(key), before=before[key], after=change.weights[key])
        for key in moved
        if abs(change.weights[key] - before[key]) >= 0.0005
    ]
    names = {"first": first.name, "rival": rival.name}
    return say(f"flip.{measured_from}", lang, **names, changes=changes, distance=change.distance)


def uncertainty(first: AlternativeResult, keeps: float | None, lang: str) -> str:
    """Whether the first stays first when the figures vary within their ranges."""
    if keeps is None:
        return say("uncertainty.fixed", lang)
    return say("uncertainty.keeps", lang, first=first.name, share=keeps)


def cross_check(first: AlternativeResult, other: AlternativeResult | None, lang: str) -> str:
    """What the second method says."""
    if other is None:
        return ""
    if other.number == first.number:
        return say("cross_check.agrees", lang, first=first.name)
    return say("cross_check.differs", lang, first=first.name, other=other.name)


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
    return say("dominance.none", lang)


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
    """The strongest conflict (one, other, strength), and whether the case's weights handle it."""
    if strongest is None:
        return say("conflicts.too_few", lang)
    first, second, strength = strongest
    if strength > -WEAK:
        return say("conflicts.none", lang)
    sentence = say("conflicts.some", lang, first=inside(title(first)), second=inside(title(second)))
    handled = say(f"conflicts.handled_{'weights' if weighted else 'open'}", lang)
    return f"{sentence} {handled}"


def against_first(
    item: AlternativeResult, first: AlternativeResult, titles: tuple[Title, Title], lang: str
) -> str:
    """What an alternative wins and what it gives up against the recommended one."""
    if item.number == first.number:
        return say("alternative.first", lang, name=item.name)
    gains = [each for each in item.differences if each.points >= TELLING]
    losses = [each for each in item.differences if each.points <= -TELLING]
    names = {"name": item.name, "first": first.name}
    if not gains and not losses:
        return say("alternative.level_with", lang, **names)
    parts = [
        say("alternative.wins", lang, **names, gains=[_amount(each, titles, lang) for each in gains])
        if gains
        else say("alternative.wins_nothing", lang, **names),
        say(
            "alternative.gives_up",
            lang,
            name=item.name,
            losses=[_amount(each, titles, lang) for each in losses],
        )
        if losses
        else say("alternative.loses_nothing", lang, name=item.name),
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
        sentence = say("decision.same", lang, decided=name)
    else:
        sentence = say("decision.differs", lang, decided=name, rank=result.rank, first=ranked[0].name)
    why = say("decision.reason", lang, reason=reason) if reason else say("decision.no_reason", lang)
    return f"{sentence} {why}"


def missing(names: Sequence[str], total: int, lang: str) -> str:
    """Which of the case's indicators are left out for want of figures."""
    if not names:
        return say("missing.none", lang)
    if len(names) > NAMED:
        return say("missing.many", lang, count=len(names), total=total)
    return say("missing.some", lang, names=names)


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


def _value(item: AlternativeResult) -> float:
    return 0.0 if item.value is None else item.value


def _first_share(shares: Sequence[float]) -> float:
    return shares[0] if shares else 0.0
