"""The promised case from end to end, and what must hold whatever the case is."""

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from location_cases import (
    AS_PROMISED,
    BAERUM,
    BERGEN,
    CONSIDERATIONS,
    OFFICES,
    PLAIN,
    SANDEFJORD,
    answer,
    assessed,
    by_place,
    norway,
    of_kind,
    promised,
    read,
    score_matrix,
    weights_of,
)
from tyngdepunkt.analyses.location.as_json import as_json
from tyngdepunkt.analyses.location.assess import assess
from tyngdepunkt.analyses.location.input.read import case_from_text

CASES = {
    "promised": promised,
    "points": lambda: answer(weights={"conditions": 50, "location_policy": 30, "labour_market": 20}),
    "ranges": lambda: answer(weights={"conditions": [10, 40], "location_policy": [20, 60]}),
    "order": lambda: answer(weights={"order": ["location_policy", "conditions"]}),
    "offices": lambda: answer(OFFICES),
    "older": lambda: answer(
        date="2020-01-01", weights={"conditions": 40, "effective_work": 60}, sites=["Hamar"]
    ),
}


@pytest.fixture(params=CASES)
def document(request):
    return CASES[request.param]()


def test_the_promised_case_compares_its_three_places():
    found = by_place(promised())
    assert list(found) == [BAERUM, BERGEN, SANDEFJORD]
    assert [each["centrality_class"] for each in found.values()] == [1, 2, 3]
    assert {each["kind"] for each in found.values()} == {"place"}
    assert sorted(each["rank"] for each in found.values()) == [1, 2, 3]


def test_values_are_the_weighted_sum_of_scores(document):
    weights = weights_of(document)
    assert sum(weights.values()) == pytest.approx(1)
    for each in document["alternatives"]:
        if each["rank"] is not None:
            expected = sum(weight * each["scores"][key] for key, weight in weights.items())
            assert each["value"] == pytest.approx(expected, abs=1e-6)


def test_scores_can_be_recomputed_from_the_figures_in_the_document(document):
    """An auditor with the JSON alone comes to the same scores: figure → value function → weighted mean."""
    used = [each for each in document["indicators"] if each["weight_within"] > 0]
    for alternative in document["alternatives"]:
        if alternative["rank"] is None:
            continue
        sums = dict.fromkeys(weights_of(document), 0.0)
        for each in used:
            x, value = np.array(each["value_function"]).T
            figure = alternative["indicators"][each["id"]]["value"]
            sums[each["consideration"]] += each["weight_within"] * np.interp(figure, x, value) * 100
        for key, expected in sums.items():
            assert alternative["scores"][key] == pytest.approx(expected, abs=1e-4)


def test_shares_and_scores_keep_their_bounds(document):
    ranked = [each for each in document["alternatives"] if each["rank"] is not None]
    for each in ranked:
        assert all(0 <= score <= 100 for score in each["scores"].values() if score is not None)
        for shares in (
            each["rank_acceptability"],
            each["rank_acceptability_any_weights"],
            each["rank_acceptability_joint"],
        ):
            assert len(shares) == len(ranked)
            assert sum(shares) == pytest.approx(1)
            assert min(shares) >= 0
    for rank in range(len(ranked)):  # the first is computed, the others are drawn
        slack = 1e-9 if rank == 0 else 0.03
        assert sum(each["rank_acceptability"][rank] for each in ranked) == pytest.approx(1, abs=slack)
    assert all(-1 <= each["strength"] <= 1 for each in document["conflicts"])


def test_ranks_follow_values(document):
    ranked = sorted((each for each in document["alternatives"] if each["rank"]), key=lambda e: e["rank"])
    assert ranked[0]["rank"] == 1
    for before, after in pairwise(ranked):
        assert before["value"] >= after["value"] - 1e-9
    for each in ranked:
        better = sum(other["value"] > each["value"] + 1e-9 for other in ranked)
        assert each["rank"] == better + 1


