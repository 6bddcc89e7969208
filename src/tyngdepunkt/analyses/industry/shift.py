"""Shift-share of a table: the parts of each place's change, and of each of its industries."""

from __future__ import annotations

import numpy as np

from tyngdepunkt.analyses.industry.frame import Frame
from tyngdepunkt.analyses.industry.result import ByIndustry, Parts, Row
from tyngdepunkt.analyses.industry.table import some
from tyngdepunkt.methods import industry
from tyngdepunkt.methods.industry import ShiftShare
from tyngdepunkt.methods.validation import Floats
from tyngdepunkt.places.models import Notice


def shift_share(frame: Frame) -> list[Row]:
    """One row per place, the largest rise first; places that lack a period are missing and stand last.

    Where the reference is the sum of all, it is the sum of the places that have every period looked at:
    otherwise a place that comes in late would look like growth.
    """
    table, moments = frame.table, frame.moments
    whole = [p for p in frame.counted if _has_all(frame, p)]
    if frame.asked.reference is None and len(whole) < len(frame.counted):
        out = [table.places[p] for p in frame.counted if p not in whole]
        frame.notices.append(Notice("left_out_of_reference", {"places": some(out)}))
    reference = np.array([frame.reference(t, whole) for t in moments])
    if (reference.sum(axis=1) <= 0).any() or not _reference_has_all(frame):
        frame.notices.append(Notice("reference_empty"))
        return [Row(place=table.places[p], value=None) for p in frame.subjects]
    rows = [_row(frame, p, reference) for p in frame.subjects]
    return sorted(rows, key=lambda row: (row.value is None, -(row.value or 0.0)))


def _has_all(frame: Frame, place: int) -> bool:
    return bool(frame.table.given[frame.moments, place].any(axis=1).all())


def _reference_has_all(frame: Frame) -> bool:
    return frame.asked.reference is None or _has_all(frame, frame.asked.reference)


def _row(frame: Frame, place: int, reference: Floats) -> Row:
    name = frame.table.places[place]
    if not _has_all(frame, place):
        return Row(place=name, value=None)
    own = frame.table.values[frame.moments, place]
    found = _parts(frame.asked.question.method, own, reference)
    by_industry = [
        ByIndustry(each, float(found.change[i]), _of(found, i))
        for i, each in enumerate(frame.table.industries)
        if own[:, i].any()
    ]
    without = [each.industry for each in by_industry if each.parts is None]
    if without:
        frame.notices.append(Notice("shift_without_parts", {"place": name, "industries": some(without)}))
    return Row(
        place=name,
        value=float(found.change.sum()),
        parts=None if without else _sum(found),
        by_industry=by_industry,
    )


def _parts(method: str, own: Floats, reference: Floats) -> ShiftShare:
    if method == "dynamic":
        return industry.dynamic(own, reference)
    form = industry.shift_share if method == "dunn" else industry.esteban_marquillas
    return form(own[0], own[-1], reference[0], reference[-1])


def _of(found: ShiftShare, i: int) -> Parts | None:
    allocation = None if found.allocation is None else float(found.allocation[i])
    parts = (float(found.national[i]), float(found.industry_mix[i]), float(found.regional[i]))
    return Parts(*parts, allocation) if all(np.isfinite(part) for part in parts) else None


def _sum(found: ShiftShare) -> Parts:
    allocation = None if found.allocation is None else float(found.allocation.sum())
    return Parts(
        float(found.national.sum()), float(found.industry_mix.sum()), float(found.regional.sum()), allocation
    )
