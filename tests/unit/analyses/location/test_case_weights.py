"""Weights: points, ranges, an order, or none at all; and how they can contradict themselves."""

from collections.abc import Callable

import pytest

from tyngdepunkt.analyses.location.input.model import LocationCase, Weighting

Read = Callable[[str], LocationCase]
FaultsOf = Callable[[str], list[tuple[str, str]]]
CASE = """title: T
date: 2023-06-01
trigger: new_agency
unit: {name: U}
alternatives: [Hovedby, Vidda]
weights: """
IDS = ("conditions", "location_policy", "cost_effectiveness", "labour_market", "mitigation")


def weights(read: Read, text: str) -> Weighting:
    return read(CASE + text + "\n").weights


@pytest.mark.parametrize("text", ["none", "None", "ingen", "inga", "null", ""])
def test_none(read: Read, text: str) -> None:
    found = weights(read, text)
    assert (found.kind, found.ids, found.low, found.high) == ("none", IDS, (0,) * 5, (1,) * 5)


@pytest.mark.parametrize(
    "text",
    [
        "{conditions: 30, location_policy: 70}",
        "{conditions: 0.3, location_policy: 0.7}",
        "{location_policy: 70, conditions: 30, mitigation: 0}",
    ],
)
def test_points_share_out_a_hundred(read: Read, text: str) -> None:
    found = weights(read, text)
    assert found.kind == "points"
    assert found.low == found.high == pytest.approx((0.3, 0.7, 0, 0, 0))


def test_rounded_points_are_taken_and_made_to_sum(read: Read) -> None:
    found = weights(read, "{conditions: 33.3, location_policy: 33.3, labour_market: 33.3}")
    assert sum(found.low) == pytest.approx(1)


def test_numbers_and_ranges_mix_and_the_rest_is_free(read: Read) -> None:
    found = weights(read, "{conditions: [10, 40], location_policy: 30}")
    assert found.kind == "ranges"
    assert found.low == (0.1, 0.3, 0, 0, 0)
    assert found.high == (0.4, 0.3, 1, 1, 1)


def test_an_order_with_groups_puts_the_unnamed_last(read: Read) -> None:
    found = weights(read, "{order: [labour_market, [conditions, mitigation]]}")
    assert found.kind == "order"
    assert found.groups == (
        ("labour_market",),
        ("conditions", "mitigation"),
        ("location_policy", "cost_effectiveness"),
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("{conditions: 30, location_policy: 60}", "weights_sum"),
        ("{conditions: 60, location_policy: 50}", "weights_sum"),
        ("{conditions: 0, location_policy: 0}", "weights_sum"),
        ("{conditions: 101}", "weight_too_large"),
        ("{conditions: -5, location_policy: 105}", "negative_weight"),
        ("{conditions: 30 %}", "weight_kind"),
        ("{conditions: true}", "weight_kind"),
        ("{conditions: [10, 20, 30]}", "weight_kind"),
        ("{conditions: [40, 10]}", "turned_numbers"),
        ("{conditions: [60, 70], location_policy: [50, 60]}", "ranges_too_high"),
        (
            "{conditions: [0,9], location_policy: 5, cost_effectiveness: 5, labour_market: 5, mitigation: 5}",
            "ranges_too_low",
        ),
        ("{effective_work: 100}", "unknown_consideration"),
        ("{order: [conditions, conditions]}", "order_twice"),
        ("{order: [conditions, price]}", "unknown_consideration"),
        ("{order: conditions}", "order_kind"),
        ("{order: []}", "order_kind"),
        ("{order: [conditions], mitigation: 3}", "order_and_numbers"),
        ("[30, 70]", "weights_kind"),
        ("{}", "weights_kind"),
        ("equal", "weights_kind"),
    ],
)
def test_weights_that_contradict_themselves(faults: FaultsOf, text: str, key: str) -> None:
    ((found, where),) = faults(CASE + text + "\n")
    assert (found, where.split(",")[0]) == (key, "line 6")


def test_the_considerations_are_those_of_the_rule_set(read: Read, faults: FaultsOf) -> None:
    old = CASE.replace("2023-06-01", "2020-06-01")
    assert read(old + "{effective_work: 100}\n").weights.kind == "points"
    assert [key for key, _ in faults(old + "{labour_market: 100}\n")] == ["unknown_consideration"]
