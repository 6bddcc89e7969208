"""Five ways to shade a region that differ without colour: by their pattern."""

from __future__ import annotations

from tyngdepunkt.documents import theme

_LINES = (
    ("M-2,2L2,-2M0,8L8,0M6,10L10,6", theme.ACCENT),
    ("M0,4H8", theme.EMPHASIS),
    ("M-2,6L2,10M0,0L8,8M6,-2L10,2", "#4f5b2a"),
    ("M4,0V8", "#5a3d78"),
    ("M0,4H8M4,0V8", theme.MUTED),
)
_GROUNDS = ("#d9e8ee", "#f8e4d6", "#e8ecd6", "#e8dff0", "#e6e9eb")

CLASSES = len(_LINES)


def definitions() -> str:
    """The patterns, for the `defs` of a drawing."""
    drawn = []
    for place, (d, colour) in enumerate(_LINES):
        ground = f'<rect width="8" height="8" fill="{_GROUNDS[place]}"/>'
        lines = f'<path d="{d}" stroke="{colour}" stroke-width="1" fill="none"/>'
        box = f'<pattern id="class-{place}" width="8" height="8" patternUnits="userSpaceOnUse">'
        drawn.append(f"{box}{ground}{lines}</pattern>")
    return "".join(drawn)


def swatch(place: int, opened: str) -> str:
    """An opened shape (`<path d=…`) filled with the pattern of a class and outlined in its colour."""
    which = place % CLASSES
    look = f'fill="url(#class-{which})" stroke="{_LINES[which][1]}" stroke-width="1.2"'
    return f'{opened} {look} stroke-linejoin="round"/>'
