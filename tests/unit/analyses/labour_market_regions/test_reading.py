"""Reading flows and pairs: what is right is read, and everything that is wrong is said at once."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tyngdepunkt.analyses.contract import Brought
from tyngdepunkt.analyses.labour_market_regions.load_flows import read_flows, read_neighbours, read_travel
from tyngdepunkt.analyses.labour_market_regions.pairs import SHOWN
from tyngdepunkt.analyses.labour_market_regions.parameters import Commuting, thresholds_of
from tyngdepunkt.errors import Fault, Faults, UserError
from tyngdepunkt.texts import explain_error

GOOD = "from,to,persons\n10,10,50\n10,9,5\n9,9,20\n9,10,7\n"


def written(folder: Path, text: str, name: str = "flows.csv") -> Brought:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Brought.from_path(path)


def found(read: Callable[[Faults], object]) -> list[tuple[str, str]]:
    """(kind, line) of every fault; each must be sayable in all three languages."""
    faults = Faults()
    read(faults)
    every: list[Fault] = list(faults)
    for lang in ("nb", "nn", "en"):
        assert explain_error(UserError(*every), lang).count("→") == len(every)
    return [(f.key.partition(":")[2], f.where.rpartition(" ")[2] if "line" in f.where else "") for f in every]


def faults_in(folder: Path, text: str) -> list[tuple[str, str]]:
    return found(lambda faults: read_flows(written(folder, text), faults))


def good(folder: Path, text: str = GOOD) -> Commuting:
    faults = Faults()
    table = read_flows(written(folder, text), faults)
    faults.raise_if_any()
    return table


def test_flows_are_read_in_the_order_of_numbers(tmp_path: Path) -> None:
    table = good(tmp_path)
    assert table.places == ("9", "10")
    assert table.flows.matrix.toarray().tolist() == [[20, 7], [5, 50]]
    assert table.notices == ()


def test_names_are_ordered_as_text_and_codes_keep_their_zeros(tmp_path: Path) -> None:
    assert good(tmp_path, "from,to,persons\n0301,0301,3\n").places == ("0301",)
    assert good(tmp_path, "from,to,persons\nB,B,1\nA,A,1\n10,10,1\n").places == ("10", "A", "B")


def test_semicolons_spaces_byte_order_marks_and_other_orders_of_columns_are_taken(tmp_path: Path) -> None:
    table = good(tmp_path, "\ufeffpersons; to;from\r\n1,5 ; A;A\r\n\r\n")
    assert table.places == ("A",)
    assert table.flows.living.tolist() == [1.5]
    assert [notice.key for notice in table.notices] == ["not_delineable", "fractions"]


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    text = "from,to,persons,note\nA,A,5,x\nA,B,-3,x\nA,A,6,x\nB,A,many,x\nB,B,1e99,x\nA\n,B,2,x\nC,A,4,x\n"
    assert faults_in(tmp_path, text) == [
        ("negative", "3"),
        ("duplicate", "4"),
        ("not_a_number", "5"),
        ("shortened_number", "6"),
        ("lone_cell", "7"),
        ("no_place", "8"),
        ("one_sided", ""),
        ("missing_diagonal", ""),
    ]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("from,to\nA,B\n", ["missing_column"]),
        ("from,to,persons,to\nA,A,1,B\n", ["column_twice"]),
        ("from,to,persons\n", ["no_rows"]),
        ("from,to,persons\nA,A,0\n", ["no_persons"]),
        ("from,to,persons\nA,A,1\nB,A,1\nA,B,1\n", ["missing_diagonal"]),
        ("from,to,persons\nA,A,1\nA,B,1\n", ["one_sided", "missing_diagonal"]),
        ("from,to,persons\nA,A,nan\n", ["not_a_number"]),
        ("from,to,persons\nA,A,\n", ["not_a_number"]),
    ],
)
def test_each_fault_alone(tmp_path: Path, text: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in faults_in(tmp_path, text)] == kinds


def test_of_very_many_faults_the_first_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    text = "from,to,persons\n" + "A,A,1\n" * (SHOWN + 6)
    told = faults_in(tmp_path, text)
    assert [kind for kind, _ in told] == ["duplicate"] * SHOWN + ["more_faults"]


def test_a_file_that_is_wrong_in_row_after_row_is_not_read_to_its_end(tmp_path: Path) -> None:
    file = written(tmp_path, "from,to,persons\n" + "".join(f"A,{i},many\n" for i in range(5000)))
    with pytest.raises(UserError) as caught:
        read_flows(file, Faults())
    assert [fault.key.partition(":")[2] for fault in caught.value.faults] == [
        *["not_a_number"] * SHOWN,
        "more_faults",
        "too_many_faults",
    ]


def test_a_place_said_to_be_empty_is_no_fault_but_is_said(tmp_path: Path) -> None:
    table = good(tmp_path, GOOD + "8,8,0\n8,9,0\n9,8,3\n")
    assert [(n.key, n.values["places"]) for n in table.notices] == [("not_delineable", ["8"])]


def test_travel_times_hold_both_ways_unless_both_are_given(tmp_path: Path) -> None:
    table = good(tmp_path, GOOD + "8,8,4\n8,9,2\n8,10,2\n")
    faults = Faults()
    file = written(tmp_path, "from,to,minutes\n9,10,30\n10,9,40\n9,8,12.5\n7,8,3\n", "t.csv")
    minutes, notices = read_travel(file, table, faults)
    assert not faults
    assert minutes.tolist() == [[0, 12.5, np.inf], [12.5, 0, 30], [np.inf, 40, 0]]
    assert [n.key for n in notices] == ["unknown_places", "no_time"]
    assert notices[1].values == {"pairs": 1, "persons": 2.0}


def test_faults_of_travel_times(tmp_path: Path) -> None:
    table = good(tmp_path)
    file = written(tmp_path, "from,to,hours\n9,10,1\n", "t.csv")
    assert found(lambda faults: read_travel(file, table, faults)) == [("missing_column", "1")]
    file = written(tmp_path, "from,to,minutes\n9,10,-1\n9,10,3\n", "t.csv")
    assert [k for k, _ in found(lambda faults: read_travel(file, table, faults))] == ["negative", "duplicate"]


def test_neighbours_are_pairs_and_islands_are_named(tmp_path: Path) -> None:
    table = good(tmp_path, GOOD + "8,8,4\n8,9,2\n9,8,2\n")
    faults = Faults()
    file = written(tmp_path, "from,to\n10,9\n9,9\n", "n.csv")
    pairs, notices = read_neighbours(file, table, faults)
    assert not faults
    assert pairs == ((2, 1),)
    assert [(n.key, n.values["places"]) for n in notices] == [("no_neighbours", ["8"])]


LONG = "from,to,persons\nA,A,50\nA,B,5\nB,A,7\nB,B,1200\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LONG, []),
        (LONG.replace("from,to,persons", "Bosted,Arbeidssted,Antall"), []),
        (LONG.replace("from,to,persons", "community_live,community_work,amount"), []),
        (
            LONG.replace("from,to,persons", "From,TO,Persons")
            .replace(",", "\t")
            .replace("1200", "1\u00a0200"),
            [],
        ),
        ("bosted;arbeidssted;år;pendlere 2022\nA;A;2022;50\nA;B;2022;5\nB;A;2022;7\nB;B;2022;1 200\n", []),
        (LONG.replace("\n", ",x\n").replace("persons,x", "persons,note"), ["ignored_columns"]),
        (
            "Pendling\n\n" + LONG + "I alt,I alt,1262\n\nKilde: en bok\n",
            ["headings_in_line", "notes_left_out", "totals_left_out"],
        ),
        ("bosted \\ arbeidssted;A;B\nA;50;5\nB;7;1200\n", ["square"]),
        ("arbeidssted;A;B\nA;50;7\nB;5;1200\n", ["square"]),
        (";A;B;Sum\nA;50;5;55\nB;7;1200;1207\nSum;57;1205;1262\n", ["square_assumed", "totals_left_out"]),
        (";arbeidssted;\nbosted;A;B\nA;50;5\nB;7;1 200\n", ["square"]),
    ],
)
def test_the_same_flows_however_they_are_written(tmp_path: Path, text: str, told: list[str]) -> None:
    table = good(tmp_path, text)
    assert table.places == ("A", "B")
    assert table.flows.matrix.toarray().tolist() == [[50, 5], [7, 1200]]
    assert [notice.key.rpartition(".")[2] for notice in table.notices] == told


def test_a_blank_in_a_square_is_a_pair_that_is_not_there(tmp_path: Path) -> None:
    assert faults_in(tmp_path, ";A;B\nA;50;5\nB;7;\n") == [("missing_diagonal", "")]
    assert faults_in(tmp_path, ";A;B\nA;50;..\nB;7;3\n") == [("not_a_number", "2")]


def test_what_is_in_doubt_is_asked_about(tmp_path: Path) -> None:
    text = "from;to;persons\nA;A;1.234\nA;B;1\nB;A;2\nB;B;3\n"
    assert faults_in(tmp_path, text) == [("thousands_in_doubt", "2")]
    text = "from;to;year;persons\nA;A;2021;1\nA;A;2022;1\n"
    assert faults_in(tmp_path, text) == [("several_years", "1")]


def test_the_stored_flows_of_brindisi_are_read_as_they_are(shared_data: Path) -> None:
    faults = Faults()
    table = read_flows(Brought.from_path(shared_data / "lma" / "Brindisi_flows.csv"), faults)
    assert not faults
    assert (len(table.places), table.notices) == (20, ())


def test_a_file_that_cannot_be_read_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        Brought.from_path(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        ({}, []),
        ({"min_size": 0}, ["size_range"]),
        ({"min_size": float("nan"), "target_self_containment": 1.5}, ["size_range", "share_range"]),
        ({"min_size": 10_000}, ["above_target"]),
        ({"min_size": 20_000, "min_self_containment": 0.8}, ["above_target", "above_target"]),
        ({"min_self_containment": 0.75}, []),
    ],
)
def test_thresholds_are_checked_together(given: dict[str, float | None], kinds: list[str]) -> None:
    assert [kind for kind, _ in found_or_none(given)] == kinds


def found_or_none(given: dict[str, float | None]) -> list[tuple[str, str]]:
    faults = Faults()
    thresholds_of(given, faults)
    return found(lambda again: again.extend(faults)) if faults else []
