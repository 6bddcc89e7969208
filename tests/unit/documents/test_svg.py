import pytest

from sample_document import DRAWING
from tyngdepunkt.documents import svg

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"'
)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        '<image href="https://example.org/x.png"/>',
        '<use href="https://example.org/x.svg#a"/>',
        '<use xlink:href="https://example.org/x.svg#a"/>',
        '<rect onclick="alert(1)"/>',
        '<rect fill="url(https://example.org/x)"/>',
        "<style>@import url(https://example.org/x.css)</style>",
        '<rect style="background:url(https://example.org)"/>',
        '<a href="javascript:alert(1)"><rect/></a>',
        "<!-- https://example.org -->",
    ],
)
def test_nothing_that_runs_or_loads_is_left(inside):
    cleaned = svg.clean(f"{HEAD}>{inside}<rect/></svg>")
    for trace in ("script", "alert", "example.org", "foreignObject", "<style", "onclick", "<image"):
        assert trace not in cleaned
    assert "<rect" in cleaned


def test_an_entity_bomb_is_not_unpacked():
    bomb = '<!DOCTYPE svg [<!ENTITY a "xxxxxxxxxx">]>' + f"{HEAD}><text>&a;</text></svg>"
    assert "xxxxxxxxxx" not in svg.clean(bomb)


def test_ids_get_the_prefix_and_so_do_their_uses():
    cleaned = svg.clean(DRAWING, prefix="picture-1-")
    assert 'id="picture-1-c"' in cleaned
    assert "url(#picture-1-c)" in cleaned


def test_a_font_can_be_named_for_the_whole_drawing():
    assert 'font-family="Libertinus Serif"' in svg.clean(DRAWING, font="Libertinus Serif")


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('width="10px" height="20"', (10, 20)),
        ('viewBox="0 0 30 40"', (30, 40)),
        ('width="9" viewBox="0 0 3 4"', (3, 4)),
    ],
)
def test_size(attributes, expected):
    assert svg.size(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>') == expected


@pytest.mark.parametrize("text", ["", "<svg>", "<p/>", "nei", '<svg xmlns="http://www.w3.org/2000/svg"/>'])
def test_what_is_no_drawing_is_a_bug(text):
    with pytest.raises(ValueError, match="drawing"):
        svg.clean(text)
