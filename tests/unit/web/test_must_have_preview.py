"""Must-haves while one writes: the same outcomes as the whole measuring, and never an old answer."""

import datetime as dt
from dataclasses import replace

import pytest

from tyngdepunkt.analyses.location.assess import measure_all, tried
from tyngdepunkt.analyses.location.auto_alternatives import centres
from tyngdepunkt.places import Places
from tyngdepunkt.web.read import must_have_preview
from tyngdepunkt.workspace.drafts import Draft

NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def draft(limit: int | str) -> Draft:
    return Draft("a", 1, {"must_have": [{"indicator": "unemployment", "max": limit}]}, NOW)


@pytest.mark.parametrize(("limit", "said"), [(0, False), ("100 %", True)])
def test_must_haves_alone_have_the_outcomes_of_the_whole_measuring(
    web_places: Places, limit: int | str, said: bool
):
    case = must_have_preview.case_so_far(draft(limit).content, web_places)
    assert case is not None
    everyone = centres(web_places)
    case = replace(case, alternatives=everyone)
    found = tried(case, web_places, everyone)
    assert tuple(found) == measure_all(case, web_places).must_haves
    assert said in {each[0].passed for each in found}


def test_another_limit_in_the_same_version_has_another_answer(web_places: Places):
    all_left, none_left = (must_have_preview.survivors(draft(limit), web_places) for limit in ("100 %", 0))
    assert all_left
    assert none_left
    assert len(all_left.names) > len(none_left.names)
    assert must_have_preview.meets(draft(0), web_places, ["0301"]) == {"0301": False}
    assert must_have_preview.meets(draft("100 %"), web_places, ["0301"]) == {"0301": True}


def test_a_centre_whose_answer_is_not_known_is_counted_apart(web_places: Places):
    """Where travel to the capital is assumed, its range can lie on both sides of the limit."""
    content = {"must_have": [{"indicator": "capital_minutes", "max": 190}]}
    found = must_have_preview.survivors(Draft("a", 1, content, NOW), web_places)
    assert found
    assert found.unknown > 0
    assert found.alone == (len(found.names),)
    case = must_have_preview.case_so_far({**content, "alternatives": "auto"}, web_places)
    assert case is not None
    outcomes = tried(replace(case, alternatives=centres(web_places)), web_places, centres(web_places))
    assert [each[0].passed for each in outcomes].count(None) == found.unknown
