"""The whole answer: every figure can be followed back, and texts and figures belong together."""

import pytest

from location_cases import OFFICES, answer, assessed, norway, promised
from tyngdepunkt.indicators import all_indicators
from tyngdepunkt.texts import inside, texts_of


def test_every_source_is_listed_once_and_every_figure_refers_to_it():
    document = promised()
    sources = [tuple(sorted(each.items())) for each in document["sources"]]
    assert len(set(sources)) == len(sources)
    used = set()
    for each in document["alternatives"]:
        for name, figure in each["indicators"].items():
            assert all(1 <= number <= len(sources) for number in figure["sources"]), name
            used |= set(figure["sources"])
            if figure["quality"] in {"measured", "estimated"}:
                assert figure["sources"], name
    assert used


def test_sources_say_table_query_date_licence():
    tables = {each["name"] for each in promised()["snapshot"]["tables"]}
    for source in promised()["sources"]:
        if source["table"] in tables:
            assert source["title"]
            assert source["provider"]
            assert source["query"]
            assert source["licence"]


@pytest.mark.parametrize("lang", ["nn", "en"])
def test_sources_are_told_in_the_language_of_the_assessment(lang):
    document = promised(lang)
    described = {each["name"]: each for each in document["snapshot"]["tables"]}
    sources = [each for each in document["sources"] if each["table"] in described]
    assert len(sources) > 10
    for source in sources:
        info = norway().info(source["table"])
        told = (info.title[lang], info.date[lang], info.licence[lang], info.note[lang])
        assert (source["title"], source["date"], source["licence"], source["note"]) == told
        assert described[source["table"]]["note"] == info.note[lang]


def test_a_case_names_what_it_was_computed_with():
    document = promised()
    snapshot = norway().snapshot
    assert document["snapshot"]["id"] == snapshot.id
    assert {each["name"] for each in document["snapshot"]["tables"]} == {
        each.name for each in snapshot.tables
    }
    assert document["method_version"]
    assert document["rules"]["version"]
    assert document["robustness"]["seed"] == answer()["robustness"]["seed"]


def test_notices_travel_with_the_answer():
    """A town is taken to its municipality, and the reader is told; so is a number that has changed."""
    document = answer(alternatives=["Førde", "1201", "Røros"])
    assert len(document["notices"]) == 2
    for notice in document["notices"]:
        room, _, name = notice["key"].partition(":")
        assert {"nb", "nn", "en"} <= set(texts_of(room)[name])


def test_figures_that_are_left_out_are_named():
    text = promised()["texts"]["missing"]
    for each in promised()["indicators"]:
        missing = each["left_out"] == "indicator_out.missing_all" and all_indicators()[each["id"]].scored
        assert (inside(each["title"]["nb"]) in text) == missing


def test_nothing_is_recommended_that_is_not_first():
    for assessment in (assessed(), assessed(OFFICES), assessed(weights={"location_policy": 100})):
        assert assessment.alternative(assessment.recommendation).rank == 1
        assert (
            assessment.recommendation
            == assessment.robustness.first
            == assessment.robustness.pairwise.order[0]
        )


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_every_alternative_is_spoken_of(lang):
    assessment = assessed(
        lang=lang,
        alternatives=["Bergen", "Røros", {"kind": "zero"}, "Utsira"],
        must_have=[{"indicator": "recruitment_45", "min": 1000}],
    )
    assert set(assessment.alternative_texts) == {each.name for each in assessment.alternatives}
    for name, text in assessment.alternative_texts.items():
        assert name in text


def test_the_answer_keeps_the_case_it_was_asked():
    assessment = assessed(
        weight_log=[{"role": "Leder", "date": "2023-01-01", "weights": "none", "reason": "Start"}]
    )
    assert assessment.case.title == "Prøvesak"
    (entry,) = assessment.weight_log
    assert (entry.role, entry.reason, entry.scores_seen) == ("Leder", "Start", None)
    assert entry.weights
