"""From figures to scores: who takes part, which value function, which weight inside a consideration."""

import dataclasses

import numpy as np
import pytest

from location_cases import (
    BERGEN,
    PLAIN,
    ROROS,
    SANDEFJORD,
    answer,
    assessed,
    by_place,
    indicator,
    norway,
    promised,
    read,
)
from tyngdepunkt.analyses.location import assess as assessing
from tyngdepunkt.analyses.location import score as scoring
from tyngdepunkt.analyses.location.as_json import as_json
from tyngdepunkt.analyses.location.document import location_document
from tyngdepunkt.errors import UserError
from tyngdepunkt.figures import Figure, Quality
from tyngdepunkt.indicators import for_rules

PLACES = (BERGEN, SANDEFJORD, ROROS)


def test_an_indicator_without_figures_is_named_and_takes_no_part():
    document = promised()
    for name in ("ledger_municipality", "site_travel"):
        assert indicator(document, name)["left_out"] == "indicator_out.missing_all"
        assert indicator(document, name)["weight_within"] == 0
        assert all(name in each["missing"] for each in document["alternatives"])
    assert "reisetid til faste arbeidssteder" in document["texts"]["missing"]


def test_what_is_shown_only_has_figures_and_no_say():
    document = promised()
    assert indicator(document, "recruitment_60")["left_out"] == "indicator_out.shown_only"
    for each in document["alternatives"]:
        assert each["indicators"]["recruitment_60"]["value"] > 0
        assert each["indicators"]["recruitment_60"]["score"] is None
        assert "recruitment_60" not in each["missing"]


def test_weights_inside_a_consideration_sum_to_one():
    document = promised()
    sums: dict[str, float] = {}
    for each in document["indicators"]:
        sums[each["consideration"]] = sums.get(each["consideration"], 0) + each["weight_within"]
    with_score = {each["id"] for each in document["considerations"] if each["weight"] is not None}
    for consideration, total in sums.items():
        assert total == pytest.approx(1 if consideration in with_score else 0)


def test_a_figure_missing_for_one_is_a_range_for_that_one():
    """It counts as the middle, and the ends say what the value and the rank can be."""
    graded = {"place": "Røros", "grades": {"mitigation": {"value": 90, "anchor": "Kommunen har en plan"}}}
    document = answer(alternatives=["Bergen", "Sandefjord", graded])
    weight = {each["id"]: each["weight"] for each in document["considerations"]}["mitigation"]
    assert weight == pytest.approx(0.2)
    ungraded, own = by_place(document)[BERGEN], by_place(document)[ROROS]
    assert ungraded["assumed"] == ["grade_mitigation"]
    assert ungraded["scores"]["mitigation"] == pytest.approx(50)
    low, high = ungraded["value_range"]
    assert high - low == pytest.approx(100 * weight)
    assert low + high == pytest.approx(2 * ungraded["value"])
    assert own["assumed"] == []
    assert own["value_range"] == pytest.approx([own["value"]] * 2)
    assert "grade_mitigation" in ungraded["missing"]
    assert ungraded["indicators"]["grade_mitigation"]["quality"] == "not_stated"
    assert ungraded["indicators"]["grade_mitigation"]["assumed"] is True
    assert own["rank_range"][0] < own["rank_range"][1]


def test_nobody_is_recommended_while_what_is_missing_can_put_another_first():
    graded = {"place": "Sandefjord", "grades": {"mitigation": {"value": 90, "anchor": "Plan"}}}
    document = answer(alternatives=["Bergen", graded, "Røros"], weights={"mitigation": 100})
    assert document["recommendation"] is None
    assert by_place(document)[SANDEFJORD]["rank"] == 1
    text = document["texts"]["recommendation"]
    for name in ("Bergen", "Røros", "Sandefjord"):
        assert name in text
    assert "vbøtende tiltak for Bergen" in text
    settled = [
        {"place": each, "grades": {"mitigation": {"value": value, "anchor": "Plan"}}}
        for each, value in (("Bergen", 10), ("Sandefjord", 90), ("Røros", 10))
    ]
    document = answer(alternatives=settled, weights={"mitigation": 100})
    assert document["recommendation"]["name"] == "Sandefjord"


