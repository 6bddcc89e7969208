"""Guidelines and instructions as dated data, and the evaluators that judge a case by them.

    >>> import datetime as dt
    >>> rule_set_on(dt.date(2023, 6, 1)).version
    '2022-08-12'

New law is a new entry beside the old one (`register/`, `guidelines/`), never an `if year >=`.
"""

from tyngdepunkt.rules.case_facts import AlternativeFacts, CaseFacts, CityList, Finding, Trigger, Verdict
from tyngdepunkt.rules.evaluate import carried_text, evaluate, finding_text
from tyngdepunkt.rules.instructions import StudyQuestion, study_questions
from tyngdepunkt.rules.loader import newest, rule_set, rule_set_on, versions
from tyngdepunkt.rules.model import Consideration, Rule, RuleSet, Source
from tyngdepunkt.rules.small_town import (
    ClassFilter,
    SmallTown,
    SmallTownLimits,
    class_filter_strength,
    small_town_test,
    small_town_text,
)

__all__ = [
    "AlternativeFacts",
    "CaseFacts",
    "CityList",
    "ClassFilter",
    "Consideration",
    "Finding",
    "Rule",
    "RuleSet",
    "SmallTown",
    "SmallTownLimits",
    "Source",
    "StudyQuestion",
    "Trigger",
    "Verdict",
    "carried_text",
    "class_filter_strength",
    "evaluate",
    "finding_text",
    "newest",
    "rule_set",
    "rule_set_on",
    "small_town_test",
    "small_town_text",
    "study_questions",
    "versions",
]
