"""Flow clustering, regions in one piece, how firm they are, and what they add up to."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.methods.labour_markets.contiguity import (
    bridges,
    cohesion,
    in_one_piece,
    neighbours_of,
)
from tyngdepunkt.methods.labour_markets.flows import Flows, from_cells
from tyngdepunkt.methods.labour_markets.modularity import cluster, clusters, modularity
from tyngdepunkt.methods.labour_markets.stability import same_region, stays
from tyngdepunkt.methods.labour_markets.summary import summarise


def dense(rows: np.ndarray | list[list[int]]) -> Flows:
    persons = np.array(rows)
    home, work = np.nonzero(persons)
    return from_cells(home, work, persons[home, work], len(persons))


def random_flows(size: int, seed: int) -> Flows:
    random = np.random.default_rng(seed)
    persons = random.poisson(5, (size, size)) * (random.random((size, size)) < 0.4)
    persons[np.diag_indices(size)] += random.poisson(10, size) + 1
    return dense(persons)


def planted(groups: int, each: int, seed: int) -> Flows:
    """Groups that commute ten times as much among themselves."""
    random = np.random.default_rng(seed)
    group = np.repeat(np.arange(groups), each)
    return dense(random.poisson(np.where(group[:, None] == group, 20, 2)))


def test_planted_groups_are_found() -> None:
    assert cluster(planted(4, 6, 1)).tolist() == np.repeat(np.arange(4), 6).tolist()


def test_the_karate_club_comes_close_to_its_proven_optimum() -> None:
    """Zachary's club: the highest modularity there is, is 0.4198 (Brandes and others 2008)."""
    networkx = pytest.importorskip("networkx")
    graph = networkx.karate_club_graph()
    flows = dense(networkx.to_numpy_array(graph, weight=None).astype(int))
    assert 0.414 < modularity(flows, cluster(flows)) <= 0.41980


@given(st.integers(2, 20), st.integers(0, 10_000), st.floats(0.3, 3))
@settings(max_examples=20, deadline=None)
def test_groups_are_better_than_none_and_always_the_same(size: int, seed: int, resolution: float) -> None:
    flows = random_flows(size, seed)
    labels = cluster(flows, resolution)
    if not (flows.living > flows.within).any():
        return
    reached = modularity(flows, labels, resolution)
    assert reached >= modularity(flows, np.arange(size), resolution) - 1e-12
    assert labels.tolist() == cluster(flows, resolution).tolist()
    firsts = [labels.tolist().index(k) for k in range(labels.max() + 1)]
    assert firsts == sorted(firsts), "numbered in the order of their first places"


