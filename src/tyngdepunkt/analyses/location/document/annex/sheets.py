"""The spreadsheet: every figure, and formulas that rank the alternatives anew.

An analyst changes a figure in the first sheet, or the weights in another, and sees values,
points and ranks change; nothing is computed out of sight. The rank is Excel's `RANK`, 1 for
the highest. Each formula is written with what it comes to here. Where all weights are set to nought nothing
can be ranked: the cells are then empty and a sentence says why, for an error cell tells nobody anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tyngdepunkt.analyses.location.document import reasons
from tyngdepunkt.documents import figure_words as words
from tyngdepunkt.documents.document import Formula, Sheet
from tyngdepunkt.documents.figure_words import harmless
from tyngdepunkt.documents.formulas import Drawn, filled, letters, line, step, warned, weighted_sum
from tyngdepunkt.figures import years

if TYPE_CHECKING:
    from tyngdepunkt.analyses.location.document.view import View
    from tyngdepunkt.analyses.location.result import AlternativeResult, UsedIndicator

Row = tuple[Any, ...]
ROOM = "annex:sheets"
VALUES_HEAD = 3  # consideration, indicator, weight inside the consideration
SCORES_HEAD = 2  # consideration, weight
FIGURE, YEAR = "E", 9  # columns of the sheet of figures
DRAWN_FIGURE, DRAWN_POINTS = "D", "F"  # columns of the sheet of value functions
VALUE_DECIMALS = 4


def sheets(view: View) -> tuple[Sheet, ...]:
    """All sheets; those with formulas only where something is ranked."""
    made = [_figures(view), *_offices(view), _functions(view)]
    if view.ranked and view.considerations:
        made += [_weights(view), _values(view), _scores(view)]
    return tuple(made)


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
    rows = [_figure(view, item, used) for item, used in _measured(view)]
    return Sheet(_say(view, "figures"), (head, *rows), forms=("number",) * YEAR + ("year",))


def _measured(view: View) -> list[tuple[AlternativeResult, UsedIndicator]]:
    """What the rows of the sheet of figures are about, in their order."""
    pairs = [(item, used) for item in view.everyone for used in view.assessment.indicators]
    return [(item, used) for item, used in pairs if used.indicator.id in item.measurements]


def _figure(view: View, item: AlternativeResult, used: UsedIndicator) -> Row:
    measured = item.measurements[used.indicator.id]
    figure = measured.figure
    factor = 100.0 if figure.unit == "share" else 1.0
    ends = (figure.value, *(figure.interval or (None, None)))
    return (
        harmless(item.name),
        view.say(f"kinds.{item.kind}"),
        view.title(used.consideration),
        used.indicator.title[view.lang],
        *(None if end is None else end * factor for end in ends),
        _unit(view, figure.unit),
        words.quality_word(figure.quality, view.lang),
        _single(years([figure])),
        _single(", ".join(str(number) for number in view.refs(figure))),
        view.say("yes" if measured.takes_part else "no"),
        harmless(" ".join(reasons.notes(view, [figure]))),
    )


def _unit(view: View, unit: str) -> str:
    """The unit, with the price year where it is kroner."""
    told = words.unit_word(unit, view.lang)
    return _say(view, "priced", unit=told, year=view.price_year) if unit.startswith("NOK") else told


def _single(told: str) -> str | int:
    """A single year or number as a number; several stay as they are written."""
    return int(told) if told.isdigit() else told


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
    rows = [row for used in _drawn(view) for row in _points(view, used)]
    return Sheet(_say(view, "functions"), (head, *rows))


def _drawn(view: View) -> list[UsedIndicator]:
    """The indicators whose value functions are written, in the order of their rows."""
    return [used for used in view.assessment.indicators if used.weight > 0]


def _points(view: View, used: UsedIndicator) -> Iterator[Row]:
    factor = 100.0 if used.indicator.unit == "share" else 1.0
    unit = _unit(view, used.indicator.unit)
    names = (used.indicator.title[view.lang], view.title(used.consideration), used.scale)
    for x, value in used.points:
        yield (*names, x * factor, unit, 100 * value)


def _weights(view: View) -> Sheet:
    """Column B is to be changed; column C is what the scores use."""
    ids = view.considerations
    last = 1 + len(ids)
    head = (view.say("consideration"), *(_say(view, name) for name in ("weight", "normalised", "used")))
    weights = [view.assessment.weights.get(each, 0.0) for each in ids]
    shares = _shares(weights)
    whole = f"SUM(B$2:B${last})"
    rows = [
        (
            view.title(each),
            weight,
            Formula(filled(whole, f"N(B{row})/{whole}"), share, VALUE_DECIMALS),
            weight,
        )
        for row, (each, weight, share) in enumerate(zip(ids, weights, shares, strict=True), start=2)
    ]
    note = _say(view, "change_weights", scores=_say(view, "scores"))
    warning = warned(whole, _say(view, "no_weight"), sum(weights) == 0)
    return Sheet(_say(view, "weights"), (head, *rows, (warning,), (note,)))


def _shares(weights: Sequence[float]) -> list[float | None]:
    """Weights that sum to 1; unknown where all are nought."""
    whole = sum(weights)
    return [each / whole if whole else None for each in weights]


def _values(view: View) -> Sheet:
    """Values 0–1, alternatives down and indicators across, with the weight of each indicator."""
    used, cells = _taking_part(view), _Cells.of(view)
    heads: list[Row] = [
        (view.say("consideration"), *(view.title(each.consideration) for each in used)),
        (view.say("indicator"), *(each.indicator.title[view.lang] for each in used)),
        (_say(view, "weight"), *(each.weight for each in used)),
    ]
    rows: list[Row] = [
        (harmless(item.name), *(_value(item, each, cells) for each in used)) for item in view.ranked
    ]
    note: Row = (_say(view, "change_within", figures=cells.figures, functions=cells.functions),)
    return Sheet(_say(view, "values"), (*heads, *rows, (), note), header_rows=VALUES_HEAD)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Where figures and drawn points stand: names of the sheets, and rows as Excel counts them.

    `rows` is by number of the alternative and id of the indicator; `drawn` is the first and last row of each
    indicator's value function.
    """

    figures: str
    functions: str
    rows: dict[tuple[int, str], int]
    drawn: dict[str, tuple[int, int]]

    @classmethod
    def of(cls, view: View) -> _Cells:
        rows = {
            (item.number, used.indicator.id): row for row, (item, used) in enumerate(_measured(view), start=2)
        }
        drawn, first = {}, 2
        for used in _drawn(view):
            drawn[used.indicator.id] = (first, first + len(used.points) - 1)
            first += len(used.points)
        return cls(_say(view, "figures"), _say(view, "functions"), rows, drawn)


