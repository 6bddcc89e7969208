"""One result per alternative: its figures, scores, rank, and what it wins and gives up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tyngdepunkt.analyses.location import offices
from tyngdepunkt.analyses.location.computation import BREADTH, EXTENT, ScoredCase
from tyngdepunkt.analyses.location.input.model import Alternative
from tyngdepunkt.analyses.location.result import AlternativeResult, Difference, Measurement
from tyngdepunkt.figures import Figure, Quality
from tyngdepunkt.indicators import place_facts
from tyngdepunkt.rules import small_town_test

TELLING = 0.25  # share of the largest part from which an indicator is named


def alternative_results(draft: ScoredCase) -> tuple[AlternativeResult, ...]:
    """All alternatives of the case, in its order."""
    return tuple(_result(draft, position) for position in range(len(draft.case.alternatives)))


def _result(draft: ScoredCase, position: int) -> AlternativeResult:
    alternative = draft.case.alternatives[position]
    row = draft.measured.rows[position]
    return AlternativeResult(
        number=position + 1,
        name=alternative.name,
        kind=alternative.kind,
        places=alternative.codes,
        **_where(draft, alternative),
        why_unscored=draft.measured.why_unscored[position] or None,
        measurements=_measurements(draft, position),
        must_haves=draft.measured.must_haves[position],
        **_ranking(draft, position),
        differences=_differences(draft, position),
        extent=_contribution(row, EXTENT),
        breadth=_contribution(row, BREADTH),
        measures=alternative.measures,
        missing=_missing(draft, row),
        access=offices.access(draft.case, draft.places, alternative),
        changes=offices.changes(draft.case, draft.places, alternative),
    )


def _where(draft: ScoredCase, alternative: Alternative) -> dict[str, Any]:
    """Place, class and region, where the alternative is a single place."""
    if len(alternative.codes) != 1:
        nowhere = {"place": None, "centrality_class": None, "region": None, "region_name": None}
        return {**nowhere, "small_town": None, "facts": {}}
    code = alternative.codes[0]
    here = draft.places.municipalities[code]
    town = draft.places.largest_town(code)
    persons = None if town is None or town.persons is None else float(town.persons)
    return {
        "place": code,
        "centrality_class": here.centrality_class,
        "region": here.region,
        "region_name": here.region_called or None,
        "small_town": small_town_test(here.is_centre, here.centrality_class, persons).result,
        "facts": place_facts(draft.places, code),
    }


def _measurements(draft: ScoredCase, position: int) -> dict[str, Measurement]:
    scores = draft.scores
    compared = scores.compared.index(position) if position in scores.compared else None
    column = {name: i for i, name in enumerate(scores.columns)}
    found = {}
    for name, figure in draft.measured.rows[position].items():
        takes_part = compared is not None and name in column
        value = float(scores.cells[compared, column[name]]) if takes_part else None
        assumed = takes_part and bool(scores.assumed[compared, column[name]])
        found[name] = Measurement(name, figure, value, takes_part, assumed)
    return found


def _ranking(draft: ScoredCase, position: int) -> dict[str, Any]:
    """What the methods say of the alternative; empty where it is not compared."""
    everything = [each.id for each in draft.rule_set.considerations]
    weighed = draft.weighed
    if weighed is None or position not in draft.scores.compared:
        return _unranked(everything)
    i = draft.scores.compared.index(position)
    row = dict(zip(draft.scores.considerations, (100 * draft.scores.matrix[i]).tolist(), strict=True))
    names = draft.scores.considerations
    central, confidence = weighed.anywhere.central_weights[i], float(weighed.joint.confidence[i])
    dominating = np.flatnonzero(weighed.dominates[:, i])
    return {
        "scores": {key: row.get(key) for key in everything},
        "value": 100 * float(weighed.ranked.values[i]),
        "value_range": (100 * float(weighed.least[i]), 100 * float(weighed.most[i])),
        "rank": int(weighed.ranked.ranks[i]),
        "rank_range": (int(weighed.best[i]), int(weighed.worst[i])),
        "assumed": tuple(draft.scores.columns[k] for k in np.flatnonzero(draft.scores.assumed[i])),
        "rank_acceptability": tuple(weighed.allowed.ranks[i].tolist()),
        "acceptability_any": tuple(weighed.anywhere.ranks[i].tolist()),
        "joint": tuple(weighed.joint.ranks[i].tolist()),
        "central_weights": None
        if np.isnan(central).any()
        else dict(zip(names, central.tolist(), strict=True)),
        "confidence": None if np.isnan(confidence) else confidence,
        "uncertainty_first": None if weighed.keeps_first is None else float(weighed.keeps_first[i]),
        "outranking_rank": int(weighed.outranking[i]),
        "dominated_by": tuple(draft.scores.compared[int(k)] + 1 for k in dominating),
    }


def _unranked(considerations: list[str]) -> dict[str, Any]:
    nothing = (
        "value",
        "value_range",
        "rank",
        "rank_range",
        "central_weights",
        "confidence",
        "uncertainty_first",
        "outranking_rank",
    )
    empty = ("assumed", "rank_acceptability", "acceptability_any", "joint", "dominated_by")
    scores: Mapping[str, None] = dict.fromkeys(considerations)
    return {"scores": scores, **dict.fromkeys(nothing), **dict.fromkeys(empty, ())}


def _differences(draft: ScoredCase, position: int) -> tuple[Difference, ...]:
    """Score minus the first's, per consideration, with the indicators that make most of it."""
    scores = draft.scores
    if not draft.order or position not in scores.compared:
        return ()
    own, first = (scores.compared.index(each) for each in (position, draft.order[0]))
    parts = (scores.cells[own] - scores.cells[first])[:, None] * scores.blend * 100
    return tuple(
        Difference(key, float(parts[:, k].sum()), _through(parts[:, k], scores.columns))
        for k, key in enumerate(scores.considerations)
    )


def _through(parts: np.ndarray[Any, Any], columns: tuple[str, ...]) -> tuple[str, ...]:
    """Up to two indicators that pull the same way as the sum, largest first."""
    along = parts * (1.0 if parts.sum() >= 0 else -1.0)
    largest = float(along.max(initial=0.0))
    if largest <= 0:
        return ()
    order = np.argsort(-along, kind="stable")[:2]
    return tuple(columns[int(i)] for i in order if along[int(i)] >= TELLING * largest)


def _contribution(row: Mapping[str, Figure], key: str) -> Figure:
    return row.get(key, Figure(None, "share", Quality.NOT_APPLICABLE))


def _missing(draft: ScoredCase, row: Mapping[str, Figure]) -> tuple[str, ...]:
    """Indicators of the rule set that have no figure for this alternative."""
    gone = (Quality.MISSING, Quality.SUPPRESSED, Quality.NOT_STATED)
    return tuple(
        each.id for each in draft.measured.indicators if each.id in row and row[each.id].quality in gone
    )