@given(st.integers(2, 16), st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_modularity_is_networkx(size: int, seed: int) -> None:
    networkx = pytest.importorskip("networkx")
    flows = random_flows(size, seed)
    labels = cluster(flows)
    graph = networkx.Graph()
    mutual = flows.matrix.toarray() + flows.matrix.toarray().T
    for i in range(size):
        for j in range(i + 1, size):
            if mutual[i, j]:
                graph.add_edge(i, j, weight=mutual[i, j])
    graph.add_nodes_from(range(size))
    if not graph.edges:
        return
    groups = [set(np.flatnonzero(labels == k).tolist()) for k in range(labels.max() + 1)]
    assert modularity(flows, labels) == pytest.approx(networkx.community.modularity(graph, groups))


def test_those_who_stay_at_home_bind_a_place_to_nobody() -> None:
    flows = planted(3, 4, 2)
    more = flows.matrix.toarray() + np.diag([5000] * 12)
    assert cluster(dense(more)).tolist() == cluster(flows).tolist() == np.repeat(np.arange(3), 4).tolist()


def test_groups_that_do_not_hang_together_are_divided_and_nothing_is_asked_of_silence() -> None:
    assert cluster(dense([[5, 0, 0], [0, 5, 0], [0, 0, 5]])).tolist() == [0, 1, 2]
    assert cluster(from_cells([], [], [], 2)).tolist() == [0, 1]
    with pytest.raises(ValueError, match="resolution"):
        cluster(dense([[1]]), 0)


@given(st.integers(4, 24), st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_what_places_are_called_changes_nothing(size: int, seed: int) -> None:
    flows = random_flows(size, seed)
    renamed = np.random.default_rng(seed).permutation(size)
    other = dense(flows.matrix.toarray()[renamed][:, renamed].astype(int))
    totals = np.column_stack([flows.living, flows.working, flows.within])
    if len(np.unique(totals, axis=0)) < size:  # two places alike in everything the order goes by
        return
    here, there = cluster(flows), cluster(other)
    assert len(set(zip(here[renamed].tolist(), there.tolist(), strict=True))) == here.max() + 1


def test_many_orders_find_at_least_what_one_finds_and_tell_who_moves() -> None:
    flows = random_flows(30, 3)
    found, one = clusters(flows, orders=30), clusters(flows, orders=1)
    assert found.modularity >= one.modularity
    assert found.modularity == pytest.approx(modularity(flows, found.labels))
    assert 1 <= found.reached <= found.orders == 30
    assert ((found.moves >= 0) & (found.moves <= 1)).all()
    assert found.moves.max() > 0, "these flows have no clear groups"
    assert one.moves.tolist() == [0] * 30


def test_clear_groups_hang_on_no_order() -> None:
    found = clusters(planted(4, 6, 1), orders=10)
    assert found.reached == 10
    assert found.moves.max() == 0
    with pytest.raises(ValueError, match="order"):
        clusters(planted(2, 2, 1), orders=0)


# Regions in one piece

CHAIN = neighbours_of([(0, 1), (1, 2), (2, 3), (3, 4)])


def chain(flows_to: dict[tuple[int, int], int]) -> Flows:
    """Five places in a row, 100 at home in each, and what else is said."""
    persons = np.diag([100] * 5)
    for (home, work), many in flows_to.items():
        persons[home, work] = many
    return dense(persons)


def test_a_place_cut_off_joins_the_bordering_region_it_is_most_tied_to() -> None:
    flows = chain({(0, 1): 50, (3, 4): 9, (4, 3): 9, (4, 0): 60})
    assert in_one_piece(flows, np.array([0, 0, 2, 3, 0]), CHAIN).tolist() == [0, 0, 2, 3, 3]


def test_the_piece_with_most_jobs_keeps_the_region() -> None:
    flows = chain({(2, 3): 50, (0, 1): 20, (2, 4): 80})
    assert in_one_piece(flows, np.array([0, 1, 1, 0, 0]), CHAIN).tolist() == [1, 1, 1, 0, 0]


def test_one_tied_to_no_neighbour_becomes_a_region_under_a_name_nobody_has() -> None:
    flows = chain({(0, 1): 50, (4, 0): 60})
    found = in_one_piece(flows, np.array([4, 4, 2, 3, 4]), CHAIN)
    assert found[[0, 1, 2, 3]].tolist() == [4, 4, 2, 3]
    assert found[4] not in {0, 1, 2, 3, 4}


def test_places_cut_off_together_stay_together() -> None:
    flows = chain({(0, 1): 50, (3, 4): 9, (4, 0): 60, (3, 0): 60})
    found = in_one_piece(flows, np.array([0, 0, 2, 0, 0]), CHAIN)
    assert found[3] == found[4]
    assert found[3] not in {0, 2}


def test_an_island_stays_and_those_without_region_stay_without() -> None:
    flows = chain({(4, 0): 60})
    neighbours = neighbours_of([(0, 1), (1, 2), (2, 3)])
    assert in_one_piece(flows, np.array([0, 0, -1, 3, 0]), neighbours).tolist() == [0, 0, -1, 3, 0]


def test_a_lone_place_between_is_a_bridge() -> None:
    flows = chain({(2, 0): 60})
    labels = np.array([0, 1, 0, 3, 3])
    assert bridges(flows, labels, CHAIN) == {1: 0}
    assert bridges(flows, np.array([0, 1, 0, 1, 3]), CHAIN) == {}, "1 is in a region with others"


@given(st.integers(2, 14), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_afterwards_every_region_is_in_one_piece(size: int, seed: int) -> None:
    flows = random_flows(size, seed)
    random = np.random.default_rng(seed)
    pairs = [(i, int(random.integers(0, i))) for i in range(1, size)]
    neighbours = neighbours_of(pairs)
    labels = random.integers(0, max(size // 2, 1), size)
    found = in_one_piece(flows, labels, neighbours)
    assert (found >= 0).all()
    for region in set(found.tolist()):
        members = {int(i) for i in np.flatnonzero(found == region)}
        reached, edge = set[int](), {min(members)}
        while edge:
            reached |= edge
            edge = {n for i in edge for n in neighbours.get(i, ())} & members - reached
        assert reached == members


def test_cohesion_is_smarts_measure_by_hand() -> None:
    flows = dense([[10, 6, 4], [3, 20, 0], [0, 5, 30]])
    found = cohesion(flows, np.array([0, 1, 1]), 0)
    residents, jobs = 20, 13
    living, working = 23 + 35, 31 + 34
    assert found == {1: pytest.approx(10**2 / (residents * working) + 3**2 / (living * jobs))}


# How firm


def test_clear_regions_are_firm_and_a_coin_toss_is_not() -> None:
    persons = np.diag([5000, 5000, 300])
    persons[2, 0] = persons[2, 1] = 40
    persons[0, 2] = persons[1, 2] = 40

    def nearest(flows: Flows) -> np.ndarray:
        back = flows.matrix.toarray()
        return np.array([0, 1, 0 if back[2, 0] >= back[2, 1] else 1])

    shares = stays(dense(persons), nearest, 400, seed=1)
    assert shares[:2].tolist() == [1.0, 1.0]
    assert 0.4 < shares[2] < 0.65
    assert stays(dense(persons), nearest, 400, seed=1).tolist() == shares.tolist()
    with pytest.raises(ValueError, match="draw"):
        stays(dense(persons), nearest, 0, seed=1)


def test_a_region_is_the_same_only_when_each_shares_most_with_the_other() -> None:
    persons = np.array([100.0, 10, 5])
    assert same_region(np.array([0, 0, 2]), np.array([7, 7, 9]), persons).tolist() == [1, 1, 1]
    swallowed = same_region(np.array([0, 0, 2]), np.array([7, 7, 7]), persons)
    assert swallowed.tolist() == [1, 1, 0], "the small one is gone"
    left = same_region(np.array([0, 0, 2]), np.array([7, -1, 9]), persons)
    assert left.tolist() == [1, 0, 1]
    assert same_region(np.array([-1]), np.array([0]), np.array([1.0])).tolist() == [0]


def test_places_without_a_region_have_no_share() -> None:
    shares = stays(dense([[5, 1], [1, 5]]), lambda _: np.array([0, -1]), 3, seed=1)
    assert shares[0] == 1
    assert np.isnan(shares[1])


# Sums


def test_regions_add_up_to_the_country() -> None:
    flows = dense([[10, 6, 4], [3, 20, 0], [0, 5, 30]])
    one, two = summarise(flows, np.array([8, 3, 8]))
    assert (one.label, one.centre, one.members) == (8, 2, (0, 2))
    assert (one.workers, one.jobs, one.inside) == (55, 47, 44)
    assert (one.supply_self_containment, one.demand_self_containment) == (44 / 55, 44 / 47)
    assert (two.members, two.workers, two.jobs, two.inside) == ((1,), 23, 31, 20)
    assert summarise(flows, np.array([-1, 3, -1])) == (two,)


def test_a_region_without_people_has_no_share() -> None:
    (empty,) = summarise(from_cells([0], [0], [0], 1), np.array([0]))
    assert (empty.supply_self_containment, empty.demand_self_containment) == (None, None)


@pytest.mark.parametrize(
    ("home", "work", "persons"),
    [([0], [5], [1]), ([-1], [0], [1]), ([0], [0], [-1]), ([0], [0], [np.nan]), ([0, 1], [0], [1])],
)
def test_flows_that_cannot_be_are_refused(home: list[int], work: list[int], persons: list[float]) -> None:
    with pytest.raises(ValueError, match=r"persons|place"):
        from_cells(home, work, persons, 2)


def test_flows_know_their_sums() -> None:
    flows = from_cells([0, 0, 1, 0], [1, 0, 1, 1], [2, 3, 4, 1], 2)
    assert flows.matrix.toarray().tolist() == [[3, 3], [0, 4]]
    assert (flows.living.tolist(), flows.working.tolist(), flows.within.tolist()) == ([6, 4], [3, 7], [3, 4])
    assert flows.between(np.array([0, -1]), 1).matrix.toarray().tolist() == [[3]]
