"""One figure for an alternative that lies in several places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tyngdepunkt.figures import Figure, Quality, Source, absent, weakest
from tyngdepunkt.indicators.base import Indicator

Pair = tuple[Figure, float]


def alternative_figure(
    indicator: Indicator,
    figures: Sequence[Figure],
    weights: Sequence[float | None],
    names: Sequence[str],
) -> Figure:
    """Combine the figures of an alternative's places.

    Args:
        indicator: whose figures they are.
        figures: one per place.
        weights: jobs per place, same order; where one is unknown or all are zero, the
            places count alike.
        names: what the places are called, same order.

    Returns:
        A figure of the weakest quality among them, with all their sources. Places the
        indicator does not apply to are left out; one that has no figure makes the whole
        missing, and is named in the note.
    """
    if len(figures) == 1:
        return figures[0]
    counted = [
        pair for pair in zip(figures, weights, strict=True) if pair[0].quality is not Quality.NOT_APPLICABLE
    ]
    # known only now: a place that is left out may have held all the jobs there were
    pairs = list(zip([figure for figure, _ in counted], _known([each for _, each in counted]), strict=True))
    if not pairs:
        note = figures[0].note if figures else "indicators:no_place"
        return absent(indicator.unit, Quality.NOT_APPLICABLE, note)
    unknown = [
        (figure, name)
        for figure, name in zip(figures, names, strict=True)
        if figure.value is None and figure.quality is not Quality.NOT_APPLICABLE
    ]
    if unknown:
        return _incomplete(indicator, unknown, len(pairs))
    return _combined(indicator, pairs)


def _known(weights: Sequence[float | None]) -> list[float]:
    known = [weight for weight in weights if weight is not None]
    if len(known) < len(weights) or sum(known) <= 0:
        return [1.0] * len(weights)
    return known


def _incomplete(indicator: Indicator, unknown: Sequence[tuple[Figure, str]], places: int) -> Figure:
    """No figure: why, in the words of the places where none has one, else which places lack it."""
    figures = [figure for figure, _ in unknown]
    notes = {(figure.note, figure.note_values) for figure in figures}
    if len(notes) == 1 and len(unknown) == places:
        note, values = notes.pop()
    else:
        note = "indicators:part_missing"
        values = (("places", tuple(dict.fromkeys(name for _, name in unknown))),)
    quality = weakest(figure.quality for figure in figures)
    return replace(absent(indicator.unit, quality, note, *_sources(figures)), note_values=values)


def _combined(indicator: Indicator, pairs: Sequence[Pair]) -> Figure:
    total = sum(weight for _, weight in pairs)
    shares = [weight / total for _, weight in pairs]
    figures = [figure for figure, _ in pairs]

    def added(numbers: Sequence[float]) -> float:
        return sum(number * share for number, share in zip(numbers, shares, strict=True))

    noted = next((figure for figure in figures if figure.note), figures[0])
    bounds = [figure.interval or (0.0, 0.0) for figure in figures]
    ranged = any(figure.low is not None or figure.high is not None for figure in figures)
    return Figure(
        added([figure.value or 0.0 for figure in figures]),
        indicator.unit,
        weakest(figure.quality for figure in figures),
        _sources(figures),
        added([low for low, _ in bounds]) if ranged else None,
        added([high for _, high in bounds]) if ranged else None,
        noted.note,
        noted.note_values,
    )


def _sources(figures: Sequence[Figure]) -> tuple[Source, ...]:
    """All sources once, in the order they are met."""
    return tuple(dict.fromkeys(source for figure in figures for source in figure.sources))