def test_one_more_place_turns_no_two_others():
    """Scales and weights do not hang on the list, whatever the others lack or share."""
    pairs = [["Tokke", "Ullensvang"], ["Hamar", "Østre Toten"], ["Færder", "Senja"]]
    for pair in pairs:
        alone = {each["name"]: each["value"] for each in answer(alternatives=pair)["alternatives"]}
        for other in ("Stranda", "Ålesund", "Bokn"):
            found = answer(alternatives=[other, *pair])["alternatives"]
            values = {each["name"]: each["value"] for each in found}
            assert {name: values[name] for name in pair} == pytest.approx(alone, abs=1e-9)


def test_documents_can_be_made_where_only_some_alternatives_are_graded():
    graded = {"place": "Røros", "grades": {"mitigation": {"value": 90, "anchor": "Kommunen har en plan"}}}
    document = location_document(assessed(alternatives=["Bergen", "Sandefjord", graded]), norway())
    assert document.sections


def test_grades_with_anchors_are_assumed_figures_of_their_consideration():
    alternatives = [
        {"place": place, "grades": {"mitigation": {"value": value, "anchor": f"Ord for {value}"}}}
        for place, value in (("Bergen", 20), ("Sandefjord", 60), ("Røros", 90))
    ]
    document = answer(alternatives=alternatives, weights={"mitigation": 100})
    found = by_place(document)
    assert [found[code]["scores"]["mitigation"] for code in PLACES] == pytest.approx([20, 60, 90])
    assert [found[code]["rank"] for code in PLACES] == [3, 2, 1]
    figure = found[ROROS]["indicators"]["grade_mitigation"]
    assert figure["quality"] == "assumed"
    (number,) = figure["sources"]
    assert document["sources"][number - 1]["title"] == "Ord for 90"


def test_a_grade_about_an_indicator_joins_its_consideration():
    grades = {"labour_market_size": {"value": 10, "anchor": "Få aktuelle arbeidsgivere"}}
    alternatives = [{"place": place, "grades": grades} for place in ("Bergen", "Sandefjord")]
    alternatives[1]["grades"] = {"labour_market_size": {"value": 80, "anchor": "Flere"}}
    document = answer(alternatives=alternatives)
    assert indicator(document, "grade_labour_market_size")["consideration"] == "conditions"
    assert indicator(document, "grade_labour_market_size")["weight_within"] > 0


@pytest.mark.parametrize(
    "change",
    [
        {
            "alternatives": [
                {"place": "Bergen", "grades": {"ledger_region": {"value": 1, "anchor": "x"}}},
                "Røros",
            ]
        },
        {"must_have": [{"indicator": "ledger_municipality", "max": 0}]},
        {"indicators": {"ledger_municipality": {"weight": 2}}},
    ],
)
def test_what_the_rule_set_does_not_measure_is_refused_and_not_passed_over(change):
    """The rules of 2014 have no consideration for the ledger: such a demand would never be tried."""
    with pytest.raises(UserError) as caught:
        read(date="2015-06-01", **change)
    assert [fault.key.split(":")[1] for fault in caught.value.faults] in (
        ["unknown_grade"],
        ["unknown_indicator"],
    )
    assert read(**change)


def test_an_indicator_that_is_turned_off_has_no_say():
    document = answer(indicators={"population_trend": {"off": True, "reason": "dekkes av mangelen"}})
    assert indicator(document, "population_trend")["left_out"] == "indicator_out.turned_off"
    assert indicator(document, "population_trend")["weight_within"] == 0
    before, after = by_place(answer())[ROROS]["scores"], by_place(document)[ROROS]["scores"]
    assert after["location_policy"] != pytest.approx(before["location_policy"])
    assert after["conditions"] == pytest.approx(before["conditions"])


def test_weight_nought_is_the_same_as_off():
    off, nought = (answer(indicators={"centrality": choice}) for choice in ({"off": True}, {"weight": 0}))
    assert indicator(nought, "centrality")["left_out"] == "indicator_out.turned_off"
    assert nought["alternatives"] == off["alternatives"]


def test_a_weight_inside_is_relative_to_the_others():
    document = answer(indicators={"centrality": {"weight": 3}})
    inside = {
        each["id"]: each["weight_within"]
        for each in document["indicators"]
        if each["consideration"] == "location_policy" and each["weight_within"] > 0
    }
    others = [weight for name, weight in inside.items() if name != "centrality"]
    assert inside["centrality"] == pytest.approx(3 * others[0])
    assert len(set(others)) == 1
    assert sum(inside.values()) == pytest.approx(1)


