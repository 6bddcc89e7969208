"""Extent and breadth of the jobs, counted anew from the tables, for every kind of alternative."""

import numpy as np
import pytest
from scipy.stats import entropy

from location_cases import (
    BAERUM,
    BERGEN,
    HAMAR,
    OFFICES,
    OSLO,
    ROROS,
    SANDEFJORD,
    TRONDHEIM,
    TYNSET,
    answer,
    by_place,
    norway,
    of_kind,
    promised,
)

EXTENT, BREADTH = "contribution_extent", "contribution_breadth"
MARKET = "contribution_market"  # what is scored: against the larger of the region and 45 minutes


def members(code):
    return norway().regions[norway().municipalities[code].region].members


def workplaces(code):
    """Employed at workplaces in the labour-market region of a municipality, 2022."""
    known = norway().values("employed", "workplace", year=2022)
    return sum(known[each] for each in members(code))


def occupations(code):
    """Wage earners of the region by major occupation group 1–9, 2018."""
    tables = [
        norway().values("wage_earners", "persons", year=2018, occupation=group) for group in range(1, 10)
    ]
    return np.array([sum(table[each] for each in members(code)) for table in tables])


def rise(code, group, jobs):
    """Relative rise in the exponential of the Shannon entropy when jobs join one group."""
    before = occupations(code)
    after = before.copy()
    after[group - 1] += jobs
    return np.exp(entropy(after)) / np.exp(entropy(before)) - 1


def contribution(document):
    return {each["place"]: each for each in document["contribution"]}


def test_extent_is_jobs_over_employed_in_the_region():
    for code, found in contribution(promised()).items():
        assert found["extent"] == pytest.approx(42.5 / workplaces(code), rel=1e-6)
        assert found["extent_range"] == pytest.approx(
            [40 / workplaces(code), 45 / workplaces(code)], rel=1e-6
        )


def test_breadth_is_the_rise_in_the_effective_number_of_occupation_groups():
    """2422 and 2611 are both in major group 2 (academic professions)."""
    for code, found in contribution(promised()).items():
        assert found["breadth"] == pytest.approx(rise(code, 2, 42.5), rel=1e-4, abs=1e-9)
        ends = sorted(rise(code, 2, jobs) for jobs in (40, 42.5, 45))
        assert found["breadth_range"] == pytest.approx([ends[0], ends[-1]], rel=1e-4, abs=1e-9)


def test_the_same_jobs_mean_more_in_a_smaller_labour_market():
    found = contribution(answer())
    assert found[ROROS]["extent"] > 10 * found[SANDEFJORD]["extent"] > found[BERGEN]["extent"]


@pytest.mark.parametrize(
    "unit",
    [
        {"name": "Ukjent"},
        {"name": "Ukjent", "jobs": "unknown"},
        {"name": "Ukjent", "jobs": [{"occupation": "2422", "count": "unknown"}]},
    ],
)
def test_an_unknown_number_of_jobs_is_missing_and_never_zero(unit):
    document = answer(unit=unit)
    for each in document["contribution"]:
        assert each["extent"] is None
        assert each["breadth"] is None
        assert each["extent_range"] is None
    for each in document["alternatives"]:
        assert {EXTENT, BREADTH} <= set(each["missing"])
        assert not each["indicators"][EXTENT]["takes_part"]
    for title in ("rekrutteringsbehovet", "bidrag til arbeidsmarkedet", "mangel på yrkene"):
        assert title in document["texts"]["missing"]


def test_jobs_of_unknown_occupations_have_extent_and_no_breadth():
    found = contribution(answer(unit={"name": "Ukjent", "total_jobs": 40}))
    assert found[ROROS]["extent"] == pytest.approx(40 / workplaces(ROROS), rel=1e-6)
    assert found[ROROS]["breadth"] is None


MOVING = {
    "trigger": "relocation",
    "moved_from": [{"place": "Oslo", "jobs": 40}],
    "alternatives": [
        {"kind": "zero"},
        {"kind": "oslo"},
        "Røros",
        {"kind": "place_independent", "places": ["Røros", "Hamar"]},
        {"kind": "split", "parts": [{"place": "Hamar", "jobs": 10}, {"place": "Tynset", "jobs": 30}]},
    ],
}


def test_jobs_that_do_not_move_add_nothing():
    document = answer(**MOVING)
    for kind in ("zero", "oslo"):
        (found,) = [
            each
            for each in document["contribution"]
            if each["alternative"] == of_kind(document, kind)["name"]
        ]
        assert found["place"] == OSLO
        assert found["extent"] == 0
        assert found["breadth"] == 0


def test_a_neighbour_in_the_same_labour_market_gains_nothing_either():
    """Bærum shares its region with Oslo: moving across the street makes no labour market stronger."""
    found = contribution(
        answer(
            trigger="relocation", moved_from=[{"place": "Oslo", "jobs": 40}], alternatives=["Bærum", "Røros"]
        )
    )
    assert found[BAERUM]["extent"] == 0
    assert found[ROROS]["extent"] == pytest.approx(40 / workplaces(ROROS), rel=1e-6)


