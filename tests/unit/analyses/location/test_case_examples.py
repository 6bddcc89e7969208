"""The shipped examples read without fault, and say what the public sources say."""

from pathlib import Path

import pytest

from tyngdepunkt.analyses.location.input.model import LocationCase
from tyngdepunkt.analyses.location.input.read import read_case
from tyngdepunkt.places import Places
from tyngdepunkt.rules.case_facts import Trigger

FOLDER = Path(__file__).parents[4] / "examples" / "location"
NAMES = (
    "deksa",
    "eksempeldirektoratet",
    "landbruksdirektoratet",
    "norec",
    "skatteetaten",
    "valgdirektoratet",
)


def example(name: str, places: Places) -> LocationCase:
    return read_case(FOLDER / f"{name}.yaml", places)


def classes(case: LocationCase, places: Places) -> list[int | None]:
    return [places.municipalities[each.codes[0]].centrality_class for each in case.alternatives]


@pytest.mark.parametrize("name", NAMES)
def test_each_reads_without_fault(name: str, norway: Places) -> None:
    case = example(name, norway)
    assert case.stem == name
    assert case.largest_cities is not None
    assert case.largest_cities.reason
    assert case.weights.kind == "none"  # the weights of the real cases are not public


@pytest.mark.parametrize(
    ("name", "expected", "chosen"),
    [
        ("valgdirektoratet", [5, 5, 2, 2, 1], "Tønsberg"),
        ("deksa", [1, 2, 3], "Bærum"),
        ("norec", [2, 2, 5], "Sunnfjord"),
        ("landbruksdirektoratet", [4, 2, 3, 4], "Steinkjer"),
    ],
)
def test_alternatives_lie_in_the_classes_known_of_them(
    name: str, expected: list[int], chosen: str, norway: Places
) -> None:
    """The rule matrix of the cases: number of alternatives and their classes (2024 index)."""
    case = example(name, norway)
    assert classes(case, norway) == expected
    assert case.decision is not None
    assert norway.municipalities[case.decision.place].name.startswith(chosen)


def test_what_is_not_public_is_unknown(norway: Places) -> None:
    deksa = example("deksa", norway)
    assert deksa.unit.total_jobs is None
    assert deksa.notified == {}
    assert deksa.not_public
    valg = example("valgdirektoratet", norway)
    assert valg.unit.total_jobs == (30, 35)
    assert {job.count for job in valg.unit.jobs or ()} == {None}


def test_an_older_case_is_judged_by_the_rules_of_its_date_and_backwards(norway: Places) -> None:
    for name in ("norec", "landbruksdirektoratet", "skatteetaten", "valgdirektoratet"):
        case = example(name, norway)
        assert (case.rules_version, case.also_guidelines) == ("2014-11-28", ("2022-08-12",))


def test_the_tax_offices_are_a_structural_change(norway: Places) -> None:
    case = example("skatteetaten", norway)
    assert case.trigger is Trigger.STRUCTURAL_CHANGE
    proposal, decided, today = case.alternatives
    assert len(case.regional_structure) == len(today.codes) == 116
    added = {norway.resolve(name).municipality.code for name in ("Gjøvik", "Otta", "Askim", "Sandefjord")}
    assert added <= set(proposal.codes)
    assert added <= set(decided.codes)
    moved = {norway.municipalities[part.code].name: part.change(0, None, True) for part in proposal.parts}
    assert moved["Røros - Rosse"] == (-6, -6)
    assert moved["Tynset"] == (6, 6)
