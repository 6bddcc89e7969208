"""What several decisions have done to a place before this one (the guidelines, R2 and R35)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tyngdepunkt.figures import Figure, Quality, Source, phrase
from tyngdepunkt.indicators.base import Question
from tyngdepunkt.indicators.columns import (
    Column,
    Mask,
    Told,
    figures,
    latest,
    masked_sum,
    nowhere,
    positions,
    rank,
    read,
    same_region,
)
from tyngdepunkt.texts import text

if TYPE_CHECKING:
    from tyngdepunkt.places import Places


def in_municipality(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Change in state jobs booked for the municipality in the window, signed."""
    return _change(places, question, codes, np.eye(len(places.municipalities), dtype=bool))


def in_region(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Change in state jobs booked for the labour-market region in the window, signed."""
    return _change(places, question, codes, same_region(places))


def per_thousand(places: Places, question: Question, codes: Sequence[str]) -> list[Figure]:
    """Change in state jobs in the window per 1,000 employed: the mean of the municipality and its region.

    A region of one municipality is counted once, since the two are then the same.
    """
    if question.events is None:
        return nowhere(codes, Told("per_thousand", missing="indicators:no_ledger"))
    if question.covered is None:
        return nowhere(codes, Told("per_thousand", missing="indicators:ledger_not_declared"))
    covered = question.covered
    at, region = positions(places), same_region(places)
    bounds = np.zeros((len(at), 2))
    for event in question.events:
        bounds[at[event.municipality]] += (event.low, event.high)
    year = latest(places, "employed")
    own = read(places, "employed", "workplace", year=year)
    whole = masked_sum(region, own)
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = (1000 * bounds / own.values[:, None] + 1000 * (region @ bounds) / whole.values[:, None]) / 2
    low, high = ends.T
    ranks = np.maximum(own.ranks, whole.ranks)
    ranks = np.where(low < high, np.maximum(ranks, rank(Quality.ESTIMATED)), ranks).astype(np.int8)
    query = phrase("indicators:query.sum_workplace", year=year)
    sources = (ledger_source(question), places.source("employed", query=query))
    told = Told("per_thousand", sources, note="indicators:as_booked")
    found = figures(places, codes, Column((low + high) / 2, ranks), told, (low, high))
    silent = nowhere([""], Told("per_thousand", missing="indicators:ledger_not_covered"))[0]
    return [figure if covered(code) else silent for code, figure in zip(codes, found, strict=True)]


def _change(places: Places, question: Question, codes: Sequence[str], mask: Mask) -> list[Figure]:
    """The sum over the places in the mask. A ledger that books nothing there says zero."""
    if question.events is None:
        return nowhere(codes, Told("jobs", missing="indicators:no_ledger"))
    at = positions(places)
    bounds = np.zeros((len(at), 2))
    for event in question.events:
        bounds[at[event.municipality]] += (event.low, event.high)
    low, high = (mask @ bounds).T
    ranks = np.where(low < high, rank(Quality.ESTIMATED), rank(Quality.MEASURED)).astype(np.int8)
    told = Told("jobs", (ledger_source(question),), note="indicators:as_booked")
    return figures(places, codes, Column((low + high) / 2, ranks), told, (low, high))


def ledger_source(question: Question) -> Source:
    """The ledger as a source: how many events, from when to when, and who reported them."""
    events = question.events or ()
    window = question.window
    period = f"{window[0].isoformat()}–{window[1].isoformat()}" if window else ""
    asked = phrase("indicators:query.ledger_events", count=len(events))
    return Source(
        table="ledger",
        title=text("indicators:ledger_title", "nb"),
        provider="",
        reference="; ".join(sorted({event.source for event in events if event.source})),
        query=text(asked.key, "nb", **dict(asked.values)),
        date=period,
        licence="",
        asked=asked,
    )
