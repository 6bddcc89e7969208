"""Sentences of how firmly the first stands: under other weights, other figures and another method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tyngdepunkt.analyses.location.narrative import (
    NAMED,
    NEARLY_ALL,
    SAME,
    Title,
    first_share,
    same_scores,
    say,
    some,
)
from tyngdepunkt.texts import inside

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.answer import Jointly, WeightChange
    from tyngdepunkt.analyses.location.result import AlternativeResult

ALIKE = 0.03  # of 1: shares of some thousand draws closer than this may as well be the same
LEAST_MOVED = 0.0005  # of 1: a weight that moves less is written as it was


def robustness(
    ranked: Sequence[AlternativeResult], fixed_weights: bool, lang: str, unsettled: bool = False
) -> str:
    """How often the first stays first when weights vary, and that this holds only `unsettled` by figures."""
    if len(ranked) < 2:
        return ""
    said = _under_weights(ranked, fixed_weights, lang)
    return f"{said} {say('robustness.while_missing', lang)}" if unsettled else said


def _under_weights(ranked: Sequence[AlternativeResult], fixed_weights: bool, lang: str) -> str:
    first = ranked[0]
    shares = {
        item.number: first_share(item.acceptability_any if fixed_weights else item.rank_acceptability)
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
    first: str, change: WeightChange | None, before: Mapping[str, float], say_from: tuple[str, Title, str]
) -> str:
    """The smallest change of weights that lets another draw level: every weight that moves, the most first.

    Args:
        first: the name of the one that is first.
        change: the weights at which the rival is level; None where no weights let any.
        before: the weights measured from, by consideration.
        say_from: (given or centroid, title of a consideration, language).
    """
    measured_from, title, lang = say_from
    if change is None:
        return say("flip.never", lang, first=first)
    named, after = {"first": first, "rival": change.to}, change.weights
    if change.distance == 0:
        return say("flip.level", lang, **named)
    moved = sorted(before, key=lambda key: -abs(after[key] - before[key]))
    changes = [
        say("flip.change", lang, name=inside(title(key)), before=before[key], after=after[key])
        for key in moved
        if abs(after[key] - before[key]) >= LEAST_MOVED
    ]
    if not changes:
        return say("flip.hair", lang, **named)
    most = _to_move(moved, before, after)
    ends = {"name": inside(title(most)), "before": 100 * before[most], "after": 100 * after[most]}
    return say(f"flip.{measured_from}", lang, **named, **ends, changes=changes)


def _to_move(moved: Sequence[str], before: Mapping[str, float], after: Mapping[str, float]) -> str:
    """The weight that must grow the most; the one that moves the most where none grows visibly."""
    most = max(moved, key=lambda key: after[key] - before[key])
    return most if after[most] - before[most] >= LEAST_MOVED else moved[0]


def uncertainty(ranked: Sequence[AlternativeResult], keeps: float | None, lang: str) -> str:
    """Whether the first stays first when the figures vary within their ranges; `ranked` is best first."""
    if keeps is None:
        return say("uncertainty.fixed", lang)
    shares = {item.name: item.uncertainty_first or 0.0 for item in ranked[1:]}
    values = {"first": ranked[0].name, "share": keeps}
    other = max(shares, key=lambda name: shares[name], default="")
    if shares and shares[other] > keeps + ALIKE:
        return say("uncertainty.other", lang, **values, other=other, other_share=shares[other])
    level = [name for name, share in shares.items() if share >= keeps - ALIKE]
    return say(f"uncertainty.{'level' if level else 'keeps'}", lang, **values, names=some(level, lang))


def joint(ranked: Sequence[AlternativeResult], found: Jointly | None, measured_from: str, lang: str) -> str:
    """Whether the first stays first when weights and figures vary together; `ranked` is best first.

    Weights the case gives (`measured_from` is then `given`) do not vary, but those inside a consideration do.
    """
    if found is None:
        return ""
    first, error = ranked[0], max(2 * found.error, 0.001)
    varied = say(f"joint.varied_{'given' if measured_from == 'given' else 'open'}", lang)
    values = {"first": first.name, "share": found.share, "error": 100 * error, "varied": varied}
    apart = 2 * error + SAME  # two shares closer than this may as well be the same
    if found.oftenest_share <= found.share + apart:
        level = [item.name for item in ranked[1:] if first_share(item.joint) >= found.share - apart]
        return say(f"joint.{'level' if level else 'keeps'}", lang, **values, names=some(level, lang))
    other = {"other": found.oftenest, "other_share": found.oftenest_share}
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
    level = all(same_scores(first, item) for item in ranked)
    return say(f"dominance.{'level' if level else 'none'}", lang)
