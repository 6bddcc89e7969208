"""The European method: equal to published areas, to the reference package, and to the plain algorithm."""

import csv
import importlib.util
import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tyngdepunkt.methods.labour_markets.european import UNPLACED, Delineation, delineate
from tyngdepunkt.methods.labour_markets.flows import Flows, from_cells, one_sided
from tyngdepunkt.methods.labour_markets.partition import RESERVE, Partition
from tyngdepunkt.methods.labour_markets.pieces import Pieces
from tyngdepunkt.methods.labour_markets.summary import summarise
from tyngdepunkt.methods.labour_markets.validity import Thresholds

SETS = {
    "a": Thresholds(1000, 10_000, 0.6667, 0.75),
    "b": Thresholds(1000, 10_000, 0.60, 0.70),
    "c": Thresholds(3500, 25_000, 0.6667, 0.75),
}
SARDINIA = {"a": (36, 381, 80, 37, None), "b": (46, 360, 63, 47, None), "c": (20, 452, 80, 20, 2)}
"""Areas, accepted moves and rejections of LabourMarketAreas 3.4, then its areas (and municipalities that
differ) where the rest of an area under dissolution is judged as one."""


def read(file: Path) -> tuple[list[int], Flows]:
    """Numbers of the places, and the flows between them."""
    with file.open(encoding="utf-8") as stream:
        rows = list(csv.reader(stream))[1:]
    home, work = [int(r[0]) for r in rows], [int(r[1]) for r in rows]
    codes = np.unique(home + work)
    persons = [float(r[2]) for r in rows]
    return codes.tolist(), from_cells(
        np.searchsorted(codes, home), np.searchsorted(codes, work), persons, len(codes)
    )


@pytest.fixture(scope="module")
def brindisi(shared_data: Path) -> tuple[list[int], Flows]:
    return read(shared_data / "lma" / "Brindisi_flows.csv")


