"""Splitting a selection of codes into parts of a bounded number of cells."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import prod

Selection = Mapping[str, tuple[str, ...]]
"""Variable → the codes that are asked for."""


def cells(selection: Selection) -> int:
    """Number of cells of a selection."""
    return prod(len(codes) for codes in selection.values())


def split(selection: Selection, most: int) -> list[Selection]:
    """Parts of at most so many cells each, in order; together they are the selection, and share no cell.

    It is split along the variable that gives the fewest parts. Where a single code of every variable
    still spans too many cells, it is split code by code along one of them, and each part again.

    Args:
        selection: what is asked for.
        most: cells of a part, at least one.
    """
    whole = cells(selection)
    if whole <= most:
        return [selection]
    fitting = {
        name: -(-len(codes) // (most * len(codes) // whole))
        for name, codes in selection.items()
        if most * len(codes) >= whole
    }
    if fitting:
        return cut(selection, *min(fitting.items(), key=lambda each: each[1]))
    several = {name: len(codes) for name, codes in selection.items() if len(codes) > 1}
    fewest = min(several, key=lambda name: several[name] * -(-whole // several[name] // most))
    single = cut(selection, fewest, several[fewest])
    return [part for each in single for part in split(each, most)]


def cut(selection: Selection, name: str, parts: int) -> list[Selection]:
    """So many parts along one variable, as equal in length as can be."""
    codes = selection[name]
    ends = [len(codes) * place // parts for place in range(parts + 1)]
    return [{**selection, name: codes[start:end]} for start, end in pairwise(ends)]
