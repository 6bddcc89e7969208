"""An answer of Doffin's search, API v2: a few of the fields of a notice, never all."""

from __future__ import annotations

from typing import Any

from tyngdepunkt.analyses.procurement.model import Lot, Record, Source
from tyngdepunkt.analyses.procurement.ocds import each, mapping, put, text_of
from tyngdepunkt.errors import Fault, UserError

_RESULT = ("RESULT", "ANNOUNCEMENT_OF_CONCLUSION_OF_CONTRACT", "ANNOUNCEMENT_OF_INTENT")
_PLANNING = ("PLANNING", "ADVISORY_NOTICE", "PRE_ANNOUNCEMENT")


def read(hits: list[Any]) -> Source:
    """The first hit; that there are more is said. The type is `type`: `allTypes` rolls several up."""
    hit = mapping(hits[0]) if hits else {}
    if not hit.get("id"):
        raise UserError(Fault("analyses.procurement:no_release", {}))
    kind = text_of(hit.get("type")) or ""
    form = "result" if kind in _RESULT else "planning" if kind in _PLANNING else "competition"
    record: Record = {}
    put(record, "BT-701", text_of(hit.get("id")))
    put(record, "BT-03", form)
    put(record, "BT-05(a)", text_of(hit.get("issueDate")) or text_of(hit.get("publicationDate")))
    value = mapping(hit.get("estimatedValue"))
    put(record, "BT-27", text_of(value.get("amount")), text_of(value.get("currencyCode")) or "")
    record["buyers"] = [{} for _ in each(hit.get("buyer"))]
    told = [("search_only", "")]
    if form == "result":
        _outcome(hit, record)
    lots = each(hit.get("lots")) or [{}]
    found = [Lot(f"{place}" if len(lots) > 1 else None, _lot(hit)) for place, _ in enumerate(lots, start=1)]
    return Source("doffin", record, found, told, len(hits))


def _lot(hit: Record) -> Record:
    lot: Record = {}
    put(lot, "BT-131(d)", text_of(hit.get("deadline")))
    for code in each(hit.get("cpvCodes")):
        put(lot, "BT-262", text_of(code))
    places = []
    for code in each(hit.get("locationId")):
        text = text_of(code) or ""
        places.append({"BT-727" if text.startswith("anyw") else "BT-5071": [(text, "")]})
    if places:
        lot["places"] = places
    return lot


def _outcome(hit: Record, record: Record) -> None:
    received = []
    for told in each(hit.get("allReceivedTenders")):
        row: Record = {}
        put(row, "BT-760", text_of(mapping(told).get("type")))
        put(row, "BT-759", text_of(mapping(told).get("total")))
        received.append(row)
    if not received and hit.get("receivedTenders") is not None:
        received = [{"BT-760": [("tenders", "")], "BT-759": [(text_of(hit["receivedTenders"]) or "", "")]}]
    winners = [
        text_of(mapping(w).get("organizationId"))
        for lot in each(hit.get("lots"))
        for w in each(mapping(lot).get("winner"))
    ]
    numbers = sorted({number for number in winners if number})
    record["results"] = [{"received": received, "tenders": [{"OPT-320": [("1", "")]}]}]
    record["tenders"] = [{"OPT-321": [("1", "")], "parties": [{"OPT-310": [("1", "")]}]}]
    record["parties"] = [{"OPT-210": [("1", "")], "OPT-300": [(number, "") for number in numbers]}]
    record["organizations"] = [{"OPT-200": [(n, "")], "BT-501": [(n, "")]} for n in numbers]
