"""The case before the rules: what an assessment lets the rules see, and which verdicts come of it."""

import json

import pytest

from location_cases import CONSIDERATIONS, OFFICES, answer, finding, norway, promised, verdicts, write
from tyngdepunkt.analyses.location.as_json import as_json
from tyngdepunkt.analyses.location.assess import assess
from tyngdepunkt.analyses.location.input.read import read_case
from tyngdepunkt.rules import rule_set

MOVE = {"trigger": "relocation", "moved_from": [{"place": "Oslo", "jobs": 40}]}


def test_the_promised_case_has_a_verdict_under_every_rule_in_force():
    version = rule_set("2022-08-12")
    assert promised()["rules"]["version"] == "2022-08-12"
    assert list(verdicts(promised())) == [rule.id for rule in version.rules]
    for each in promised()["rules"]["findings"]:
        assert each["text"]
        assert each["reference"]
        assert each["rule_text"]


def test_three_places_one_of_them_in_class_3_to_6_is_enough():
    found = verdicts(promised())
    assert found["R15"] == found["R16"] == found["R17"] == "met"
    assert found["R18"] == "not_applicable"  # nothing to explain: the explanation given is not needed


def test_places_that_nobody_can_rank_are_not_assessed_against_each_other():
    out = answer(
        alternatives=["Bergen", "Sandefjord"], must_have=[{"indicator": "airport_minutes", "max": 1}]
    )
    assert verdicts(out)["R15"] == "not_documented"
    assert "færre enn to av dem er rangert" in finding(out, "R15")["text"]


def test_a_class_is_called_a_weak_demand_only_where_it_is_demanded():
    assert "svakt krav" in answer()["texts"]["class_filter"]
    before = answer(date="2021-03-01")
    assert "R17" not in verdicts(before)
    assert "krav" not in before["texts"]["class_filter"]


def test_conflicts_are_met_only_where_it_is_told_what_was_done():
    assert verdicts(answer())["R23"] == "not_documented"
    assert verdicts(answer(conflicts_handled="Departementet la mest vekt på rekruttering."))["R23"] == "met"


def test_two_places_are_too_few_until_it_is_explained():
    two = {"alternatives": ["Bergen", "Sandefjord"]}
    assert verdicts(answer(**two))["R16"] == "not_met"
    assert verdicts(answer(**two))["R18"] == "not_met"
    explained = answer(**two, explanations={"R16": "Bare to steder har laboratorium"})
    assert verdicts(explained)["R16"] == "explained"
    assert verdicts(explained)["R18"] == "met"
    assert "laboratorium" in finding(explained, "R16")["text"]


def test_only_central_places_breach_r17_until_it_is_explained():
    central = {"alternatives": ["Bergen", "Oslo", "Bærum"]}
    assert verdicts(answer(**central))["R17"] == "not_met"
    assert verdicts(answer(**central, explanations={"R17": "Sikkerhet"}))["R17"] == "explained"


def test_cost_is_assessed_only_where_every_place_has_its_own():
    """One rent of three, or the area of a post, says nothing of what the other places cost."""
    rented = [{"place": each, "rent_per_m2": 1500} for each in ("Hamar", "Røros", "Tynset")]
    one = {"alternatives": [rented[0], "Røros", "Tynset"]}
    for change in (one, {"costs": {"area_per_employee": 20}}):
        assert verdicts(answer(**change))["R6"] == verdicts(answer(**change))["R22"] == "not_documented"
        assert "landstall" in finding(answer(**change), "R6")["text"]
    stays = {"kind": "zero", "name": "Som i dag"}
    assert verdicts(answer(alternatives=[*rented, stays]))["R6"] == "met"


def test_how_weak_the_class_filter_is_stands_beside_it():
    assert "331" in promised()["texts"]["class_filter"]
    assert "357" in promised()["texts"]["class_filter"]
    assert "331" in finding(promised(), "R17")["text"]


