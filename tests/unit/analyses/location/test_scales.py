"""What the scales must and must not do to the country's places."""

import numpy as np
import pytest

from location_cases import answer, norway, read, weights_of
from tyngdepunkt.errors import UserError

AUTO = {"alternatives": "auto", "must_have": [], "unit": {"name": "T", "total_jobs": 25}}


def ranks(values):
    return np.argsort(np.argsort(values))


def test_the_north_is_not_punished_for_lying_far_away():
    """25 jobs without occupations: within each centrality class latitude and points hardly go against.

    The 18 centres of class 3 lie at −0.35: the northern among them (Tromsø, Bodø, Alta) have grown, and a
    labour market that grows counts for less. No distance takes part in that.
    """
    document = answer(**AUTO)
    by_class: dict[int, list[tuple[float, float]]] = {}
    for each in document["alternatives"]:
        place = norway().municipalities[each["place"]]
        by_class.setdefault(place.centrality_class, []).append((place.lat, each["value"]))
    for number, found in by_class.items():
        if len(found) >= 5:
            lat, value = np.array(found).T
            assert np.corrcoef(ranks(lat), ranks(value))[0, 1] >= (-0.36 if number == 3 else -0.3)


@pytest.mark.parametrize(
    ("jobs", "passing", "first"),
    [
        (15, 142, ["Meråker", "Årdal", "Vadsø"]),
        (120, 63, ["Kragerø", "Kongsvinger", "Notodden", "Lyngdal"]),
    ],
)
def test_the_long_list_is_screened_as_an_independent_prototype_did(jobs, passing, first):
    unit = {"name": "T", "jobs": [{"occupation": "2422", "count": jobs}]}
    document = answer(**{**AUTO, "unit": unit})
    assert len(document["alternatives"]) == passing
    ranked = sorted(document["alternatives"], key=lambda each: each["rank"])
    assert [each["name"] for each in ranked[: len(first)]] == first
    (said,) = [each for each in document["notices"] if each["key"].endswith("auto_screened")]
    assert said["values"]["passed"] == passing


def test_a_named_place_is_never_screened():
    unit = {"name": "T", "jobs": [{"occupation": "2422", "count": 400}]}
    document = answer(alternatives=["Vadsø", "Utsira"], unit=unit)
    assert all(each["rank"] for each in document["alternatives"])


def test_conditions_and_cost_no_longer_say_the_same():
    """Reach was counted in both, and they went together at 0.98."""
    document = answer(**AUTO)
    scores = [[each["scores"][key] for key in weights_of(document)] for each in document["alternatives"]]
    keys = list(weights_of(document))
    matrix = np.corrcoef(np.array(scores).T)
    assert matrix[keys.index("conditions"), keys.index("cost_effectiveness")] < 0.7


def test_one_lost_job_does_not_turn_a_case(tmp_path):
    from location_cases import write
    from tyngdepunkt.analyses.location.as_json import as_json
    from tyngdepunkt.analyses.location.assess import assess
    from tyngdepunkt.analyses.location.input.read import read_case

    def values(jobs):
        rows = ["kind,agency,place,jobs,date,source"]
        rows += [f"closed,Etat A,Narvik,{jobs},2020-05-01,prøve", "closed,Etat B,Alta,1,2020-05-01,prøve"]
        (tmp_path / "ledger.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        places = ["Narvik", "Steinkjer", "Notodden"]
        covers = {"from": "2000-01-01", "to": "2023-12-31"}
        fields = {"ledger": "ledger.csv", "alternatives": places, "ledger_covers": covers}
        case = read_case(write(tmp_path, **fields), norway())
        return {each["name"]: each["value"] for each in as_json(assess(case, norway()))["alternatives"]}

    one, two = values(1), values(2)
    assert 0 < two["Narvik"] - one["Narvik"] < 0.1
    assert [two[name] == one[name] for name in ("Steinkjer", "Notodden")] == [True, True]


def test_a_swing_is_between_the_two_ends_of_the_country():
    """No alternative scores outside, and the named places score what is said when they are listed."""
    unit = {"name": "T", "jobs": [{"occupation": "2422", "count": 40}]}
    document = answer(unit=unit)
    ends = {each["id"]: each["swing"] for each in document["considerations"] if each["swing"]}
    assert set(ends) == set(weights_of(document))
    codes = sorted({end["place"] for swing in ends.values() for end in swing.values()})
    listed = answer(unit=unit, alternatives=codes)
    found = {each["place"]: each["scores"] for each in listed["alternatives"]}
    for key, swing in ends.items():
        for end in swing.values():
            assert found[end["place"]][key] == pytest.approx(end["score"], abs=1e-6)
        for each in (*document["alternatives"], *listed["alternatives"]):
            assert swing["lowest"]["score"] - 1e-6 <= each["scores"][key] <= swing["highest"]["score"] + 1e-6


def test_a_case_can_set_the_assumptions_and_they_are_printed():
    unit = {"name": "T", "jobs": [{"occupation": "2422", "count": 400}]}
    plain, own = (
        answer(alternatives=["Alta", "Hamar"], unit=unit, assumptions=each)
        for each in ({}, {"recruits_per_job": 10, "usable_professionals": "99 %"})
    )
    before, after = (
        each["alternatives"][0]["indicators"]["recruitment_need"]["value"] for each in (plain, own)
    )
    assert after == pytest.approx(4 * before)
    titles = [source["title"] for source in own["sources"]]
    assert any("som hver stilling krever" in title for title in titles)


@pytest.mark.parametrize("period", [0, [0, 10], "0"])
def test_a_cost_is_not_spread_over_no_years(period):
    with pytest.raises(UserError) as caught:
        read(assumptions={"cost_period": period})
    assert [each.key for each in caught.value.faults] == ["analyses.location.input:not_positive"]


def test_a_rent_belongs_to_the_alternative_it_is_written_under():
    """Another alternative in the same place has its own rent, and turns nothing."""
    rented = {"name": "H1", "place": "Hamar", "rent_per_m2": 1000}
    parts = [{"place": "Hamar", "rent_per_m2": 4000}, {"place": "Gjøvik", "rent_per_m2": 10}]
    split = {"name": "Delt", "kind": "split", "parts": parts}
    alone, beside = (
        {each["name"]: each["value"] for each in answer(alternatives=listed)["alternatives"]}
        for listed in ([rented, "Sandefjord"], [rented, "Sandefjord", split])
    )
    assert {name: beside[name] for name in alone} == pytest.approx(alone, abs=1e-9)


def test_grades_of_some_alternatives_are_said_to_hang_on_the_list():
    graded = {"place": "Røros", "grades": {"mitigation": {"value": 90, "anchor": "Plan"}}}
    assert "karakter bare til noen" in answer(alternatives=["Bergen", graded])["texts"]["leave_out"]
    assert "er den samme om" in answer(alternatives=["Bergen", "Røros"])["texts"]["leave_out"]