def test_a_split_unit_is_a_mean_by_posts_of_what_each_place_gets():
    """Shares of two labour markets are never added."""
    document = answer(**MOVING)
    split = of_kind(document, "split")
    expected = (10 * 10 / workplaces(HAMAR) + 30 * 30 / workplaces(TYNSET)) / 40
    assert split["indicators"][EXTENT]["value"] == pytest.approx(expected, rel=1e-6)
    assert split["place"] is None
    assert split["places"] == [HAMAR, TYNSET]
    independent = of_kind(document, "place_independent")
    expected = (20 / workplaces(ROROS) + 20 / workplaces(HAMAR)) / 2
    assert independent["indicators"][EXTENT]["value"] == pytest.approx(expected, rel=1e-6)


def test_what_describes_places_is_averaged_by_jobs():
    document = answer(**MOVING)
    index = {code: norway().municipalities[code].centrality_index for code in (HAMAR, TYNSET, ROROS)}
    split = of_kind(document, "split")["indicators"]["centrality"]["value"]
    assert split == pytest.approx(index[HAMAR] * 0.25 + index[TYNSET] * 0.75)
    independent = of_kind(document, "place_independent")["indicators"]["centrality"]["value"]
    assert independent == pytest.approx((index[HAMAR] + index[ROROS]) / 2)


def test_sets_of_offices_count_what_each_place_gains_and_loses():
    gathered_small, gathered_large = (each["extent"] for each in answer(OFFICES)["contribution"])
    # Tynset and Røros are labour markets of their own here; +10 and −10 do not cancel out.
    assert norway().municipalities[TYNSET].region != norway().municipalities[ROROS].region
    small = (10 / workplaces(ROROS) - 10 / workplaces(TYNSET)) / 2
    assert gathered_small == pytest.approx(small, rel=1e-6)
    expected = 20 * 20 / workplaces(TRONDHEIM) - 10 * 10 / workplaces(ROROS) - 10 * 10 / workplaces(TYNSET)
    assert gathered_large == pytest.approx(expected / 40, rel=1e-6)


def test_offices_can_be_compared_where_only_their_own_jobs_are_known():
    """The unit's total is not needed: each set says what changes where."""
    document = answer(OFFICES, unit={"name": "Prøveetaten", "jobs": "unknown"})
    small, large = document["alternatives"]
    stated = answer(OFFICES, unit={"name": "Prøveetaten", "jobs": 30})
    for found, expected in zip((small, large), stated["alternatives"], strict=True):
        assert found["indicators"][MARKET]["score"] == expected["indicators"][MARKET]["score"]
    assert small["indicators"][MARKET]["value"] > large["indicators"][MARKET]["value"]


CLOSING = {
    "trigger": "structural_change",
    "unit": {"name": "Prøveetaten", "jobs": 30},
    "alternatives": [
        {"kind": "zero", "name": "Som i dag"},
        {
            "name": "Ingen kontorer",
            "offices": [
                {"place": place, "jobs_before": 15, "jobs_after": 0} for place in ("Tynset", "Røros")
            ],
        },
        {"name": "Bare Røros", "offices": [{"place": "Røros", "jobs_before": 15, "jobs_after": 30}]},
    ],
    "weights": "none",
}


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (1, 2)])
def test_an_alternative_without_a_place_for_anybody_is_told_apart_from_the_ranked(order):
    """What describes a place describes none; the middle of the country would be a figure nobody can have."""
    document = answer(**{**CLOSING, "alternatives": [CLOSING["alternatives"][at] for at in order]})
    closing = next(each for each in document["alternatives"] if each["name"] == "Ingen kontorer")
    assert closing["why_unscored"] == "unscored.no_office"
    assert closing["rank"] is None
    assert document["recommendation"] != "Ingen kontorer"
    assert not any(each["score"] is not None or each["assumed"] for each in closing["indicators"].values())
    for key in ("recruitment_need", "unemployment", "largest_town", "cost_per_post", "contribution_lack"):
        assert closing["indicators"][key]["quality"] == "not_applicable", key
    # what the closure does is still told
    assert closing["indicators"][MARKET]["value"] < 0
    assert closing["indicators"]["access_kept"]["value"] == 0
    assert closing["access"][0]["after"] == 0
    others = [each for each in document["alternatives"] if each is not closing]
    assert sorted(each["rank"] for each in others) == list(range(1, len(others) + 1))


def test_offices_that_are_not_spoken_of_stand_and_keep_a_closure_in_the_ranking():
    """They have posts, if nobody has said how many: those figures are missing, not beside the point."""
    document = answer(**CLOSING, regional_structure=["Tynset", "Røros", "Hamar"])
    closing = next(each for each in document["alternatives"] if each["name"] == "Ingen kontorer")
    assert closing["why_unscored"] is None
    assert closing["indicators"]["unemployment"]["quality"] == "not_stated"


def test_only_events_within_the_window_count_in_the_indicators(tmp_path):
    from location_cases import write
    from tyngdepunkt.analyses.location.as_json import as_json
    from tyngdepunkt.analyses.location.assess import assess
    from tyngdepunkt.analyses.location.input.read import read_case

    rows = ["kind,agency,place,jobs,date,source"]
    rows += ["closed,Etat A,Røros,7,2020-05-01,prøve", "closed,Etat B,Røros,100,1999-05-01,prøve"]
    (tmp_path / "ledger.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    case = read_case(write(tmp_path, ledger="ledger.csv", window_years=10), norway())
    document = as_json(assess(case, norway()))
    assert by_place(document)[ROROS]["indicators"]["ledger_municipality"]["value"] == -7
    (booked,) = [each for each in document["ledger"] if each["place"] == ROROS]
    assert booked["municipality_change"] == [-7, -7]