class TestTheGovernment:
    """R29: a place in Oslo or on a list has to be put to the government."""

    def test_decided_on_a_list_and_put_to_the_government(self):
        assert verdicts(promised())["R29"] == "met"
        assert "Bærum" in finding(promised(), "R29")["text"]

    def test_decided_on_a_list_and_nothing_said(self):
        decision = {"place": "Bergen", "date": "2023-12-01"}
        assert verdicts(answer(decision=decision))["R29"] == "not_documented"

    def test_decided_outside_both_lists(self):
        decision = {"place": "Røros", "date": "2023-12-01"}
        assert verdicts(answer(decision=decision))["R29"] == "not_applicable"

    def test_the_recommended_counts_where_nothing_is_decided(self):
        conditions = {"weights": {"conditions": 100}}
        first = answer(alternatives=["Bergen", "Røros", "Vega"], **conditions)
        assert first["recommendation"]["name"] == "Bergen"
        assert verdicts(first)["R29"] == "not_documented"
        small = answer(alternatives=["Røros", "Vega", "Tynset"], **conditions)
        assert verdicts(small)["R29"] == "not_applicable"

    @pytest.mark.parametrize("kind", ["oslo", "stay"])
    def test_oslo_triggers_it_by_moving_there_and_by_staying(self, kind):
        alternatives = [{"kind": kind}, "Vega", "Utsira"]
        found = answer(**MOVE, alternatives=alternatives, weights={"conditions": 100})
        assert found["recommendation"]["kind"] == kind
        assert verdicts(found)["R29"] == "not_documented"
        told = answer(
            **MOVE,
            alternatives=alternatives,
            weights={"conditions": 100},
            notified={"government": "2023-05-01"},
        )
        assert verdicts(told)["R29"] == "met"


def test_a_list_without_a_reason_is_a_finding_and_no_error():
    plain = answer(largest_cities=["Bergen", "Trondheim"])
    assert verdicts(plain)["R12"] == "not_documented"
    assert verdicts(answer())["R12"] == verdicts(answer())["R13"] == "met"
    assert verdicts(answer(largest_cities=...))["R12"] == "not_documented"


def test_the_existing_structure_is_an_alternative_of_its_own():
    base = {**MOVE, "regional_structure": ["Hamar", "Tynset"]}
    without = answer(**base, alternatives=["Røros", "Bergen", "Sandefjord"])
    assert verdicts(without)["R19"] == "not_met"
    with_it = answer(**base, alternatives=["Røros", "Bergen", {"kind": "existing_structure"}])
    assert verdicts(with_it)["R19"] == "met"


def test_all_considerations_with_measures_for_every_alternative():
    rents = {"Bergen": 2100, "Sandefjord": 1600, "Røros": 1200}
    alternatives = [
        {"place": place, "rent_per_m2": rent, "measures": ["Felles kontor i overgangen"]}
        for place, rent in rents.items()
    ]
    assert verdicts(answer())["R21"] == "not_documented"  # the national rent for all compares no cost
    assert verdicts(answer())["R6"] == "not_documented"
    assert verdicts(answer(alternatives=alternatives))["R6"] == "met"
    assert verdicts(answer(alternatives=alternatives))["R21"] == "met"
    some = [*alternatives[:2], {"place": "Røros", "rent_per_m2": 1200}]
    assert verdicts(answer(alternatives=some))["R21"] == "needs_judgement"


def test_weights_with_a_log_are_accounted_for():
    log = [
        {
            "role": "Prosjektgruppa",
            "date": "2023-05-01",
            "weights": "none",
            "reason": "Åpent",
            "scores_seen": False,
        }
    ]
    ranges = {"conditions": [10, 40]}
    assert verdicts(answer(weights=ranges))["R24"] == "not_documented"
    assert verdicts(answer())["R24"] == "met"  # no weights are set, so nobody has to answer for any
    assert verdicts(answer(weight_log=log))["R24"] == "met"


