"""A ranking as plain values, for JSON."""

from __future__ import annotations

from typing import Any

import numpy as np

from tyngdepunkt.analyses.ranking.assess import Ranking
from tyngdepunkt.methods.acceptability import Acceptability
from tyngdepunkt.methods.arrays import Floats
from tyngdepunkt.methods.flip import Flip


def as_json(ranking: Ranking) -> dict[str, Any]:
    """The document `tyngdepunkt rank --json` prints; keys are described in docs/methods/rank.md."""
    table, ranked = ranking.table, ranking.ranked
    names, order = table.alternatives, ranking.order
    return {
        "title": table.title,
        "method": "additive",
        "ranking": [
            {
                "alternative": names[i],
                "value": float(ranked.values[i]),
                "partial": _by_criterion(ranking, ranked.partial[i]),
                "rank": int(ranked.ranks[i]),
                "tied": bool(ranked.tied[i]),
            }
            for i in order
        ],
        "rank_acceptability": _shares(ranking, ranking.allowed),
        "rank_acceptability_any_weights": _shares(ranking, ranking.any_weights),
        "smallest_weight_change": _change(ranking, ranking.nearest_change),
        "weight_changes": [c for i in order if (c := _change(ranking, ranking.changes[i]))],
        "measured_from": ranking.measured_from,
        "weights": table.weights.kind,
        "weights_used": _by_criterion(ranking, ranking.weights),
        "central_weights": {names[i]: _central(ranking, ranking.allowed.central_weights[i]) for i in order},
        "confidence": {names[i]: _known(ranking.allowed.confidence[i]) for i in order},
        "pairwise": _pairs(ranking),
        "dominated": _dominated(ranking),
        "outranking": {"method": "PROMETHEE II", "net_flow": _net_flow(ranking)},
        "notices": [{"key": notice.key, **notice.values} for notice in table.notices],
        "draws": ranking.draws,
        "seed": ranking.seed,
    }


def _by_criterion(ranking: Ranking, numbers: Floats) -> dict[str, float]:
    ids = [criterion.id for criterion in ranking.table.criteria]
    return dict(zip(ids, (float(number) for number in numbers), strict=True))


def _shares(ranking: Ranking, found: Acceptability) -> dict[str, list[float]]:
    return {ranking.table.alternatives[i]: [float(s) for s in found.ranks[i]] for i in ranking.order}


def _change(ranking: Ranking, change: Flip | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {
        "to": ranking.table.alternatives[change.rival],
        "weights": _by_criterion(ranking, change.weights),
        "distance": change.distance,
    }


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
