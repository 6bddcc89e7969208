"""Rules 1–4 and 14: how the contract is cut, how large a piece is, and for how long the market is closed."""

from __future__ import annotations

from tyngdepunkt.analyses.procurement.judged import Asked, Judged, not_stated
from tyngdepunkt.analyses.procurement.model import first, groups, speaks, values
from tyngdepunkt.analyses.procurement.money import Amount, amount_of, number

MANY_BUYERS = 5
_REASON = (
    "delkontrakt", "ikke delt", "ikkje delt", "oppdeling", "oppdelt", "not divided", "division into lots",
)  # fmt: skip


def split(asked: Asked) -> Judged:
    """1: is it split, and if not, is a reason given where one is due?"""
    field, count = "BT-137-Lot", asked.count
    if count > 1:
        key = "r1.split_all" if first(asked.source.record, "BT-763") == "all" else "r1.split"
        return Judged("helps", field, count, key, {"count": count})
    value = amount_of(asked.source.record, "BT-27") or asked.worth.amount
    if value is None:
        return Judged("not_stated", field, count, "r1.one_no_value")
    limit = _limit(asked, value.currency)
    if limit is None:
        return _unknown(asked, value)
    told = {"limit": limit, "currency": value.currency}
    if value.value < limit:
        return Judged("neutral", field, count, "r1.below", told)
    texts = [*values(asked.source.record, "BT-24"), *values(asked.lot, "BT-24"), *values(asked.lot, "BT-300")]
    if any(speaks(text, _REASON) for text in texts):
        return Judged("neutral", "BT-300-Lot", count, "r1.reason")
    return Judged("not_stated", field, count, "r1.no_reason", told)


def _unknown(asked: Asked, value: Amount) -> Judged:
    """No threshold in the currency of the value; where the directive's is known, it is told, not counted."""
    if asked.source.national:  # it says itself that it is below
        return Judged("not_stated", "BT-137-Lot", asked.count, "r1.national")
    euro = _limit(asked, "EUR") if value.currency == "NOK" and "NOK" not in asked.thresholds else None
    key = "r1.threshold_unknown" if euro is None else "r1.kroner_unknown"
    return Judged("not_stated", "BT-137-Lot", asked.count, key, {"euro": euro} if euro else {})


def _limit(asked: Asked, currency: str) -> float | None:
    """The EEA threshold that holds for this buyer and kind on the day; None where it is not known."""
    row = asked.thresholds.get(currency)
    if row is None:
        return None
    if first(asked.source.record, "BT-23") == "works":
        name = "eea_works"
    else:
        kinds = [first(each, "BT-11") for each in groups(asked.source.record, "buyers")]
        if not any(kinds):
            return None
        name = "eea_state" if kinds[0] in row["state"] else "eea_other"
    found = row.get(name)
    return float(found) if found else None


def all_lots(asked: Asked) -> Judged:
    """2: must a tender be for all lots?"""
    told = first(asked.source.record, "BT-763")
    field = "BT-763-Procedure"
    if asked.count < 2:
        return Judged("not_applicable", field, told, "one_lot")
    if told is None:
        return not_stated(field)
    return (
        Judged("hinders", field, told, "r2.all")
        if told == "all"
        else Judged("neutral", field, told, "r2.free")
    )


def spread(asked: Asked) -> Judged:
    """3: is winning spread on several?"""
    field = "BT-33-Procedure"
    most, bid = number(first(asked.source.record, "BT-33")), number(first(asked.source.record, "BT-31"))
    if asked.count < 2:
        return Judged("not_applicable", field, most, "one_lot")
    if most is None:
        return Judged("not_stated", field, None, "r3.bid" if bid else "not_stated", {"bid": bid or 0})
    if most < asked.count:
        return Judged("helps", field, most, "r3.spread", {"most": most, "count": asked.count})
    return Judged("neutral", field, most, "r3.all", {"most": most})


def digestible(asked: Asked) -> Judged:
    """4: how large is the lot per year?"""
    worth = asked.worth
    if worth.amount is None:
        return not_stated(worth.field, "r4.no_value")
    told = {"value": worth.amount.value, "currency": worth.amount.currency}
    yearly = worth.yearly
    if yearly is None or worth.years is None:
        return Judged("not_stated", "BT-36-Lot", None, "r4.no_length", told)
    key = "r4.assumed" if worth.assumed else "r4.yearly"
    key += "_short" if worth.years <= 1 else ""
    years = int(worth.years) if worth.years == int(worth.years) else worth.years  # 2 years, not 2.0
    told |= {"yearly": yearly.value, "years": years}
    return Judged("neutral", worth.field, round(yearly.value, 2), key, told)


def locked(asked: Asked) -> Judged:
    """14: is the market closed for long, for one supplier, or for many buyers at once?"""
    kind, field = first(asked.lot, "BT-765"), "BT-765-Lot"
    if kind is None:
        return not_stated(field)
    if kind == "none":
        return Judged("neutral", field, kind, "r14.none")
    most, buyers = number(first(asked.lot, "BT-113")), len(list(groups(asked.source.record, "buyers")))
    months = (asked.worth.years or 0) * 12
    if most == 1:
        return Judged("hinders", "BT-113-Lot", most, "r14.single")
    if months > asked.limits["longest_framework_months"]:
        return Judged("hinders", "BT-36-Lot", round(months, 1), "r14.long", {"months": months})
    if buyers >= MANY_BUYERS:
        return Judged("hinders", field, buyers, "r14.buyers", {"buyers": buyers})
    if most is None:
        return Judged("not_stated", "BT-113-Lot", None, "r14.unknown_number")
    return Judged("neutral", "BT-113-Lot", most, "r14.several", {"most": most})
