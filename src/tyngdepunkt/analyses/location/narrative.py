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
from tyngdepunkt.analyses.location.answer import Finding, LedgerEffect, Through
from tyngdepunkt.analyses.location.result import Alike, AlternativeResult, Difference
from tyngdepunkt.documents.document import Block, Column, Paragraph, Table, Terms
from tyngdepunkt.rules.case_facts import Verdict
from tyngdepunkt.texts import inside, without_stop

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.input.model import Weighting
    from tyngdepunkt.analyses.location.result import Assessment

CLOSE = 2.0  # points of 100 between first and second that count as "only just"
STRONG = 0.6  # strength of a conflict from which the word is "clearly"
WEAK = 0.15  # strength below which two considerations pull neither way
TELLING = 0.5  # points below which a difference is not worth a sentence
SAME = 1e-9  # points, or shares, below which a difference is rounding
NEARLY_ALL = 0.995  # share of the weights that would be rounded to all of them
SHOWN = 15  # alternatives on a terminal
TOLD = (
    "earlier",
    "backwards",
    "recommendation",
    "robustness",
    "joint",
    "flip",
    "conflicts",
    "decision",
    "missing",
)
NOTED = (Verdict.NOT_MET, Verdict.NOT_DOCUMENTED, Verdict.EXPLAINED, Verdict.NEEDS_JUDGEMENT)
NAMED = 8  # indicators named in one sentence; the tables have all

Title = Callable[[str], str]


def say(key: str, lang: str, /, **values: Any) -> str:
    """A sentence of this room."""
    return texts.text(f"analyses.location:{key}", lang, **values)


def blocks(assessment: Assessment, lang: str) -> list[Block]:
    """The answer first, then the ranking, and what the rules say."""
    notices = [texts.text(each.key, lang, **each.values) for each in assessment.notices]
    sentences = [f"{assessment.texts[key]}\n" for key in TOLD if assessment.texts.get(key)]
    found: list[Block] = [*map(Paragraph, [*notices, *sentences]), _ranking(assessment, lang)]
    noted = [each for each in assessment.findings if each.verdict in NOTED]
    if noted:
        pairs = [(_finding(each, lang), f"{each.text} {each.carried}".strip()) for each in noted]
        found += [Paragraph(say("terminal.findings", lang)), Terms(tuple(pairs))]
    return found


def _finding(found: Finding, lang: str) -> str:
    return f"{found.rule} ({say(f'terminal.verdicts.{found.verdict}', lang)})"


def _by_rank(item: AlternativeResult) -> tuple[bool, int, int]:
    return item.rank is None, item.rank or 0, item.number


def _ranking(assessment: Assessment, lang: str) -> Table:
    # exact weights leave nothing to vary: then the share of all weights says more
    fixed = assessment.robustness.fixed_weights
    scored = [key for key in assessment.considerations if key in assessment.weights]
    rank, name, value = (say(f"terminal.{head}", lang) for head in ("rank", "alternative", "value"))
    columns = [Column(name), Column(rank, True), Column(value, True, 1)]
    columns += [Column(assessment.title_of(key), True) for key in scored]
    columns.append(
        Column(say(f"terminal.first_share.{'any' if fixed else 'allowed'}", lang), True, form="share")
    )
    rows = []
    ranked = sorted(
        assessment.alternatives, key=lambda item: (item.rank is None, item.rank or 0, item.number)
    )
    for item in ranked[:SHOWN]:
        shares = item.acceptability_any if fixed else item.rank_acceptability
        scores = (item.scores.get(key) for key in scored)
        rows.append((item.name, item.rank, item.value, *scores, shares[0] if shares else None))
    return Table(say("terminal.ranking", lang), tuple(columns), tuple(rows))


