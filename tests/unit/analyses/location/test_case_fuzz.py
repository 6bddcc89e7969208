"""Whatever stands in a case file, the answer is a case or a fault that can be said."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tyngdepunkt.analyses.location.input.case_schema import CaseShape
from tyngdepunkt.analyses.location.input.model import LocationCase
from tyngdepunkt.analyses.location.input.read import case_from_text
from tyngdepunkt.errors import UserError
from tyngdepunkt.places import Places
from tyngdepunkt.texts import explain_error

_WORDS = st.sampled_from(
    [
        "Hovedby",
        "Vidda",
        "0205",
        "Nesvik",
        "none",
        "auto",
        "unknown",
        "zero",
        "split",
        "2611",
        "26",
        "nb",
        "new_agency",
        "relocation",
        "structural_change",
        "2023-06-01",
        "conditions",
        "airport_minutes",
        "R17",
        "minmax",
        "",
        "ja",
    ]
)
_LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 120), st.floats(-2, 200), _WORDS, st.text(max_size=6)
)
_KEYS = st.sampled_from(
    [
        "place",
        "kind",
        "name",
        "jobs",
        "count",
        "occupation",
        "share",
        "parts",
        "offices",
        "places",
        "reason",
        "order",
        "conditions",
        "location_policy",
        "indicator",
        "min",
        "max",
        "points",
        "value",
        "from",
        "to",
        "date",
        "role",
        "weights",
        "grades",
        "anchor",
        "jobs_before",
        "jobs_after",
        "jobs_change",
        "airport_minutes",
        "R17",
        "x",
    ]
)
_ANY: st.SearchStrategy[Any] = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)
_SOUND = {
    "title": "T",
    "date": "2023-06-01",
    "trigger": "new_agency",
    "unit": {"name": "U", "jobs": 30},
    "alternatives": ["Hovedby", {"place": "Vidda"}, {"kind": "zero"}],
}
_FIELDS = [name for name in CaseShape.model_fields if name != "ledger"]


def outcome(text: str, places: Places) -> LocationCase | str:
    try:
        return case_from_text(text, places)
    except UserError as error:
        return explain_error(error, "nn")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(_FIELDS), _ANY, max_size=4))
def test_any_content_of_any_field(eksempelland: Places, broken: dict[str, Any]) -> None:
    assert outcome(json.dumps({**_SOUND, **broken}), eksempelland)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_ANY)
def test_any_alternative(eksempelland: Places, alternative: Any) -> None:
    for trigger in ("new_agency", "structural_change"):
        content = {**_SOUND, "trigger": trigger, "alternatives": ["Hovedby", alternative, "Vidda"]}
        assert outcome(json.dumps(content), eksempelland)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.integers(0, 200))
def test_a_file_that_was_cut_or_written_into(eksempelland: Places, noise: str, at: int) -> None:
    whole = json.dumps(_SOUND, indent=1)
    assert outcome(whole[:at] + noise + whole[at:], eksempelland)
    assert outcome(whole[:at], eksempelland)
