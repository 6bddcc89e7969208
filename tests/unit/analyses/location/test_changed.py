"""What a change of the method means for a saved case: a sentence stands there exactly when it is true."""

import pytest

from location_assessment import example, variation
from tyngdepunkt.analyses.location.assess import METHOD_VERSION
from tyngdepunkt.analyses.location.changed import APPLIES, since
from tyngdepunkt.analyses.location.narrative import say
from tyngdepunkt.settings import LANGUAGES


def test_nothing_is_said_where_the_method_is_the_same():
    assert since(example(), METHOD_VERSION) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_said_plainly_that_the_earlier_answer_is_not_kept(lang):
    known, unknown = since(example(lang), "1"), since(example(lang), None)
    assert known.here == unknown.here
    assert say("changed.saved", lang, version="1", now=METHOD_VERSION) == known.head != unknown.head
    assert len(set(known.all)) == len(known.all) > len(APPLIES)


def _said(name, assessment):
    return say(f"changed.all.{name}", assessment.lang) in since(assessment, "1").here


def test_each_change_is_told_where_it_applies_and_nowhere_else():
    off = {
        "cost_per_post": {"off": True},
        "recruitment_need": {"off": True},
        "contribution_lack": {"off": True},
    }
    without = variation(indicators=off, ledger=...)
    for name in ("cost", "need", "lack", "ledger"):
        assert _said(name, example()), name
        assert not _said(name, without), name
    declared = variation(ledger_covers={"from": "2013-01-01", "to": "2023-06-01"})
    assert not _said("ledger", declared)
    assert _said("few", example())
    assert not _said("offices", example())
    assert not _said("screen", example())


def test_a_missing_figure_is_named_with_its_indicator():
    assessment = variation(must_have=...)
    lacking = {name for item in assessment.alternatives if item.rank for name in item.assumed}
    titles = {each.indicator.id: each.indicator.title["nb"] for each in assessment.indicators}
    told = "\n".join(since(assessment, "1").here).lower()
    assert lacking
    assert all(titles[name].lower() in told for name in lacking)
