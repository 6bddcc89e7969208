"""What is told: the first rows as a table, the convention, and what must be said of the figures."""

from __future__ import annotations

from tyngdepunkt import texts
from tyngdepunkt.analyses.industry.result import IndustryResult, Row
from tyngdepunkt.documents.document import Block, Column, Paragraph, Table

ROOM = "analyses.industry"
SHOWN = 40
_NAMES = ("place", "industry", "other")
_NUMBERS = ("value", "normalised", "equivalent", "shannon")
_PARTS = ("national", "industry_mix", "regional", "allocation")


def blocks(result: IndustryResult, lang: str) -> tuple[Block, ...]:
    """The table, and the sentences under it."""
    lines = [result.convention, *(notice.text for notice in result.notices)]
    hidden = len(result.results) - SHOWN
    if hidden > 0:
        lines.insert(0, texts.text(f"{ROOM}:view.hidden", lang, count=hidden))
    tables = [_table(result, lang)]
    if len(result.results) == 1 and result.results[0].by_industry:
        tables.append(_by_industry(result.results[0], result.measure, lang))
    return (*tables, *(Paragraph(line) for line in lines))


def _table(result: IndustryResult, lang: str) -> Table:
    rows = result.results[:SHOWN]
    used = [name for name in (*_NAMES, *_NUMBERS) if name == "value" or _some(rows, name)]
    parts = [name for name in _PARTS if any(row.parts and _part(row, name) is not None for row in rows)]
    decimals = 1 if result.measure == "shift-share" else 4
    columns = [_column(name, decimals, lang) for name in [*used, *parts]]
    cells = [(*(getattr(row, name) for name in used), *(_part(row, name) for name in parts)) for row in rows]
    return Table(
        texts.text(f"{ROOM}:fields.measure.choices.{_key(result.measure)}", lang),
        tuple(columns),
        tuple(cells),
    )


def _by_industry(row: Row, measure: str, lang: str) -> Table:
    parts = [name for name in _PARTS if _part(row, name) is not None] or list(_PARTS[:3])
    columns = tuple(_column(name, 1, lang) for name in ["industry", "value", *parts])
    cells = tuple(
        (each.industry, each.value, *(getattr(each.parts, name) if each.parts else None for name in parts))
        for each in row.by_industry or []
    )
    return Table(texts.text(f"{ROOM}:view.by_industry", lang), columns, cells)


def _column(name: str, decimals: int, lang: str) -> Column:
    title = texts.text(f"{ROOM}:view.{name}", lang)
    return Column(title) if name in _NAMES else Column(title, numeric=True, decimals=decimals)


def _some(rows: list[Row], name: str) -> bool:
    return any(getattr(row, name) is not None for row in rows)


def _part(row: Row, name: str) -> float | None:
    found: float | None = getattr(row.parts, name) if row.parts else None
    return found


def _key(measure: str) -> str:
    return measure.replace("-", "_")