def test_only_the_proportions_of_the_weights_inside_matter():
    names = [each.id for each in for_rules("2022-08-12") if each.scored]
    one, many = (answer(indicators={name: {"weight": weight} for name in names}) for weight in (1, 50))
    for a, b in zip(one["alternatives"], many["alternatives"], strict=True):
        assert a["value"] == pytest.approx(b["value"])


def test_minmax_runs_from_the_worst_of_the_alternatives_to_the_best():
    document = answer(indicators={"recruitment_45": {"value": "minmax"}, "centrality": {"value": "local"}})
    found = by_place(document)
    for name, better in (("recruitment_45", max), ("centrality", min)):
        figures = {code: found[code]["indicators"][name]["value"] for code in PLACES}
        best = better(figures.values())
        worst = (min if better is max else max)(figures.values())
        for code in PLACES:
            expected = (figures[code] - worst) / (best - worst)
            assert found[code]["indicators"][name]["score"] == pytest.approx(expected, abs=1e-9)


def test_drawn_points_are_straight_lines_and_flat_outside():
    points = [[200, 0], [700, 40], [900, 100]]
    document = answer(indicators={"centrality": {"value": {"points": points}}})
    x, value = np.array(points).T
    for each in document["alternatives"]:
        figure = each["indicators"]["centrality"]
        assert figure["score"] == pytest.approx(np.interp(figure["value"], x, value / 100), abs=1e-9)


def test_steps_hold_until_the_next():
    document = answer(indicators={"centrality": {"value": {"step": [[0, 100], [700, 30], [870, 0]]}}})
    expected = {BERGEN: 0.0, SANDEFJORD: 0.3, ROROS: 1.0}
    found = by_place(document)
    assert {code: found[code]["indicators"]["centrality"]["score"] for code in PLACES} == expected
    assert indicator(document, "centrality")["scale"] == "step"


def test_a_value_that_rises_and_falls_is_taken_also_where_the_figure_is_a_range():
    """The middle of the range may be worth more than both its ends."""
    unit = {"name": "Usikkert", "jobs": [{"occupation": "2422", "count": [10, 90]}]}
    workplaces = 50 / by_place(answer(unit=unit))[ROROS]["indicators"]["contribution_extent"]["value"]
    low, middle, high = (jobs / workplaces for jobs in (10, 50, 90))
    peak = {"contribution_extent": {"value": {"points": [[low, 0], [middle, 100], [high, 0]]}}}
    document = answer(unit=unit, indicators=peak)
    assert by_place(document)[ROROS]["indicators"]["contribution_extent"]["score"] == pytest.approx(
        1, abs=1e-6
    )
    assert 0 < document["robustness"]["first_kept_under_uncertain_figures"] <= 1


def test_turning_the_direction_turns_the_value():
    for name in ("population_trend", "recruitment_need"):
        turned = "max" if name == "population_trend" else "min"
        plain, other = (by_place(answer(indicators=choice)) for choice in ({}, {name: {"direction": turned}}))
        for code in PLACES:
            values = [found[code]["indicators"][name]["score"] for found in (plain, other)]
            assert sum(values) == pytest.approx(1, abs=1e-9)


def test_identity_takes_a_figure_of_0_to_100_as_it_is_in_its_direction():
    found = by_place(answer(indicators={"airport_minutes": {"value": "identity"}}))
    for code in PLACES:
        figure = found[code]["indicators"]["airport_minutes"]
        assert figure["score"] == pytest.approx(1 - min(figure["value"], 100) / 100)


def test_what_is_worth_the_same_for_all_stays_in_and_adds_the_same():
    document = answer(alternatives=["Oslo", "Bærum"])  # one labour-market region
    for name in ("contribution_lack", "region_job_change"):
        assert indicator(document, name)["left_out"] is None
        scores = [each["indicators"][name]["score"] for each in document["alternatives"]]
        assert scores[0] == scores[1] is not None
    assert all(each["missing"] == document["alternatives"][0]["missing"] for each in document["alternatives"])


