from itertools import pairwise

import pytest

from tyngdepunkt.documents import style
from tyngdepunkt.documents.map.patterns import _GROUNDS, _LINES

TEXT, MEANING = 4.5, 3.0


def test_contrast_of_black_and_white_is_that_of_wcag():
    assert style.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert style.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colour", [style.INK, style.MUTED, style.ACCENT, style.EMPHASIS])
@pytest.mark.parametrize("ground", [style.PAPER, style.SHADE])
def test_text_can_be_read(colour, ground):
    assert style.contrast(colour, ground) >= TEXT


@pytest.mark.parametrize(("line", "ground"), list(style.NOTICES.values()))
def test_notices_can_be_read(line, ground):
    assert style.contrast(line, ground) >= TEXT
    assert style.contrast(style.INK, ground) >= TEXT


@pytest.mark.parametrize(("fill", "ink"), list(zip(style.RANKS, style.RANK_TEXT, strict=True)))
def test_figures_in_the_bars_can_be_read(fill, ink):
    assert style.contrast(fill, ink) >= TEXT


def test_every_bar_stands_out_by_its_outline_or_its_fill():
    for fill in style.RANKS[1:]:
        assert max(style.contrast(fill, style.PAPER), style.contrast(style.OUTLINE, fill)) >= MEANING
        assert style.contrast(style.OUTLINE, style.PAPER) >= MEANING
    assert style.contrast(style.RANKS[0], style.PAPER) >= MEANING


def test_classes_of_ranks_grow_lighter_so_that_they_can_be_told_apart_in_grey():
    light = [style.contrast(fill, "#000000") for fill in style.RANKS]
    assert all(later > 1.15 * earlier for earlier, later in pairwise(light))


@pytest.mark.parametrize(
    ("line", "ground"), list(zip([colour for _, colour in _LINES], _GROUNDS, strict=True))
)
def test_patterns_stand_out_from_their_ground_and_from_the_paper(line, ground):
    assert style.contrast(line, ground) >= MEANING
    assert style.contrast(line, style.PAPER) >= MEANING


def test_no_two_classes_on_the_map_share_a_pattern():
    assert len({d for d, _ in _LINES}) == len(_LINES)


def test_the_dark_page_can_be_read_too():
    from importlib import resources

    sheet = resources.files("tyngdepunkt.documents").joinpath("templates/document.css").read_text("utf-8")
    dark = sheet.split("prefers-color-scheme: dark")[1].split("@media")[0]
    parts = [part.strip() for part in dark.replace("{", ";").split(";")]
    colours = dict(part.split(": ") for part in parts if part.startswith("--"))
    for name in ("--ink", "--muted", "--accent"):
        assert style.contrast(colours[name], colours["--paper"]) >= TEXT
    for level in ("info", "warning", "breach"):
        assert style.contrast(colours[f"--{level}"], colours[f"--{level}-ground"]) >= TEXT
