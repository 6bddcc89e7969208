"""What a case says of weights becomes a set of allowed weights over the considerations that take part."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from location_cases import (
    BERGEN,
    CONSIDERATIONS,
    ROROS,
    SANDEFJORD,
    answer,
    by_place,
    score_matrix,
    weights_of,
)
from tyngdepunkt.analyses.location.input.model import Weighting
from tyngdepunkt.analyses.location.weigh import allowed_weights

TAKING_PART = CONSIDERATIONS[:4]  # no grades and no measures: mitigation has no figures


def weighting(kind, low, high=None, groups=()):
    return Weighting(kind, CONSIDERATIONS, tuple(low), tuple(high or low), groups)


def test_no_weights_leave_the_whole_simplex_and_start_in_the_middle():
    document = answer(weights="none")
    assert weights_of(document) == dict.fromkeys(TAKING_PART, 0.25)
    for each in document["alternatives"]:
        assert each["rank_acceptability"] == each["rank_acceptability_any_weights"]


def test_points_are_used_as_they_are_where_all_take_part():
    points = {"conditions": 40, "location_policy": 30, "cost_effectiveness": 20, "labour_market": 10}
    document = answer(weights=points)
    assert weights_of(document) == pytest.approx({key: value / 100 for key, value in points.items()})
    for each in document["alternatives"]:
        assert set(each["rank_acceptability"]) <= {0, 1}  # one set of weights, one order
        assert each["rank_acceptability"].index(1) + 1 == each["rank"]


def test_per_cent_and_shares_of_one_are_the_same():
    per_cent = answer(weights={"conditions": 60, "location_policy": 40})
    shares = answer(weights={"conditions": 0.6, "location_policy": 0.4})
    assert per_cent["alternatives"] == shares["alternatives"]
    assert per_cent["robustness"] == shares["robustness"]


def test_a_consideration_without_figures_gives_its_weight_to_the_others_in_proportion():
    document = answer(weights={"conditions": 30, "location_policy": 30, "mitigation": 40})
    assert weights_of(document) == pytest.approx(
        {"conditions": 0.5, "location_policy": 0.5, "cost_effectiveness": 0, "labour_market": 0}
    )
    assert "avbøtende tiltak" in document["weights"]["text"]
    assert "regnet om" in document["weights"]["text"]


@pytest.mark.parametrize("all_on_it", [{"mitigation": 100}, {"mitigation": [100, 100]}])
def test_all_weight_on_what_has_no_figures_says_nothing_of_the_rest(all_on_it):
    document = answer(weights=all_on_it)
    assert weights_of(document) == dict.fromkeys(TAKING_PART, 0.25)
    assert document["robustness"]["measured_from"] == "centroid"
    assert document["robustness"]["first_place_acceptability"] < 1
    assert "avbøtende tiltak" in document["weights"]["text"]
    assert "Saken setter disse vektene" not in document["weights"]["text"]


def test_ranges_hold_the_weights_used_and_narrow_the_answer():
    ranges = {"conditions": [10, 20], "location_policy": [60, 80], "cost_effectiveness": [5, 15]}
    document = answer(weights={**ranges, "labour_market": [0, 10], "mitigation": [0, 0]})
    weights = weights_of(document)
    assert sum(weights.values()) == pytest.approx(1)
    for key, (low, high) in ranges.items():
        assert low / 100 - 1e-9 <= weights[key] <= high / 100 + 1e-9
    found = by_place(document)
    assert found[ROROS]["rank_acceptability"][0] > found[ROROS]["rank_acceptability_any_weights"][0]
    assert document["robustness"]["measured_from"] == "centroid"


def test_shares_under_ranges_agree_with_draws_of_our_own():
    ranges = {"conditions": [20, 50], "location_policy": [20, 50], "cost_effectiveness": [0, 40]}
    document = answer(weights={**ranges, "labour_market": [0, 40], "mitigation": [0, 0]})
    ranked, ids, scores = score_matrix(document)
    drawn = np.random.default_rng(3).dirichlet(np.ones(4), size=200_000)
    bounds = np.array([{**ranges, "labour_market": [0, 40]}[key] for key in ids]) / 100
    drawn = drawn[((drawn >= bounds[:, 0]) & (drawn <= bounds[:, 1])).all(axis=1)]
    assert len(drawn) > 5_000
    best = np.bincount((drawn @ scores.T).argmax(axis=1), minlength=len(ranked)) / len(drawn)
    assert [each["rank_acceptability"][0] for each in ranked] == pytest.approx(best, abs=0.02)
    centre = drawn.mean(axis=0)
    assert [weights_of(document)[key] for key in ids] == pytest.approx(centre, abs=0.01)


def test_an_order_starts_from_its_centroid():
    """Rank-order centroid of four (Barron & Barrett 1996): 0.5208, 0.2708, 0.1458, 0.0625."""
    order = ["labour_market", "location_policy", "conditions", "cost_effectiveness", "mitigation"]
    document = answer(weights={"order": order})
    found = weights_of(document)
    assert [found[key] for key in order[:4]] == pytest.approx([25 / 48, 13 / 48, 7 / 48, 3 / 48])


def test_shares_under_an_order_agree_with_draws_of_our_own():
    order = ["labour_market", "location_policy", "conditions", "cost_effectiveness"]
    document = answer(weights={"order": order})
    ranked, ids, scores = score_matrix(document)
    falling = -np.sort(-np.random.default_rng(5).dirichlet(np.ones(4), size=50_000), axis=1)
    drawn = falling[:, [order.index(key) for key in ids]]
    best = np.bincount((drawn @ scores.T).argmax(axis=1), minlength=len(ranked)) / len(drawn)
    assert [each["rank_acceptability"][0] for each in ranked] == pytest.approx(best, abs=0.015)


def test_the_ranking_listens_to_the_weights():
    policy, conditions = (by_place(answer(weights={key: 100})) for key in ("location_policy", "conditions"))
    assert policy[ROROS]["rank"] == 1
    assert conditions[BERGEN]["rank"] < conditions[ROROS]["rank"]
    assert policy[ROROS]["value"] == pytest.approx(policy[ROROS]["scores"]["location_policy"])


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ((0.1, 0.1, 0.1, 0, 0), (0.333, 0.333, 0.333, 0, 0)),  # at most 99.9 per cent
        ((0.334, 0.334, 0.334, 0, 0), (0.4, 0.4, 0.5, 0, 0)),  # at least 100.2 per cent
        ((0, 0, 0, 0, 0.5), (1, 1, 1, 1, 1)),
        ((0, 0, 0, 0, 0), (0.1, 0.1, 0.1, 0.1, 0.7)),
    ],
)
def test_ranges_rounded_to_whole_or_tenths_of_a_per_cent_are_taken(low, high):
    found = allowed_weights(weighting("ranges", low, high), TAKING_PART)
    centre = found.centroid()
    assert centre.sum() == pytest.approx(1)
    assert found.contains(centre)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0.01, 1), min_size=5, max_size=5), st.data())
def test_what_the_case_allows_is_still_allowed_when_a_consideration_falls_out(parts, data):
    """Any weights inside the ranges, carried over to those that remain, must be among the allowed."""
    inside = np.array(parts) / sum(parts)
    slack = data.draw(st.lists(st.floats(0, 0.3), min_size=5, max_size=5))
    low, high = np.maximum(inside - slack, 0), np.minimum(inside + slack, 1)
    allowed = allowed_weights(weighting("ranges", low.tolist(), high.tolist()), TAKING_PART)
    carried = inside[:4] / inside[:4].sum()
    assert allowed.contains(carried, slack=1e-6)


def test_ranges_of_those_that_remain_grow_by_what_fell_out():
    """Half of all weight is on what has no figures: 20–30 per cent of all is 40–60 of what is left."""
    low, high = (0.2, 0, 0, 0, 0.5), (0.3, 0.5, 0.5, 0.5, 0.5)
    found = allowed_weights(weighting("ranges", low, high), TAKING_PART)
    assert found.low[0] == pytest.approx(0.4)
    assert found.high[0] == pytest.approx(0.6)
    assert found.low[1:] == pytest.approx([0, 0, 0])


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(5)), st.integers(1, 4))
def test_an_order_stays_an_order_when_considerations_fall_out(order, kept):
    groups = tuple((CONSIDERATIONS[i],) for i in order)
    ids = CONSIDERATIONS[:kept]
    centre = allowed_weights(weighting("order", (0,) * 5, (1,) * 5, groups), ids).centroid()
    named = [group[0] for group in groups if group[0] in ids]
    falling = [centre[ids.index(name)] for name in named]
    assert falling == sorted(falling, reverse=True)


def test_the_second_method_is_reported_beside_the_first():
    robust = answer()["robustness"]
    assert robust["outranking"]["first"] in {"Bergen", "Sandefjord", by_place(answer())[ROROS]["name"]}
    assert -1 <= robust["outranking"]["order_agreement"] <= 1


def test_certain_figures_leave_no_uncertainty_and_ranges_do():
    uncertain = answer(unit={"name": "Usikkert", "jobs": [{"occupation": "2422", "count": [5, 200]}]})
    ranged = {
        name
        for each in uncertain["alternatives"]
        for name, figure in each["indicators"].items()
        if figure["takes_part"] and figure["low"] != figure["high"]
    }
    assert "contribution_market" in ranged
    off = {name: {"off": True} for name in ranged}
    certain = answer(indicators=off)["robustness"]["first_kept_under_uncertain_figures"]
    assert certain is None
    assert 0 <= uncertain["robustness"]["first_kept_under_uncertain_figures"] <= 1
    shares = [each["first_under_uncertain_figures"] for each in uncertain["alternatives"]]
    assert sum(shares) == pytest.approx(1)


def test_pairwise_shares_are_two_sides_of_one_coin():
    pairwise = answer()["robustness"]["pairwise"]
    wins = np.array(pairwise["wins"])
    assert wins + wins.T == pytest.approx(np.ones((3, 3)))
    assert np.diag(wins) == pytest.approx([0.5] * 3)
    assert sorted(pairwise["order"]) == sorted(each["name"] for each in answer()["alternatives"])


def test_central_weights_make_their_alternative_the_first():
    document = answer()
    ranked, ids, scores = score_matrix(document)
    for i, each in enumerate(ranked):
        if each["rank_acceptability_any_weights"][0] == 0:
            assert each["central_weights"] is None
            continue
        central = np.array([each["central_weights"][key] for key in ids])
        assert central.sum() == pytest.approx(1)
        assert (scores @ central).argmax() == i  # where it is first is convex, so its mean is there too


def test_every_rival_has_its_own_smallest_change_nearest_first():
    changes = answer()["robustness"]["weight_changes"]
    assert changes[0] == answer()["robustness"]["smallest_weight_change"]
    distances = [each["distance"] for each in changes]
    assert distances == sorted(distances)
    first = answer()["robustness"]["first"]
    assert first not in {each["to"] for each in changes}


def test_places_in_the_test_are_what_they_are_called():
    assert {BERGEN, SANDEFJORD, ROROS} == set(by_place(answer()))


def test_the_last_bit_of_a_sum_hides_no_dominance():
    """Vestby and Gjerdrum share a region: equal figures, summed in another order."""
    document = answer(
        alternatives=[{"place": "3216", "rent_per_m2": 900}, "3230"],
        unit={"name": "U", "jobs": [{"occupation": "9112", "count": 40}]},
    )
    cheap, dear = document["alternatives"]
    assert all(score is None or score >= dear["scores"][key] for key, score in cheap["scores"].items())
    assert dear["dominated_by"] == [cheap["number"]]
    assert "reell avveining" not in document["texts"]["dominance"]


def test_two_alternatives_in_the_same_places_share_every_draw():
    """The same two places under two names: in each draw they tie, and share every rank evenly."""
    halves = [{"place": "Førde", "share": 0.5}, {"place": "Hamar", "share": 0.5}]
    named = [
        {"name": name, "kind": "split", "parts": parts}
        for name, parts in (("Delt", halves), ("Likt delt", halves[::-1]))
    ]
    twice = answer(
        alternatives=[*named, "Bergen", "Steinkjer"],
        weights={"conditions": [20, 60], "location_policy": [20, 60], "cost_effectiveness": [5, 30]},
    )
    one, other = (each["rank_acceptability_joint"] for each in twice["alternatives"][:2])
    assert one == other
    assert 0 < max(one) <= 0.5