class TestStructuralChange:
    def test_the_rules_of_offices_are_judged(self):
        found = verdicts(answer(OFFICES))
        assert {"R2", "R19", "R34", "R35", "R39"} <= set(found)
        assert found["R19"] == "met"  # only offices that exist
        assert found["R34"] == "not_applicable"  # none of them in Oslo or its neighbours
        assert found["R39"] == "not_documented"  # Tynset closes, and nothing is said of what that means
        assert found["R2"] == "not_documented"

    def test_the_rules_of_new_places_are_not(self):
        found = verdicts(answer(OFFICES))
        assert {found[rule] for rule in ("R15", "R16", "R17", "R18")} == {"not_applicable"}

    def test_they_are_where_a_new_office_opens(self):
        sets = [
            {
                "name": f"Ny i {place}",
                "offices": [
                    {"place": place, "jobs_before": 0, "jobs_after": 20},
                    {"place": "Trondheim", "jobs_before": 30, "jobs_after": 10},
                ],
            }
            for place in ("Røros", "Hamar", "Tynset")
        ]
        found = verdicts(answer(OFFICES, alternatives=sets))
        assert found["R15"] == found["R16"] == found["R17"] == "met"

    def test_moving_out_of_oslo_is_assessed(self):
        sets = [
            {
                "name": name,
                "offices": [
                    {"place": "Oslo", "jobs_before": 50, "jobs_after": after},
                    {"place": "Hamar", "jobs_before": 10, "jobs_after": 60 - after},
                ],
            }
            for name, after in (("Flytt mange", 10), ("Flytt få", 40))
        ]
        assert verdicts(answer(OFFICES, alternatives=sets))["R34"] == "met"
        stays = [
            {
                **sets[0],
                "offices": [{"place": "Oslo", "jobs_before": 50, "jobs_after": 50}, sets[0]["offices"][1]],
            }
        ]
        stays[0]["offices"][1] = {"place": "Hamar", "jobs_before": 10, "jobs_after": 0}
        assert verdicts(answer(OFFICES, alternatives=stays))["R34"] == "not_met"

    def test_closing_every_office_is_no_use_of_the_offices_there_are(self):
        offices = [{"place": place, "jobs_before": 10, "jobs_after": 0} for place in ("Røros", "Tynset")]
        closing = {"name": "Ingen", "offices": offices}
        assert verdicts(answer(OFFICES, alternatives=[closing]))["R19"] != "met"

    def test_ranges_that_overlap_decide_nothing(self):
        """The middle of a range is no number anybody has stated."""

        def judged(oslo, hamar):
            offices = [{"place": "Oslo", **oslo}, {"place": "Hamar", **hamar}]
            lists = {"places": ["Bergen"], "reason": "Avtalt"}
            return answer(
                OFFICES,
                alternatives=[{"name": "Omlegging", "offices": offices}],
                largest_cities=lists,
                oslo_area=lists,
                regional_structure=["Oslo", "Hamar"],
            )

        apart = judged(
            {"jobs_before": [50, 60], "jobs_after": [30, 40]}, {"jobs_before": 10, "jobs_after": 30}
        )
        assert verdicts(apart)["R34"] == "met"
        overlapping = judged(
            {"jobs_before": [50, 60], "jobs_after": [40, 56]},
            {"jobs_before": [5, 20], "jobs_after": [10, 25]},
        )
        for rule in ("R34", "R5", "R29", "R10"):
            found = finding(overlapping, rule)
            assert "avgjort" in found["text"], rule
            assert "snevrere tall" in found["text"], rule
            assert found["verdict"] in ("needs_judgement", "not_documented"), rule
        # a duty is not waived by a wide range
        assert verdicts(overlapping)["R15"] != "not_applicable"

    def test_a_place_that_may_lose_jobs_is_not_said_to_have_lost_none(self, tmp_path):
        (tmp_path / "ledger.csv").write_text(
            "kind,agency,place,jobs,date,source\nopened,Etat,Hamar,7,2020-05-01,prøve\n", encoding="utf-8"
        )
        offices = [
            {"place": "Tynset", "jobs_before": [10, 20], "jobs_after": [5, 15]},
            {"place": "Hamar", "jobs_before": 10, "jobs_after": 20},
        ]
        case = {
            **OFFICES,
            "alternatives": [{"name": "Omlegging", "offices": offices}],
            "ledger": "ledger.csv",
        }
        read = read_case(write(tmp_path, **case), norway())
        found = finding(as_json(assess(read, norway())), "R2")
        assert found["verdict"] == "not_documented"
        assert "avgjort: Tynset" in found["text"]

    def test_a_change_is_enough_where_before_and_after_are_not_public(self):
        sets = [
            {
                "name": f"{jobs} til {place}",
                "offices": [{"place": "Oslo", "jobs_change": -jobs}, {"place": place, "jobs_change": jobs}],
            }
            for place, jobs in (("Røros", 20), ("Hamar", 5))
        ]
        found = verdicts(answer(OFFICES, alternatives=sets))
        assert found["R34"] == "met"
        assert found["R15"] == "met"  # jobs go from Oslo to outside the lists
        assert found["R39"] == "not_documented"  # whether an office closes is still not known

    def test_closing_is_described(self):
        told = answer(OFFICES, access_consequences="Reisen øker", jobs_consequences="Ti flytter")
        assert verdicts(told)["R39"] == "met"

    def test_rules_carried_over_say_that_they_are(self):
        assert finding(answer(OFFICES), "R39")["status"] != "confirmed"
        assert "2022" in finding(answer(OFFICES), "R39")["carried"]
        assert finding(answer(OFFICES), "R2")["carried"] == ""

    def test_the_document_says_once_that_rules_are_carried_over(self):
        """It stood in full behind every such rule, in the annex and in the list of what to do."""
        from tyngdepunkt.analyses.location.document import location_document
        from tyngdepunkt.analyses.location.input.read import case_from_text
        from tyngdepunkt.documents.html import render

        case = case_from_text(json.dumps(OFFICES), norway())
        shown = render(location_document(assess(case, norway()), norway())).decode()
        assert shown.count("verken gjentar eller opphever") == 1


