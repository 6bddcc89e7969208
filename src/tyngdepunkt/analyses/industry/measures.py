"""Each measure: from a question made ready to its rows, missing values last."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import MappingProxyType

import numpy as np

from tyngdepunkt.analyses.industry.frame import Frame
from tyngdepunkt.analyses.industry.result import Row
from tyngdepunkt.analyses.industry.shift import shift_share
from tyngdepunkt.analyses.industry.table import some
from tyngdepunkt.methods import industry
from tyngdepunkt.methods.industry.complexity import complexity_of
from tyngdepunkt.methods.industry.relatedness import proximity_of
from tyngdepunkt.methods.validation import Floats
from tyngdepunkt.places.models import Notice

Rows = list[Row]


def known(value: float) -> float | None:
    """A number that is one; None for NaN and infinity."""
    return float(value) if np.isfinite(value) else None


def falling(rows: Iterable[Row]) -> Rows:
    """The largest value first, missing ones last, in the order they had."""
    return sorted(rows, key=lambda row: (row.value is None, -(row.value or 0.0)))


def _quotients(frame: Frame) -> Rows:
    question = frame.asked.question
    values = frame.values(frame.subjects)
    own = frame.reference()
    among = frame.counted if frame.asked.reference is None else [frame.asked.reference]
    found = industry.location_quotient(
        values,
        own,
        form=question.form,
        totals=frame.totals(frame.subjects),
        reference_total=frame.totals(among).sum(),
    )
    lacking = [name for i, name in enumerate(frame.table.industries) if own[i] == 0 and values[:, i].any()]
    if lacking:
        frame.notices.append(Notice("reference_lacks", {"industries": some(lacking)}))
    rows = [
        Row(place=frame.table.places[p], industry=name, value=known(found[at, i]))
        for at, p in enumerate(frame.subjects)
        for i, name in enumerate(frame.table.industries)
    ]
    return sorted(rows, key=lambda row: row.value is None)


def _against(measure: Callable[[Floats, Floats], Floats]) -> Callable[[Frame], Rows]:
    def rows(frame: Frame) -> Rows:
        found = measure(frame.values(frame.subjects), frame.reference())
        _tell_unbounded(frame, found)
        return falling(
            Row(place=frame.table.places[p], value=known(value))
            for p, value in zip(frame.subjects, found, strict=True)
        )

    return rows


def _tell_unbounded(frame: Frame, found: Floats) -> None:
    """Say why a place that has industries has no value: the reference lacks one of them."""
    full = frame.values(frame.subjects).sum(axis=1) > 0
    who = [
        frame.table.places[p]
        for p, value, has in zip(frame.subjects, found, full, strict=True)
        if has and not np.isfinite(value)
    ]
    if who:
        frame.notices.append(Notice("unbounded", {"places": some(who)}))


def _entropy(frame: Frame) -> Rows:
    values = frame.values(frame.subjects)
    against = industry.relative_entropy(values, frame.reference())
    alone = industry.entropy(values)
    _tell_unbounded(frame, against)
    return falling(
        Row(
            place=frame.table.places[p],
            value=known(against[at]),
            shannon=known(alone[at]),
            equivalent=known(np.exp(alone[at])),
        )
        for at, p in enumerate(frame.subjects)
    )


def _herfindahl(frame: Frame) -> Rows:
    found = industry.herfindahl(frame.values(frame.subjects))
    return falling(
        Row(
            place=frame.table.places[p],
            value=known(found.plain[at]),
            normalised=known(found.normalised[at]),
            equivalent=known(found.equivalent[at]),
        )
        for at, p in enumerate(frame.subjects)
    )


def _agglomeration(frame: Frame) -> Rows:
    table, t = frame.table, frame.asked.end
    jobs = frame.totals(frame.counted)
    at = {p: position for position, p in enumerate(frame.counted)}
    rows, without, few = [], [], []
    for i, name in enumerate(table.industries):
        plants = [(at[p], size) for p, size in table.plants.get((t, i), []) if p in at]
        whole = float(table.values[t, frame.counted, i].sum())
        told = sum(size for _, size in plants)
        value = None
        if abs(told - whole) > 1e-9 * max(whole, 1.0) or not whole:
            without.append(name)
        elif len(plants) < industry.LEAST_UNITS:
            few.append(name)
        else:
            sizes, places = [size for _, size in plants], [place for place, _ in plants]
            value = known(industry.ellison_glaeser(sizes, places, jobs).gamma)
        rows.append(Row(industry=name, value=value))
    for key, names in (("without_plants", without), ("few_plants", few)):
        if names:
            frame.notices.append(Notice(key, {"industries": some(names), "least": industry.LEAST_UNITS}))
    return falling(rows)


def _relatedness(frame: Frame) -> Rows:
    near = industry.proximity(frame.values(frame.counted), frame.asked.question.proximity)
    _tell_nobody(frame, np.isnan(np.diag(near)))
    names = frame.table.industries
    rows = (
        Row(industry=one, other=other, value=known(near[i, j]))
        for i, one in enumerate(names)
        for j, other in enumerate(names)
        if i != j
    )
    return falling(rows)


def _density(frame: Frame) -> Rows:
    values, kind = frame.values(frame.counted), frame.asked.question.proximity
    present = industry.specialised(values)
    near = industry.proximity(values, kind) if kind == "correlation" else proximity_of(present, kind)
    found = industry.density(present, near)
    found[present.sum(axis=1) == 0] = np.nan
    _tell_nobody(frame, present.sum(axis=0) == 0)
    rows = (
        Row(place=frame.table.places[p], industry=name, value=known(found[at, i]))
        for at, p in enumerate(frame.counted)
        if p in frame.subjects
        for i, name in enumerate(frame.table.industries)
    )
    return falling(rows)


def _tell_nobody(frame: Frame, nobody: Floats) -> None:
    names = [name for name, each in zip(frame.table.industries, nobody, strict=True) if each]
    if names:
        frame.notices.append(Notice("nobody_specialised", {"industries": some(names)}))


def _complexity(frame: Frame) -> Rows:
    present = industry.specialised(frame.values(frame.counted))
    found = complexity_of(present)
    if not found.determined:
        frame.notices.append(Notice("not_determined"))
    elif not found.signed:
        frame.notices.append(Notice("sign_not_told"))
    _tell_nobody(frame, found.ubiquity == 0)
    places = falling(
        Row(place=frame.table.places[p], value=known(found.places[at]))
        for at, p in enumerate(frame.counted)
        if p in frame.subjects
    )
    return places + falling(
        Row(industry=name, value=known(value))
        for name, value in zip(frame.table.industries, found.industries, strict=True)
    )


MEASURES: MappingProxyType[str, Callable[[Frame], Rows]] = MappingProxyType(
    {
        "lq": _quotients,
        "krugman": _against(industry.krugman),
        "gini": _against(industry.gini),
        "hoover": _against(industry.hoover),
        "entropy": _entropy,
        "herfindahl": _herfindahl,
        "ellison-glaeser": _agglomeration,
        "shift-share": shift_share,
        "relatedness": _relatedness,
        "density": _density,
        "complexity": _complexity,
    }
)