def _value(item: AlternativeResult, used: UsedIndicator, cells: _Cells) -> Formula:
    """What a figure is worth, 0–1; a missing one is worth what the national median is."""
    name = used.indicator.id
    known = item.measurements[name].value
    figure = f"'{cells.figures}'!{FIGURE}{cells.rows[item.number, name]}"
    drawn = Drawn(cells.functions, DRAWN_FIGURE, DRAWN_POINTS, *cells.drawn[name])
    worth = (step if used.scale == "step" else line)(figure, drawn)
    otherwise = known if item.measurements[name].assumed else '""'
    return Formula(f"=IF(ISNUMBER({figure}),{worth}/100,{otherwise})", known, VALUE_DECIMALS)


def _scores(view: View) -> Sheet:
    """Points from the values, the value from the weights, the rank from the values."""
    ids = view.considerations
    heads = [_say(view, "value"), view.say("rank"), _say(view, "used_value"), _say(view, "used_rank")]
    head = (view.say("alternative"), *(view.title(each) for each in ids), *heads)
    shares = _shares([view.assessment.weights.get(each, 0.0) for each in ids])
    weights = [
        Formula(f"='{_say(view, 'weights')}'!C{row}", share, VALUE_DECIMALS)
        for row, share in enumerate(shares, start=2)
    ]
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
    total = Formula(weighted_sum(f"B$2:{end}$2", f"B{row}:{end}{row}", len(ids)), item.value)
    order = f"RANK({value}{row},{value}${SCORES_HEAD + 1}:{value}${last})"
    rank = Formula(f'=IF(ISNUMBER({value}{row}),{order},"")', item.rank, 0)
    points = [
        Formula(_points_formula(view, each, VALUES_HEAD + 1 + i), item.scores.get(each)) for each in ids
    ]
    return (harmless(item.name), *points, total, rank, item.value, item.rank)


def _points_formula(view: View, consideration: str, row: int) -> str:
    """100 × the weighted mean of the values under a consideration."""
    columns = [i for i, each in enumerate(_taking_part(view), 1) if each.consideration == consideration]
    first, last = letters(columns[0]), letters(columns[-1])
    sheet = f"'{_say(view, 'values')}'!"
    weights = f"{sheet}{first}${VALUES_HEAD}:{last}${VALUES_HEAD}"
    whole = f"SUM({weights})"
    return filled(whole, f"100*SUMPRODUCT({weights},{sheet}{first}{row}:{last}{row})/{whole}")


def _taking_part(view: View) -> Sequence[UsedIndicator]:
    """The indicators with weight, those under one consideration side by side."""
    return [each for name in view.considerations for each in view.used(name) if each.weight > 0]