def test_the_first_is_the_one_recommended_and_the_one_robustness_is_about(document):
    (first,) = [each for each in document["alternatives"] if each["rank"] == 1]
    robust = document["robustness"]
    assert robust["first"] == document["recommendation"]["name"] == first["name"]
    assert robust["first_place_acceptability"] == first["rank_acceptability"][0]
    assert first["name"] in document["recommendation"]["text"]
    assert robust["pairwise"]["order"][0] == first["name"]


def test_the_smallest_weight_change_is_the_smallest_there_is(document):
    """Found again by another solver (sequential least squares) from the scores in the document."""
    ranked, ids, scores = score_matrix(document)
    weights = np.array([weights_of(document)[key] for key in ids])
    first = next(i for i, each in enumerate(ranked) if each["name"] == document["robustness"]["first"])
    distances = {
        each["name"]: _nearest(scores[i] - scores[first], weights)
        for i, each in enumerate(ranked)
        if i != first
    }
    possible = {name: found for name, found in distances.items() if found is not None}
    change = document["robustness"]["smallest_weight_change"]
    if change is None:
        assert not possible
        return
    assert change["distance"] == pytest.approx(min(possible.values()), abs=1e-5)
    assert possible[change["to"]] == pytest.approx(change["distance"], abs=1e-5)
    there = np.array([change["weights"][key] for key in ids])
    rival = next(i for i, each in enumerate(ranked) if each["name"] == change["to"])
    assert there.sum() == pytest.approx(1)
    assert there.min() >= -1e-9
    assert np.linalg.norm(there - weights) == pytest.approx(change["distance"], abs=1e-6)
    assert scores[rival] @ there == pytest.approx(scores[first] @ there, abs=1e-6)


def _nearest(lead, weights):
    """Distance to the nearest weights on the whole simplex at which the lead is at least 0."""
    if lead.max() < 0:
        return None
    corner = np.eye(len(lead))[int(np.argmax(lead))]
    found = [_solved(lead, weights, start) for start in (corner, (corner + weights) / 2, weights)]
    reached = [each for each in found if each.success]  # the solver loses its way from some starts
    assert reached
    return float(np.sqrt(min(each.fun for each in reached)))


def _solved(lead, weights, start):
    return minimize(
        lambda w: ((w - weights) ** 2).sum(),
        start,
        jac=lambda w: 2 * (w - weights),
        bounds=[(0, 1)] * len(lead),
        constraints=[
            {"type": "eq", "fun": lambda w: w.sum() - 1},
            {"type": "ineq", "fun": lambda w: lead @ w},
        ],
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 500},
    )


def test_it_is_said_where_the_change_is_measured_from():
    measured = {name: make()["robustness"]["measured_from"] for name, make in CASES.items()}
    assert measured["points"] == measured["older"] == "given"
    assert measured["promised"] == measured["ranges"] == measured["order"] == "centroid"


def test_first_place_shares_agree_with_draws_of_our_own():
    ranked, ids, scores = score_matrix(promised())
    drawn = np.random.default_rng(7).dirichlet(np.ones(len(ids)), size=40_000)
    best = np.bincount((drawn @ scores.T).argmax(axis=1), minlength=len(ranked)) / len(drawn)
    assert [each["rank_acceptability"][0] for each in ranked] == pytest.approx(best, abs=0.015)


def test_conflict_strengths_can_be_recomputed_from_the_scores(document):
    """Σ of products of differences over all pairs of alternatives, over the sum of their sizes."""
    ranked, ids, scores = score_matrix(document)
    pairs = len(ids) * (len(ids) - 1) // 2
    assert len(document["conflicts"]) == (pairs if len(ranked) >= 5 else 0)
    for conflict in document["conflicts"]:
        a, b = (scores[:, ids.index(key)] for key in conflict["between"])
        votes = np.subtract.outer(a, a) * np.subtract.outer(b, b)
        size = np.abs(votes).sum()
        expected = votes.sum() / size if size > 1e-15 else 0.0
        assert conflict["strength"] == pytest.approx(expected, abs=1e-6)
        assert len(conflict["between"]) == 2


