"""A question is asked until its answer is right: help, default, and the reason where it is wrong."""

import pytest

from tyngdepunkt import texts
from tyngdepunkt.errors import UserError
from tyngdepunkt.inputs import field_types
from tyngdepunkt.inputs.asking import Asker

ROOM = "analyses.location.input"


def asked(*answers: str, default: str | None = None) -> tuple[object, list[str]]:
    lines, said = iter(answers), list[str]()
    asker = Asker(lambda: next(lines, None), said.append, ROOM, "en")
    return asker.ask("weights", field_types.span, default), said


def test_an_empty_answer_takes_the_default_that_is_shown():
    answer, (question,) = asked("", default="12")
    assert answer == (12, 12)
    assert question.endswith("[12]")


def test_help_and_a_wrong_answer_ask_again():
    answer, said = asked("?", "-3", "many", "10-15")
    question = texts.text(f"{ROOM}:ask.weights.question", "en")
    assert answer == (10, 15)
    assert said[::2] == [question] * 4
    assert said[1].strip() == texts.text(f"{ROOM}:ask.weights.help", "en")
    assert "-3" in said[3].replace("\u2212", "-")
    assert "many" in said[5]


def test_answers_that_end_are_a_fault_with_the_question():
    with pytest.raises(UserError) as caught:
        asked("?")
    assert caught.value.faults[0].key == f"{ROOM}:asking_ended"
