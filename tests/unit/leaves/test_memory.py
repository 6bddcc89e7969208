"""What is remembered is made once, and forgotten in order."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tyngdepunkt.memory import Memory


def test_those_who_ask_at_once_wait_for_one_who_makes_it() -> None:
    memory, made, begun = Memory(4), [], threading.Event()

    def slow() -> int:
        made.append(1)
        begun.wait(0.2)
        return 7

    with ThreadPoolExecutor(8) as many:
        assert list(many.map(lambda _: memory.get("a", slow), range(8))) == [7] * 8
    assert len(made) == 1


def test_what_could_not_be_made_is_tried_again() -> None:
    memory = Memory(4)
    with pytest.raises(ZeroDivisionError):
        memory.get("a", lambda: 1 // 0)
    assert memory.get("a", lambda: 2) == 2


def test_what_was_not_asked_for_longest_goes_first() -> None:
    memory = Memory(2)
    for key in ("a", "b"):
        memory.get(key, lambda: "old")
    memory.get("a", lambda: "new")
    memory.get("c", lambda: "old")
    assert [memory.get(key, lambda: "new") for key in ("a", "c", "b")] == ["old", "old", "new"]
