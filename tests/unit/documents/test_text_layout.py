from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.documents import table_widths
from tyngdepunkt.documents.text_layout import Box, Mark, hyphenated, place_labels, shorten, text_width, wrap

FRAME = Box(0, 0, 600, 600)


@given(st.text(max_size=60), st.integers(40, 300))
@settings(max_examples=100, deadline=None)
def test_a_shortened_text_fits(text, width):
    assert text_width(shorten(text, width, 12), 12) <= width


@given(st.text(max_size=400), st.integers(60, 300))
@settings(max_examples=100, deadline=None)
def test_wrapped_lines_fit_and_are_few(text, width):
    lines = wrap(text, width, 12, most=3)
    assert 1 <= len(lines) <= 3
    assert all(text_width(line, 12) <= width for line in lines)


def test_long_words_are_broken_where_a_syllable_begins():
    assert hyphenated("Sentralitetsklasse").replace("\u00ad", "|") == "Sentra|litets|klasse"
    assert hyphenated("kort ord") == "kort ord"


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_hyphenation_only_adds_soft_hyphens(text):
    assert hyphenated(text).replace("\u00ad", "") == text.replace("\u00ad", "")


points = st.lists(st.tuples(st.integers(60, 540), st.integers(60, 540)), min_size=1, max_size=8, unique=True)


@given(points)
@settings(max_examples=60, deadline=None)
def test_no_label_lies_on_another(places):
    placed = place_labels([Mark(x, y, f"Sted {i}") for i, (x, y) in enumerate(places)], FRAME, 12)
    for i, one in enumerate(placed):
        assert not any(one.box.overlap(other.box) for other in placed[i + 1 :])


def test_twenty_places_in_a_heap_get_labels_apart_with_lines_to_them():
    marks = [Mark(300 + 7 * (i % 5), 300 + 7 * (i // 5), f"Tettsted {i}") for i in range(20)]
    placed = place_labels(marks, FRAME, 12)
    covered = sum(one.box.overlap(other.box) for i, one in enumerate(placed) for other in placed[i + 1 :])
    assert covered < 0.01 * sum(label.box.outside(Box(0, 0, 0, 0)) for label in placed)
    assert any(label.leader for label in placed)
    assert not any(label.box.outside(FRAME) for label in placed)


def _fit(heads, rows, points=442.0):
    given_columns = [{"title": title, "numeric": i > 0} for i, title in enumerate(heads)]
    return table_widths.fit(given_columns, rows, points, head=12, letter=0.5)


def test_shares_fill_the_width_and_the_text_gets_most():
    size, shares = _fit(("Sted", "Folk"), [["Et langt navn på et sted i landet", "12"]] * 3)
    assert abs(sum(shares) - 1) < 1e-9
    assert shares[0] > shares[1]
    assert size == table_widths.SIZES[0]


def test_many_columns_get_smaller_letters_until_they_must_lie_down():
    heads, row = ["Indikator"] * 12, ["123 456,7"] * 12
    size, _ = _fit(heads, [row])
    assert size == table_widths.SIZES[-1]
    given_columns = [{"title": title, "numeric": True} for title in heads]
    assert not table_widths.fits(given_columns, [row], 442.0, head=12, letter=0.5)
    assert table_widths.fits(given_columns[:5], [row[:5]], 442.0, head=12, letter=0.5)


def test_a_table_without_rows_has_widths_too():
    assert len(_fit(("A", "B", "C"), [])[1]) == 3
