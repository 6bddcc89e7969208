"""Sentences and cells that were untrue in some case, each beside the case it was untrue in."""

from pathlib import Path
from typing import Any

import pytest

from location_assessment import country, variation
from location_cases import OFFICES, answer, assessed, finding, norway
from tyngdepunkt import texts
from tyngdepunkt.analyses.location.as_json import as_json
from tyngdepunkt.analyses.location.assess import assess
from tyngdepunkt.analyses.location.document.annex import method
from tyngdepunkt.analyses.location.document.effects import consideration, scores
from tyngdepunkt.analyses.location.document.note import affected
from tyngdepunkt.analyses.location.document.opening import alternatives
from tyngdepunkt.analyses.location.document.pictures import MOST_POINTS, overview
from tyngdepunkt.analyses.location.document.view import View
from tyngdepunkt.analyses.location.input.read import read_case
from tyngdepunkt.analyses.location.result import AlternativeResult, Assessment
from tyngdepunkt.documents.document import Paragraph, Section, Terms

NOBODY = {"must_have": [{"indicator": "airport_minutes", "max": 1}], "decision": ..., "weights": "none"}

GIVEN = {"conditions": 30, "location_policy": 40, "cost_effectiveness": 20, "labour_market": 10}


def national(assessment: Assessment) -> View:
    return View.of(assessment, norway())


def written(section: Section) -> str:
    return "\n".join(block.text for block in section.blocks if isinstance(block, Paragraph))


def named(view: View, name: str) -> AlternativeResult:
    return next(item for item in view.everyone if item.name == name)


def offices(name: str, *changes: tuple[str, Any, Any]) -> dict[str, Any]:
    parts = [{"place": place, "jobs_before": before, "jobs_after": after} for place, before, after in changes]
    return {"name": name, "offices": parts}


def closure(**changes: Any) -> Assessment:
    """Three offices with a zero alternative; one may close, or it is not known how many stay."""
    three = [
        offices("Legg ned Tynset", ("Røros", 10, 20), ("Tynset", 10, 0), ("Trondheim", 10, 10)),
        offices("Uvisst", ("Røros", 10, "unknown"), ("Tynset", 10, 10), ("Trondheim", 10, 10)),
        {"kind": "zero", "name": "Som i dag"},
    ]
    return assessed(OFFICES, trigger="closure", alternatives=three, **changes)


def test_where_nobody_passes_that_is_the_reason_and_the_figures_are_pointed_to():
    view = View.of(variation(**NOBODY), country())
    assert "fordi ingen av dem oppfyller" in view.ready("recommendation")
    assert written(scores.section(view)).endswith("viser de tallene som finnes.")
    leads = [written(section).split("\n")[0] for section in consideration.sections(view)[:2]]
    assert all(lead.startswith("Ingen alternativer er rangert") for lead in leads)


def test_a_figure_that_is_only_shown_is_not_said_not_to_apply_where_nobody_is_ranked():
    outs = {each.indicator.id: each.why_out for each in variation(**NOBODY).indicators}
    assert outs["centrality"] == "indicator_out.shown_only"


@pytest.mark.parametrize(
    ("changes", "key"), [(NOBODY, "ingen vekter å svare for"), ({}, "Alle vekter er prøvd")]
)
def test_weights_are_said_to_be_tried_only_where_some_are_ranked(changes, key):
    found = variation(**{"weights": "none", "weight_log": ..., **changes}).findings
    (told,) = [each.text for each in found if each.rule == "R24"]
    assert key in told


@pytest.mark.parametrize("weights", ["none", GIVEN])
def test_weights_the_case_gives_do_not_vary_with_the_rest(weights):
    told = variation(weights=weights, weight_log=...).texts["joint"]
    assert ("vektene saken åpner for" in told) == (weights == "none")


@pytest.mark.parametrize(
    ("changes", "drawn"),
    [({"weights": "none"}, "alle saken åpner for"), ({"weights": GIVEN}, "alle som finnes"), (NOBODY, "")],
)
def test_the_weights_that_were_drawn_are_told_as_they_were(changes, drawn):
    steps = method._steps(View.of(variation(**{"weight_log": ..., **changes}), country())).blocks[0].items
    told = [step for step in steps if "sett av vekter" in step]
    assert len(told) == bool(drawn)
    assert all(drawn in step for step in told)