def weights(kind: str, shares: Mapping[str, float], dropped: Sequence[str], title: Title, lang: str) -> str:
    """How the weights came about, and what became of considerations without figures."""
    names = [inside(title(key)) for key in dropped]
    if not shares:
        return say("weights.unused", lang)
    if kind == "nothing_left":
        return say("weights.nothing_left", lang, names=names)
    named = [say("weights.one", lang, name=inside(title(key)), share=share) for key, share in shares.items()]
    sentence = say(f"weights.{kind}", lang, weights=named)
    if not dropped:
        return sentence
    return f"{sentence} {say('weights.dropped', lang, names=names)}"


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


def assumed(item: AlternativeResult, first: AlternativeResult, indicator: Title, lang: str) -> str:
    """What an alternative lacks, and what its value can be; what the first lacks too is listed there."""
    low, high = item.value_range or (0.0, 0.0)
    if item.number != first.number and item.assumed == first.assumed:
        return say("alternative.assumed_same", lang, name=item.name, first=first.name, low=low, high=high)
    names = [inside(indicator(name)) for name in item.assumed]
    return say("alternative.assumed", lang, name=item.name, indicators=some(names, lang), low=low, high=high)


def conflict(
    between: tuple[str, str],
    strength: float,
    through: Sequence[Through],
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
        if len(ranked) == 1:
            return say("alternative.alone", lang, name=item.name)
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


def alike(pairs: Sequence[Alike], title: Title, lang: str) -> str:
    """That two considerations measure much of the same, so that it counts twice; empty where none do."""
    said = [
        say("alike", lang, first=title(one), second=inside(title(other)), correlation=pair.correlation)
        for pair in pairs
        for one, other in [pair.between]
    ]
    return " ".join(said)


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
    why = (
        say("decision.reason", lang, reason=without_stop(reason))
        if reason
        else say("decision.no_reason", lang)
    )
    return f"{sentence} {why}"


def missing(
    names: Sequence[str],
    total: int,
    lacking: tuple[Sequence[tuple[str, Sequence[str]]], int],
    lang: str,
) -> str:
    """Which indicators there are no figures for at all, and who lacks figures of the others.

    Args:
        names: the indicators without figures.
        total: how many indicators there are to rank by.
        lacking: (alternative, indicators it lacks), and how many alternatives are ranked.
        lang: nb, nn or en.
    """
    lacks, ranked = lacking
    said = []
    if names:
        key = "missing.many" if len(names) > NAMED else "missing.some"
        said.append(say(key, lang, count=len(names), total=total, names=[inside(each) for each in names]))
    alike: dict[tuple[str, ...], list[str]] = {}
    for name, titles in lacks:
        alike.setdefault(tuple(titles), []).append(name)
    if len(alike) > NAMED:
        said.append(say("missing.assumed_many", lang, count=len(lacks)))
    elif lacks:
        each = [
            say(
                "missing.assumed_one",
                lang,
                names=some(who, lang, ranked),
                indicators=[inside(title) for title in titles],
            )
            for titles, who in alike.items()
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


def _through(pairs: Sequence[Through], indicator: Title, lang: str) -> str:
    names = [inside(indicator(name)) for pair in pairs[:2] for name in pair.indicators]
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


def same_scores(one: AlternativeResult, other: AlternativeResult) -> bool:
    """Whether two alternatives have the same score under every consideration that both have one for."""
    pairs = ((score, other.scores[key]) for key, score in one.scores.items())
    return all(a is None or b is None or abs(a - b) < SAME for a, b in pairs)


def some(names: Sequence[str], lang: str, ranked: int = 0) -> list[str]:
    """The names one sentence has room for, and how many more there are; all where they are all `ranked`."""
    if len(names) == ranked > 1:
        return [say("all_ranked", lang)]
    rest = [say("and_more", lang, count=len(names) - NAMED)] if len(names) > NAMED else []
    return [*names[:NAMED], *rest]


def first_share(shares: Sequence[float]) -> float:
    """The share of first places, 0 where there are none."""
    return shares[0] if shares else 0.0
