"""Reading a table: everything that is wrong with it is found before anything is said."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from tyngdepunkt.analyses.contract import Brought, Made, Setting
from tyngdepunkt.analyses.ranking import ANALYSIS
from tyngdepunkt.analyses.ranking.decision_matrix import Criterion, Notice, Table
from tyngdepunkt.analyses.ranking.question import Question
from tyngdepunkt.analyses.ranking.source_positions import LARGEST, Marks, shown
from tyngdepunkt.analyses.ranking.weights import read_weights
from tyngdepunkt.inputs import numbers
from tyngdepunkt.inputs.reading import Located, Steps, parse_mapping
from tyngdepunkt.methods.validation import Floats
from tyngdepunkt.methods.value import Identity, MinMax, Piecewise, Step

MOST_ALTERNATIVES = 2000
MOST_CRITERIA = 200
_KEYS = ("title", "description", "source", "criteria", "weights", "alternatives")
_CRITERION_KEYS = ("id", "title", "unit", "direction", "value", "indifference", "preference")
_NAMED = ("identity", "minmax")
_DRAWN = ("points", "step")
Rows = list[list[float]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A table that has passed its checks, how to try its ranking, and the head of the answer."""

    table: Table
    question: Question
    made: Made


def resolve(brought: Mapping[str, Brought], question: Question, setting: Setting) -> Asked:
    """Read and check a table.

    Args:
        brought: `table`, a YAML or JSON file with `criteria`, `alternatives` and, if wanted, `weights`.
        question: draws and seed.
        setting: not used; a ranking needs no figures but those it is brought.

    Raises:
        UserError: everything that is wrong with the file, each fault with its line.
    """
    file = brought["table"]
    table = table_of(parse_mapping(file.text, Path(file.name)))
    return Asked(table, question, ANALYSIS.made(brought, question))


def table_of(located: Located) -> Table:
    """The table of a file that is already read.

    Raises:
        UserError: everything that is wrong with it.
    """
    marks = Marks(located)
    data = located.data
    marks.unknown("unknown_key", data, _KEYS, ())
    criteria = _criteria(data.get("criteria"), marks)
    ids = [c.id for c in criteria if c is not None]
    complete = None not in criteria
    names, rows = _alternatives(data.get("alternatives"), ids, complete, marks)
    weights = read_weights(data.get("weights"), ids, complete, marks)
    marks.faults.raise_if_any()
    known = tuple(c for c in criteria if c is not None)
    figures = np.array(rows, dtype=np.float64)
    assert weights is not None  # noqa: S101  # no fault, so there are weights
    title = str(data.get("title") or "")
    return Table(title, known, names, figures, weights, tuple(_notices(known, figures)))


def _criteria(given: Any, marks: Marks) -> list[Criterion | None]:
    """The criteria; None in the place of each that is faulty beyond use."""
    if not isinstance(given, list) or not given:
        marks.fault("criteria_kind", ("criteria",), given=shown(given))
        return [None]
    if len(given) > MOST_CRITERIA:
        marks.fault("too_many_criteria", ("criteria",), count=len(given), limit=MOST_CRITERIA)
        return [None]
    found = [
        _with_thresholds(_criterion(item, ("criteria", at), marks), item, ("criteria", at), marks)
        for at, item in enumerate(given)
    ]
    seen: dict[str, int] = {}
    for at, criterion in enumerate(found):
        if criterion is not None and seen.setdefault(criterion.id, at) != at:
            marks.fault("duplicate_criterion", ("criteria", at), id=criterion.id)
    firsts = set(seen.values())
    return [criterion for at, criterion in enumerate(found) if criterion is None or at in firsts]


def _criterion(item: Any, steps: Steps, marks: Marks) -> Criterion | None:
    name = item.get("id") if isinstance(item, dict) else None
    if not isinstance(item, dict) or name is None or isinstance(name, dict | list | bool) or name == "":
        marks.fault("criterion_kind", steps, given=shown(item))
        return None
    marks.unknown("unknown_key", item, _CRITERION_KEYS, steps)
    value: Any = item.get("value")
    direction: Any = item.get("direction")
    drawn = isinstance(value, dict)
    if direction not in ("max", "min") and not (drawn and direction is None):
        marks.fault("direction_kind", (*steps, "direction"), id=name, given=shown(direction))
        direction = None
    if drawn:
        return _drawn(str(name), direction, (value, (*steps, "value")), marks)
    if value not in _NAMED:
        marks.fault("value_kind", (*steps, "value"), id=name, given=shown(value))
    function = Identity(direction or "max") if value == "identity" else MinMax(direction or "max")
    return Criterion(str(name), direction, "identity" if value == "identity" else "minmax", function)


