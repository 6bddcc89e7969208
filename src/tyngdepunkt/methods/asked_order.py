"""An order made from one question at a time: which of two matters more?

Binary insertion: each item is placed among those that are ordered already by asking of the one in the middle,
so that n items need at most ⌈log₂ n!⌉ + n questions (8 for five). Answers that say "as much" put two in one
group. Nothing is asked twice, and no answer can contradict another: what follows from them is not asked.

Source: Knuth, The Art of Computer Programming, vol. 3, 6.2.1 (binary insertion).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Pair = tuple[str, str]
MORE, AS_MUCH, LESS = "more", "as_much", "less"


def next_question(items: Sequence[str], answers: Mapping[Pair, str]) -> Pair | None:
    """The next two to compare, or None where the order is known.

    Args:
        items: what is ordered.
        answers: (one, other) → whether `one` matters `more`, `as_much` or `less` than `other`.

    >>> next_question(["a", "b"], {})
    ('b', 'a')
    """
    return _inserted(items, answers)[1]


def ordered(items: Sequence[str], answers: Mapping[Pair, str]) -> list[list[str]]:
    """The groups from most to least important that the answers give; items not yet placed are left out.

    >>> ordered(["a", "b", "c"], {("b", "a"): "more", ("c", "a"): "as_much"})
    [['b'], ['a', 'c']]
    """
    return _inserted(items, answers)[0]


def _inserted(items: Sequence[str], answers: Mapping[Pair, str]) -> tuple[list[list[str]], Pair | None]:
    groups: list[list[str]] = []
    for item in items:
        low, high = 0, len(groups)
        while low < high:
            middle = (low + high) // 2
            question = (item, groups[middle][0])
            answer = answers.get(question)
            if answer is None:
                return groups, question
            if answer == AS_MUCH:
                groups[middle].append(item)
                break
            low, high = (low, middle) if answer == MORE else (middle + 1, high)
        else:
            groups.insert(low, [item])
    return groups, None
