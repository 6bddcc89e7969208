"""Weights in words, and what is said while one drags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.location import firmness
from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs import weight_forms as forms
from tyngdepunkt.web.read.case import rule_set_of

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.live.weighing import Live, Standing
    from tyngdepunkt.places import Places
    from tyngdepunkt.workspace.drafts import Draft

NAMED = 3  # alternatives and changes named in one sentence
MOST = 20  # rows of the table


@dataclass(frozen=True, slots=True)
class Told:
    """The live answer as it is shown: rows, what is said of them, and the weights used.

    Args:
        rows: best first.
        given: whether the weights are exact, so that the share is of all weights there are.
        announced: the order in one sentence, for those who hear the page.
        flip: the smallest change of weights that lets another draw level.
        scaled: that points were shared out to 100; empty where they were not.
        weights: (consideration, weight now in per cent, weight at the flip point in per cent or None).
        more: how many are not shown.
    """

    rows: tuple[Standing, ...]
    given: bool
    announced: str
    flip: str
    scaled: str
    weights: tuple[tuple[str, float, float | None], ...]
    more: int


def titles_of(content: Mapping[str, Any], lang: str) -> dict[str, str]:
    """The considerations of the rule set that a case is under.

    Returns:
        Id → title in the language.
    """
    return {each.id: each.title[lang] for each in rule_set_of(content).considerations}


def in_words(value: Any, content: Mapping[str, Any], lang: str) -> str:
    """The weights of a case file as one short line of text.

    Returns:
        The line; a value that is neither None, `none` nor a mapping is shown as it is.
    """
    titles = titles_of(content, lang)
    say = partial(_said, "analyses.location:weighting", lang)
    if value in (None, "none"):
        return say("none")
    if not isinstance(value, dict):
        return str(value)
    if isinstance(value.get("order"), list):
        groups = [each if isinstance(each, list) else [each] for each in value["order"]]
        levels = [say("level", names=[titles.get(str(key), str(key)) for key in group]) for group in groups]
        return say("order", order=" > ".join(levels))
    if isinstance(value.get("order"), dict):  # as it was typed, where it could not be read
        value = value["order"]
    return ", ".join(f"{titles.get(str(key), key)} {numbers.written(each)}" for key, each in value.items())


@dataclass(frozen=True, slots=True)
class Ends:
    """What a weight is a weight on: the municipalities with the lowest and the highest score (0–100)."""

    low: str
    low_points: str
    high: str
    high_points: str


def ends_of(draft: Draft, places: Places) -> dict[str, Ends]:
    """For each consideration, the municipalities with the lowest and the highest score.

    Returns:
        Consideration → its ends; those that do not tell municipalities apart are left out. Empty while the
        case cannot be read.
    """
    from tyngdepunkt.analyses.location import indicator_values, score
    from tyngdepunkt.analyses.location.input.read import case_from_content

    try:
        case = case_from_content(draft.content, places)
    except UserError:
        return {}
    found = score.swings(case, (places, indicator_values.question_of(case, case.alternatives)))
    names = places.municipalities
    told = {
        key: [(names[end.place].name, texts.number(end.score)) for end in (each.lowest, each.highest)]
        for key, each in found.items()
    }
    return {key: Ends(*low, *high) for key, (low, high) in told.items() if low[1] != high[1]}


def told(live: Live, value: Any, content: Mapping[str, Any], lang: str) -> Told:
    """What a page shows when other weights are tried.

    Args:
        live: the answer under those weights.
        value: the weights as the person wrote them.
        content: the case.
        lang: of the page.

    Returns:
        At most `MOST` alternatives, and the sentences beside them.
    """
    titles = titles_of(content, lang)
    turn = live.turn.weights if live.turn else {}
    weights = tuple(
        (titles.get(key, key), 100 * share, 100 * turn[key] if key in turn else None)
        for key, share in live.weights.items()
    )
    return Told(
        rows=live.standings[:MOST],
        given=live.given,
        announced=_announced(live, lang),
        flip=_flip(live, titles, lang),
        scaled=_scaled(value, lang),
        weights=weights,
        more=max(0, len(live.standings) - MOST),
    )


def _said(group: str, lang: str, key: str, **values: Any) -> str:
    return texts.text(f"{group}.{key}", lang, **values)


def _say(key: str, lang: str, **values: Any) -> str:
    return texts.text(f"workspace.drafts:live.{key}", lang, **values)


def _announced(live: Live, lang: str) -> str:
    if not live.standings:
        return _say("nothing", lang)
    named = [
        _say("one", lang, rank=each.rank, name=each.name, value=each.value) for each in live.standings[:NAMED]
    ]
    return _say("order", lang, named="; ".join(named))


def _flip(live: Live, titles: Mapping[str, str], lang: str) -> str:
    """In the words of the whole answer."""
    if len(live.standings) < 2:
        return ""
    said = ("given" if live.given else "centroid", lambda key: titles.get(key, key), lang)
    return firmness.flip(live.standings[0].name, live.turn, live.weights, said)


def _scaled(value: Any, lang: str) -> str:
    summed = forms.total(value)
    return "" if summed in (None, forms.WHOLE) else _say("scaled", lang, total=summed)