@pytest.fixture(scope="module")
def transcription() -> ModuleType:
    """The published algorithm as the benchmark writes it down."""
    file = Path(__file__).parents[3] / "bench" / "labour_markets.py"
    spec = importlib.util.spec_from_file_location("bench_labour_markets", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def table(file: Path) -> list[dict[str, float]]:
    with file.open(encoding="utf-8") as stream:
        return [{key: float(value) for key, value in row.items()} for row in csv.DictReader(stream)]


@pytest.mark.parametrize("name", SETS)
def test_brindisi_is_the_reference_packages_run_in_full(
    name: str, brindisi: tuple[list[int], Flows], shared_data: Path
) -> None:
    codes, flows = brindisi
    found = delineate(flows, SETS[name])
    folder = shared_data / "lma"
    clusters = {row["community"]: row for row in table(folder / f"Brindisi_{name}_clusters.csv")}
    moves = {row["community"]: row["moves"] for row in table(folder / f"Brindisi_{name}_moves.csv")}
    assert [clusters[code]["cluster"] for code in codes] == (found.labels + 1).tolist()
    assert [clusters[code]["residents"] for code in codes] == flows.living.tolist()
    assert [moves[code] for code in codes] == found.moves.tolist()
    marginals = {row["cluster"]: row for row in table(folder / f"Brindisi_{name}_marginals.csv")}
    assert {
        region.label + 1.0: (region.workers, region.jobs, region.inside)
        for region in summarise(flows, found.labels)
    } == {k: (row["amount_live"], row["amount_work"], row["amount"]) for k, row in marginals.items()}
    assert found.rejections == ()


def test_brindisi_is_the_published_vignette(brindisi: tuple[list[int], Flows], shared_data: Path) -> None:
    _, flows = brindisi
    path = shared_data / "benchmark_arbeidsmarked" / "brindisi_publisert_resultat.json"
    first, _tuned, *single = json.loads(path.read_text(encoding="utf-8"))["kjoringer"]
    found = delineate(flows, SETS["a"])
    assert sorted(set((found.labels + 1).tolist())) == first["cluster_id"]
    assert (found.labels + 1)[:10].tolist() == first["cluster_for_forste_ti"]
    assert found.moves[:10].tolist() == first["flyttinger_forste_ti"]
    regions = summarise(flows, found.labels)
    stated = {row["cluster"]: (row["bosatt"], row["arbeid"]) for row in first["marginaler"]}
    ours = {region.label + 1: (region.workers, region.jobs) for region in regions}
    assert stated == {key: ours[key] for key in stated}
    names = sorted(region.label for region in regions)
    group = np.searchsorted(names, found.labels)
    between = flows.between(group, len(names)).matrix
    assert between.nnz == first["antall_strommer_mellom_omraader"]
    row = dict(zip([n + 1 for n in names], between.toarray()[0].tolist(), strict=True))
    for key, persons in first["strommer_fra_cluster_1"].items():
        assert row[int(key)] == persons
    for run in single:
        p = run["param"]
        one = delineate(flows, Thresholds(p["minSZ"], p["tarSZ"], p["minSC"], p["tarSC"]))
        alone = sum(len(region.members) == 1 for region in summarise(flows, one.labels))
        assert alone == run["antall_omraader_med_en_kommune"]


@pytest.mark.parametrize("name", SETS)
def test_sardinia_takes_as_many_steps_as_the_reference_package(name: str, shared_data: Path) -> None:
    _, flows = read(shared_data / "benchmark_arbeidsmarked" / "sardinia_pendling_2001.csv")
    areas, moves, rejected, as_one, differ = SARDINIA[name]
    found = delineate(flows, SETS[name])
    assert (areas_in(found), found.moves.sum(), len(found.rejections)) == (areas, moves, rejected)
    assert (found.labels != UNPLACED).all()
    whole = delineate(flows, SETS[name], rest_as_one=True)
    assert areas_in(whole) == as_one
    if differ is not None:
        assert (whole.labels != found.labels).sum() == differ


def areas_in(found: Delineation) -> int:
    return len(set(found.labels[found.labels >= 0].tolist()))


def random_flows(size: int, seed: int, density: float) -> Flows:
    """Small whole flows, so that ties and reserves are common."""
    random = np.random.default_rng(seed)
    persons = random.poisson(3, (size, size)) * (random.random((size, size)) < density)
    persons[np.diag_indices(size)] = random.poisson(random.uniform(0, 60, size))
    home, work = np.nonzero(persons)
    return from_cells(home, work, persons[home, work], size)


THRESHOLDS = st.tuples(st.integers(1, 60), st.integers(1, 300), st.floats(0.2, 0.9), st.floats(0.0, 0.4)).map(
    lambda t: Thresholds(t[0], t[0] + t[1], t[2], min(1.0, t[2] + t[3]))
)


@given(st.integers(2, 25), st.integers(0, 10_000), st.floats(0.1, 0.9), THRESHOLDS)
@settings(max_examples=100, deadline=None)
def test_it_is_the_plain_algorithm(
    transcription: ModuleType, size: int, seed: int, density: float, thresholds: Thresholds
) -> None:
    flows = random_flows(size, seed, density)
    found = delineate(flows, thresholds)
    labels, moves, rejected = transcription.transcribed(flows, thresholds)
    assert (found.labels.tolist(), found.moves.tolist(), len(found.rejections)) == (labels, moves, rejected)


@given(st.integers(2, 25), st.integers(0, 10_000), THRESHOLDS)
@settings(max_examples=60, deadline=None)
def test_sums_kept_step_by_step_are_those_of_a_fresh_count(
    size: int, seed: int, thresholds: Thresholds
) -> None:
    flows = random_flows(size, seed, 0.5)
    kept = flows.among(np.flatnonzero(~one_sided(flows)))
    partition = Partition(kept)
    random = np.random.default_rng(seed)
    for place in random.integers(0, max(kept.places, 1), 3 * kept.places).tolist():
        target = int(random.choice([RESERVE, *range(kept.places)]))
        if target != partition.area[place]:
            partition.move(place, target, partition.linked(place))
    labels = partition.labels()
    fresh = kept.between(labels, kept.places)
    living = np.bincount(labels[labels >= 0], weights=kept.living[labels >= 0], minlength=kept.places)
    assert partition.inside == fresh.within.tolist()
    assert partition.living == living.tolist()
    persons = kept.matrix.toarray()
    for area, members in enumerate(partition.members):
        if members:
            outside = [i for i in range(kept.places) if i not in members]
            crossing = {
                i: persons[outside, i].sum() + kept.living[i] - kept.within[i] for i in sorted(members)
            }
            assert partition.most_outward(area) == max(crossing, key=lambda i: (crossing[i], -i))


@given(st.integers(3, 12), st.integers(0, 10_000), THRESHOLDS)
@settings(max_examples=60, deadline=None)
def test_pieces_are_judged_by_every_pairing_of_member_and_flow(
    size: int, seed: int, thresholds: Thresholds
) -> None:
    flows = random_flows(size, seed, 0.6)
    kept = flows.among(np.flatnonzero(~one_sided(flows)))
    if kept.places < 3:
        return
    partition = Partition(kept)
    for place in range(1, kept.places):
        partition.move(place, 0, partition.linked(place))
    pieces = Pieces(partition, 0, thresholds)
    left = list(range(kept.places))
    for gone in np.random.default_rng(seed).permutation(kept.places)[: kept.places - 2].tolist():
        pieces.without(gone)
        left.remove(gone)
        inner = kept.matrix.toarray()[np.ix_(left, left)]
        every = [
            thresholds.of(persons, kept.living[i], kept.working[i])
            for i in left
            for persons in (inner[inner > 0].tolist() or [0.0])
        ]
        assert pieces.least() == min(every)
        assert pieces.most() == max(every)


def test_all_areas_are_valid_unless_the_reserve_has_joined_them() -> None:
    flows = random_flows(40, 7, 0.2)
    thresholds = Thresholds(20, 100, 0.5, 0.7)
    found = delineate(flows, thresholds, rest_as_one=True)
    joined = {int(found.labels[rejection.place]) for rejection in found.rejections}
    regions = summarise(flows, found.labels)
    assert len(regions) > 1
    for region in regions:
        if region.label not in joined:
            assert thresholds.of(region.inside, region.workers, region.jobs) >= 1


def test_validity_is_one_on_the_curve_and_grows_in_both() -> None:
    thresholds = Thresholds(1000, 10_000, 0.6, 0.75)
    assert thresholds.of(750, 1000, 1000) == pytest.approx(1)
    assert thresholds.of(6000, 10_000, 10_000) == pytest.approx(1)
    assert thresholds.of(5940, 9_900, 9_900) < 1
    assert thresholds.of(6000, 10_000, 12_000) < thresholds.of(6000, 10_000, 11_000) < 1
    assert thresholds.of(12, 12, 12) == 1.0, "nobody crosses its border"
    many = thresholds.of_many(np.array([750.0, 12]), np.array([1000.0, 12]), np.array([1000.0, 12]))
    assert many.tolist() == [thresholds.of(750, 1000, 1000), 1.0]


@pytest.mark.parametrize("wrong", [(0, 10, 0.6, 0.7), (10, 10, 0.6, 0.7), (1, 2, 0.7, 0.6), (1, 2, 0.6, 1.1)])
def test_thresholds_that_contradict_themselves_are_refused(wrong: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="must be"):
        Thresholds(*wrong)


def test_places_without_people_jobs_or_commuting_are_left_to_the_user() -> None:
    # 0 and 1 exchange people; nobody works in 3, and without 3 nobody is left in 2; 4 is shut
    flows = from_cells([0, 0, 1, 1, 3, 4], [0, 1, 0, 1, 2, 4], [50, 5, 6, 40, 9, 80], 5)
    found = delineate(flows, Thresholds(1, 10, 0.5, 0.6))
    assert found.excluded == (2, 3, 4)
    assert found.labels.tolist() == [0, 1, UNPLACED, UNPLACED, UNPLACED]


def test_ties_go_to_areas_that_send_nobody_then_to_the_last() -> None:
    both = from_cells([0, 0, 0, 1, 2], [0, 1, 2, 1, 2], [1, 2, 2, 8, 8], 3)
    partition = Partition(both)
    assert partition.most_cohesive(0, partition.linked(0)) == 2
    sends = from_cells([0, 0, 2, 1, 1, 3], [0, 1, 0, 1, 3, 2], [6, 2, 2, 6, 2, 8], 4)
    partition = Partition(sends)
    there, back = partition.linked(0)
    assert (there, back) == ({1: 2.0}, {2: 2.0})
    strength = {1: 2 / 8 * 2 / 8, 2: 2 / 2 * 2 / 8}
    assert strength[2] > strength[1]
    assert partition.most_cohesive(0, (there, back)) == 2


def dense(rows: list[list[int]]) -> Flows:
    """Flows from a table written out: rows live, columns work."""
    persons = np.array(rows)
    home, work = np.nonzero(persons)
    return from_cells(home, work, persons[home, work], len(persons))


def test_where_no_area_can_be_valid_all_end_without_one() -> None:
    found = delineate(dense([[5, 0, 3], [0, 10, 0], [0, 3, 1]]), Thresholds(20, 60, 0.7, 0.95))
    assert found.labels.tolist() == [UNPLACED] * 3
    assert [(r.place, r.area, r.reason) for r in found.rejections] == [
        (0, 0, "no_link"),
        (2, 1, "no_link"),
        (1, 1, "no_link"),
    ]
    assert found.moves.tolist() == [0, 0, 2]


def test_the_reserve_joins_when_all_areas_are_valid() -> None:
    found = delineate(dense([[11, 0, 0], [0, 23, 0], [3, 1, 2]]), Thresholds(20, 60, 0.7, 0.95))
    assert [(r.place, r.reason) for r in found.rejections] == [(2, "less_valid"), (0, "no_link")]
    assert found.labels.tolist() == [1, 1, 1], "0 can join only after 2 has"


def test_no_places_give_no_areas() -> None:
    found = delineate(from_cells([], [], [], 0), Thresholds())
    assert found.labels.tolist() == []


@pytest.mark.parametrize("fraction", [0.1, 0.2, 0.3, 0.5, 0.7])
def test_fractions_of_persons_are_no_border_crossed(fraction: float) -> None:
    """500.1 + 100.1 … added in another order is not the same number; nobody leaves the whole all the same."""
    persons = [500 + fraction, 100 + fraction, 50 + fraction, 80 + fraction]
    found = delineate(from_cells([0, 0, 1, 1], [0, 1, 0, 1], persons, 2), Thresholds())
    assert found.labels.tolist() == [0, 0]
    assert found.unplaced == {}


@given(st.integers(2, 14), st.integers(0, 10_000), st.sampled_from([0.1, 0.3, 1 / 3, 0.7]))
@settings(max_examples=60, deadline=None)
def test_areas_are_the_same_in_another_unit(size: int, seed: int, unit: float) -> None:
    random = np.random.default_rng(seed)
    persons = random.poisson(30, (size, size)) + np.diag(random.poisson(200, size))
    home, work = np.nonzero(persons)
    whole = from_cells(home, work, persons[home, work], size)
    parts = from_cells(home, work, persons[home, work] * unit, size)
    limits = Thresholds(100, 1_000, 0.6, 0.7)
    smaller = Thresholds(100 * unit, 1_000 * unit, 0.6, 0.7)
    assert delineate(whole, limits).labels.tolist() == delineate(parts, smaller).labels.tolist()


def test_each_place_without_an_area_has_its_reason() -> None:
    persons = np.zeros((7, 7), dtype=int)
    persons[0, 0], persons[0, 1], persons[1, 0], persons[1, 1] = 9_000, 500, 900, 3_000
    persons[2, 0] = 40  # nobody works there
    persons[1, 3] = 30  # nobody lives there
    persons[4, 4] = 70  # nobody comes or goes
    persons[5, 5], persons[5, 6], persons[6, 5], persons[6, 6] = (
        30,
        20,
        20,
        30,
    )  # too few, and tied to nobody else
    home, work = np.nonzero(persons)
    flows = from_cells(home, work, persons[home, work], 7)
    small = Thresholds(1_000, 10_000, 0.6667, 0.75)
    found = delineate(flows, small)
    assert {place: found.unplaced[place] for place in (2, 3, 4)} == {
        2: "no_jobs",
        3: "no_residents",
        4: "closed",
    }
    assert set(found.unplaced) == set(np.flatnonzero(found.labels == UNPLACED).tolist())
    assert found.excluded == (2, 3, 4)
