"""Is a tender within reach of one firm? What it asks for, against what the firm says of itself.

A firm is told that something is beyond it only where both the demand and its own figure are known and can be
compared; what the notice does not say is not within reach for that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from tyngdepunkt import texts
from tyngdepunkt.analyses.procurement.demands import coded, elsewhere, turnover_demanded
from tyngdepunkt.analyses.procurement.model import Lot, Source, date_of, first, values
from tyngdepunkt.analyses.procurement.money import Amount, amount_of
from tyngdepunkt.analyses.procurement.process import DEADLINES
from tyngdepunkt.analyses.procurement.question import Question
from tyngdepunkt.analyses.procurement.result import Reach, Reached

OWN = "NOK"
_QUOTED = 300
_KINDS = {"staff": ("slc-abil-staff",), "references": ("slc-abil-ref",)}
Found = tuple[Reached, str, dict[str, Any]]
"""The answer, the id of its sentence, and the sentence's values."""


def reach(source: Source, question: Question, as_of: dt.date, lang: str) -> list[Reach]:
    """Five answers for each lot, where the firm says anything of itself; else none."""
    if not question.own:
        return []
    return [
        Reach(topic, lot.id, found[0], texts.text(f"analyses.procurement:reach.{found[1]}", lang, **found[2]))
        for lot in source.lots
        for topic, found in _of_lot(lot, _currency(source, lot), question, as_of)
    ]


def _currency(source: Source, lot: Lot) -> str:
    """The currency of the notice's own amounts, for a number that names none."""
    found = amount_of(lot.record, "BT-27") or amount_of(source.record, "BT-27")
    return found.currency if found else OWN


def _of_lot(lot: Lot, currency: str, question: Question, as_of: dt.date) -> Iterator[tuple[str, Found]]:
    yield "turnover", _turnover(lot, currency, question.turnover)
    yield "staff", _demand(lot, "staff", question.staff)
    yield "references", _demand(lot, "references", question.references)
    yield "guarantee", _guarantee(lot, question.guarantee)
    yield "dates", _dates(lot, as_of)


def _turnover(lot: Lot, currency: str, own: float | None) -> Found:
    sums, spoken = turnover_demanded(lot.record, currency)
    if not spoken:
        return _silent(lot)
    if not sums:
        return "look", "no_amount", {}
    most: Amount = max(sums, key=lambda each: each.value)
    told = {"demand": most.value, "currency": most.currency}
    if own is None or most.currency != OWN:
        return "look", "amount", told
    told["own"] = own
    return ("within", "turnover_within", told) if own >= most.value else ("beyond", "turnover_beyond", told)


def _demand(lot: Lot, topic: str, own: int | None) -> Found:
    """A demand whose size stands in its text only: it is quoted, and whoever has none at all is beyond."""
    found = coded(lot.record, _KINDS[topic])
    if not found:
        if any(first(each, "BT-747") == "tp-abil" for each in lot.record.get("selection", ())):
            return "look", "kind", {}
        return _silent(lot)
    quoted = " / ".join(text for each in found for text in values(each, "BT-750"))[:_QUOTED]
    if own == 0:
        return "beyond", "none_of_it", {}
    return ("look", "quoted", {"text": quoted}) if quoted else ("look", "no_text", {})


def _guarantee(lot: Lot, own: str | None) -> Found:
    told = first(lot.record, "BT-751")
    if told is None:
        return "not_stated", "silent", {}
    if told != "true":
        return "within", "no_guarantee", {}
    answers: dict[str | None, Found] = {
        "yes": ("within", "guarantee", {}),
        "no": ("beyond", "guarantee", {}),
    }
    return answers.get(own, ("look", "guarantee", {}))


def _dates(lot: Lot, as_of: dt.date) -> Found:
    deadline = next((day for key in DEADLINES if (day := date_of(first(lot.record, key)))), None)
    if deadline is None:
        return "not_stated", "silent", {}
    told = {"day": deadline, "days": (deadline - as_of).days}
    return ("within", "days_left", told) if deadline >= as_of else ("beyond", "too_late", told)


def _silent(lot: Lot) -> Found:
    """Nothing of this kind among the demands of the notice: that other demands stand there meets none."""
    if elsewhere(lot.record):
        return "stated_elsewhere", "elsewhere", {}
    return "not_stated", "not_among" if lot.record.get("selection") else "silent", {}
