"""An order from one question at a time: whatever somebody thinks, few questions find it."""

import itertools
import math

import pytest

from tyngdepunkt.methods.asked_order import AS_MUCH, LESS, MORE, next_question, ordered


@pytest.mark.parametrize("importance", itertools.product(range(4), repeat=4))
def test_the_order_somebody_has_in_mind_is_found_in_few_questions(importance: tuple[int, ...]) -> None:
    items = [f"c{at}" for at in range(len(importance))]
    minds = dict(zip(items, importance, strict=True))
    answers: dict[tuple[str, str], str] = {}
    while (question := next_question(items, answers)) is not None:
        assert question not in answers
        one, other = (minds[each] for each in question)
        answers[question] = MORE if one > other else LESS if one < other else AS_MUCH
    levels = sorted(set(importance), reverse=True)
    assert [sorted(group) for group in ordered(items, answers)] == [
        sorted(item for item in items if minds[item] == level) for level in levels
    ]
    assert len(answers) <= math.ceil(math.log2(math.factorial(len(items)))) + len(items)


def test_what_is_not_asked_yet_is_left_out() -> None:
    assert ordered(["a", "b"], {}) == [["a"]]
    assert next_question(["a"], {}) is None
