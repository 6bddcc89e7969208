"""What is told of a result, on a terminal: tables, and sentences under them."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table as RichTable

from tyngdepunkt.documents.document import Block, Bullets, Notice, Paragraph, Picture, Table, Terms
from tyngdepunkt.documents.plan import cell_text

_WIDEST_NUMBER = 14


def show(title: str, blocks: Iterable[Block]) -> None:
    """Print a title and blocks; a picture is told in its words."""
    console = Console(highlight=False, markup=False, emoji=False)
    if title:
        console.print(title + "\n", style="bold")
    for block in blocks:
        if isinstance(block, Table):
            console.print(_table(block))
            console.print()
        else:
            for line in _lines(block):
                console.print(line, soft_wrap=True)


def _lines(block: Block) -> list[str]:
    if isinstance(block, Paragraph | Notice):
        return [block.text]
    if isinstance(block, Bullets):
        return [f"– {item}" for item in block.items]
    if isinstance(block, Terms):
        return [f"{term}: {said}" for term, said in block.pairs]
    return [block.alt] if isinstance(block, Picture) else []


def _table(block: Table) -> RichTable:
    table = RichTable(title=block.caption, title_justify="left", box=None, pad_edge=False)
    for column in block.columns:
        if column.numeric:
            table.add_column(column.title, justify="right", max_width=_WIDEST_NUMBER, overflow="fold")
        else:
            table.add_column(column.title, overflow="fold")
    for row in block.rows:
        cells = zip(row, block.columns, strict=True)
        table.add_row(*(cell_text(cell, column, block.missing) for cell, column in cells))
    return table
