"""What the answer must mean: the stored small cases with the right answer beside each."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from location_cases import answer, norway
from tyngdepunkt.analyses.location.as_json import as_json
from tyngdepunkt.analyses.location.assess import assess
from tyngdepunkt.analyses.location.input.read import case_from_text
from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs.indicator_limits import limit

EXAMPLES = Path(__file__).parents[4] / "examples" / "location"


@pytest.fixture(scope="module")
def stored(shared_data: Path) -> Path:
    return shared_data.parent / "cases" / "meaning"


def answered(file: Path, **changes):
    fields = {**yaml.safe_load(file.read_text(encoding="utf-8")), **changes}
    return as_json(
        assess(case_from_text(yaml.safe_dump(fields, allow_unicode=True), norway(), file), norway())
    )


def order(document):
    ranked = [each for each in document["alternatives"] if each["rank"] is not None]
    return [each["name"] for each in sorted(ranked, key=lambda each: each["rank"])]


def test_a_missing_figure_passes_no_must_have(stored):
    file = stored / "04-missing-passes-a-must-have.yaml"
    with pytest.raises(UserError) as caught:  # 30 of a share is 3,000 %
        answered(file)
    assert "30 %" in str(caught.value.faults[0].values)
    document = answered(file, must_have=[{"indicator": "education_share", "min": "30 %"}])
    passed = {each["name"]: each["must_haves"][0]["passed"] for each in document["alternatives"]}
    assert passed == {"Færder": None, "Larvik": None, "Rauma": False, "Senja": False}
    assert document["recommendation"] is None
    assert "ikke kjent" in document["texts"]["recommendation"]


def test_one_more_place_turns_no_order(stored):
    file = stored / "05-one-more-place-turns-the-order.yaml"
    before = answered(file)
    after = answered(file, alternatives=["Tokke", "Oslo", "Ullensvang", "Stranda"])
    assert [name for name in order(after) if name != "Stranda"] == order(before)


@pytest.mark.parametrize("name", ["landbruksdirektoratet", "valgdirektoratet"])
def test_the_shipped_cases_keep_their_order_with_one_more_place(name):
    file = EXAMPLES / f"{name}.yaml"
    listed = yaml.safe_load(file.read_text(encoding="utf-8"))["alternatives"]
    before, after = answered(file), answered(file, alternatives=[*listed, "Ålesund"])
    assert [each for each in order(after) if each != "Ålesund"] == order(before)


def test_two_ranked_alternatives_show_no_coefficient(stored):
    document = answered(stored / "02-met-by-an-unrelated-row.yaml")
    assert document["conflicts"] == []
    assert len(document["trade_offs"]) == 1


def test_closing_offices_never_widens_access(stored):
    """Recomputed as a union: 1,035,124 residents within the hour today, 762,642 then; 272,482 lose."""
    document = answered(stored / "01-closure-widens-access.yaml")
    closing, today = document["alternatives"]
    within = {each["minutes"]: each for each in closing["access"]}
    assert (within[60]["before"], within[60]["after"], within[60]["lose"]) == (1_035_124, 762_642, 272_482)
    assert within[90]["lose"] == 411_770
    assert sum(each["lose"] for each in within[60]["regions"]) == within[60]["lose"]
    assert within[60]["worst_longer"] > within[60]["median_longer"] > 60
    assert [each["lose"] for each in today["access"]] == [0, 0]
    assert closing["indicators"]["users_60"]["value"] == 762_642
    assert order(document)[0] == "Dagens kontorer"
    vadso = next(each for each in closing["changes"] if each["name"] == "Vadsø")
    assert vadso["jobs"] == [-9, -9]
    assert vadso["of_region"][0] == pytest.approx(-9 / 3164, rel=1e-4)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(["0301", "3403", "3427", "5001", "5025", "4601", "5607", "1506"]),
        min_size=2,
        max_size=6,
        unique=True,
    ),
    st.data(),
)
def test_closing_one_more_office_never_lets_more_people_reach_one(codes, data):
    closed = data.draw(st.sets(st.sampled_from(codes), min_size=1))
    fewer = data.draw(st.sets(st.sampled_from(sorted(closed)), max_size=len(closed) - 1))

    def alternative(name, gone):
        jobs = [{"place": code, "jobs_before": 10, "jobs_after": 0 if code in gone else 10} for code in codes]
        return {"name": name, "offices": jobs}

    document = answer(
        trigger="closure",
        unit={"name": "T", "jobs": 10 * len(codes)},
        alternatives=[alternative("Færre", closed), alternative("Flere", fewer)],
    )
    one, other = document["alternatives"]
    for name in ("access_kept", "users_60", "users_90"):
        assert one["indicators"][name]["value"] <= other["indicators"][name]["value"]
    if one["why_unscored"] is None:  # a set that closes every office is not scored
        assert one["indicators"]["access_kept"]["score"] <= other["indicators"]["access_kept"]["score"]
    assert (one["why_unscored"] is not None) == (closed == set(codes))


def test_the_shipped_tax_case_ranks_and_points_to_none():
    document = answered(EXAMPLES / "skatteetaten.yaml")
    assert len(order(document)) == 3
    assert order(document)[0] == "Kontorene i 2014"
    assert document["recommendation"] is None


def verdict(document, rule):
    return next(each["verdict"] for each in document["rules"]["findings"] if each["rule"] == rule)


def test_a_row_about_another_place_meets_nothing(stored):
    """The ledger has one row, about Narvik: it says nothing of the three towns that lose."""
    file = stored / "02-met-by-an-unrelated-row.yaml"
    document = answered(file)
    for rule in ("R2", "R35"):
        assert verdict(document, rule) == "not_documented"
    assert all(not each["known"] for each in document["ledger"])
    covers = {"from": "2000-01-01", "to": "2023-12-31"}
    assert verdict(answered(file, ledger_covers=covers), "R2") == "met"
    for partly in (
        {**covers, "places": ["Narvik"]},
        {"from": "2020-01-01", "to": "2023-12-31"},
        {**covers, "agencies": ["Politiet"]},
    ):
        assert verdict(answered(file, ledger_covers=partly), "R2") == "not_documented"


def test_one_lost_job_decides_nothing(stored):
    """A case of 120 jobs: the row of one job turns neither the order nor, uncovered, any value."""
    file = stored / "03-one-lost-job-decides.yaml"
    without, undeclared = answered(file, ledger=[]), answered(file)
    assert order(without) == order(undeclared)
    covers = {"from": "2000-01-01", "to": "2024-12-31"}
    declared = answered(file, ledger_covers=covers)
    narvik = {each["name"]: each for each in declared["alternatives"]}["Narvik"]
    assert narvik["indicators"]["ledger_change"]["value"] == pytest.approx(-0.1, abs=0.02)
    assert narvik["indicators"]["ledger_change"]["score"] == pytest.approx(0.505, abs=0.002)


@pytest.mark.parametrize("indicator", ["unemployment", "education_share"])
@pytest.mark.parametrize("written", [1, 1.0, "1", "1,0", " 1 "])
def test_a_bare_one_on_a_share_that_no_place_reaches_is_asked_about(indicator: str, written: object) -> None:
    with pytest.raises(UserError) as caught:
        limit(written, indicator)
    assert [fault.key for fault in caught.value.faults] == ["inputs:share_one_in_doubt"]
    sure = ("1 %", "100 %", 0.3, "30 prosent", 0.99)
    assert [limit(each, indicator) for each in sure] == [0.01, 1, 0.3, 0.3, 0.99]


def test_the_zero_alternative_of_a_closure_is_made_from_the_jobs_of_today():
    sets = [
        {"name": "Slå sammen", "offices": [_office("Røros", 6, 0), _office("Trondheim", 40, 46)]},
        {"name": "Flytt ut", "offices": [_office("Røros", 6, 16), _office("Steinkjer", 0, 10)]},
    ]
    case = {"title": "X", "date": "2026-01-01", "trigger": "closure", "unit": {"name": "T", "jobs": 46}}
    text = yaml.safe_dump({**case, "alternatives": [{"kind": "zero"}, *sets]}, allow_unicode=True)
    answer = assess(case_from_text(text, norway()), norway(), "nb")
    zero = answer.alternatives[0]
    assert {norway().municipalities[code].name.partition(" ")[0] for code in zero.places} == {
        "Røros",
        "Trondheim",
    }
    assert zero.rank is not None
    assert all((change.lose, change.gain) == (0, 0) for change in zero.access)
    assert [change.jobs for change in zero.changes] in ([], [(0, 0), (0, 0)])


def _office(place, before, after):
    return {"place": place, "jobs_before": before, "jobs_after": after}


def test_two_considerations_that_measure_the_same_are_told_of():
    counted = {
        "users_60": {"weight": 50, "reason": "Prøve"},
        "recruitment_60": {"weight": 50, "reason": "Prøve"},
    }
    told = answer(alternatives=["Bergen", "Røros", "Hamar"], indicators=counted)
    pairs = {each["id"]: [other["id"] for other in each["alike"]] for each in told["considerations"]}
    assert "cost_effectiveness" in pairs["conditions"]
    assert "conditions" in pairs["cost_effectiveness"]
    assert "teller derfor to ganger" in told["texts"]["alike"]
    assert answer(alternatives=["Bergen", "Røros", "Hamar"])["texts"]["alike"] == ""
