"""A new decree is a new file: what is asked of the newest rule set is asked of it from then on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from rules_to_come import rule_set_to_come
from tyngdepunkt import rules
from tyngdepunkt.indicators import docs_generator
from tyngdepunkt.places import Places
from tyngdepunkt.web.read.case import rule_set_of
from tyngdepunkt.web.read.must_have_preview import case_so_far


@pytest.fixture
def to_come(tmp_path: Path) -> Iterator[str]:
    with rule_set_to_come(tmp_path) as version:
        yield version


def test_the_newest_is_the_one_decreed_last(to_come: str) -> None:
    first = dt.date.fromisoformat(to_come)
    assert rules.newest().version == rules.versions()[-1] == to_come
    assert rules.rule_set_on(first) is rules.newest()
    assert rules.rule_set_on(first - dt.timedelta(days=1)).version == rules.versions()[-2]


@pytest.mark.parametrize("content", [{}, {"date": "i går"}, {"guidelines": "1999-01-01"}])
def test_a_draft_without_a_date_that_can_be_read_is_under_the_newest(
    to_come: str, content: dict[str, str]
) -> None:
    assert rule_set_of(content).version == to_come


def test_demands_without_a_date_are_tried_under_the_newest(to_come: str, web_places: Places) -> None:
    case = case_so_far({}, web_places)
    assert case is not None
    assert str(case.date) == to_come


def test_the_page_of_indicators_has_a_column_for_it(to_come: str) -> None:
    assert f"| {to_come[:4]} | " in docs_generator.page()


def test_what_was_to_come_is_gone_afterwards(tmp_path: Path) -> None:
    before = rules.newest()
    with rule_set_to_come(tmp_path) as version:
        assert rules.newest().version == version
    assert rules.newest() == before
