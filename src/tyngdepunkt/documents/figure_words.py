"""Figures as they are read: the unit once per row, a mark for what is not measured.

`≈` marks an estimate and `†` an assumption; an assumed range is written with both its ends. What
has no value is said in a word, never with a zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from tyngdepunkt import texts
from tyngdepunkt.figures import EN_DASH, Figure, Quality

MARKS = {Quality.ESTIMATED: "≈\u00a0", Quality.ASSUMED: "†\u00a0"}
MILLION = 1e6


@dataclass(frozen=True, slots=True)
class Scale:
    """How the figures of one row are written: what they are multiplied with, decimals, language."""

    unit: str
    factor: float
    decimals: int
    lang: str
    counts: str = ""  # the unit's own name, where it is written as it is counted

    def with_unit(self, shown: str) -> str:
        """A number in this scale, as it is written, with the unit."""
        return counted(shown, self.counts, self.lang) if self.counts else f"{shown}{texts.NBSP}{self.unit}"

    def written(self, value: float) -> str:
        """A value in this scale."""
        return texts.number(value * self.factor, self.decimals, self.lang)


def scale_of(figures: Sequence[Figure], decimals: int, lang: str) -> Scale:
    """The common scale of the figures in one row, so that they can be compared.

    Args:
        figures: all of one unit, that of the first.
        decimals: of the row.
        lang: nb, nn or en.

    Returns:
        Shares become per cent; NOK becomes million NOK with one decimal where any figure reaches a million.
    """
    unit = next((figure.unit for figure in figures), "")
    if unit == "share":
        return Scale(unit_word(unit, lang), 100.0, decimals, lang)
    ends = [abs(end) for figure in figures for end in figure.interval or ()]
    if unit.startswith("NOK") and max(ends, default=0.0) >= MILLION:
        return Scale(texts.text(f"documents:units.million_{unit}", lang), 1 / MILLION, 1, lang)
    return Scale(unit_word(unit, lang), 1.0, decimals, lang, unit)


def unit_word(unit: str, lang: str) -> str:
    """A unit in words; a unit nobody has named stands as it is."""
    try:
        return texts.text(f"indicators:unit.{unit}", lang)
    except KeyError:
        return unit


def counted(shown: str, unit: str, lang: str) -> str:
    """A number as it is written with its unit, in the singular after one: 1 minutt, 2 minutter."""
    word = unit_word(unit, lang)
    if texts.is_one(shown):
        with suppress(KeyError):  # most units have one form
            word = texts.text(f"indicators:unit_of_one.{unit}", lang)
    return f"{shown}{texts.NBSP}{word}"


def quality_word(quality: Quality, lang: str) -> str:
    """How far a figure can be trusted, in a word or two."""
    return texts.text(f"documents:qualities.{quality.value}", lang)


def cell(figure: Figure, scale: Scale) -> str:
    """A figure in a cell whose row says the unit.

    An estimate is written as one number, since its range would drown it; an assumption, a number
    that the case states as a range and a sum that can go either way are written with both ends.
    """
    if figure.value is None:
        return quality_word(figure.quality, scale.lang)
    if figure.quality is Quality.ESTIMATED and not goes_either_way(figure):
        shown = scale.written(figure.value)
        vanishes = figure.value and shown == scale.written(0)
        return MARKS[figure.quality] + (_too_small(figure.value, scale) if vanishes else shown)
    return MARKS.get(figure.quality, "") + span(figure, scale)


def goes_either_way(figure: Figure) -> bool:
    """Whether the range of a figure lets it be above nought and below: its middle says nothing then.

    >>> goes_either_way(Figure(1.0, "jobs", low=-4, high=6))
    True
    """
    return figure.interval is not None and figure.interval[0] < 0 < figure.interval[1]


def span(figure: Figure, scale: Scale) -> str:
    """The value of a figure, or both ends of its range where they differ once rounded.

    Returns:
        `12`, `12–15`, or `−5 … −2` where the high end is negative; `< 1` where the figure is not 0 but would
        be written as 0; empty where there is no figure.
    """
    if figure.interval is None:
        return ""
    low, high = (scale.written(end) for end in figure.interval)
    if figure.value and low == scale.written(0) and figure.interval[1] * scale.factor < _least(scale):
        return _too_small(figure.value, scale)
    if low == high:
        return low
    signed = low.startswith(texts.MINUS) or high.startswith(texts.MINUS)
    return f"{low} … {high}" if signed else f"{low}{EN_DASH}{high}"


def _least(scale: Scale) -> float:
    """The smallest number above nought that the decimals of a row can tell."""
    return 10.0**-scale.decimals


def _too_small(value: float, scale: Scale) -> str:
    """A figure that is not nought but would be written as nought."""
    sign = -1 if value < 0 else 1
    return f"{'><'[sign > 0]}{texts.NBSP}{texts.number(sign * _least(scale), scale.decimals, scale.lang)}"


def phrase(figure: Figure, decimals: int, lang: str) -> str:
    """A figure in running text, with its unit."""
    scale = scale_of([figure], decimals, lang)
    shown = cell(figure, scale)
    return shown if figure.value is None else scale.with_unit(shown)


def bound(limit: float, figure: Figure, decimals: int, lang: str) -> str:
    """A threshold, written with the unit of the figure that is compared with it.

    Args:
        limit: in the unit of the figure, before scaling.
        figure: gives the unit and the scale.
        decimals: shown where the scaled limit is no whole number.
        lang: nb, nn or en.

    Returns:
        For instance `50 %` for 0.5 of a share.
    """
    scale = scale_of([figure], decimals, lang)
    shown = limit * scale.factor
    number = texts.number(shown, 0 if float(shown).is_integer() else scale.decimals, lang)
    return scale.with_unit(number)


def legend(figures: Iterable[Figure], lang: str) -> str:
    """What the marks in a table mean; only those that are used."""
    qualities = {figure.quality for figure in figures}
    used = [quality for quality in MARKS if quality in qualities]
    return " ".join(meaning(quality, lang) for quality in used)


def meaning(quality: Quality, lang: str) -> str:
    """What the mark of a quality means."""
    return texts.text(f"documents:marks.{quality.value}", lang)


def jobs(count: tuple[float, float] | None, lang: str) -> str:
    """A number of jobs in words for a reader.

    Args:
        count: low and high end; None where it is not known.
        lang: nb, nn or en.

    Returns:
        One number where both ends are the same once rounded, else `20–25`; the word for unknown.
    """
    if count is None:
        return texts.text("documents:unknown", lang)
    ends = [texts.number(end, 0 if float(end).is_integer() else 1, lang) for end in count]
    return ends[0] if ends[0] == ends[1] else EN_DASH.join(ends)


def change(
    bounds: tuple[float, float] | None, lang: str, decimals: int = 0, *, factor: float = 1
) -> str | None:
    """A change with its sign, from a range.

    Args:
        bounds: low and high end; None where the change is not known.
        lang: nb, nn or en.
        decimals: how many are shown.
        factor: what both ends are multiplied with; 100 for per cent.

    Returns:
        One number where both ends are the same once rounded, else both; None where it is not known.
    """
    if bounds is None:
        return None
    scale = Scale("", factor, decimals, lang)
    nought = scale.written(0)
    low, high = (
        _too_small(end, scale)
        if end and scale.written(end).lstrip(texts.MINUS) == nought
        else texts.number(factor * end, decimals, lang, sign=True)
        for end in bounds
    )
    return low if low == high else f"{low} … {high}"


def harmless(text: str) -> str:
    """Keep a text from a case file from being read as a formula by a spreadsheet.

    Returns:
        The text, with a blank before it where it begins with `=` or `{=`.
    """
    return f" {text}" if text.startswith(("=", "{=")) else text
