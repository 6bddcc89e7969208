"""What is told of a result, on a terminal: tables, and sentences under them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as RichTable

from tyngdepunkt.documents.document import Block, Bullets, Notice, Paragraph, Picture, Table, Terms
from tyngdepunkt.documents.layout import cell_text

_WIDEST_NUMBER = 14
_WIDEST_WORD = 26
_GAP = 2
_BREAKS = re.compile(r"[ \n\t]+")
"""Where a line may break; a no-break space is none."""


def show(title: str, blocks: Iterable[Block], lang: str) -> None:
    """Print a title and blocks, numbers as the language writes them; a picture is told in its words."""
    console = Console(highlight=False, markup=False, emoji=False)
    if title:
        console.print(title + "\n", style="bold")
    for block in blocks:
        if isinstance(block, Table):
            _show_table(console, _written(block, lang))
        else:
            for line in _lines(block):
                console.print(line, soft_wrap=True)


def _written(block: Table, lang: str) -> Table:
    """The table with its cells as they are read."""
    rows = (
        tuple(
            cell_text(cell, column, block.missing, lang)
            for cell, column in zip(row, block.columns, strict=True)
        )
        for row in block.rows
    )
    return replace(block, rows=tuple(rows))


def _lines(block: Block) -> list[str]:
    if isinstance(block, Paragraph | Notice):
        return [block.text]
    if isinstance(block, Bullets):
        return [f"– {item}" for item in block.items]
    if isinstance(block, Terms):
        return [f"{term}: {said}" for term, said in block.pairs]
    return [block.alt] if isinstance(block, Picture) else []


def _show_table(console: Console, block: Table) -> None:
    """The caption over the whole width, and the columns in as many parts as words stand whole in."""
    if block.caption:
        console.print(block.caption, style="italic")
    for columns in _fitting(block, console.width):
        console.print(_table(block, columns, console.width))
        console.print()


def _fitting(block: Table, width: int) -> list[list[int]]:
    """Columns in parts that fit side by side; each part begins with the first column."""
    least = [_least(block, at) for at in range(len(block.columns))]
    parts, used = [[0]], least[0]
    for at in range(1, len(block.columns)):
        if used + _GAP + least[at] > width and len(parts[-1]) > 1:
            parts.append([0])
            used = least[0]
        parts[-1].append(at)
        used += _GAP + least[at]
    return parts


def _texts(block: Table, at: int) -> list[str]:
    """Heading and cells of a column as they are written."""
    return [block.columns[at].title, *(str(row[at]) for row in block.rows)]


def _least(block: Table, at: int) -> int:
    """The least width of a column that breaks no word; words wider than any should be are not spared."""
    words = [word for text in _texts(block, at) for word in _BREAKS.split(text)]
    return min(max(1, *map(cell_len, words)), _WIDEST_WORD)


def _wished(block: Table, at: int) -> int:
    """The width of a column on one line; of numbers as wide as they are, for headings may break."""
    lines = [line for text in _texts(block, at) for line in text.split("\n")]
    widest = max(1, *map(cell_len, lines))
    least = _least(block, at)
    return max(least, min(widest, _WIDEST_NUMBER)) if block.columns[at].numeric else max(least, widest)


def _widths(block: Table, kept: list[int], width: int) -> list[int]:
    """Widths of columns side by side: the least each needs, and what is left where most is lacking."""
    found, wished = [_least(block, at) for at in kept], [_wished(block, at) for at in kept]
    spare = width - sum(found) - _GAP * (len(kept) - 1)
    for _ in range(spare):
        lacking = [wish - held for wish, held in zip(wished, found, strict=True)]
        if max(lacking) <= 0:
            break
        found[lacking.index(max(lacking))] += 1
    return found


def _table(block: Table, kept: list[int], width: int) -> RichTable:
    table = RichTable(box=None, pad_edge=False)
    columns = [block.columns[at] for at in kept]
    for column, wide in zip(columns, _widths(block, kept, width), strict=True):
        side: Literal["left", "right"] = "right" if column.numeric else "left"
        table.add_column(column.title, justify=side, width=wide, overflow="fold")
    for row in block.rows:
        table.add_row(*(str(row[at]) for at in kept))
    return table
