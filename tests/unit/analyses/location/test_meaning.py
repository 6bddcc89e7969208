"""What the answer must mean: the stored small cases with the right answer beside each."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from location_cases import answer, norway
from tyngdepunkt.analyses.location.as_json import as_json
from tyngdepunkt.analyses.location.assess import assess
from tyngdepunkt.analyses.location.case import case_from_text
from tyngdepunkt.errors import UserError

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
    assert one["indicators"]["access_kept"]["score"] <= other["indicators"]["access_kept"]["score"]


def test_the_shipped_tax_case_ranks_and_points_to_none():
    document = answered(EXAMPLES / "skatteetaten.yaml")
    assert len(order(document)) == 3
    assert order(document)[0] == "Kontorene i 2014"
    assert document["recommendation"] is None
