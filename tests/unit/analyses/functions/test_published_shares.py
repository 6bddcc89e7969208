"""What the papers and the annotators' own table publish, from the shares the analysis goes by."""

import csv
import importlib.util
from collections.abc import Mapping
from pathlib import Path

import pytest

from tyngdepunkt.analyses.functions.values import holgersen, shares_of
from tyngdepunkt.analyses.remote_work.shares import METHODS, group_shares
from tyngdepunkt.places import Places

REPOSITORY = Path(__file__).parents[4]
BY_GROUP = {"1": 65.7, "2": 50.7, "3": 42.5, "4": 63.0, "5": 26.7, "6": 17.0, "7": 12.0, "8": 7.0, "9": 1.7}
EXTREMES = {
    "Oppegård": 44.3, "Bærum": 43.9, "Asker": 43.3, "Oslo kommune": 42.2, "Frogn": 41.8,
    "Båtsfjord": 25.7, "Torsken": 25.7, "Sørfold": 26.9, "Stranda": 27.0, "Frøya": 27.0,
}  # fmt: skip


@pytest.fixture(scope="module")
def wage_earners(shared_data: Path) -> dict[str, float]:
    """Occupation → wage earners in Norway in 2019."""
    with (shared_data / "yrker/fjernarbeid_styrk08.csv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return {row["isco08"]: float(n) for row in rows if (n := row["lonnstakere_norge_2019"])}


def weighted(shares: Mapping[str, float], people: Mapping[str, float]) -> float:
    known = [code for code in people if code in shares]
    return sum(shares[code] * people[code] for code in known) / sum(people[code] for code in known)


def by_group(shares: Mapping[str, float], people: Mapping[str, float]) -> dict[str, float]:
    return {
        group: weighted(shares, {code: n for code, n in people.items() if code[0] == group})
        for group in BY_GROUP
    }


def test_the_script_makes_the_files_that_are_kept(shared_data: Path) -> None:
    path = REPOSITORY / "scripts" / "place_independence.py"
    spec = importlib.util.spec_from_file_location("place_independence", path)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    made = script.made(shared_data / "yrker")
    assert made == {name: (script.ROOM / name).read_text(encoding="utf-8") for name in made}


def test_annotators_say_that_37_per_cent_can_be_done_from_home(wage_earners: dict[str, float]) -> None:
    assert round(100 * weighted(holgersen(), wage_earners), 1) == 37.1
    found = group_shares()["holgersen"]
    assert {group: round(100 * share, 1) for group, share in found.items()} == BY_GROUP


@pytest.mark.parametrize("method", METHODS)
def test_the_shares_of_major_groups_are_those_of_their_occupations(
    norway: Places, wage_earners: dict[str, float], method: str
) -> None:
    shares = {code: each[method] for code, each in shares_of(norway).items() if method in each}
    assert group_shares()[method] == pytest.approx(by_group(shares, wage_earners), abs=0.0005)


@pytest.mark.parametrize(
    ("method", "within"),
    [("dingel_neiman", (46, 72, 90)), ("sostero", (51, 87, 100)), ("holgersen", (30, 72, 87))],
)
def test_how_much_of_the_variation_lies_between_groups_is_as_the_method_page_says(
    norway: Places, wage_earners: dict[str, float], method: str, within: tuple[int, int, int]
) -> None:
    shares = {code: each[method] for code, each in shares_of(norway).items() if method in each}
    mean = weighted(shares, wage_earners)
    known = {code: people for code, people in wage_earners.items() if code in shares}
    whole = sum(people * (shares[code] - mean) ** 2 for code, people in known.items())
    for digits, share in enumerate(within, 1):
        of_group = {code[:digits]: dict[str, float]() for code in known}
        for code, people in known.items():
            of_group[code[:digits]][code] = people
        between = sum(
            sum(people.values()) * (weighted(shares, people) - mean) ** 2
            for people in of_group.values()
            if sum(people.values())
        )
        assert round(100 * between / whole) == share, digits
    page = (REPOSITORY / "docs/methods/desks.md").read_text(encoding="utf-8")
    assert " | ".join(f"{share} %" for share in within) in page


def test_the_most_and_the_least_of_the_municipalities_of_2018(shared_data: Path) -> None:
    shares = group_shares()["holgersen"]
    sums: dict[str, list[float]] = {}
    with (shared_data / "yrker_kommune/lonnstakere_yrke_kommune_2018.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["lonnstakere_2018"]:
                there = sums.setdefault(row["kommune"], [0.0, 0.0])
                there[0] += float(row["lonnstakere_2018"]) * shares[row["yrke_kode"]]
                there[1] += float(row["lonnstakere_2018"])
    found = sorted(((100 * can / all_, name) for name, (can, all_) in sums.items()), reverse=True)
    ends = {name: round(share, 1) for share, name in [*found[:5], *found[-5:]]}
    assert ends == EXTREMES


@pytest.mark.parametrize(("method", "share"), [("dingel_neiman", 0.427), ("sostero", 0.367)])
def test_the_two_other_methods_for_norway(
    norway: Places, wage_earners: dict[str, float], method: str, share: float
) -> None:
    shares = {code: each[method] for code, each in shares_of(norway).items() if method in each}
    assert weighted(shares, wage_earners) == pytest.approx(share, abs=0.0005)
