"""What the figures point to, in words; and where they point to nothing, what would settle it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tyngdepunkt.analyses.location.narrative import CLOSE, say, some, value_of
from tyngdepunkt.analyses.location.result import AlternativeResult
from tyngdepunkt.texts import inside


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is not known and could put another alternative first.

    Args:
        rivals: those that can be first when what is missing is known.
        figures: (indicator, alternative) of the missing figures, the weightiest first.
        must_haves: indicators of the must-haves the first is not known to pass.
    """

    rivals: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    must_haves: tuple[str, ...]


def recommendation(
    ranked: Sequence[AlternativeResult], lang: str, doubt: Doubt | None = None, total: int = 2
) -> str:
    """What the figures point to; `ranked` is best first, of `total` alternatives."""
    return " ".join(_sentences(ranked, lang, doubt, total))


def answer(ranked: Sequence[AlternativeResult], lang: str, doubt: Doubt | None = None, total: int = 2) -> str:
    """The recommendation in short: what would settle it, and what is not measured, are told elsewhere."""
    return _sentences(ranked, lang, doubt, total)[0]


def settling(
    ranked: Sequence[AlternativeResult], lang: str, doubt: Doubt | None = None, total: int = 2
) -> str:
    """What would settle an answer that is in doubt; empty where it is in none."""
    return " ".join(_sentences(ranked, lang, doubt, total)[1:-1]) if doubt else ""


def _sentences(
    ranked: Sequence[AlternativeResult], lang: str, doubt: Doubt | None, total: int
) -> tuple[str, ...]:
    """The answer first, then its ground, then what holds for every ranking."""
    if not ranked:
        return (say("recommendation.none", lang),)
    if len(ranked) == 1:
        return (_only(ranked[0], doubt, total, lang),)
    first = ranked[0]
    level = [item.name for item in ranked if item.rank == 1]
    caveat = say("recommendation.caveat", lang)
    if doubt is not None:
        return (*_doubted(first, level, (doubt, len(ranked)), lang), caveat)
    if len(level) > 1:
        return (say("recommendation.tie", lang, names=some(level, lang), value=value_of(first)), caveat)
    return (_ahead(first, ranked[1], lang), caveat)


def _ahead(first: AlternativeResult, second: AlternativeResult, lang: str) -> str:
    """That one alone is first, and by how much."""
    lead = value_of(first) - value_of(second)
    key = "recommendation.close" if lead < CLOSE else "recommendation.clear"
    values = {"first": first.name, "second": second.name}
    return say(key, lang, **values, value=value_of(first), second_value=value_of(second))


def _only(first: AlternativeResult, doubt: Doubt | None, total: int, lang: str) -> str:
    """That there is nothing to compare with, and whether the one is known to pass."""
    said = [say(f"recommendation.{'only' if total > 1 else 'single'}", lang, first=first.name)]
    if doubt is not None and doubt.must_haves:
        names = [inside(each) for each in doubt.must_haves]
        said.append(say("recommendation.untried_only", lang, first=first.name, requirements=names))
    return " ".join(said)


def _doubted(
    first: AlternativeResult, level: Sequence[str], of_how_many: tuple[Doubt, int], lang: str
) -> list[str]:
    """Why the figures do not point to the first, and what would settle it; `level` share the first place."""
    doubt, ranked = of_how_many
    tied = len(level) > 1
    said = [say("recommendation.tie", lang, names=some(level, lang), value=value_of(first))] if tied else []
    values = {"first": first.name, "value": value_of(first)}
    if doubt.rivals:
        lacking: dict[str, list[str]] = {}
        for indicator, name in doubt.figures:
            lacking.setdefault(indicator, []).append(name)
        figures = [
            say("recommendation.figure", lang, indicator=inside(indicator), names=some(names, lang, ranked))
            for indicator, names in lacking.items()
        ]
        rivals = (first.name, *doubt.rivals) if tied else doubt.rivals
        settling = {"rivals": some(rivals, lang), "figures": some(figures, lang)}
        said += [] if tied else [say("recommendation.unsettled", lang, **values)]
        said.append(say(f"recommendation.{'unsettled_too' if tied else 'settling'}", lang, **settling))
    if doubt.must_haves:
        names = [inside(each) for each in doubt.must_haves]
        key = "untried_too" if said else "untried"
        said.append(say(f"recommendation.{key}", lang, **values, requirements=names))
    return said
