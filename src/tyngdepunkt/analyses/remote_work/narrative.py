"""What is told of the country: the sums with their conditions, what is assumed, and each area."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.remote_work.resolve import ROOM, TABLE
from tyngdepunkt.analyses.remote_work.result import Area, RemoteWork, StatedAssumption
from tyngdepunkt.analyses.remote_work.sources import SHARES, number_of
from tyngdepunkt.documents.document import Block, Column, Paragraph, Table, Terms

_DASH = "–"
_TOLD = 3
_DIGITS = 3


def blocks(result: RemoteWork, lang: str) -> tuple[Block, ...]:
    """Everything for the terminal."""
    return (*summary(result, lang), assumptions(result, lang), areas(result, lang), *notices(result))


def notices(result: RemoteWork) -> tuple[Block, ...]:
    """What a reader should know."""
    return tuple(Paragraph(notice.text) for notice in result.notices)


def summary(result: RemoteWork, lang: str) -> tuple[Paragraph, ...]:
    """The country's sums, and where the need is largest and smallest for how many live there."""
    told = [_can(result, lang), _desks(result, lang), _elsewhere(result, lang)]
    most, fewest = ends(result, lang)
    if most:
        told.append(Paragraph(say(f"ends.{result.level}", lang, most=most, fewest=fewest)))
    return tuple(each for each in told if each is not None)


def _can(result: RemoteWork, lang: str) -> Paragraph | None:
    country = result.country
    if country.independent is None or country.share is None or country.wage_earners is None:
        return None
    band = country.independent
    values = {"everyone": about(country.wage_earners), "share": country.share.mean, "year": result.year}
    found = {"mean": about(band.mean), "low": about(band.low), "high": about(band.high)}
    text = say("can", lang, **{**values, "year": str(result.year)}, **found)
    return Paragraph(text, number_of(result.sources, TABLE, SHARES))


def _desks(result: RemoteWork, lang: str) -> Paragraph | None:
    desks = result.country.desks
    if desks is None:
        return None
    wish, days = (next(each for each in result.assumptions if each.id == name) for name in _ASSUMED)
    key = "need" if wish.low < wish.high else "need_one"
    found = {"mean": about(desks.mean), "low": about(desks.low), "high": about(desks.high)}
    shown = {"wish_low": wish.low, "wish_high": wish.high, "days": _days(days.low, lang)}
    text = say(key, lang, chance=result.chance, **shown, **found)
    return Paragraph(text, number_of(result.sources, *(f"assumption:{name}" for name in _ASSUMED)))


_ASSUMED = ("wish_for_desk", "days_at_desk")


def _elsewhere(result: RemoteWork, lang: str) -> Paragraph | None:
    found = result.country.experience
    if found is None:
        return None
    text = say("elsewhere", lang, low=about(found.low), high=about(found.high))
    return Paragraph(text, number_of(result.sources, "assumption:desks_per_person"))


def ends(result: RemoteWork, lang: str) -> tuple[list[str], list[str]]:
    """The areas with most and with fewest desks for each 1,000, in words; none where there are too few."""
    known = [(each.per_thousand, each.name) for each in result.areas if each.per_thousand is not None]
    if len(known) < 2 * _TOLD:
        return [], []
    order = sorted(known)
    shown = [say("one_end", lang, name=name, value=value) for value, name in order]
    return shown[: -_TOLD - 1 : -1], shown[:_TOLD]


def assumptions(result: RemoteWork, lang: str) -> Terms:
    """What is assumed, and where it is from."""
    return Terms(
        tuple((each.title, f"{_value(each, lang)}. {_origin(each, lang)}") for each in result.assumptions)
    )


def _value(each: StatedAssumption, lang: str) -> str:
    if each.unit == "days_per_week":
        return say("days_a_week", lang, days=_days(each.low, lang))
    key = "assumed_one" if each.low == each.high else "assumed"
    return texts.text(f"indicators:{key}.{each.unit}", lang, low=each.low, high=each.high)


def _origin(each: StatedAssumption, lang: str) -> str:
    if each.set_by == "own":
        return say("own", lang)
    dated = "dated" if any(sign.isdigit() for sign in each.year) else "undated"
    return f"{say(dated, lang, source=each.source, year=each.year)} {each.note}"


def _days(value: float, lang: str) -> str:
    return texts.number(value, 0 if value == int(value) else 1, lang)


def areas(result: RemoteWork, lang: str) -> Table:
    """A row for each area; what is hidden or missing says so, and is no number."""
    commutes = result.level == "region"  # few would travel to one office for a whole county
    names = [name for name in _COLUMNS if name != "desks_together" or commutes]
    columns = (Column(say(f"level.{result.level}", lang)), *(_column(name, lang) for name in names))
    rows = tuple((each.name, *(_cell(each, name, lang) for name in names)) for each in result.areas)
    refs = number_of(result.sources, TABLE, SHARES, *(f"assumption:{name}" for name in _ASSUMED))
    return Table(say(f"title.{result.level}", lang, year=str(result.year)), columns, rows, refs)


_QUALITY = "desks"
_COLUMNS = (
    "desks", "desks_range", "experience", "per_thousand", "desks_together", "independent",
    "independent_range", "share", "wage_earners",
)  # fmt: skip


def _column(name: str, lang: str) -> Column:
    form = "share" if name == "share" else "number"
    return Column(say(name, lang), numeric=True, decimals=int(name == "per_thousand"), form=form)


def _cell(each: Area, name: str, lang: str) -> str | float | None:
    if each.quality != "assumed":
        return say(f"qualities.{each.quality}", lang) if name == _QUALITY else None
    if name.endswith("_range") or name == "experience":
        return _span(getattr(each, name.removesuffix("_range")), lang)
    found: Any = getattr(each, name)
    return found if found is None or isinstance(found, int | float) else found.mean


def _span(found: Any, lang: str) -> str:
    low, high = (texts.number(round(end), lang=lang) for end in (found.low, found.high))
    return low if low == high else f"{low}{_DASH}{high}"


def about(value: float) -> float:
    """A sum as a sentence tells it, with three digits.

    >>> about(1_043_512.4), about(95)
    (1040000.0, 95)
    """
    return round(value, min(0, _DIGITS - 1 - math.floor(math.log10(value)))) if value >= 1 else round(value)


def say(key: str, lang: str, /, **values: object) -> str:
    """A text of what is shown."""
    return texts.text(f"{ROOM}:view.{key}", lang, **values)


def listed(names: Sequence[str]) -> str:
    """Names in a cell."""
    return "; ".join(names)
