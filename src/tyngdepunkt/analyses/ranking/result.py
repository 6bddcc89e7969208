"""The answer to a ranking: the structs are the JSON of `tyngdepunkt rank --json` and of the API."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
import numpy as np
from msgspec import Meta

from tyngdepunkt import texts
from tyngdepunkt.analyses.contract import Made
from tyngdepunkt.analyses.ranking.decision_matrix import Ranking
from tyngdepunkt.methods.acceptability import Acceptability
from tyngdepunkt.methods.validation import Floats
from tyngdepunkt.methods.weight_sensitivity import Flip


class Ranked(msgspec.Struct, frozen=True):
    """An alternative in its place."""

    alternative: str
    value: float
    partial: Annotated[dict[str, float], Meta(description="What each criterion gives of the value.")]
    rank: int
    tied: bool


class Change(msgspec.Struct, frozen=True):
    """The smallest change of weights at which another alternative draws level."""

    to: str
    weights: dict[str, float]
    distance: float


class Outranking(msgspec.Struct, frozen=True):
    """The cross-check by another method."""

    method: str
    net_flow: dict[str, float]


class RankingNotice(msgspec.Struct, frozen=True):
    """What the reader should know of a criterion, though it is no fault."""

    key: Annotated[str, Meta(description="As `id`; kept for programs that read version 0.1.")]
    criterion: str
    id: str
    text: str
    where: str


class RankingResult(msgspec.Struct, frozen=True):
    """A ranked table, and how much the ranking can take."""

    title: str
    method: str
    ranking: list[Ranked]
    rank_acceptability: dict[str, list[float]]
    rank_acceptability_any_weights: dict[str, list[float]]
    smallest_weight_change: Change | None
    weight_changes: list[Change]
    measured_from: str
    weights: str
    weights_used: dict[str, float]
    central_weights: dict[str, dict[str, float] | None]
    confidence: dict[str, float | None]
    pairwise: dict[str, dict[str, float]] | None
    dominated: dict[str, list[str]]
    outranking: Outranking
    notices: list[RankingNotice]
    draws: int
    seed: int
    made: Made


Result = RankingResult


def result_of(ranking: Ranking, made: Made, lang: str) -> Result:
    """A ranking as the document that is printed; keys are described in docs/methods/rank.md."""
    table, order = ranking.table, ranking.order
    names = table.alternatives
    return Result(
        title=table.title,
        method="additive",
        ranking=[_ranked(ranking, i) for i in order],
        rank_acceptability=_shares(ranking, ranking.allowed),
        rank_acceptability_any_weights=_shares(ranking, ranking.any_weights),
        smallest_weight_change=_change(ranking, ranking.nearest_change),
        weight_changes=[c for i in order if (c := _change(ranking, ranking.changes[i]))],
        measured_from=ranking.measured_from,
        weights=table.weights.kind,
        weights_used=_by_criterion(ranking, ranking.weights),
        central_weights={names[i]: _central(ranking, ranking.allowed.central_weights[i]) for i in order},
        confidence={names[i]: _known(ranking.allowed.confidence[i]) for i in order},
        pairwise=_pairs(ranking),
        dominated=_dominated(ranking),
        outranking=Outranking("PROMETHEE II", _net_flow(ranking)),
        notices=[_notice(each.key, each.values["criterion"], lang) for each in table.notices],
        draws=ranking.draws,
        seed=ranking.seed,
        made=made,
    )


def _notice(key: str, criterion: Any, lang: str) -> RankingNotice:
    text = texts.text(f"analyses.ranking:view.{key}", lang, criterion=criterion)
    return RankingNotice(key, criterion, key, text, f"criteria.{criterion}")


def _ranked(ranking: Ranking, i: int) -> Ranked:
    ranked = ranking.ranked
    return Ranked(
        ranking.table.alternatives[i],
        float(ranked.values[i]),
        _by_criterion(ranking, ranked.partial[i]),
        int(ranked.ranks[i]),
        bool(ranked.tied[i]),
    )


def _by_criterion(ranking: Ranking, numbers: Floats) -> dict[str, float]:
    ids = [criterion.id for criterion in ranking.table.criteria]
    return dict(zip(ids, (float(number) for number in numbers), strict=True))


def _shares(ranking: Ranking, found: Acceptability) -> dict[str, list[float]]:
    return {ranking.table.alternatives[i]: [float(s) for s in found.ranks[i]] for i in ranking.order}


def _change(ranking: Ranking, change: Flip | None) -> Change | None:
    if change is None:
        return None
    to = ranking.table.alternatives[change.rival]
    return Change(to, _by_criterion(ranking, change.weights), change.distance)


def _central(ranking: Ranking, weights: Floats) -> dict[str, float] | None:
    return None if np.isnan(weights).any() else _by_criterion(ranking, weights)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _pairs(ranking: Ranking) -> dict[str, dict[str, float]] | None:
    if ranking.pairs is None:
        return None
    names, pairs = ranking.table.alternatives, ranking.pairs
    return {names[i]: {names[j]: float(pairs[i, j]) for j in ranking.order if j != i} for i in ranking.order}


def _dominated(ranking: Ranking) -> dict[str, list[str]]:
    """Each dominated alternative with those that dominate it, best first."""
    weak, names = ranking.dominance.weak, ranking.table.alternatives
    over = {names[j]: [names[i] for i in ranking.order if weak[i, j]] for j in ranking.order}
    return {name: by for name, by in over.items() if by}


def _net_flow(ranking: Ranking) -> dict[str, float]:
    by_flow = sorted(ranking.order, key=lambda i: -round(float(ranking.net_flow[i]), 12))
    return {ranking.table.alternatives[i]: float(ranking.net_flow[i]) for i in by_flow}
