"""The attacker: a published example, and every table there is."""

from itertools import product

import numpy as np
import pytest

from tyngdepunkt.methods.disclosure.audit import feasible_intervals
from tyngdepunkt.methods.disclosure.structure import TOTAL, build
from tyngdepunkt.methods.disclosure.suppress import suppress


def microdata(inner):
    return np.array([code for code, count in inner.items() for _ in range(count)])


# SSBtools' example1 (2014) as printed in the vignette "Small count frequency table suppression" of
# GaussSuppression, its table 4: maxN = 4, zeros published. age (0 young, 1 old) by
# geo (0 Iceland, 1 Portugal, 2 Spain), Portugal and Spain in 11 EU, Iceland in 10 nonEU.
VIGNETTE = {(0, 2): 5, (0, 0): 2, (1, 2): 6, (1, 0): 3, (1, 1): 4}
VIGNETTE_PARENTS = {1: {0: 10, 1: 11, 2: 11}}
VIGNETTE_HIDDEN = [
    (TOTAL, 1), (TOTAL, 2), (1, 11), (1, 10), (1, 0), (1, 1), (1, 2), (0, 11), (0, 10), (0, 0), (0, 2),
]  # fmt: skip


def vignette():
    structure = build(microdata(VIGNETTE), [(0, 1)], VIGNETTE_PARENTS)
    return structure, dict(zip(map(tuple, structure.keys.tolist()), structure.cell.tolist(), strict=True))


def test_the_vignettes_table_worked_by_hand():
    structure, cell = vignette()
    hidden = np.zeros(len(structure.values), dtype=bool)
    hidden[[cell[key] for key in VIGNETTE_HIDDEN]] = True
    found = feasible_intervals(structure, hidden)
    # Published: total 20, young 7, old 13, Iceland 5, EU 15. With a young in Iceland (0 to 5), Spain has
    # 7 - a young ones; b old in Spain (0 to 8 + a), the rest of the old, 8 + a - b, in Portugal.
    by_hand = {
        (0, 0): (0, 5), (1, 0): (0, 5), (0, 2): (2, 7), (1, 11): (8, 13), (1, 2): (0, 13), (1, 1): (0, 13),
        (TOTAL, 1): (0, 13), (TOTAL, 2): (2, 15),
    }  # fmt: skip
    for key, (low, high) in by_hand.items():
        assert (found.low[cell[key]], found.high[cell[key]]) == pytest.approx((low, high)), key


def test_intervals_are_those_of_all_tables_there_are():
    random = np.random.default_rng(3)
    for _ in range(6):
        posts = random.integers(0, 2, (7, 3))
        structure = build(posts, [(0, 1), (1, 2)])
        hidden = random.random(len(structure.values)) < 0.6
        hidden[structure.values == len(posts)] = False
        found = feasible_intervals(structure, hidden, whole=True)
        relaxed = feasible_intervals(structure, hidden)
        lists = (
            np.array(list(product(range(8), repeat=len(structure.inner))), dtype=np.int64)
            if len(structure.inner) <= 6
            else _all_lists(len(structure.inner), len(posts))
        )
        seen = lists @ structure.sums.T.toarray().astype(np.int64)
        possible = seen[(seen[:, ~hidden] == structure.values[~hidden]).all(axis=1)]
        assert found.low[hidden].tolist() == possible[:, hidden].min(axis=0).tolist()
        assert found.high[hidden].tolist() == possible[:, hidden].max(axis=0).tolist()
        assert (relaxed.low[hidden] <= found.low[hidden] + 1e-6).all()
        assert (relaxed.high[hidden] >= found.high[hidden] - 1e-6).all()


def _all_lists(cells, posts):
    """Every way of putting the posts in the cells: the grand total is published."""
    if cells == 1:
        return np.array([[posts]])
    return np.concatenate(
        [np.insert(_all_lists(cells - 1, posts - k), 0, k, axis=1) for k in range(posts + 1)]
    )


def test_nothing_published_limits_nothing():
    structure = build(np.array([[0], [0]]), [(0,)])
    found = feasible_intervals(structure, np.ones(len(structure.values), dtype=bool))
    assert found.low.tolist() == [0]
    assert np.isinf(found.high).all()


def test_a_mask_that_does_not_fit_is_refused():
    structure, _ = vignette()
    with pytest.raises(ValueError, match="hidden has shape"):
        feasible_intervals(structure, [True])


@pytest.mark.parametrize(
    "posts",
    [
        [[1, 0, 0], [0, 0, 0], [0, 0, 0], [0, 1, 0], [0, 0, 1]],
        *(np.random.default_rng(seed).integers(0, 3, (5 + seed % 20, 3)).tolist() for seed in range(12)),
    ],
)
def test_a_bound_does_not_hang_on_which_was_asked_for_before(posts):
    """Of the first list HiGHS gave no answer for two cells, begun where an unbounded program had ended."""
    structure = build(posts, [(0, 1), (1, 2)])
    hidden = suppress(structure).hidden
    together = feasible_intervals(structure, hidden, least=1)
    for cell in np.flatnonzero(hidden).tolist():
        alone = feasible_intervals(structure, hidden, [cell], least=1)
        assert together.low[cell] == pytest.approx(alone.low[cell])
        assert together.high[cell] == pytest.approx(alone.high[cell])