def _with_thresholds(criterion: Criterion | None, item: Any, steps: Steps, marks: Marks) -> Criterion | None:
    """The criterion with the two leads the file gives for the cross-check, in the criterion's own unit."""
    if criterion is None or not {"indifference", "preference"} & item.keys():
        return criterion
    read = {
        name: marks.number(numbers.number, item[name], "threshold_kind", (*steps, name))
        for name in ("indifference", "preference")
        if item.get(name) is not None
    }
    if None in read.values():
        return criterion
    indifference = read.get("indifference") or 0.0
    full = read.get("preference", indifference)
    if criterion.direction is None or indifference < 0 or full is None or full < indifference:
        marks.fault("threshold_order", steps, id=criterion.id)
        return criterion
    return replace(criterion, thresholds=(indifference, full))


def _drawn(name: str, direction: Any, given: tuple[dict[str, Any], Steps], marks: Marks) -> Criterion:
    """A criterion with drawn points; the criterion is still known by its name where they are faulty."""
    value, steps = given
    kind = next(iter(value), "")
    if len(value) != 1 or kind not in _DRAWN:
        marks.fault("value_kind", steps, id=name, given=shown(value))
        return Criterion(name, direction, "minmax", MinMax())
    points = _points(value[kind], kind, (*steps, kind), marks)
    if points is None:
        return Criterion(name, direction, "minmax", MinMax())
    if kind == "points":
        return Criterion(name, direction, "points", Piecewise(points))
    return Criterion(name, direction, "step", Step(points))


def _points(given: Any, kind: str, steps: Steps, marks: Marks) -> tuple[tuple[float, float], ...] | None:
    least = 2 if kind == "points" else 1
    pairs = given if isinstance(given, list) else []
    sound = all(isinstance(pair, list) and len(pair) == 2 for pair in pairs)
    if not sound or len(pairs) < least:
        marks.fault("points_kind", steps, given=shown(given), least=least)
        return None
    read = [[_end(end, (*steps, at), given, marks, least) for end in pair] for at, pair in enumerate(pairs)]
    points = tuple((x, v) for x, v in read if x is not None and v is not None)
    if len(points) < len(pairs):
        return None
    if any(after[0] <= before[0] for before, after in itertools.pairwise(points)):
        marks.fault("points_order", steps)
        return None
    return points


def _end(value: Any, steps: Steps, given: Any, marks: Marks, least: int) -> float | None:
    found = marks.number(numbers.number, value, "points_kind", steps, least=least)
    if found is not None and abs(found) > LARGEST:
        marks.fault("points_kind", steps, given=shown(given), least=least)
        return None
    return found


def _alternatives(
    given: Any, ids: Sequence[str], complete: bool, marks: Marks
) -> tuple[tuple[str, ...], Rows]:
    """Names and figures; a figure is only asked for where its criterion could be read."""
    if not isinstance(given, dict):
        marks.fault("alternatives_kind", ("alternatives",), given=shown(given))
        return (), []
    if not 2 <= len(given) <= MOST_ALTERNATIVES:
        few = "too_few_alternatives" if len(given) < 2 else "too_many_alternatives"
        marks.fault(few, ("alternatives",), count=len(given), limit=MOST_ALTERNATIVES)
    rows = [_row(name, row, (ids, complete), marks) for name, row in given.items()]
    return tuple(given), rows


def _row(name: str, row: Any, criteria: tuple[Sequence[str], bool], marks: Marks) -> list[float]:
    ids, complete = criteria
    steps: Steps = ("alternatives", name)
    if not isinstance(row, dict):
        marks.fault("alternative_kind", steps, name=name, given=shown(row))
        return []
    if complete:
        marks.unknown("unknown_criterion", row, ids, steps)
    return [_cell(name, row.get(criterion), (*steps, criterion), marks) for criterion in ids]


def _cell(name: str, value: Any, steps: Steps, marks: Marks) -> float:
    if numbers.is_unknown(value):
        marks.fault("missing_cell", steps, name=name, criterion=steps[-1])
        return 0.0
    found = marks.number(numbers.number, value, "cell_kind", steps, name=name, criterion=steps[-1])
    if found is not None and abs(found) > LARGEST:
        marks.fault("cell_too_large", steps, name=name, criterion=steps[-1], given=shown(value))
    return found or 0.0  # not used where there is a fault: it stops the file


def _notices(criteria: Sequence[Criterion], figures: Floats) -> list[Notice]:
    """What is allowed, but may not be what was meant."""
    notices = []
    for criterion, column in zip(criteria, figures.T, strict=True):
        if len(set(column.tolist())) == 1:
            notices.append(Notice("all_equal", {"criterion": criterion.id}))
        if isinstance(criterion.function, Piecewise | Step):
            if not criterion.function.monotone:
                notices.append(Notice("not_monotone", {"criterion": criterion.id}))
            elif _against(criterion):
                notices.append(Notice("against_direction", {"criterion": criterion.id}))
    return notices


def _against(criterion: Criterion) -> bool:
    if criterion.direction is None or not isinstance(criterion.function, Piecewise | Step):
        return False
    drawn = [value for _, value in criterion.function.points]
    rises = drawn[-1] - drawn[0]
    return rises < 0 if criterion.direction == "max" else rises > 0