def test_the_posts_that_leave_their_office_are_counted_where_they_are_known():
    view = national(closure())
    cells = {item.name: affected._staff(view, item) for item in view.everyone}
    assert cells["Legg ned Tynset"] == "arbeidsplasser som flyttes eller faller bort: 10"
    assert cells["Uvisst"] == "ikke oppgitt hvor mange som berøres"
    assert cells["Som i dag"] == "ingen flyttes"


def test_a_set_of_offices_that_moves_nothing_moves_nobody():
    kept = offices("Behold", ("Røros", 10, 10), ("Tynset", 10, 10))
    one = offices("Flytt", ("Røros", 10, 5), ("Tynset", 10, 15))
    view = national(assessed(OFFICES, alternatives=[kept, one]))
    assert affected._staff(view, named(view, "Behold")) == "ingen flyttes"


def test_the_existing_offices_are_not_missed_where_every_alternative_is_made_of_them():
    found = [b for b in alternatives._others(national(closure())) if isinstance(b, Terms)]
    assert "Eksisterende kontorer" not in [name for block in found for name, _ in block.pairs]
    view = View.of(variation(), country())
    (asked,) = [block for block in alternatives._others(view) if isinstance(block, Terms)]
    assert "Eksisterende kontorer" in [name for name, _ in asked.pairs]


def test_what_the_jobs_mean_counts_as_computed_only_for_every_place_that_changes():
    known = [
        offices("A", ("Røros", 10, 20), ("Tynset", 10, 0)),
        offices("B", ("Røros", 10, 0), ("Tynset", 10, 20)),
    ]
    half = [known[0], offices("B", ("Røros", "unknown", 0), ("Tynset", 10, "unknown"))]
    verdicts = [finding(answer(OFFICES, alternatives=each), "R1")["verdict"] for each in (known, half)]
    assert verdicts == ["needs_judgement", "not_documented"]


def test_points_that_rest_on_missing_figures_are_said_to():
    known = national(assessed(OFFICES))
    assert not any(item.assumed for item in known.ranked)
    assert not any("midt i landet" in written(each) for each in consideration.sections(known))
    half = [{"kind": "zero"}, offices("B", ("Røros", "unknown", "unknown"), ("Tynset", "unknown", 0))]
    view = national(assessed(OFFICES, trigger="closure", alternatives=half))
    assert any(item.assumed for item in view.ranked)
    assert any(
        "Tall mangler og er regnet som midt i landet" in written(s) for s in consideration.sections(view)
    )


def test_the_map_says_how_many_of_the_places_it_shows():
    codes = sorted(norway().municipalities)[: MOST_POINTS + 3]
    many = offices("Mange", *((code, 1, 1) for code in codes[:-1]), (codes[-1], 1, 0))
    view = national(assessed(OFFICES, alternatives=[many, {"kind": "zero"}]))
    (picture,) = overview(view)
    assert f"{MOST_POINTS} av de {len(codes)} stedene" in picture.alt
    (picture,) = overview(national(closure()))
    assert picture.alt.startswith("Kart over Norge med stedene i alternativene:")


def test_a_town_is_taken_to_its_municipality_by_the_name_documents_use():
    case = assessed(alternatives=["Mo i Rana", "Bodø", "Alta"])
    told = [texts.text(each.key, "nb", **each.values) for each in case.notices]
    assert [each for each in told if "Mo i Rana" in each] == [
        "Mo i Rana ligger i kommunen Rana (1833) og regnes som den kommunen."
    ]


def test_the_note_of_a_figure_comes_with_what_its_sentence_takes():
    case = read_case(Path(__file__).parents[5] / "examples" / "location" / "skatteetaten.yaml", norway())
    read = as_json(assess(case, norway(), "nb"))["alternatives"]
    found = [each for item in read for each in item["indicators"].values()]
    noted = [each for each in found if each["note"]]
    assert any(each["note_values"] for each in noted)
    for each in noted:
        assert texts.text(each["note"], "nb", **each["note_values"]).endswith(".")
    assert all(each["note_values"] == {} for each in found if not each["note"])
