"""The location case: its model, and how a file becomes one."""

from __future__ import annotations

from tyngdepunkt.analyses.location.input.model import (
    Alternative,
    Grade,
    IndicatorChoice,
    Job,
    LocationCase,
    MovedFrom,
    Part,
    Span,
    Weighting,
)
from tyngdepunkt.analyses.location.input.read import case_from_content, case_from_text, read_case

__all__ = [
    "Alternative",
    "Grade",
    "IndicatorChoice",
    "Job",
    "LocationCase",
    "MovedFrom",
    "Part",
    "Span",
    "Weighting",
    "case_from_content",
    "case_from_text",
    "read_case",
]
