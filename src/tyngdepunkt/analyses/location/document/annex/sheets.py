"""The spreadsheet: every figure, and formulas that rank the alternatives anew.

An analyst changes the weights in one sheet and sees points, values and ranks change in
another; nothing is computed out of sight. The rank is Excel's `RANK`, 1 for the highest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tyngdepunkt.analyses.location.document import reasons, words
from tyngdepunkt.analyses.location.document.words import harmless
from tyngdepunkt.documents.document import Sheet
from tyngdepunkt.figures import years

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.document.view import View
    from tyngdepunkt.analyses.location.result import AlternativeResult, UsedIndicator

Row = tuple[Any, ...]
ROOM = "annex:sheets"
VALUES_HEAD = 3  # consideration, indicator, weight inside the consideration
SCORES_HEAD = 2  # consideration, weight


def sheets(view: View) -> tuple[Sheet, ...]:
    """All sheets; those with formulas only where something is ranked."""
    made = [_figures(view), *_offices(view), _functions(view)]
    if view.ranked and view.considerations:
        made += [_weights(view), _values(view), _scores(view)]
    return tuple(made)


def letters(column: int) -> str:
    """The letters of a column, counted from 0.

    >>> [letters(column) for column in (0, 25, 26, 701, 702)]
    ['A', 'Z', 'AA', 'ZZ', 'AAA']
    """
    name = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        name = chr(ord("A") + rest) + name
        column -= 1
    return name


def _say(view: View, key: str, **values: object) -> str:
    return view.say(f"{ROOM}.{key}", **values)


def _figures(view: View) -> Sheet:
    names = ("value", "low", "high")
    head = (
        view.say("alternative"),
        _say(view, "kind"),
        view.say("consideration"),
        view.say("indicator"),
        *(_say(view, name) for name in names),
        view.say("unit"),
        *(_say(view, name) for name in ("quality", "date", "source", "takes_part", "note")),
    )
    rows = [_figure(view, item, used) for item in view.everyone for used in view.assessment.indicators]
    return Sheet(_say(view, "figures"), (head, *(row for row in rows if row)))


def _figure(view: View, item: AlternativeResult, used: UsedIndicator) -> Row:
    measured = item.measurements.get(used.indicator.id)
    if measured is None:
        return ()
    figure = measured.figure
    factor = 100.0 if figure.unit == "share" else 1.0
    ends = (figure.value, *(figure.interval or (None, None)))
    return (
        harmless(item.name),
        view.say(f"kinds.{item.kind}"),
        view.title(used.consideration),
        used.indicator.title[view.lang],
        *(None if end is None else end * factor for end in ends),
        words.unit_word(view, figure.unit),
        view.say(f"qualities.{figure.quality.value}"),
        years([figure]),
        ", ".join(str(number) for number in view.refs(figure)),
        view.say("yes" if measured.takes_part else "no"),
        harmless(" ".join(reasons.notes(view, [figure]))),
    )


def _offices(view: View) -> tuple[Sheet, ...]:
    """Every office of every set, with the lowest and highest number of jobs before and after."""
    ends = [
        f"{_say(view, when)} ({_say(view, end)})" for when in ("before", "after") for end in ("low", "high")
    ]
    head = (view.say("alternative"), view.say("place"), _say(view, "code"), *ends)
    rows = [
        (
            harmless(item.name),
            view.name_of(part.code),
            part.code,
            *(part.jobs_before or (None, None)),
            *(part.jobs_after or (None, None)),
        )
        for item in view.case.alternatives
        if item.is_offices
        for part in item.parts
    ]
    return (Sheet(_say(view, "offices"), (head, *rows)),) if rows else ()


def _functions(view: View) -> Sheet:
    titles = (_say(view, "figure"), view.say("unit"), view.say("points"))
    head = (view.say("indicator"), view.say("consideration"), _say(view, "scale"), *titles)
    rows = [row for used in view.assessment.indicators if used.weight > 0 for row in _points(view, used)]
    return Sheet(_say(view, "functions"), (head, *rows))


def _points(view: View, used: UsedIndicator) -> Iterator[Row]:
    factor = 100.0 if used.indicator.unit == "share" else 1.0
    unit = words.unit_word(view, used.indicator.unit)
    names = (used.indicator.title[view.lang], view.title(used.consideration), used.scale)
    for x, value in used.points:
        yield (*names, x * factor, unit, 100 * value)


def _weights(view: View) -> Sheet:
    """Column B is to be changed; column C is what the scores use."""
    ids = view.considerations
    last = 1 + len(ids)
    head = (view.say("consideration"), *(_say(view, name) for name in ("weight", "normalised", "used")))
    rows = [
        (view.title(each), weight, f"=B{row}/SUM(B$2:B${last})", weight)
        for row, each in enumerate(ids, start=2)
        for weight in (view.assessment.weights.get(each, 0.0),)
    ]
    note = _say(view, "change_weights", scores=_say(view, "scores"))
    return Sheet(_say(view, "weights"), (head, *rows, (), (note,)))


def _values(view: View) -> Sheet:
    """Values 0–1, alternatives down and indicators across, with the weight of each indicator."""
    used = _taking_part(view)
    heads: list[Row] = [
        (view.say("consideration"), *(view.title(each.consideration) for each in used)),
        (view.say("indicator"), *(each.indicator.title[view.lang] for each in used)),
        (_say(view, "weight"), *(each.weight for each in used)),
    ]
    rows: list[Row] = [
        (harmless(item.name), *(item.measurements[each.indicator.id].value for each in used))
        for item in view.ranked
    ]
    note: Row = (_say(view, "change_within"),)
    return Sheet(_say(view, "values"), (*heads, *rows, (), note), header_rows=VALUES_HEAD)


def _scores(view: View) -> Sheet:
    """Points from the values, the value from the weights, the rank from the values."""
    ids = view.considerations
    heads = [_say(view, "value"), view.say("rank"), _say(view, "used_value"), _say(view, "used_rank")]
    head = (view.say("alternative"), *(view.title(each) for each in ids), *heads)
    weights = [f"='{_say(view, 'weights')}'!C{row}" for row in range(2, 2 + len(ids))]
    rows = [_scored(view, i, item) for i, item in enumerate(view.ranked)]
    names = {"values": _say(view, "values"), "weights": _say(view, "weights")}
    note: Row = (_say(view, "scores_intro", **names),)
    weight_row: Row = (_say(view, "weight"), *weights)
    return Sheet(_say(view, "scores"), (head, weight_row, *rows, (), note), header_rows=SCORES_HEAD)


def _scored(view: View, i: int, item: AlternativeResult) -> Row:
    ids = view.considerations
    row, last = SCORES_HEAD + 1 + i, SCORES_HEAD + len(view.ranked)
    value = letters(1 + len(ids))
    end = letters(len(ids))
    total = f"=SUMPRODUCT(B$2:{end}$2,B{row}:{end}{row})"
    rank = f"=RANK({value}{row},{value}${SCORES_HEAD + 1}:{value}${last})"
    points = [_points_formula(view, each, VALUES_HEAD + 1 + i) for each in ids]
    return (harmless(item.name), *points, total, rank, item.value, item.rank)


def _points_formula(view: View, consideration: str, row: int) -> str:
    """100 × the weighted mean of the values under a consideration."""
    columns = [i for i, each in enumerate(_taking_part(view), 1) if each.consideration == consideration]
    first, last = letters(columns[0]), letters(columns[-1])
    sheet = f"'{_say(view, 'values')}'!"
    weights = f"{sheet}{first}${VALUES_HEAD}:{last}${VALUES_HEAD}"
    return f"=100*SUMPRODUCT({weights},{sheet}{first}{row}:{last}{row})/SUM({weights})"


def _taking_part(view: View) -> Sequence[UsedIndicator]:
    """The indicators with weight, those under one consideration side by side."""
    return [each for name in view.considerations for each in view.used(name) if each.weight > 0]
