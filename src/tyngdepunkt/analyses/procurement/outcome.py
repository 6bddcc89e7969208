"""Rules 21–24: who made a tender, who won, why nobody came, and when it comes again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from tyngdepunkt.analyses.procurement.judged import Asked, Judged, not_stated
from tyngdepunkt.analyses.procurement.model import Record, date_of, first, groups, values
from tyngdepunkt.analyses.procurement.money import number
from tyngdepunkt.analyses.procurement.words import words

_SIZES = ("t-micro", "t-small", "t-med", "t-large")


def tenders(asked: Asked) -> Judged:
    """21: how many tenders, and how many from small firms?"""
    counts = _counts(asked)
    field, total, small = "BT-759-LotResult", counts.get("tenders"), counts.get("t-sme")
    if total is None and small is None:
        return not_stated(field)
    if total is None:
        asked.warn("sme_without_total", count=small)
        return Judged("not_stated", field, small, "r21.no_total", {"small": small})
    _consistent(asked, counts, total)
    if total <= 1:
        asked.warn("one_tender" if total else "no_tenders")
    if small is None:
        return Judged("neutral", field, total, "r21.total", {"total": total})
    if small > total or total <= 0:
        return Judged("not_stated", field, small, "r21.more", {"total": total, "small": small})
    share = small / total
    return Judged(
        "neutral", field, round(100 * share, 1), "r21.share", {"total": total, "small": small, "share": share}
    )


def _consistent(asked: Asked, counts: dict[str, float], total: float) -> None:
    """The sums of SDK 1.15: small and large make all, and so do the four sizes."""
    if "t-sme" in counts and "t-large" in counts and counts["t-sme"] + counts["t-large"] != total:
        asked.warn("sizes_differ", total=total, sum=counts["t-sme"] + counts["t-large"])
    elif all(size in counts for size in _SIZES) and sum(counts[size] for size in _SIZES) != total:
        asked.warn("sizes_differ", total=total, sum=sum(counts[size] for size in _SIZES))


def winner(asked: Asked) -> Judged:
    """22: who won, by size and register number; whether it is local hangs on the register's address."""
    found = list(_winners(asked))
    sizes = [size for each in found for size in values(each, "BT-165")]
    numbers = [n for each in found for n in values(each, "BT-501")]
    if sizes:
        return Judged(
            "neutral",
            "BT-165-Organization-Company",
            ", ".join(sizes),
            "r22.size",
            {"sizes": words("BT-165", sizes)},
        )
    if numbers:
        return Judged(
            "neutral", "BT-501-Organization-Company", ", ".join(numbers), "r22.number", {"numbers": numbers}
        )
    return not_stated("BT-165-Organization-Company")


def nobody(asked: Asked) -> Judged:
    """23: did nobody come?"""
    outcomes = [code for each in _results(asked) for code in values(each, "BT-142")]
    reasons = [code for each in _results(asked) for code in values(each, "BT-144")]
    field = "BT-142-LotResult"
    if not outcomes:
        return not_stated(field)
    if "clos-nw" not in outcomes:
        return Judged(
            "neutral", field, ", ".join(outcomes), "r23.other", {"codes": words("BT-142", outcomes)}
        )
    told = {"codes": words("BT-144", reasons)}
    if "no-rece" in reasons or "one-admis" in reasons:
        asked.warn("nobody_came")
        return Judged("hinders", "BT-144-LotResult", ", ".join(reasons), "r23.nobody", told)
    if not reasons:
        return Judged("neutral", field, ", ".join(outcomes), "r23.no_reason")
    return Judged("neutral", "BT-144-LotResult", ", ".join(reasons), "r23.closed", told)


def again(asked: Asked) -> Judged:
    """24: when does it come again? Estimated from the contract's end, or its start and length."""
    ends = date_of(first(asked.lot, "BT-537"))
    if ends:
        key = "r24.ended" if _before(ends, asked) else "r24.ends"
        return Judged("neutral", "BT-537-Lot", ends.isoformat(), key, {"day": ends})
    starts, years = date_of(first(asked.lot, "BT-536")), asked.worth.years
    if starts is None:
        signed = [
            date_of(each)
            for part in groups(asked.source.record, "contracts")
            for each in values(part, "BT-145")
        ]
        starts = min((day for day in signed if day), default=None)
    if starts is None or years is None or years > 100:
        return not_stated("BT-36-Lot")
    length = dt.timedelta(days=round(years * 365.25))
    if length > dt.date.max - starts:  # a year that no calendar has
        return not_stated("BT-36-Lot")
    day = starts + length
    key = "r24.estimated_past" if _before(day, asked) else "r24.estimated"
    return Judged("neutral", "BT-36-Lot", day.isoformat(), key, {"day": day})


def _before(day: dt.date, asked: Asked) -> bool:
    return asked.as_of is not None and day < asked.as_of


def _results(asked: Asked) -> Iterator[Record]:
    """The results of this lot; all of them where lots have no ids."""
    for each in groups(asked.source.record, "results"):
        lots = values(each, "BT-13713")
        if asked.lot_id is None or not lots or asked.lot_id in lots:
            yield each


def _counts(asked: Asked) -> dict[str, float]:
    found: dict[str, float] = {}
    for result in _results(asked):
        for each in groups(result, "received"):
            code, count = first(each, "BT-760"), number(first(each, "BT-759"))
            if code and count is not None and count >= 0:
                found[code] = found.get(code, 0) + count
    return found


def _winners(asked: Asked) -> Iterator[Record]:
    """The organizations behind the tenders that won this lot, by way of tender and tendering party."""
    record = asked.source.record
    won = {
        name
        for each in _results(asked)
        for part in groups(each, "tenders")
        for name in values(part, "OPT-320")
    }
    parties = {
        name for each in groups(record, "tenders") if first(each, "OPT-321") in won
        for part in groups(each, "parties") for name in values(part, "OPT-310")
    }  # fmt: skip
    members = {
        name for each in groups(record, "parties") if first(each, "OPT-210") in parties
        for name in values(each, "OPT-300")
    }  # fmt: skip
    for each in groups(record, "organizations"):
        if first(each, "OPT-200") in members:
            yield each
