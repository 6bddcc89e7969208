"""Standards of industry: which divisions a code holds, and which groups a change of standard touches."""

import pytest

from tyngdepunkt.places.standards import change_between, changes, divisions, standard_of

[CHANGE] = changes()


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("45", {"45"}),
        ("45.112", {"45"}),
        ("45112", {"45"}),
        ("45-47", {"45", "46", "47"}),
        ("45–47 Varehandel", {"45", "46", "47"}),
        ("Fishing", set()),
        ("2025", {"20"}),
        ("", set()),
    ],
)
def test_a_code_holds_divisions(code: str, found: set[str]) -> None:
    assert divisions(code) == found


@pytest.mark.parametrize(
    ("code", "touched"),
    [("45-47", True), ("90-99", True), ("46", True), ("45-95", False), ("10-33", False), ("84", False)],
)
def test_the_split_of_45_touches_the_groups_that_hold_one_side_of_it(code: str, touched: bool) -> None:
    assert CHANGE.touches(code) is touched


def test_some_groups_are_in_one_standard_only() -> None:
    assert CHANGE.only_before("62.010")
    assert CHANGE.only_after("95.310")
    assert not any(
        CHANGE.only_before(code) and CHANGE.only_after(code) for code in CHANGE.ceased | CHANGE.new
    )
    assert not CHANGE.only_after("95")
    assert not CHANGE.only_after("47-95")


def test_only_45_ceased() -> None:
    assert CHANGE.only_before("45.2")
    assert not CHANGE.only_before("45-47")
    assert not CHANGE.only_before("trade")


def test_a_standard_is_known_by_any_of_its_names() -> None:
    assert standard_of("NACE Rev. 2.1") == "SN2025"
    assert standard_of(" sn2007 ") == "SN2007"
    assert standard_of("ISIC") is None
    assert change_between({"SN2007", "SN2025"}) is CHANGE
    assert change_between({"SN2007"}) is None
