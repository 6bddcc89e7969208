"""What of a case's weights is remembered once its scores have been shown."""

from __future__ import annotations

from dataclasses import replace

from tyngdepunkt.analyses.kept import Shown
from tyngdepunkt.analyses.location.narrative import weighting
from tyngdepunkt.analyses.location.result import Assessment


def shown(assessment: Assessment, lang: str) -> Shown:
    """The weights of the considerations, and how the indicators count inside: not the reasons given."""
    case = assessment.case
    choices = sorted(repr(replace(each, reason="")) for each in case.indicators)
    words = weighting(case.weights, assessment.title_of, lang)
    return Shown(case.title, case.weights, choices, words, case.weight_log)
