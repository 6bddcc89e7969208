"""Which alternatives there are, and who can be compared."""

import pytest

from location_cases import BERGEN, ROROS, SANDEFJORD, answer, by_place, norway, of_kind, read
from tyngdepunkt.analyses.location import auto_alternatives
from tyngdepunkt.analyses.location.assess import assess
from tyngdepunkt.errors import UserError
from tyngdepunkt.texts import explain_error


def test_the_centres_are_those_of_the_labour_market_regions():
    found = auto_alternatives.centres(norway())
    listed = {code for region in norway().regions.values() for code in region.centres}
    codes = {each.codes[0] for each in found}
    assert listed <= codes
    # Two regions have no centre in the list they come from; their namesakes stand in.
    assert {norway().municipalities[code].name for code in codes - listed} == {"Årdal", "Målselv"}
    assert all(len(each.codes) == 1 for each in found)
    assert len({each.name for each in found}) == len(found)  # a name can then stand for an alternative
    assert {each.kind for each in found} == {"place"}


def test_every_region_has_a_centre_among_them():
    found = {each.codes[0] for each in auto_alternatives.centres(norway())}
    assert {norway().municipalities[code].region for code in found} == set(norway().regions)


def test_auto_takes_every_centre_that_passes_and_no_other():
    document = answer(alternatives="auto", must_have=[{"indicator": "labour_market_size", "min": 60_000}])
    workplaces = norway().values("employed", "workplace", year=2022)
    large = {
        region.id
        for region in norway().regions.values()
        if sum(workplaces[code] for code in region.members) >= 60_000
    }
    expected = {code for region in large for code in norway().regions[region].centres}
    assert set(by_place(document)) == expected
    assert 5 < len(expected) < 30
    assert all(each["must_haves"][0]["passed"] for each in document["alternatives"])
    assert sorted(each["rank"] for each in document["alternatives"]) == list(range(1, len(expected) + 1))


def test_auto_with_no_centre_that_passes_is_an_error_with_a_way_out():
    case = read(alternatives="auto", must_have=[{"indicator": "airport_minutes", "max": 0}])
    with pytest.raises(UserError) as caught:
        assess(case, norway())
    (fault,) = caught.value.faults
    assert fault.key == "analyses.location:no_candidates"
    for lang in ("nb", "nn", "en"):
        assert "must_have" in explain_error(caught.value, lang)


def test_auto_takes_none_whose_demand_cannot_be_tried():
    """With no jobs there is no extent to try: nobody has passed."""
    demand = [{"indicator": "contribution_extent", "min": 0.005}]
    with pytest.raises(UserError):
        assess(read(alternatives="auto", must_have=demand, unit={"name": "Ukjent"}), norway())
    known = answer(alternatives="auto", must_have=demand)
    assert ROROS in by_place(known)
    assert BERGEN not in by_place(known)


def test_who_fails_a_must_have_is_shown_and_not_ranked():
    document = answer(must_have=[{"indicator": "recruitment_45", "min": 100_000}])
    found = by_place(document)
    assert found[ROROS]["rank"] is None
    assert found[ROROS]["why_unscored"] == "unscored.must_have"
    assert found[ROROS]["value"] is None
    assert found[ROROS]["rank_acceptability"] == []
    assert "100\u00a0000" in found[ROROS]["text"]
    assert {found[BERGEN]["rank"], found[SANDEFJORD]["rank"]} == {1, 2}
    assert found[ROROS]["indicators"]["recruitment_45"]["value"] < 100_000


def test_who_is_not_ranked_pulls_no_score_of_the_others():
    """A local scale and a missing figure must be those of the alternatives that are compared."""
    costs = {"indicators": {"airport_minutes": {"value": "minmax"}}}
    with_it = answer(must_have=[{"indicator": "recruitment_45", "min": 100_000}], **costs)
    without = answer(alternatives=["Bergen", "Sandefjord"], **costs)
    for code in (BERGEN, SANDEFJORD):
        assert by_place(with_it)[code]["scores"] == by_place(without)[code]["scores"]
    assert with_it["robustness"]["smallest_weight_change"] == without["robustness"]["smallest_weight_change"]


@pytest.mark.parametrize("kind", ["zero", "place_independent"])
def test_an_alternative_without_a_place_is_described_and_not_ranked(kind):
    alternatives = ["Bergen", "Røros", {"kind": kind, "name": "Et annet svar", **_places(kind)}]
    found = of_kind(answer(alternatives=alternatives), kind)
    if kind == "zero":
        assert found["why_unscored"] == "unscored.no_place"
        assert "Et annet svar" in found["text"]
    else:
        assert found["rank"] is not None


def _places(kind):
    return {} if kind == "zero" else {"places": ["Røros", "Tynset"]}


@pytest.mark.parametrize("unit", [{"name": "U", "total_jobs": 40}, {"name": "U"}])
def test_the_notice_counts_those_that_also_pass_the_must_haves(unit):
    document = answer(alternatives="auto", unit=unit, must_have=[{"indicator": "airport_minutes", "max": 45}])
    (said,) = [each for each in document["notices"] if "screened" in each["key"]]
    assert said["text"].startswith(f"{len(document['alternatives'])} av 164 sentre")
    assert "må-kravene" in said["text"]


def test_where_the_screen_passes_none_its_limits_are_named():
    case = read(alternatives="auto", unit={"name": "U", "total_jobs": 50_000})
    with pytest.raises(UserError) as caught:
        assess(case, norway())
    for lang in ("nb", "nn", "en"):
        assert "screen_need" in explain_error(caught.value, lang)
