"""A question about a case that says nothing yet."""

import datetime as dt

import pytest

from tyngdepunkt.indicators import Question


@pytest.fixture
def nothing_known() -> Question:
    return Question(date=dt.date(2023, 6, 1))
