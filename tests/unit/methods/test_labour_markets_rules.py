"""Regions around centres: every rule at both sides of its limit, and the order they are tried in."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.methods.labour_markets.centre_rules import Limits, Tie, ground_of, join_centres
from tyngdepunkt.methods.labour_markets.flows import Flows, from_cells

NEVER = np.inf


@pytest.mark.parametrize(
    ("out", "back", "minutes", "ground"),
    [
        (8.1, 0, 74.9, "U8"),
        (8.0, 0, 74.9, None),
        (8.1, 0, 75.0, None),
        (5, 3.1, 74.9, "T75"),
        (5, 3.0, 74.9, None),
        (5, 3.1, 44.9, "T45+"),
        (5, 1.1, 44.9, "T45"),
        (5, 1.1, 45.0, None),
        (5, 1.0, 44.9, None),
        (0, 0, 29.9, "T30"),
        (0, 0, 30.0, None),
        (50, 50, NEVER, None),
    ],
)
def test_each_rule_holds_below_its_limit_and_not_at_it(
    out: float, back: float, minutes: float, ground: str | None
) -> None:
    assert ground_of(Tie(out, back, minutes), Limits()) == ground


def test_another_mode_of_travel_stretches_the_way_but_not_the_commuting() -> None:
    far = Tie(8.1, 0, 89.9)
    assert ground_of(far, Limits()) is None
    assert ground_of(far, Limits(), other_mode=True) == "A90"
    assert ground_of(Tie(5, 3.1, 89.9), Limits(), other_mode=True) == "A90"
    assert ground_of(Tie(8, 0, 89.9), Limits(), other_mode=True) is None
    assert ground_of(Tie(8.1, 0, 90), Limits(), other_mode=True) is None
    assert ground_of(Tie(8.1, 0, 74), Limits(), other_mode=True) == "U8"


PRINTED = {
    "Engerdal": (7.3, 1.3, 60.3, "T75"),
    "Nordre Land": (7, 1.5, 37.1, "T45+"),
    "Krødsherad": (6.7, 0.5, 39.8, "T45"),
    "Ringebu": (3.9, 3.1, 32.6, "T45"),
    "Sokndal": (12.2, 2.6, 29.4, "U8"),
}
"""Out-commuting, in-commuting, minutes and ground in the official list of 2020 (TØI 1713/2019)."""


@pytest.mark.parametrize("name", PRINTED)
def test_printed_figures_give_the_printed_ground(name: str) -> None:
    out, back, minutes, ground = PRINTED[name]
    assert ground_of(Tie(out, back, minutes), Limits()) == ground


def dense(rows: list[list[float]]) -> Flows:
    persons = np.array(rows)
    home, work = np.nonzero(persons)
    return from_cells(home, work, persons[home, work], len(persons))


def square(size: int, **times: float) -> np.ndarray:
    """Minutes between pairs named like `a0_1`; all others unknown."""
    minutes = np.full((size, size), NEVER)
    for pair, value in times.items():
        i, j = map(int, pair[1:].split("_"))
        minutes[i, j] = minutes[j, i] = value
    return minutes


def test_percentages_are_of_the_places_own_base_and_of_the_centres() -> None:
    flows = dense([[900, 0], [60, 400]])
    regions = join_centres(flows, square(2, a0_1=50), np.array([2000.0, 1000.0]), [[0]])
    assert regions.rulings[1].tie == Tie(6.0, 3.0, 50.0)
    assert regions.rulings[1].ground == "T75"
    assert regions.labels.tolist() == [0, 0]
    smaller = join_centres(flows, square(2, a0_1=50), np.array([3100.0, 1000.0]), [[0]])
    assert smaller.rulings[1].ground == "R"


def test_most_people_decide_between_centres_not_the_sum_and_not_the_way() -> None:
    flows = dense([[9000, 0, 0], [0, 100, 0], [90, 85, 700]])
    minutes = square(3, a0_2=70, a1_2=10, a0_1=100)
    regions = join_centres(flows, minutes, np.array([9000.0, 500, 1000]), [[0], [1]])
    assert regions.rulings[2].centre == 0
    assert regions.rulings[2].ground == "U8"


def test_a_joint_centre_counts_what_goes_to_either_and_the_shorter_way() -> None:
    flows = dense([[500, 100, 0], [100, 500, 0], [50, 45, 900]])
    minutes = square(3, a0_1=10, a0_2=80, a1_2=60)
    base = np.array([600.0, 600, 1000])
    alone = join_centres(flows, minutes, base, [[0], [1]])
    assert alone.rulings[2].ground != "U8"
    joint = join_centres(flows, minutes, base, [[0, 1]])
    assert [r.ground for r in joint.rulings] == ["S2", "S2", "U8"]
    assert joint.rulings[2].tie == Tie(9.5, pytest.approx(100 * 95 / 1200), 60)
    assert joint.labels.tolist() == [0, 0, 0]


def test_those_left_over_gather_round_the_larger_of_them() -> None:
    """0 is given; 1 and 2 are far from it; 2 joins 1, and 3 stays alone."""
    flows = dense([[900, 0, 0, 0], [0, 300, 5, 0], [0, 20, 100, 0], [3, 0, 0, 50]])
    minutes = square(4, a1_2=40, a0_3=200, a0_1=120)
    regions = join_centres(flows, minutes, flows.living, [[0]])
    assert regions.labels.tolist() == [0, 1, 1, 3]
    assert [r.ground for r in regions.rulings] == ["S", "R", "U8", "R"]
    assert regions.rulings[3].centre == 0, "the centre it is nearest to joining is named all the same"


def test_without_given_centres_the_places_with_most_jobs_are_centres() -> None:
    flows = dense([[100, 40, 0], [5, 300, 0], [0, 2, 60]])
    regions = join_centres(flows, square(3, a0_1=20, a1_2=300), flows.living)
    assert regions.labels.tolist() == [1, 1, 2]


def test_what_cannot_be_is_refused() -> None:
    flows = dense([[1, 0], [0, 1]])
    with pytest.raises(ValueError, match="one centre only"):
        join_centres(flows, square(2), np.ones(2), [[0], [0, 1]])
    with pytest.raises(ValueError, match="above 0"):
        join_centres(flows, square(2), np.zeros(2), [])
    with pytest.raises(ValueError, match="above 0"):
        join_centres(flows, square(3), np.ones(2), [])


@given(st.integers(2, 15), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_every_place_joins_only_where_a_rule_allows_it(size: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    persons = random.poisson(4, (size, size)) * (random.random((size, size)) < 0.4)
    persons[np.diag_indices(size)] = random.poisson(40, size) + 1
    flows = dense(persons.tolist())
    minutes = random.uniform(5, 200, (size, size))
    minutes[random.random((size, size)) < 0.2] = np.nan
    centres = [[0]] if size > 3 else []
    regions = join_centres(flows, minutes, flows.living, centres)
    times = np.where(np.isnan(minutes), np.inf, minutes)
    for place, ruling in enumerate(regions.rulings):
        centre = int(regions.labels[place])
        assert regions.labels[centre] == centre, "a centre is in its own region"
        if ruling.ground in ("S", "R"):
            assert centre == place
        else:
            out = 100 * flows.matrix[place, centre] / flows.living[place]
            back = 100 * flows.matrix[place, centre] / flows.living[centre]
            assert ground_of(Tie(out, back, times[place, centre]), Limits()) == ruling.ground
            assert ruling.centre == centre
