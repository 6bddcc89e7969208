"""The location case: its model, and how a file becomes one."""

from __future__ import annotations

from tyngdepunkt.analyses.location.input.model import (
    Alternative,
    Answers,
    Costs,
    Decision,
    Grade,
    IndicatorChoice,
    Job,
    LocationCase,
    MovedFrom,
    MustHave,
    Part,
    Span,
    Staff,
    Unit,
    ValueFunction,
    Weighting,
    WeightLogEntry,
)
from tyngdepunkt.analyses.location.input.read import case_from_content, case_from_text, read_case

__all__ = [
    "Alternative",
    "Answers",
    "Costs",
    "Decision",
    "Grade",
    "IndicatorChoice",
    "Job",
    "LocationCase",
    "MovedFrom",
    "MustHave",
    "Part",
    "Span",
    "Staff",
    "Unit",
    "ValueFunction",
    "WeightLogEntry",
    "Weighting",
    "case_from_content",
    "case_from_text",
    "read_case",
]
