"""Everything that must be said of an indicator is said, in three languages, and once."""

import inspect
from importlib import import_module
from pathlib import Path

import pytest

from tyngdepunkt import rules
from tyngdepunkt.indicators import Indicator, all_indicators, docs_generator, for_rules, get
from tyngdepunkt.indicators.assumptions import assumptions
from tyngdepunkt.indicators.catalogue import find_function, read_catalogue
from tyngdepunkt.texts import read_yaml, text, texts_of

LANGUAGES = {"nb", "nn", "en"}
THEMES = (
    "recruitment",
    "access",
    "surroundings",
    "market",
    "contribution",
    "costs",
    "ledger_effect",
    "need",
    "reach_of_offices",
)
ENTRIES = {key: entry for key, entry in read_catalogue().items() if not key.startswith("_")}
VERSIONS = ("2014-11-28", "2019-11-08", "2022-08-12")

each_indicator = pytest.mark.parametrize("indicator", all_indicators().values(), ids=lambda each: each.id)


@each_indicator
def test_everything_is_said_in_three_languages(indicator: Indicator) -> None:
    for said in (indicator.title, indicator.explanation, indicator.value_reason):
        assert set(said) == LANGUAGES
        assert all(sentence.strip() for sentence in said.values())
    assert all(sentence.endswith(".") for sentence in indicator.explanation.values())


@each_indicator
def test_the_nynorsk_is_not_a_copy_of_the_bokmaal(indicator: Indicator) -> None:
    assert indicator.explanation["nn"] != indicator.explanation["nb"]


@each_indicator
def test_fields_hold_what_they_may(indicator: Indicator) -> None:
    assert indicator.unit in texts_of("indicators")["unit"]
    assert indicator.direction in {"max", "min"}
    assert indicator.aggregate in {"mean", "own", "gain", "spread", "union"}
    assert indicator.reference.strip()
    assert indicator.decimals >= 0
    assert indicator.considerations


@each_indicator
def test_points_rise_in_the_figure_and_follow_the_direction(indicator: Indicator) -> None:
    if isinstance(indicator.value, str):
        assert indicator.value in {"national", "local"}
        return
    figures, values = zip(*indicator.value, strict=True)
    assert list(figures) == sorted(set(figures))
    assert list(values) == sorted(values, reverse=indicator.direction == "min")
    assert (min(values), max(values)) == (0, 100)


@each_indicator
def test_tables_are_tables_of_the_snapshot(indicator: Indicator) -> None:
    assert set(indicator.tables) <= set(read_yaml("tyngdepunkt.places", "tables.yaml"))


def test_every_function_is_registered_once() -> None:
    registered = [entry["function"] for entry in ENTRIES.values()]
    assert len(registered) == len(set(registered))
    assert all(callable(find_function(path)) for path in registered)


def test_no_indicator_is_forgotten_in_the_catalogue() -> None:
    written = set()
    for theme in THEMES:
        module = import_module(f"tyngdepunkt.indicators.{theme}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == module.__name__ and not name.startswith("_")
            if own and list(inspect.signature(function).parameters) == ["places", "question", "codes"]:
                written.add(f"{theme}.{name}")
    assert written == {entry["function"] for entry in ENTRIES.values()}


@pytest.mark.parametrize("version", VERSIONS)
def test_considerations_are_those_of_the_rule_set(version: str) -> None:
    known = {each.id for each in rules.rule_set(version).considerations}
    used = {each.considerations[version] for each in for_rules(version)}
    assert used <= known
    assert used == known - {"mitigation"}


def test_every_encoded_rule_set_has_indicators() -> None:
    assert set(rules.versions()) == set(VERSIONS)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_consideration_has_something_scored(version: str) -> None:
    scored = {each.considerations[version] for each in for_rules(version) if each.scored}
    assert scored == {each.considerations[version] for each in for_rules(version)}


def test_for_rules_of_an_unknown_version_is_empty_and_get_knows_its_ids() -> None:
    assert for_rules("1999-01-01") == ()
    assert get("centrality").id == "centrality"
    with pytest.raises(KeyError):
        get("centrallity")


@pytest.mark.parametrize("assumption", assumptions().values(), ids=lambda each: each.id)
def test_assumptions_have_range_year_and_source(assumption: object) -> None:
    each = assumptions()[assumption.id]  # type: ignore[attr-defined]
    assert each.low <= each.middle <= each.high
    assert each.year
    for told in (each.title, each.provider, each.reference, each.note):
        assert set(told) == LANGUAGES
        assert all(told.values())
    assert each.unit in texts_of("indicators")["unit"]
    assert (
        f"{each.high * (100 if each.unit == 'share' else 1):,.0f}".replace(",", "\xa0") in each.source().query
    )


def test_published_cost_and_follow_figures_lie_in_the_ranges() -> None:
    """Luftfartstilsynet: 186 million for 148 posts, 12 followed; NKH 3 of 97; Asplan 20 %; Denmark 26 %."""
    cost, follow = assumptions()["cost_per_post"], assumptions()["follow_share"]
    assert cost.low <= 186e6 / 148 <= cost.high
    assert all(follow.low <= round(share, 2) <= follow.high for share in (3 / 97, 12 / 148, 0.20, 0.26))


def test_notes_that_functions_give_exist() -> None:
    folder = Path(docs_generator.__file__).parent
    given = {
        word.split("indicators:")[1]
        for file in folder.glob("*.py")
        for word in file.read_text(encoding="utf-8").split('"')
        if word.startswith("indicators:") and "{" not in word
    }
    plain = [key for key in given if "." not in key]
    assert all(text(f"indicators:{key}", lang, places=["A"]) for key in plain for lang in LANGUAGES)
    asked = {key.removeprefix("query.") for key in given if key.startswith("query.")}
    assert asked <= set(texts_of("indicators")["query"])
    assert "by_centre" in given


def test_the_page_in_docs_is_up_to_date() -> None:
    written = Path(__file__).parents[3] / "docs" / "indicators.md"
    assert written.read_text(encoding="utf-8") == docs_generator.page(), "run make docs"
