"""Location cases for tests: the one the project promises to take as written, and variations of it.

Every answer is computed once per test run: assessing is pure, and many tests look at the same answer.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from tyngdepunkt.analyses.location.as_json import as_json
from tyngdepunkt.analyses.location.assess import assess
from tyngdepunkt.analyses.location.input.model import LocationCase
from tyngdepunkt.analyses.location.input.read import case_from_text
from tyngdepunkt.analyses.location.result import Assessment
from tyngdepunkt.places import Places, open_places

AS_PROMISED = """\
title: Eksempeldirektoratet (invented)
date: 2023-06-01                 # chooses the rule set, unless `guidelines: 2022-08-12` names one
trigger: new_agency              # new_agency | new_unit | relocation | closure | structural_change
unit:
  name: Eksempeldirektoratet
  jobs: [{occupation: "2422", count: 30}, {occupation: "2611", count: [10, 15]}]   # number, [low, high] or unknown
alternatives: [Bærum, "4601", Sandefjord]      # names or municipality numbers; or `auto`
largest_cities: {places: [Bergen, Trondheim, Stavanger], reason: "…"}   # a plain list is taken; the missing reason becomes a finding
oslo_area: {places: [Oslo, Bærum, Lillestrøm], reason: "…"}
decision: {place: Bærum, date: 2023-12-01, reason: "…"}        # when it is known
notified: {ministry: 2023-06-01, government: 2023-11-01}
explanations: {R17: "…"}         # a reason given for a rule that is not met
must_have: [{indicator: airport_minutes, max: 90}]
weights: none                    # none | {conditions: 30, …} | {conditions: [10, 40], …} | {order: [conditions, …]}
"""  # noqa: E501 - as it was promised, to the letter

BERGEN, SANDEFJORD, ROROS, BAERUM, OSLO, HAMAR = "4601", "3907", "5025", "3201", "0301", "3403"
TRONDHEIM, TYNSET = "5001", "3427"
CONSIDERATIONS = ("conditions", "location_policy", "cost_effectiveness", "labour_market", "mitigation")

PLAIN: dict[str, Any] = {
    "title": "Prøvesak",
    "date": "2023-06-01",
    "trigger": "new_agency",
    "unit": {"name": "Prøvetilsynet", "jobs": [{"occupation": "2422", "count": 40}]},
    "alternatives": ["Bergen", "Sandefjord", "Røros"],
    "largest_cities": {"places": ["Bergen", "Trondheim", "Stavanger"], "reason": "avtalt"},
    "oslo_area": {"places": ["Oslo", "Bærum", "Lillestrøm"], "reason": "avtalt"},
}

OFFICES: dict[str, Any] = {
    **PLAIN,
    "title": "Kontorsak",
    "trigger": "structural_change",
    "unit": {"name": "Prøveetaten", "total_jobs": 30, "jobs": [{"occupation": "3352", "count": 30}]},
    "alternatives": [
        {
            "name": "Samle i Røros",
            "offices": [
                {"place": "Røros", "jobs_before": 10, "jobs_after": 20},
                {"place": "Tynset", "jobs_before": 10, "jobs_after": 0},
                {"place": "Trondheim", "jobs_before": 10, "jobs_after": 10},
            ],
        },
        {
            "name": "Samle i Trondheim",
            "offices": [
                {"place": "Røros", "jobs_before": 10, "jobs_after": 0},
                {"place": "Tynset", "jobs_before": 10, "jobs_after": 0},
                {"place": "Trondheim", "jobs_before": 10, "jobs_after": 30},
            ],
        },
    ],
}


@cache
def norway() -> Places:
    """The embedded snapshot, opened once and kept open."""
    return open_places("embedded")


def read(base: dict[str, Any] | None = None, /, **changes: Any) -> LocationCase:
    """A case from fields; a field changed to `...` is left out. JSON is YAML, so this is a case file."""
    data = {key: value for key, value in {**(base or PLAIN), **changes}.items() if value is not ...}
    return case_from_text(json.dumps(data, ensure_ascii=False), norway())


def write(
    folder: Path, base: dict[str, Any] | None = None, /, name: str = "case.yaml", **changes: Any
) -> Path:
    """A case file in a folder, with the same rules for changes."""
    data = {key: value for key, value in {**(base or PLAIN), **changes}.items() if value is not ...}
    file = folder / name
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return file


def answer(base: dict[str, Any] | None = None, /, lang: str = "nb", **changes: Any) -> dict[str, Any]:
    """The JSON document of a case; treat it as read-only, it is shared."""
    return _answers(json.dumps({**(base or PLAIN), **changes}, default=_left_out), lang)


def assessed(base: dict[str, Any] | None = None, /, lang: str = "nb", **changes: Any) -> Assessment:
    """The assessment of a case."""
    return assess(read(base, **changes), norway(), lang)


@cache
def promised(lang: str = "nb") -> dict[str, Any]:
    """The JSON document of the case the project promises to take as written."""
    return as_json(assess(case_from_text(AS_PROMISED, norway()), norway(), lang))


def finding(document: dict[str, Any], rule: str) -> dict[str, Any]:
    """One finding; there is exactly one per rule."""
    (found,) = [each for each in document["rules"]["findings"] if each["rule"] == rule]
    return found


def verdicts(document: dict[str, Any]) -> dict[str, str]:
    """Rule → verdict."""
    return {each["rule"]: each["verdict"] for each in document["rules"]["findings"]}


def by_place(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Alternatives in a single place, by its number."""
    return {each["place"]: each for each in document["alternatives"] if each["place"]}


def of_kind(document: dict[str, Any], kind: str) -> dict[str, Any]:
    """The one alternative of a kind."""
    (found,) = [each for each in document["alternatives"] if each["kind"] == kind]
    return found


def indicator(document: dict[str, Any], name: str) -> dict[str, Any]:
    """How one indicator was used."""
    (found,) = [each for each in document["indicators"] if each["id"] == name]
    return found


def score_matrix(document: dict[str, Any]) -> tuple[list[dict[str, Any]], list[str], Any]:
    """The ranked alternatives, the considerations that weigh, and their scores from 0 to 1."""
    import numpy as np

    ranked = [each for each in document["alternatives"] if each["rank"] is not None]
    ids = list(weights_of(document))
    return ranked, ids, np.array([[each["scores"][key] for key in ids] for each in ranked]) / 100


def weights_of(document: dict[str, Any]) -> dict[str, float]:
    """The weights the ranking was made with."""
    return {each["id"]: each["weight"] for each in document["considerations"] if each["weight"] is not None}


def _left_out(value: Any) -> Any:
    if value is ...:
        return {"...": True}
    raise TypeError(value)


@cache
def _answers(written: str, lang: str) -> dict[str, Any]:
    data = {key: value for key, value in json.loads(written).items() if value != {"...": True}}
    return as_json(assess(read(data), norway(), lang))
