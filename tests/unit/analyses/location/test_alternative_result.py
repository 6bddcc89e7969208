"""What is said of each alternative: where it is, what it wins and gives up, what is missing."""

import pytest

from location_cases import (
    BERGEN,
    HAMAR,
    OFFICES,
    OSLO,
    ROROS,
    SANDEFJORD,
    answer,
    assessed,
    by_place,
    norway,
    of_kind,
    promised,
)
from tyngdepunkt.figures import Figure, Quality


def test_a_place_is_described_by_its_own_region_and_class():
    found = by_place(answer())
    for code in (BERGEN, SANDEFJORD, ROROS):
        here = norway().municipalities[code]
        assert found[code]["centrality_class"] == here.centrality_class
        assert found[code]["labour_market_region"] == here.region_called
        assert found[code]["labour_market_region_number"] == here.region
        assert found[code]["name"] == here.called


def test_the_small_town_test_stands_beside_the_class():
    """Sandefjord passes the class filter and is no small town; Røros is both."""
    found = by_place(answer())
    assert found[SANDEFJORD]["centrality_class"] == 3
    assert found[SANDEFJORD]["small_town"] == "no"
    assert found[BERGEN]["small_town"] == "no"
    assert found[ROROS]["small_town"] in {"core", "extended"}


def test_an_arrangement_over_several_places_has_no_single_place():
    alternatives = ["Bergen", {"kind": "split", "places": ["Røros", "Hamar"]}]
    split = of_kind(answer(alternatives=alternatives), "split")
    assert split["places"] == [ROROS, HAMAR]
    assert split["place"] is split["centrality_class"] is split["labour_market_region"] is None
    assert split["small_town"] is None
    assert split["rank"] in (1, 2)


def test_differences_are_the_scores_against_the_first_and_name_what_makes_them():
    assessment = assessed()
    first = assessment.alternative(assessment.robustness.first)
    for each in assessment.alternatives:
        for difference in each.differences:
            expected = each.scores[difference.consideration] - first.scores[difference.consideration]
            assert difference.points == pytest.approx(expected, abs=1e-6)
            consideration = {
                used.indicator.id
                for used in assessment.indicators
                if used.consideration == difference.consideration
            }
            assert set(difference.through) <= consideration
            for name in difference.through:
                gap = each.measurements[name].value - first.measurements[name].value
                assert gap * difference.points > 0


def test_every_alternative_is_numbered_as_in_the_file():
    document = answer(alternatives=["Røros", "Bergen", "Sandefjord"])
    assert [(each["number"], each["place"]) for each in document["alternatives"]] == [
        (1, ROROS),
        (2, BERGEN),
        (3, SANDEFJORD),
    ]


def test_missing_names_indicators_that_lack_a_figure_and_no_others():
    for each in promised()["alternatives"]:
        without = {name for name, figure in each["indicators"].items() if figure["value"] is None}
        inapplicable = {
            name for name, figure in each["indicators"].items() if figure["quality"] == "not_applicable"
        }
        assert set(each["missing"]) == without - inapplicable
        assert {"ledger_municipality", "ledger_region", "site_travel"} <= set(each["missing"])


def test_what_is_missing_is_never_zero():
    for each in promised()["alternatives"]:
        for figure in each["indicators"].values():
            has_value = figure["quality"] in {"measured", "estimated", "assumed"}
            assert (figure["value"] is not None) == has_value
            if not has_value:
                assert figure["score"] is None
                assert not figure["takes_part"]


def test_a_weakly_dominated_alternative_knows_by_whom():
    """With centrality alone under location policy and nothing else weighing, lower index dominates."""
    document = answer(alternatives=["Oslo", "Bærum"], unit={"name": "Ukjent"})
    found = by_place(document)
    scores = {code: found[code]["scores"] for code in found}
    ids = [key for key in scores[OSLO] if scores[OSLO][key] is not None]
    for code, other in ((OSLO, "3201"), ("3201", OSLO)):
        better = all(scores[other][key] >= scores[code][key] for key in ids) and any(
            scores[other][key] > scores[code][key] for key in ids
        )
        assert bool(found[code]["dominated_by"]) == better


def test_alternatives_that_cannot_be_told_apart_share_rank_and_shares():
    """Nothing but the region counts, and both lie in it: nobody is pointed to."""
    regional = {"labour_market_size", "working_age_growth", "job_coverage"}
    kept = answer(alternatives=["Oslo", "Bærum", "Røros"])
    off = {each["id"]: {"off": True} for each in kept["indicators"] if each["id"] not in regional}
    document = answer(alternatives=["Oslo", "Bærum", "Røros"], indicators=off)
    oslo, baerum = (by_place(document)[code] for code in (OSLO, "3201"))
    assert oslo["value"] == pytest.approx(baerum["value"])
    assert oslo["rank"] == baerum["rank"]
    assert oslo["rank_acceptability"] == pytest.approx(baerum["rank_acceptability"])
    turned = by_place(answer(alternatives=["Røros", "Bærum", "Oslo"], indicators=off))
    assert turned[OSLO]["rank"] == oslo["rank"]


def test_who_ties_for_the_first_place_is_not_recommended():
    document = answer(
        alternatives=["Bergen", "Røros"],
        indicators={
            each["id"]: {"off": True} for each in answer()["indicators"] if each["id"] != "centrality"
        }
        | {"centrality": {"value": {"step": [[0, 50], [999, 0]]}}},
    )
    assert document["recommendation"] is None
    assert document["robustness"]["smallest_weight_change"] is None or (
        document["robustness"]["smallest_weight_change"]["distance"] == 0
    )


def test_facts_describe_and_carry_sources():
    for each in assessed().alternatives:
        assert each.facts
        for fact in each.facts.values():
            if isinstance(fact, Figure) and fact.quality is Quality.MEASURED:
                assert fact.sources


def test_sets_of_offices_are_ranked_without_a_place():
    document = answer(OFFICES)
    assert sorted(each["rank"] for each in document["alternatives"]) == [1, 2]
    assert {each["place"] for each in document["alternatives"]} == {None}
    assert all(len(each["places"]) == 3 for each in document["alternatives"])
