"""What the answer must mean: the stored small cases with the right answer beside each."""

from pathlib import Path

import pytest
import yaml

from location_cases import norway
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