class TestOlderCases:
    def test_the_rules_of_its_own_date_are_used(self):
        assert answer(date="2017-03-01")["rules"]["version"] == "2014-11-28"
        assert answer(date="2019-11-08")["rules"]["version"] == "2019-11-08"
        assert answer(date="2022-08-12")["rules"]["version"] == "2022-08-12"
        assert not answer(date="2017-03-01")["rules"]["judged_backwards"]

    def test_named_rules_of_a_later_date_are_marked_as_backwards(self):
        document = answer(date="2012-03-01", guidelines="2022-08-12")
        assert document["rules"]["judged_backwards"]
        assert "1. mars 2012".replace(" mars", "\u00a0mars") in document["texts"]["backwards"]

    def test_both_sets_are_given_with_the_later_marked(self):
        document = answer(date="2017-03-01", also_guidelines=["2022-08-12"])
        (also,) = document["rules"]["also"]
        assert also["version"] == "2022-08-12"
        assert also["judged_backwards"]
        assert {each["rule"]: each["verdict"] for each in also["findings"]}["R16"] == "met"
        assert "R16" not in verdicts(document)
        assert document["texts"]["backwards"]

    def test_the_considerations_are_those_of_the_rule_set(self):
        assert [each["id"] for each in answer()["considerations"]] == list(CONSIDERATIONS)
        older = [each["id"] for each in answer(date="2020-03-01")["considerations"]]
        assert older == ["conditions", "location_policy", "cost_effectiveness", "effective_work"]
