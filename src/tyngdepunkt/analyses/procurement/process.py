"""Rules 11–13 and 15–20: the procedure, time and tools, place, aims, weights and early dialogue."""

from __future__ import annotations

from tyngdepunkt.analyses.procurement.judged import Asked, Judged, not_stated
from tyngdepunkt.analyses.procurement.model import date_of, first, groups, values
from tyngdepunkt.analyses.procurement.money import number
from tyngdepunkt.analyses.procurement.words import word, words
from tyngdepunkt.texts import Term, texts_of

NORWEGIAN = ("NOR", "NOB", "NNO")
_NO_AIM = ("none", "no-gpp-crit")
_EXEMPT = ("quality-nor-env-exempt", "quality-nor-env-none")
"""Award criteria that say why climate and environment are left out."""
_AIMS = ("BT-06", "BT-774", "BT-775", "BT-776", "BT-805")
DEADLINES = ("BT-131(d)", "BT-1311(d)", "BT-13(d)")
_CLOSED = ("neg-wo-call",)
PROCEDURES = ("open", "restricted", "neg-w-call", "comp-dial", "innovation", "oth-single", "oth-mult")
_DEMANDS = (5, 6, 7, 8)


def procedure(asked: Asked) -> Judged:
    """11: is the door open?"""
    kind, field = first(asked.source.record, "BT-105"), "BT-105-Procedure"
    if kind in _CLOSED:
        return Judged("hinders", field, kind, "r11.closed")
    if first(asked.source.record, "BT-106") == "true":
        return Judged("hinders", "BT-106-Procedure", "true", "r11.accelerated")
    dps = first(asked.lot, "BT-766")
    if dps and dps != "none":
        return Judged("helps", "BT-766-Lot", dps, "r11.dps")
    most = number(first(asked.lot, "BT-51"))
    if most is not None:
        return Judged("hinders", "BT-51-Lot", most, "r11.few", {"most": most})
    if kind is None:
        return not_stated(field)
    named = Term(kind, f"analyses.procurement:procedures.{kind}") if kind in PROCEDURES else kind
    return Judged("neutral", field, kind, "r11.kind", {"kind": named})


def time(asked: Asked) -> Judged:
    """12: how long is there to answer?"""
    sent = asked.source.dispatched
    field = next((key for key in DEADLINES if date_of(first(asked.lot, key))), None)
    if field is None:
        return not_stated("BT-131(d)-Lot")
    deadline = date_of(first(asked.lot, field))
    if sent is None or deadline is None:
        return Judged("not_stated", "BT-05(a)-notice", None, "r12.no_dispatch")
    days = (deadline - sent).days
    told = {"days": abs(days)}
    if days < 0:
        return Judged("not_stated", f"{field}-Lot", days, "r12.before", told)
    if asked.source.national:
        return Judged("neutral", f"{field}-Lot", days, "r12.national", told)
    if field == "BT-13(d)":
        return Judged("not_stated", f"{field}-Lot", days, "r12.questions", told)
    fast = first(asked.source.record, "BT-106") == "true"
    kind = "accelerated" if fast else "request" if field == "BT-1311(d)" else "open"
    told["least"] = asked.limits[kind]
    below = days < told["least"]
    return Judged(
        "hinders" if below else "neutral", f"{field}-Lot", days, "r12.short" if below else "r12.days", told
    )


def tools(asked: Asked) -> Judged:
    """13: in which language, and with which tools?"""
    if first(asked.lot, "BT-764") == "required":
        return Judged("hinders", "BT-764-Lot", "required", "r13.catalogue")
    spoken = values(asked.lot, "BT-97")
    if not spoken:
        return not_stated("BT-97-Lot")
    value = ", ".join(spoken)
    if any(each in NORWEGIAN for each in spoken):
        return Judged("helps", "BT-97-Lot", value, "r13.norwegian")
    return Judged("neutral", "BT-97-Lot", value, "r13.other", {"languages": words("BT-97", spoken)})


def place(asked: Asked) -> Judged:
    """15: where is the work, and how far is that? The buyer's city is not asked."""
    where = list(groups(asked.lot, "places"))
    for each in where:
        code, city = first(each, "BT-5121"), first(each, "BT-5131")
        if code or city:
            field = "BT-5121-Lot" if code else "BT-5131-Lot"
            shown = " ".join(part for part in (code, city) if part)
            return (
                asked.place(field, shown, each)
                if asked.place
                else Judged("neutral", field, shown, "r15.exact", {"place": shown})
            )
    county = next((first(each, "BT-5071") for each in where if first(each, "BT-5071")), None)
    if county:
        return _area(county)
    anywhere = next((first(each, "BT-727") for each in where if first(each, "BT-727")), None)
    if anywhere:
        return Judged("neutral", "BT-727-Lot", anywhere, "r15.anywhere")
    return not_stated("BT-5071-Lot")


