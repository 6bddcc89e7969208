"""Rules 5–10: what is demanded of the supplier, and whether the demand can be read in the notice."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tyngdepunkt.analyses.procurement.judged import Asked, Judged, not_stated
from tyngdepunkt.analyses.procurement.model import Record, first, groups, speaks, values
from tyngdepunkt.analyses.procurement.money import Amount, amounts_in, number
from tyngdepunkt.analyses.procurement.result import Verdict
from tyngdepunkt.analyses.procurement.words import word, words

FIELD = "BT-809-Lot"
TIMES = 2
_TURNOVER = ("slc-stand-to",)
_OTHER_MONEY = ("slc-stand-ratio", "slc-stand-ins", "slc-stand-other")
_RECORD = ("slc-abil-ref", "slc-abil-staff", "slc-abil-facil")
_CERTIFICATES = ("slc-sche", "slc-abil-qual-inst", "slc-abil-mgmt")
_TURNOVER_WORDS = ("turnover", "omsetning", "omsetnad")
_CREDIT = (
    "kredittrating",
    "kredittverdig",
    "kredittvurdering",
    "credit rating",
    "failure score",
    "soliditet",
)
_CERTIFICATE = ("iso 9", "iso 1", "iso 2", "iso 4", "iso9", "iso-9", "iso1", "iso-1", "ohsas", "miljøfyrtårn",
                "emas", "sertifi")  # fmt: skip
_EQUIVALENT = ("equivalent", "tilsvarende", "tilsvarande", "likeverdig", "jevngod", "jamgod")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÆØÅ—–-])|\n")
_HERE, _DOCUMENTS = "epo-notice", "epo-procurement-document"
_ELSEWHERE = (_DOCUMENTS, "epo-acc-espd-request", "epo-sub-espd-request")


def turnover(asked: Asked) -> Judged:
    """5: is the turnover demanded more than twice the contract's value per year?"""
    sums, told = turnover_demanded(asked.lot, asked.worth.amount.currency if asked.worth.amount else "NOK")
    if not told:
        return _absent(asked)
    if not sums:
        return Judged("not_stated", FIELD, None, "r5.no_amount", {}, _with(asked.lot, None))
    demand, yearly = max(sums, key=lambda each: each.value), asked.worth.yearly
    near = _with(asked.lot, demand)
    values_ = {"demand": demand.value, "currency": demand.currency}
    if yearly is None:
        return Judged("not_stated", FIELD, demand.value, "r5.no_value", values_, near)
    limit = TIMES * yearly.value
    values_ |= {"limit": limit, "limit_currency": yearly.currency, "yearly": yearly.value}
    if demand.currency != yearly.currency:
        asked.warn("currencies_differ", demand=demand.currency, value=yearly.currency)
        key = "r5.below_other" if demand.value <= limit else "r5.above_other"
        verdict = "neutral" if demand.value <= limit else "not_stated"
        return Judged(verdict, FIELD, demand.value, key, values_, near)  # type: ignore[arg-type]
    if demand.value > limit:
        return Judged("hinders", FIELD, demand.value, "r5.above", values_, near)
    return Judged("neutral", FIELD, demand.value, "r5.below", values_, near)


def _with(lot: Record, demand: Amount | None) -> Record | None:
    """The demand on turnover that names an amount; else the first that speaks of turnover."""
    about = [
        each
        for each in _demands(lot)
        if _starts(each, _TURNOVER) or any(speaks(text, _TURNOVER_WORDS) for text in values(each, "BT-750"))
    ]
    named = (
        each
        for each in about
        for text in values(each, "BT-750")
        if demand and demand.value in [found.value for found in amounts_in(text, demand.currency)]
    )
    return next(named, about[0] if about else None)


def turnover_demanded(lot: Record, currency: str) -> tuple[list[Amount], bool]:
    """Amounts of turnover demanded, candidates from the text among them, and whether there is a demand.

    Args:
        lot: its fields.
        currency: that of a number which names none.
    """
    demands, kinds = _demands(lot), coded(lot, _TURNOVER)
    found: list[Amount] = []
    spoken = False
    for each in demands:
        for text in values(each, "BT-750"):
            if not speaks(text, _TURNOVER_WORDS):
                continue
            spoken = True
            for sentence in _SENTENCE.split(text):
                if speaks(sentence, _TURNOVER_WORDS):
                    found += amounts_in(sentence, currency)
    for each in kinds:
        for numbers in groups(each, "numbers"):
            figure = number(first(numbers, "BT-752"))
            if figure and figure >= 1000 and first(numbers, "BT-7532"):  # fewer are years or places in a row
                found.append(Amount(figure, currency))
    return found, spoken or bool(kinds)


def coded(lot: Record, kinds: Iterable[str]) -> list[Record]:
    """The demands whose code is of these kinds."""
    return [each for each in _demands(lot) if _starts(each, kinds)]


def elsewhere(lot: Record) -> bool:
    """Whether demands are said to stand in documents that are not read here."""
    return any(each in _ELSEWHERE for each in values(lot, "BT-821"))


