"""What is told of advertised posts: first how far the rules can be trusted, then the shares."""

from __future__ import annotations

from collections.abc import Sequence

from tyngdepunkt import texts
from tyngdepunkt.analyses.advertised.counted import Advertised, AdvertisedPlaces, Measured
from tyngdepunkt.analyses.advertised.labels import ROOM
from tyngdepunkt.documents.document import Block, Column, Paragraph, Table

_MOST_ROWS = 20


def blocks(found: AdvertisedPlaces, lang: str) -> list[Block]:
    """Precision and recall, or that they are not measured; then all, by occupation and by employer."""
    told: list[Block] = [Paragraph(_quality(each, lang)) for each in found.measured]
    if not told:
        told = [Paragraph(_say("not_measured" if found.fetched else "not_fetched", lang))]
    if found.unknown_labels:
        told.append(Paragraph(_say("unknown_labels", lang, count=found.unknown_labels)))
    if found.unjudged:
        told.append(Paragraph(_say("unjudged", lang, count=found.unjudged)))
    if found.total is None:
        return told
    whole = {"posts": found.total.posts, "free": found.total.free, "several": found.total.several}
    shares = {"free_share": found.total.free_share, "several_share": found.total.several_share}
    told.append(Paragraph(_say("total", lang, **whole, **shares)))
    if found.unnumbered:
        told.append(Paragraph(_say("unnumbered", lang, count=found.unnumbered)))
    return [
        *told,
        *_table("occupations", found.occupations, lang),
        *_table("employers", found.employers, lang),
    ]


def _quality(each: Measured, lang: str) -> str:
    ends = {
        name: _say("nothing", lang) if share is None else f"{texts.number(100 * share, 1, lang)}{texts.NBSP}%"
        for name, share in (("precision", each.precision), ("recall", each.recall))
    }
    counts = {"said": each.said, "meant": each.meant, "right": each.right, "labelled": each.labelled}
    return _say(f"measured.{each.kind}", lang, **ends, **counts)


def _table(name: str, rows: Sequence[Advertised], lang: str) -> list[Block]:
    columns = (
        Column(_say(f"column.{name}", lang)),
        Column(_say("column.posts", lang), numeric=True),
        Column(_say("column.free", lang), numeric=True, decimals=1, form="share"),
        Column(_say("column.several", lang), numeric=True, decimals=1, form="share"),
    )
    shown = tuple(
        (
            f"{each.key} {each.name}".strip() or _say("none_named", lang),
            *(each.posts, each.free_share, each.several_share),
        )
        for each in rows[:_MOST_ROWS]
    )
    told: list[Block] = [Table(_say(f"title.{name}", lang), columns, shown)]
    if len(rows) > _MOST_ROWS:
        told.append(Paragraph(_say("more_rows", lang, count=len(rows) - _MOST_ROWS)))
    return told


def _say(key: str, lang: str, /, **values: object) -> str:
    return texts.text(f"{ROOM}:view.{key}", lang, **values)
