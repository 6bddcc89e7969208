"""What the figures point to, in words; and where they point to nothing, what would settle it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tyngdepunkt.analyses.location.narrative import CLOSE, say, some, value_of
from tyngdepunkt.analyses.location.result import AlternativeResult
from tyngdepunkt.texts import inside

HAIR = 0.1  # points between first and second that one decimal would write as the same


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
    ranked: Sequence[AlternativeResult],
    lang: str,
    doubt: Doubt | None = None,
    total: int = 2,
    nobody_passes: bool = False,
) -> dict[str, str]:
    """What the figures point to.

    Args:
        ranked: best first.
        lang: `nb`, `nn` or `en`.
        doubt: why they do not point to the first; None where they do.
        total: the alternatives of the case.
        nobody_passes: whether every alternative is known to fail some must-have.

    Returns:
        `answer`, the short of it; `settling`, what would settle an answer in doubt (empty where it is in
        none); and `recommendation`, all that is said.
    """
    said = _sentences(ranked, lang, doubt, total, nobody_passes)
    return {
        "answer": said[0],
        "settling": " ".join(said[1:-1]) if doubt else "",
        "recommendation": " ".join(said),
    }


def _sentences(
    ranked: Sequence[AlternativeResult], lang: str, doubt: Doubt | None, total: int, nobody_passes: bool
) -> tuple[str, ...]:
    """The answer first, then its ground, then what holds for every ranking."""
    if not ranked:
        return (say(f"recommendation.{'none_passes' if nobody_passes else 'none'}", lang),)
    if len(ranked) == 1:
        return (_only(ranked[0], doubt, total, lang),)
    first = ranked[0]
    level = [item.name for item in ranked if item.rank == 1]
    caveat = say("recommendation.caveat", lang)
    if doubt is not None:
        return (*_doubted(ranked, level, doubt, lang), caveat)
    if len(level) > 1:
        return (say("recommendation.tie", lang, names=some(level, lang), value=value_of(first)), caveat)
    return (_ahead(first, ranked[1], lang), caveat)


def _ahead(first: AlternativeResult, second: AlternativeResult, lang: str) -> str:
    """That one alone is first, and by how much."""
    lead = value_of(first) - value_of(second)
    key = "hair" if lead < HAIR else "close" if lead < CLOSE else "clear"
    return say(f"recommendation.{key}", lang, **_two(first, second))


def _two(first: AlternativeResult, second: AlternativeResult) -> dict[str, str | float]:
    """The first and the next, by name and points."""
    names = {"first": first.name, "second": second.name}
    return {**names, "value": value_of(first), "second_value": value_of(second)}


def _only(first: AlternativeResult, doubt: Doubt | None, total: int, lang: str) -> str:
    """That there is nothing to compare with, and whether the one is known to pass."""
    said = [say(f"recommendation.{'only' if total > 1 else 'single'}", lang, first=first.name)]
    if doubt is not None and doubt.must_haves:
        names = [inside(each) for each in doubt.must_haves]
        said.append(say("recommendation.untried_only", lang, first=first.name, requirements=names))
    return " ".join(said)


def _doubted(ranked: Sequence[AlternativeResult], level: Sequence[str], doubt: Doubt, lang: str) -> list[str]:
    """Why the figures do not point to the first, and what would settle it; `level` share the first place."""
    first, second = ranked[:2]
    tied = len(level) > 1
    said = [say("recommendation.tie", lang, names=some(level, lang), value=value_of(first))] if tied else []
    values = {"first": first.name, "value": value_of(first)}
    if doubt.rivals:
        rivals = (first.name, *doubt.rivals) if tied else doubt.rivals
        settling = {"rivals": some(rivals, lang), "figures": _needed(doubt, len(ranked), lang)}
        hair = "_hair" if value_of(first) - value_of(second) < HAIR else ""
        said += [] if tied else [say(f"recommendation.unsettled{hair}", lang, **_two(first, second))]
        said.append(say(f"recommendation.{'unsettled_too' if tied else 'settling'}", lang, **settling))
    if doubt.must_haves:
        names = [inside(each) for each in doubt.must_haves]
        key = "untried_too" if said else "untried"
        said.append(say(f"recommendation.{key}", lang, **values, requirements=names))
    return said


def _needed(doubt: Doubt, ranked: int, lang: str) -> list[str]:
    """The missing figures, those that the same alternatives lack told together."""
    lacking: dict[str, list[str]] = {}
    for indicator, name in doubt.figures:
        lacking.setdefault(indicator, []).append(name)
    by_names: dict[tuple[str, ...], list[str]] = {}
    for indicator, names in lacking.items():
        by_names.setdefault(tuple(names), []).append(inside(indicator))
    groups = [
        say("recommendation.figure", lang, indicators=some(named, lang), names=some(names, lang, ranked))
        for names, named in by_names.items()
    ]
    return some(groups, lang)