def _area(code: str) -> Judged:
    """A county, or another area, by its name; a code that is none of Norway's by itself."""
    if code in texts_of("analyses.procurement")["counties"]:
        county = Term(code, f"analyses.procurement:counties.{code}")
        return Judged("neutral", "BT-5071-Lot", code, "r15.county", {"county": county})
    known = code in texts_of("analyses.procurement")["areas"]
    area = Term(code, f"analyses.procurement:areas.{code}") if known else code
    return Judged("neutral", "BT-5071-Lot", code, "r15.area", {"area": area})


def reserved(asked: Asked) -> Judged:
    """16: is it reserved?"""
    told = first(asked.lot, "BT-71")
    if told and told != "none":
        return Judged("neutral", "BT-71-Lot", told, "r16.reserved", {"code": word("BT-71", told)})
    carried_out = first(asked.lot, "BT-736")
    if carried_out == "yes":
        return Judged("neutral", "BT-736-Lot", carried_out, "r16.execution")
    if told is None and carried_out is None:
        return not_stated("BT-71-Lot")
    return Judged("neutral", "BT-71-Lot" if told else "BT-736-Lot", told or carried_out, "r16.open")


def aims(asked: Asked) -> Judged:
    """17: green, social and innovative aims."""
    found = {key: values(asked.lot, key) for key in _AIMS}
    codes = [word(key, code) for key in _AIMS for code in found[key] if code not in _NO_AIM]
    climate = words("BT-539", (code for code, _ in _criteria(asked) if code.startswith("quality-nor-env")))
    codes += [code for code in climate if not code.startswith(_EXEMPT)]
    if first(asked.source.record, "BT-105") == "innovation":
        codes.append(Term("innovation", "analyses.procurement:procedures.innovation"))
    field = next((f"{key}-Lot" for key in _AIMS if found[key]), "BT-539-Lot")
    if codes:
        return Judged("neutral", field, ", ".join(codes), "r17.aims", {"codes": codes})
    if climate:
        return Judged("neutral", "BT-539-Lot", ", ".join(climate), "r17.exempt", {"codes": climate})
    if any(found.values()):
        return Judged("neutral", field, "none", "r17.none")
    return not_stated("BT-06-Lot")


def price(asked: Asked) -> Judged:
    """18: how much does price weigh? Cost is price; a code with weight 0 is a statement, no criterion."""
    field = "BT-541-Lot"
    found = [
        (code, weight)
        for code, weight in _criteria(asked)
        if weight != 0 or not code.startswith("quality-nor")
    ]
    if not found:
        return not_stated("BT-539-Lot")
    costs = [weight for code, weight in found if code in ("price", "cost")]
    if not costs:
        return Judged("neutral", "BT-539-Lot", 0, "r18.no_price")
    if len(found) == len(costs):
        return Judged("neutral", "BT-539-Lot", 100, "r18.only")
    if any(weight is None for weight in costs):
        return Judged("not_stated", field, None, "r18.no_weight")
    kinds = {first(each, "BT-5421") for each in _weights(asked)}
    total = sum(weight for _, weight in found if weight is not None)
    if "ord-imp" in kinds:
        rank = min(weight for weight in costs if weight is not None)
        return Judged("neutral", field, rank, "r18.rank", {"rank": rank})
    if total <= 0 or any(weight is None for _, weight in found):
        return Judged("not_stated", field, None, "r18.no_weight")
    share = sum(weight for weight in costs if weight is not None) / total
    return Judged("neutral", field, round(100 * share, 1), "r18.share", {"share": share})


def dialogue(asked: Asked) -> Judged:
    """19: was the market asked first?"""
    link = first(asked.lot, "BT-125(i)")
    if link:
        return Judged("helps", "BT-125(i)-Lot", link, "r19.linked")
    return not_stated("BT-125(i)-Lot")


def suitable(asked: Asked) -> Judged:
    """20: what the buyer says of small firms; shown, never relied on."""
    told = first(asked.lot, "BT-726")
    if told is None:
        return not_stated("BT-726-Lot")
    against = [number_ for number_ in _DEMANDS if asked.seen.get(number_) == "hinders"]
    if told == "true" and against:
        asked.warn("sme_contradicted", rules=against)
        return Judged("neutral", "BT-726-Lot", told, "r20.contradicted", {"rules": against})
    return Judged("neutral", "BT-726-Lot", told, "r20.yes" if told == "true" else "r20.no")


def _weights(asked: Asked) -> list[dict[str, object]]:
    return list(groups(asked.lot, "awarding", "criteria", "weights"))


def _criteria(asked: Asked) -> list[tuple[str, float | None]]:
    """Code and weight of each award criterion."""
    found = []
    for each in groups(asked.lot, "awarding", "criteria"):
        weight = next((first(w, "BT-541") for w in groups(each, "weights") if first(w, "BT-541")), None)
        found.append((first(each, "BT-539") or "", number(weight)))
    return found
