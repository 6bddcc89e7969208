"""A mapping of places to minutes, checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tyngdepunkt.analyses.toy_reach import ANALYSIS
from tyngdepunkt.analyses.toy_reach.question import Question

from tyngdepunkt.analyses.contract import Brought, Made, Setting
from tyngdepunkt.errors import Faults
from tyngdepunkt.inputs.reading import parse_mapping


@dataclass(frozen=True)
class Asked:
    """Minutes by place, and the question."""

    minutes: dict[str, float]
    question: Question
    made: Made


def resolve(brought: Mapping[str, Brought], question: Question, setting: Setting) -> Asked:
    """Every place without a number is a fault, with its line."""
    file = brought["places"]
    located = parse_mapping(file.text, Path(file.name))
    faults = Faults()
    for name, given in located.data.items():
        if isinstance(given, bool) or not isinstance(given, int | float):
            faults.add("analyses.toy_reach:minutes_kind", located.where((name,)), name=name, given=str(given))
    faults.raise_if_any()
    return Asked(dict(located.data), question, ANALYSIS.made(brought, question))