def test_the_same_case_gives_the_same_answer_to_the_last_digit():
    first, second = (as_json(assess(case_from_text(AS_PROMISED, norway()), norway(), "nb")) for _ in range(2))
    assert json.dumps(first) == json.dumps(second)


def test_progress_tells_the_steps_in_order():
    steps: list[str] = []
    assess(read(), norway(), "nb", steps.append)
    assert steps == ["figures", "weighing", "rules"]


def test_one_that_can_be_compared_is_alone_and_that_is_said():
    document = answer(
        alternatives=["Bergen", "Utsira"], must_have=[{"indicator": "airport_minutes", "max": 60}]
    )
    assert [each["rank"] for each in document["alternatives"]] == [1, None]
    assert document["robustness"]["smallest_weight_change"] is None
    assert document["conflicts"] == []
    assert "Bare Bergen" in document["recommendation"]["text"]


def test_nothing_to_compare_is_an_answer_too():
    document = answer(must_have=[{"indicator": "airport_minutes", "max": 1}])
    assert document["recommendation"] is None
    assert document["robustness"]["first"] is None
    assert {each["rank"] for each in document["alternatives"]} == {None}
    assert document["weights"]["text"]
    assert document["rules"]["findings"]


def test_the_zero_alternative_of_a_new_unit_has_no_place_and_no_rank():
    zero = of_kind(answer(alternatives=[{"kind": "zero"}, "Bergen", "Røros"]), "zero")
    assert zero["place"] is None
    assert zero["rank"] is None
    assert zero["why_unscored"] == "unscored.no_place"
    assert zero["name"] in zero["text"]


municipalities = st.lists(
    st.deferred(lambda: st.sampled_from(sorted(norway().municipalities))), min_size=2, max_size=5, unique=True
)
points = st.lists(st.integers(1, 100), min_size=5, max_size=5).map(
    lambda parts: {key: 100 * part / sum(parts) for key, part in zip(CONSIDERATIONS, parts, strict=True)}
)


@settings(max_examples=12, deadline=None)
@given(municipalities, points)
def test_any_places_and_weights_keep_the_promises(codes, weights):
    document = as_json(assessed(alternatives=codes, weights=weights))
    test_values_are_the_weighted_sum_of_scores(document)
    test_shares_and_scores_keep_their_bounds(document)
    test_ranks_follow_values(document)
    test_the_smallest_weight_change_is_the_smallest_there_is(document)
    _dominated_is_never_alone_first(document)


def _dominated_is_never_alone_first(document):
    by_number = {each["number"]: each for each in document["alternatives"]}
    for each in document["alternatives"]:
        for better in each["dominated_by"]:
            assert by_number[better]["rank"] <= each["rank"]
            assert all(
                by_number[better]["scores"][key] >= each["scores"][key] - 1e-9 for key in weights_of(document)
            )
            if min(weights_of(document).values()) > 0:
                assert each["rank"] > 1


@settings(max_examples=8, deadline=None)
@given(municipalities, points, st.randoms(use_true_random=False))
def test_the_order_of_the_alternatives_changes_nothing(codes, weights, random):
    mixed = list(codes)
    random.shuffle(mixed)
    one, other = (
        by_place(as_json(assessed(alternatives=order, weights=weights))) for order in (codes, mixed)
    )
    for code in codes:
        assert one[code]["rank"] == other[code]["rank"]
        assert one[code]["value"] == pytest.approx(other[code]["value"], abs=1e-8)
        assert one[code]["scores"] == pytest.approx(other[code]["scores"], abs=1e-8)
        assert one[code]["rank_acceptability_any_weights"] == pytest.approx(
            other[code]["rank_acceptability_any_weights"], abs=1e-8
        )


def test_the_order_of_fields_and_the_way_of_writing_places_change_nothing():
    backwards = dict(reversed(PLAIN.items()))
    numbers = {**PLAIN, "alternatives": ["4601", 3907, "Røros"]}
    expected = answer()
    for same in (backwards, numbers):
        found = answer(same)
        assert found["robustness"] == expected["robustness"]
        assert found["alternatives"] == expected["alternatives"]