def test_another_unit_of_a_figure_changes_nothing(monkeypatch):
    """Persons, thousands of persons: the same distribution, the same score."""

    def in_thousands(version):
        return tuple(_scaled(each) if each.value == "national" else each for each in for_rules(version))

    expected = as_json(assessed())
    monkeypatch.setattr(scoring, "for_rules", in_thousands)
    monkeypatch.setattr(assessing, "for_rules", in_thousands)
    found = as_json(assessed())
    assert by_place(found)[BERGEN]["indicators"]["recruitment_45"]["value"] == pytest.approx(
        by_place(expected)[BERGEN]["indicators"]["recruitment_45"]["value"] / 1000
    )
    for a, b in zip(found["alternatives"], expected["alternatives"], strict=True):
        assert a["scores"] == pytest.approx(b["scores"], abs=1e-6)
        assert a["rank"] == b["rank"]


def _scaled(indicator):
    def compute(places, question, codes):
        return [_thousandth(figure) for figure in indicator.compute(places, question, codes)]

    return dataclasses.replace(indicator, compute=compute, floor=None if indicator.floor is None else 0)


def _thousandth(figure):
    ends = {name: getattr(figure, name) for name in ("value", "low", "high")}
    scaled = {name: None if value is None else value / 1000 for name, value in ends.items()}
    return dataclasses.replace(figure, **scaled)


class TestMustHaves:
    def test_both_bounds_pass_at_the_limit_itself(self):
        index = norway().municipalities[SANDEFJORD].centrality_index
        demand = {"indicator": "centrality", "min": index, "max": index}
        outcomes = by_place(answer(must_have=[demand]))[SANDEFJORD]["must_haves"]
        assert [each["passed"] for each in outcomes] == [True, True]
        assert {"min", "max"} <= {key for each in outcomes for key in each}

    def test_a_missing_figure_neither_passes_nor_fails(self):
        document = answer(must_have=[{"indicator": "ledger_municipality", "max": 0}])
        for each in document["alternatives"]:
            assert each["must_haves"] == [
                {"indicator": "ledger_municipality", "max": 0, "value": None, "passed": None}
            ]
            assert each["rank"] is not None

    @pytest.mark.parametrize(
        ("quality", "limit", "expected"),
        [
            (Quality.ASSUMED, 240, None),
            (Quality.ASSUMED, 225, None),
            (Quality.ASSUMED, 246, True),
            (Quality.ASSUMED, 219, False),
            (Quality.ESTIMATED, 240, True),
            (Quality.ESTIMATED, 225, False),
        ],
    )
    def test_an_assumed_figure_passes_or_fails_with_its_whole_range(self, quality, limit, expected):
        case = read(must_have=[{"indicator": "capital_minutes", "max": limit}])
        figure = Figure(233, "minutes", quality, low=220, high=246)
        (outcome,) = scoring.must_have_outcomes(case, {"capital_minutes": figure})
        assert outcome.passed is expected

    def test_the_first_is_not_recommended_while_an_assumption_can_fail_it(self):
        """The range of the assumption holds the limit, which lies above the figure itself."""
        plain = answer()
        first = next(each for each in plain["alternatives"] if each["rank"] == 1)
        figure = first["indicators"]["capital_minutes"]
        assert figure["quality"] == "assumed"
        limit = (figure["value"] + figure["high"]) / 2
        document = answer(must_have=[{"indicator": "capital_minutes", "max": limit}])
        now = next(each for each in document["alternatives"] if each["name"] == first["name"])
        assert now["must_haves"][0]["passed"] is None
        assert document["recommendation"] is None

    def test_one_that_is_only_shown_can_be_a_demand(self):
        found = by_place(answer(must_have=[{"indicator": "recruitment_60", "min": 100_000}]))
        assert found[ROROS]["rank"] is None
        assert found[BERGEN]["rank"] is not None


def test_every_scored_indicator_of_the_rule_set_is_accounted_for():
    for version, date in (
        ("2022-08-12", "2023-06-01"),
        ("2019-11-08", "2020-06-01"),
        ("2014-11-28", "2015-06-01"),
    ):
        document = answer({**PLAIN, "date": date})
        assert document["rules"]["version"] == version
        assert [each["id"] for each in document["indicators"]] == [each.id for each in for_rules(version)]
        for each in document["indicators"]:
            assert (each["weight_within"] > 0) == (each["left_out"] is None)
