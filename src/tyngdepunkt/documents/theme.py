"""Colours and sizes of every format, in one place.

Contrast follows WCAG 2.2: text at least 4.5:1 against its background (1.4.3), what
carries meaning at least 3:1 against its neighbours (1.4.11). The tests hold us to it.
"""

from __future__ import annotations

PAPER = "#ffffff"
INK = "#1d2328"
MUTED = "#525d66"
RULE = "#c5ccd2"
SHADE = "#f2f5f7"
ACCENT = "#0f4c64"
ACCENT_SOFT = "#e3eef3"
EMPHASIS = "#a8420e"

NOTICES = {
    "info": (ACCENT, ACCENT_SOFT),
    "warning": ("#7a5200", "#fbf3e0"),
    "breach": ("#96201c", "#fbeae8"),
}
"""Line and ground of a notice; its level is also said in words."""

RANKS = ("#0f4c64", "#4a8ba6", "#a9cbd8", "#dfe9ee", "#ffffff")
"""First rank to last, dark to light; read in grey too, and each piece has an outline."""

RANK_TEXT = ("#ffffff", "#101518", INK, INK, INK)
OUTLINE = "#3c464e"

CHART_WIDTH = 640
CHART_FONT = "sans-serif"
CHART_FONT_SIZE = 13

LOCALES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
"""Language tags as Word and PDF readers know them."""


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, relative luminance).

    >>> round(contrast("#ffffff", "#000000"))
    21
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