def money(asked: Asked) -> Judged:
    """6: other demands on the economy, and guarantees."""
    guarantee = first(asked.lot, "BT-751")
    if guarantee == "true":
        return Judged("hinders", "BT-751-Lot", guarantee, "r6.guarantee")
    demands = _demands(asked.lot)
    if credit := _speaking(demands, _CREDIT):
        return Judged("hinders", "BT-750-Lot", "credit rating", "r6.credit", {}, credit[0])
    return _by_code_or_kind(asked, (_OTHER_MONEY, "r6.other"), ("ef-stand", "r6.kind"))


def record(asked: Asked) -> Judged:
    """7: references, staff and equipment."""
    return _by_code_or_kind(asked, (_RECORD, "r7.demanded"), ("tp-abil", "r7.kind"))


def _by_code_or_kind(asked: Asked, coded_: tuple[Iterable[str], str], kind: tuple[str, str]) -> Judged:
    """What is demanded by code, or else only by its broad kind (BT-747); each with what is then said."""
    (codes, demanded), (broad, only_kind) = coded_, kind
    demands = _demands(asked.lot)
    found = _codes(demands, codes)
    if found:
        return Judged("hinders", FIELD, ", ".join(found), demanded, {"codes": words("BT-809", found)})
    if any(first(each, "BT-747") == broad for each in demands):
        return Judged("hinders", "BT-747-Lot", broad, only_kind)
    return _absent(asked)


def certificates(asked: Asked) -> Judged:
    """8: certificates, and whether something equivalent will do."""
    demands = _demands(asked.lot)
    found = _codes(demands, _CERTIFICATES)
    kinds = coded(asked.lot, _CERTIFICATES)
    speaking = _speaking(demands, _CERTIFICATE)
    spoken = [t for each in speaking for t in values(each, "BT-750") if speaks(t, _CERTIFICATE)]
    if not kinds and not spoken:
        return _absent(asked)
    texts = [t for each in kinds for t in values(each, "BT-750")] + spoken
    value, near = ", ".join(found) or "BT-750", (kinds or speaking)[0]
    if texts and all(speaks(text, _EQUIVALENT) for text in texts):
        return Judged("neutral", FIELD if kinds else "BT-750-Lot", value, "r8.equivalent", {}, near)
    if not texts:
        return Judged("hinders", FIELD, value, "r8.no_text", {}, near)
    return Judged("hinders", FIELD if kinds else "BT-750-Lot", value, "r8.only", {}, near)


def readable(asked: Asked) -> Judged:
    """9: can the demands be read in the notice?"""
    field, sources = "BT-821-Lot", values(asked.lot, "BT-821")
    told = ", ".join(sources) or None
    if _HERE in sources or (not sources and _demands(asked.lot)):
        return Judged("helps", field, told, "r9.here")
    if sources:
        return Judged("stated_elsewhere", field, told, _where("r9.elsewhere", sources))
    return not_stated(field)


def together(asked: Asked) -> Judged:
    """10: may firms join forces?"""
    form = first(asked.lot, "BT-761")
    if form == "true":
        return Judged("hinders", "BT-761-Lot", form, "r10.form")
    found = _codes(_demands(asked.lot), ("slc-abil-subc",))
    if found:
        return Judged("neutral", FIELD, ", ".join(found), "r10.share")
    duty = first(asked.lot, "BT-65")
    if duty and duty != "none":
        verdict: Verdict = "neutral" if duty == "subc-chng" else "helps"  # it only asks to be told
        return Judged(verdict, "BT-65-Lot", duty, "r10.subcontract", {"code": word("BT-65", duty)})
    if form is not None or duty is not None:
        return Judged("neutral", "BT-761-Lot" if form else "BT-65-Lot", form or duty, "r10.free")
    return not_stated("BT-761-Lot")


def _absent(asked: Asked) -> Judged:
    """A demand of this kind is not among those in the notice: what that means."""
    if elsewhere(asked.lot):
        sources = values(asked.lot, "BT-821")
        key = "more_elsewhere" if _HERE in sources else _where("elsewhere", sources)
        return Judged("stated_elsewhere", "BT-821-Lot", ", ".join(sources), key)
    if asked.lot.get("selection"):
        return Judged("neutral", FIELD, None, "not_among")
    return not_stated(FIELD)


def _where(key: str, sources: list[str]) -> str:
    """The sentence that names the procurement documents, or the self-declaration where only that is named."""
    return key if _DOCUMENTS in sources else f"{key}_espd"


def _speaking(demands: list[Record], words: tuple[str, ...]) -> list[Record]:
    """The demands whose text names one of the words."""
    return [each for each in demands if any(speaks(text, words) for text in values(each, "BT-750"))]


def _demands(lot: Record) -> list[Record]:
    return list(groups(lot, "selection"))


def _code(demand: Record) -> str:
    return first(demand, "BT-809") or ""


def _starts(demand: Record, kinds: Iterable[str]) -> bool:
    return _code(demand).startswith(tuple(kinds))


def _codes(demands: list[Record], kinds: Iterable[str]) -> list[str]:
    """The codes of these kinds, each once, in the order of the notice."""
    return list(dict.fromkeys(_code(each) for each in demands if _starts(each, kinds)))
