from itertools import pairwise

import pytest

from tyngdepunkt.documents import theme
from tyngdepunkt.documents.map.patterns import _GROUNDS, _LINES

TEXT, MEANING = 4.5, 3.0


def test_contrast_of_black_and_white_is_that_of_wcag():
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colour", [theme.INK, theme.MUTED, theme.ACCENT, theme.EMPHASIS])
@pytest.mark.parametrize("ground", [theme.PAPER, theme.SHADE])
def test_text_can_be_read(colour, ground):
    assert theme.contrast(colour, ground) >= TEXT


@pytest.mark.parametrize(("line", "ground"), list(theme.NOTICES.values()))
def test_notices_can_be_read(line, ground):
    assert theme.contrast(line, ground) >= TEXT
    assert theme.contrast(theme.INK, ground) >= TEXT


@pytest.mark.parametrize(("fill", "ink"), list(zip(theme.RANKS, theme.RANK_TEXT, strict=True)))
def test_figures_in_the_bars_can_be_read(fill, ink):
    assert theme.contrast(fill, ink) >= TEXT


def test_every_bar_stands_out_by_its_outline_or_its_fill():
    for fill in theme.RANKS[1:]:
        assert max(theme.contrast(fill, theme.PAPER), theme.contrast(theme.OUTLINE, fill)) >= MEANING
        assert theme.contrast(theme.OUTLINE, theme.PAPER) >= MEANING
    assert theme.contrast(theme.RANKS[0], theme.PAPER) >= MEANING


def test_classes_of_ranks_grow_lighter_so_that_they_can_be_told_apart_in_grey():
    light = [theme.contrast(fill, "#000000") for fill in theme.RANKS]
    assert all(later > 1.15 * earlier for earlier, later in pairwise(light))


@pytest.mark.parametrize(
    ("line", "ground"), list(zip([colour for _, colour in _LINES], _GROUNDS, strict=True))
)
def test_patterns_stand_out_from_their_ground_and_from_the_paper(line, ground):
    assert theme.contrast(line, ground) >= MEANING
    assert theme.contrast(line, theme.PAPER) >= MEANING


def test_no_two_classes_on_the_map_share_a_pattern():
    assert len({d for d, _ in _LINES}) == len(_LINES)


def test_the_dark_page_can_be_read_too():
    from importlib import resources

    sheet = resources.files("tyngdepunkt.documents").joinpath("templates/document.css").read_text("utf-8")
    dark = sheet.split("prefers-color-scheme: dark")[1].split("@media")[0]
    parts = [part.strip() for part in dark.replace("{", ";").split(";")]
    colours = dict(part.split(": ") for part in parts if part.startswith("--"))
    for name in ("--ink", "--muted", "--accent"):
        assert theme.contrast(colours[name], colours["--paper"]) >= TEXT
    for level in ("info", "warning", "breach"):
        assert theme.contrast(colours[f"--{level}"], colours[f"--{level}-ground"]) >= TEXT
