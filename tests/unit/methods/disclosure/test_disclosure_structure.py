"""Linked tables as sums of inner cells."""

import numpy as np
import pytest

from tyngdepunkt.methods.disclosure.structure import TOTAL, Table, build

# unit, place, function
POSTS = np.array([[0, 0, 0]] * 3 + [[0, 1, 0]] * 5 + [[1, 1, 1]] * 4)


def counts(structure):
    return dict(
        zip(map(tuple, structure.keys.tolist()), structure.values[structure.cell].tolist(), strict=True)
    )


def test_a_table_has_its_cells_its_margins_and_its_total():
    structure = build(POSTS, [(0, 1)])
    assert counts(structure) == {
        (0, 0, TOTAL): 3,
        (0, 1, TOTAL): 5,
        (1, 1, TOTAL): 4,
        (0, TOTAL, TOTAL): 8,
        (1, TOTAL, TOTAL): 4,
        (TOTAL, 0, TOTAL): 3,
        (TOTAL, 1, TOTAL): 9,
        (TOTAL, TOTAL, TOTAL): 12,
    }
    assert (structure.sums @ structure.counts == structure.values).all()


def test_entries_with_the_same_posts_are_one_cell():
    structure = build(POSTS, [(0, 1), (0, 2)])
    cell = dict(zip(map(tuple, structure.keys.tolist()), structure.cell.tolist(), strict=True))
    assert cell[1, 1, TOTAL] == cell[1, TOTAL, TOTAL] == cell[1, TOTAL, 1] == cell[TOTAL, TOTAL, 1]
    assert cell[0, 0, TOTAL] == cell[TOTAL, 0, TOTAL]
    assert cell[0, 0, TOTAL] != cell[0, 1, TOTAL]


def test_groups_are_cells_and_a_table_shows_only_what_it_says():
    parents = {1: {0: 100, 1: 100, 2: 101}}
    posts = np.array([[0, 0], [0, 1], [0, 2], [1, 2], [1, 0]])
    assert counts(build(posts, [(0, 1)], parents))[0, 100] == 2
    shown = counts(build(posts, [Table((0, 1), {1: [100, 101]})], parents))
    assert shown[1, 101] == 1
    assert (1, 2) not in shown
    assert (1, TOTAL) not in shown


def test_inner_cells_are_what_published_zeros_allow():
    # Two functions in unit 0, place 0 or 1: all four combinations are possible as far as two tables tell.
    posts = np.array([[0, 0, 0], [0, 1, 1]])
    structure = build(posts, [(0, 1), (0, 2)])
    assert len(structure.inner) == 4
    assert structure.full
    with_third = build(posts, [(0, 1), (0, 2), (1, 2)])
    assert with_third.inner.tolist() == [[0, 0, 0], [0, 1, 1]]
    few = build(posts, [(0, 1), (0, 2)], most_inner=3)
    assert len(few.inner) == 2
    assert not few.full


@pytest.mark.parametrize(
    ("records", "tables", "parents"),
    [
        (np.empty((0, 2)), [(0,)], {}),
        ([[0, -1]], [(0,)], {}),
        ([[0, 1]], [], {}),
        ([[0, 1]], [(2,)], {}),
        ([[0, 1]], [(0, 0)], {}),
        ([[0, 1]], [(0, 1)], {0: {0: 5, 5: 0}}),
    ],
)
def test_what_is_no_table_is_refused(records, tables, parents):
    with pytest.raises(ValueError, match=r"codes|table|dimensions|above"):
        build(records, tables, parents)
