"""The facts a document shows of a place, each a figure with its source or a name."""

from tyngdepunkt.figures import Figure, Quality
from tyngdepunkt.indicators import place_facts
from tyngdepunkt.places import Places
from tyngdepunkt.texts import text


def test_facts_of_a_joint_centre(eksempelland: Places) -> None:
    facts = place_facts(eksempelland, "0201")
    assert facts["name"] == "Storvik"
    assert facts["role"] == "indicators:role.joint_centre"
    figures = {key: fact.value for key, fact in facts.items() if isinstance(fact, Figure)}
    assert figures["population"] == 40_000
    assert figures["centrality_class"] == 3
    assert figures["region_members"] == 3
    assert figures["town_persons"] == 38_000


def test_every_fact_has_a_title_and_every_figure_a_source_and_unit(eksempelland: Places) -> None:
    for code in eksempelland.municipalities:
        for key, fact in place_facts(eksempelland, code).items():
            for language in ("nb", "nn", "en"):
                assert text(f"indicators:fact.{key}", language)
            if isinstance(fact, Figure):
                assert fact.sources
                assert text(f"indicators:unit.{fact.unit}", "nn")


def test_what_is_not_there_is_missing_and_has_no_name(eksempelland: Places) -> None:
    facts = place_facts(eksempelland, "0304")
    town, work = facts["town_persons"], facts["workplaces"]
    assert isinstance(town, Figure)
    assert isinstance(work, Figure)
    assert town.quality is work.quality is Quality.MISSING
    assert "largest_town" not in facts
