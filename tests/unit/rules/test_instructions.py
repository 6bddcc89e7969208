"""The six questions that order every document."""

from __future__ import annotations

import datetime as dt

from tyngdepunkt import rules


def test_six_questions_in_their_order() -> None:
    questions = rules.study_questions()
    assert [question.number for question in questions] == [1, 2, 3, 4, 5, 6]
    assert [question.id for question in questions] == [
        "problem",
        "measures",
        "principles",
        "effects",
        "recommendation",
        "preconditions",
    ]
    for question in questions:
        for texts in (question.title, question.asks):
            assert set(texts) == {"nb", "nn", "en"}
            assert all(words.strip() for words in texts.values())
        assert "kgl.res. 19.02.2016" in question.reference
        assert question.valid_from == dt.date(2016, 3, 1)


def test_every_rule_answers_a_question_and_every_answer_is_a_rule() -> None:
    mapped = {rule for question in rules.study_questions() for rule in question.rules}
    held = {rule.id for version in rules.versions() for rule in rules.rule_set(version).rules}
    assert mapped == held
