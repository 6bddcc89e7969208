"""What the place lives of as a picture: the share of each industry, and where the reference's share is."""

from __future__ import annotations

from functools import partial

from tyngdepunkt import texts
from tyngdepunkt.analyses.business.data import ROOM, groups
from tyngdepunkt.analyses.business.result import BusinessResult, IndustryOfPlace
from tyngdepunkt.documents.charts import shares_chart
from tyngdepunkt.documents.document import Picture

_TOLD = 3


def industries(result: BusinessResult, lang: str) -> Picture | None:
    """Jobs by industry as bars; None where there are no figures by industry."""
    found = result.employment
    if found is None or not found.industries:
        return None
    rows = [each for each in found.industries if each.share is not None]
    if not rows:
        return None
    known = [each for each in rows if each.code != groups()["unknown"]]  # the rest is of no industry
    named = {"reference": found.reference, "year": found.year}
    key = "against" if found.reference else "alone"
    draw = partial(
        shares_chart,
        [each.name for each in rows],
        [each.share or 0.0 for each in rows],
        [_reference(each) for each in rows],
        _say("axis", lang),
        lang,
    )
    largest = [_say("part", lang, name=texts.inside(each.name), share=each.share) for each in known[:_TOLD]]
    told = _say("alt", lang, largest=largest, **named)
    over = max((each for each in known if each.quotient), key=lambda each: each.quotient or 0, default=None)
    if over is not None and found.reference:
        values = {"name": texts.inside(over.name), "quotient": over.quotient, **named}
        told += " " + _say("alt_over", lang, **values)
    return Picture.drawn(_say(f"caption_{key}", lang, **named), told, draw)


def _reference(each: IndustryOfPlace) -> float | None:
    """The reference's share of an industry; None where its quotient is refused."""
    return each.share / each.quotient if each.quotient and each.share is not None else None


def _say(key: str, lang: str, /, **values: object) -> str:
    return texts.text(f"{ROOM}:picture.{key}", lang, **values)
