"""OCDS releases, release packages, records and compiled releases, as the profile for eForms writes them.

Which OCDS path is which field stands in `own_fields.yaml`. Contact points are never looked at, and free texts
are scrubbed as those of eForms are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tyngdepunkt.analyses.procurement.eforms import MOST_LOTS, scrubbed
from tyngdepunkt.analyses.procurement.model import Lot, Record, Source
from tyngdepunkt.errors import Fault, UserError

_METHODS = {"open": "open", "selective": "restricted", "limited": "neg-wo-call", "direct": "neg-wo-call"}
_KINDS = {"goods": "supplies", "services": "services", "works": "works"}
_CRITERIA = {"economic": "ef-stand", "technical": "tp-abil", "suitability": "sui-act", "other": "other"}
_WEIGHTS = {
    "percentageExact": "per-exa", "percentageRangeMiddle": "per-ran", "order": "ord-imp",
    "pointsExact": "poi-exa", "decimalExact": "dec-exa",
}  # fmt: skip
_MEASURES = {
    "bids": "tenders", "smeBids": "t-sme", "microBids": "t-micro", "smallBids": "t-small",
    "mediumBids": "t-med", "largeBids": "t-large", "electronicBids": "t-esubm",
}  # fmt: skip
_AIMS = {
    "environmental": ("env-imp", "BT-774"),
    "social": ("soc-obj", "BT-775"),
    "economic": ("inn-pur", "BT-776"),
}
_LANGUAGES = {
    "no": "NOR",
    "nb": "NOB",
    "nn": "NNO",
    "en": "ENG",
    "sv": "SWE",
    "da": "DAN",
    "de": "DEU",
    "fr": "FRA",
}
_RESERVED = {"shelteredWorkshop": "res-ws", "publicServiceMissionOrganization": "res-pub-ser"}
_POLICIES = {"required": "required", "allowed": "allowed", "notAllowed": "not-allowed"}
_OUTCOMES = {"active": "selec-w", "unsuccessful": "clos-nw", "cancelled": "clos-nw", "pending": "open-nw"}
_RESULT_TAGS = ("award", "awardUpdate", "contract", "contractUpdate", "implementation")


def known(data: Any) -> bool:
    """Whether it is a release, a package of them, or records."""
    keys = ("releases", "records", "tender", "ocid", "compiledRelease")
    return isinstance(data, dict) and any(key in data for key in keys)


def read(data: Mapping[str, Any]) -> Source:
    """The one release of a file; where there are more, the last of the first process, and it is said."""
    found = list(_releases(data))
    if not found:
        raise UserError(Fault("analyses.procurement:no_release", {}))
    same = [each_ for each_ in found if each_.get("ocid") == found[0].get("ocid")]
    release = max(same, key=lambda each_: str(each_.get("date") or ""))
    tender = mapping(release.get("tender"))
    told = each(tender.get("lots"))
    if len(told) > MOST_LOTS:
        raise UserError(Fault("analyses.procurement:too_many_lots", {"count": len(told), "limit": MOST_LOTS}))
    record = _procedure(release, tender)
    lots = [Lot(text_of(mapping(lot).get("id")), _lot(mapping(lot), tender, release)) for lot in told]
    _outcome(release, record)
    return Source("ocds", record, lots or [Lot(None, _lot(tender, tender, release))], [], len(found))


def _releases(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for release in each(data.get("releases")):
        if isinstance(release, dict) and ("tender" in release or "ocid" in release):
            yield release
    for record in each(data.get("records")):
        told = mapping(record)
        compiled = mapping(told.get("compiledRelease"))
        yield from [compiled] if compiled else _releases(told)
    if mapping(data.get("compiledRelease")):
        yield mapping(data["compiledRelease"])
    elif "tender" in data or ("ocid" in data and "releases" not in data):
        yield data


def _procedure(release: Mapping[str, Any], tender: Mapping[str, Any]) -> Record:
    record: Record = {}
    tags = each(release.get("tag"))
    awarded = any(tag in _RESULT_TAGS for tag in tags) or ("compiled" in tags and release.get("awards"))
    planned = tender.get("status") in ("planned", "planning") or tags == ["planning"]
    put(record, "BT-701", text_of(release.get("id")))
    put(record, "BT-04", text_of(tender.get("id")) or text_of(release.get("ocid")))
    put(record, "BT-03", "result" if awarded else "planning" if planned else "competition")
    put(record, "BT-05(a)", text_of(tender.get("datePublished")) or text_of(release.get("date")))
    put(record, "BT-23", _KINDS.get(text_of(tender.get("mainProcurementCategory")) or ""))
    put(record, "BT-24", scrubbed(text_of(tender.get("description")) or ""))
    _money(record, "BT-27", tender.get("value"))
    _money(
        record, "BT-271", mapping(mapping(tender.get("techniques")).get("frameworkAgreement")).get("value")
    )
    details = mapping(tender.get("lotDetails"))
    most = details.get("maximumLotsBidPerSupplier")
    if isinstance(most, float) and most == float("inf"):
        put(record, "BT-763", "all")
    else:
        put(record, "BT-31", text_of(most))
    put(record, "BT-33", text_of(details.get("maximumLotsAwardedPerSupplier")))
    put(record, "BT-105", _METHODS.get(text_of(tender.get("procurementMethod")) or ""))
    put(record, "BT-106", _truth(mapping(tender.get("procedure")).get("isAccelerated")))
    record["buyers"] = [
        _buyer(party)
        for party in each(release.get("parties"))
        if "buyer" in each(mapping(party).get("roles"))
    ]
    return record


def _buyer(party: Any) -> Record:
    found: Record = {}
    for told in each(mapping(mapping(party).get("details")).get("classifications")):
        if mapping(told).get("scheme") == "eu-buyer-legal-type":
            put(found, "BT-11", text_of(mapping(told).get("id")))
    return found


def _lot(lot: Mapping[str, Any], tender: Mapping[str, Any], release: Mapping[str, Any]) -> Record:
    found: Record = {}
    _money(found, "BT-27", lot.get("value"))
    techniques = mapping(lot.get("techniques"))
    agreement = mapping(techniques.get("frameworkAgreement"))
    _money(found, "BT-271", agreement.get("value") or agreement.get("maximumValue"))
    period = mapping(lot.get("contractPeriod"))
    put(found, "BT-36", text_of(period.get("durationInDays")), "DAY")
    put(found, "BT-536", text_of(period.get("startDate")))
    put(found, "BT-537", text_of(period.get("endDate")))
    put(found, "BT-726", _truth(mapping(lot.get("suitability")).get("sme")))
    put(
        found,
        "BT-765",
        _either(techniques.get("hasFrameworkAgreement"), "fa", "none") or ("fa" if agreement else None),
    )
    put(found, "BT-766", _either(techniques.get("hasDynamicPurchasingSystem"), "dps", "none"))
    put(found, "BT-113", text_of(agreement.get("maximumParticipants")))
    put(found, "BT-51", text_of(mapping(lot.get("secondStage")).get("maximumCandidates")))
    put(found, "BT-131(d)", text_of(mapping(lot.get("tenderPeriod")).get("endDate")))
    put(found, "BT-13(d)", text_of(mapping(lot.get("enquiryPeriod")).get("endDate")))
    put(found, "BT-94", _truth(lot.get("hasRecurrence")))
    _terms(lot, found)
    _demands(lot, found)
    _aims(lot, found)
    _places(lot, tender, found)
    for other in each(release.get("relatedProcesses")):
        if "planning" in each(mapping(other).get("relationship")):
            put(found, "BT-125(i)", text_of(mapping(other).get("identifier")))
    return found


def _terms(lot: Mapping[str, Any], found: Record) -> None:
    terms, contract = mapping(lot.get("submissionTerms")), mapping(lot.get("contractTerms"))
    guarantee = terms.get("depositsGuarantees")
    if guarantee:
        put(found, "BT-751", "true")
        put(found, "BT-75", scrubbed(text_of(guarantee) or ""))
    for language in each(terms.get("languages")):
        code = text_of(language) or ""
        put(found, "BT-97", _LANGUAGES.get(code, code.upper()))
    put(found, "BT-17", _POLICIES.get(text_of(terms.get("electronicSubmissionPolicy")) or ""))
    put(found, "BT-764", _POLICIES.get(text_of(terms.get("electronicCatalogPolicy")) or ""))
    for code in each(mapping(lot.get("otherRequirements")).get("reservedParticipation")):
        put(found, "BT-71", _RESERVED.get(text_of(code) or "", text_of(code)))
    put(found, "BT-736", _either(contract.get("reservedExecution"), "yes", "no"))
    if contract.get("tendererLegalForm"):
        put(found, "BT-761", "true")


def _demands(lot: Mapping[str, Any], found: Record) -> None:
    selection = []
    for told in each(mapping(lot.get("selectionCriteria")).get("criteria")):
        criterion, row = mapping(told), Record()
        put(row, "BT-809", text_of(criterion.get("subType")))
        put(row, "BT-747", _CRITERIA.get(text_of(criterion.get("type")) or ""))
        put(row, "BT-750", scrubbed(text_of(criterion.get("description")) or ""))
        row["numbers"] = [
            _number(n, "BT-752", "BT-7532", "threshold") for n in each(criterion.get("numbers"))
        ]
        selection.append(row)
    if selection:
        found["selection"] = selection
    criteria = []
    for told in each(mapping(lot.get("awardCriteria")).get("criteria")):
        criterion, row = mapping(told), Record()
        put(row, "BT-539", text_of(criterion.get("type")))
        put(row, "BT-540", scrubbed(text_of(criterion.get("description")) or ""))
        row["weights"] = [_number(n, "BT-541", "BT-5421", "weight") for n in each(criterion.get("numbers"))]
        criteria.append(row)
    if criteria:
        found["awarding"] = [{"criteria": criteria}]


def _number(told: Any, number_key: str, kind_key: str, kind: str) -> Record:
    row: Record = {}
    put(row, number_key, text_of(mapping(told).get("number")))
    code = text_of(mapping(told).get(kind))
    put(row, kind_key, _WEIGHTS.get(code or "", code))
    return row


def _aims(lot: Mapping[str, Any], found: Record) -> None:
    for code in each(lot.get("additionalProcurementCategories")):
        put(found, "BT-06", text_of(code))
    for told in each(lot.get("sustainability")):
        goal = text_of(mapping(told).get("goal")) or ""
        kind, _, detail = goal.partition(".")
        parent, key = _AIMS.get(kind, ("", ""))
        if parent and (parent, "") not in found.get("BT-06", []):
            put(found, "BT-06", parent)
        if detail and key and detail != "innovativePurchase":
            put(found, key, detail)
        for strategy in each(mapping(told).get("strategies")):
            put(found, "BT-805", text_of(strategy))
    if lot.get("hasSustainability") is False:
        put(found, "BT-06", "none")


def _places(lot: Mapping[str, Any], tender: Mapping[str, Any], found: Record) -> None:
    items = [mapping(item) for item in each(tender.get("items"))]
    own = [item for item in items if item.get("relatedLot") in (None, lot.get("id"))] or (
        [] if "id" in lot else items
    )
    places: list[Record] = []
    for item in own:
        put(found, "BT-262", text_of(mapping(item.get("classification")).get("id")))
        for address in (*each(item.get("deliveryAddresses")), *each(item.get("deliveryLocations"))):
            told, place = mapping(address), Record()
            region = text_of(told.get("region")) or text_of(told.get("description"))
            put(place, "BT-727" if (region or "").startswith("anyw") else "BT-5071", region)
            put(place, "BT-5121", text_of(told.get("postalCode")))
            put(place, "BT-5131", text_of(told.get("locality")))
            places += [place] if place else []
    if places:
        found["places"] = places


def _outcome(release: Mapping[str, Any], record: Record) -> None:
    """Results, statistics and winners, joined as a notice joins them."""
    statistics = [mapping(row) for row in each(mapping(release.get("bids")).get("statistics"))]
    rows = [mapping(row) for row in each(release.get("awards"))]
    awards = [row for row in rows if row.get("status") or row.get("suppliers")] or (
        [{}] if statistics else []
    )
    if not awards:
        return
    record["results"], record["tenders"], record["parties"] = [], [], []
    counted: set[int] = set()
    for place, award in enumerate(awards, start=1):
        name = f"award-{place}"
        lots, result = [text_of(lot) for lot in each(award.get("relatedLots"))], Record()
        for lot in lots:
            put(result, "BT-13713", lot)
        put(result, "BT-142", _OUTCOMES.get(text_of(award.get("status")) or ""))
        put(
            result,
            "BT-144",
            text_of(award.get("statusDetails")) if award.get("status") == "unsuccessful" else None,
        )
        mine = [
            at
            for at, row in enumerate(statistics)
            if at not in counted and (row.get("relatedLot") in (None, *lots) or not lots)
        ]
        counted |= set(mine)
        result["received"] = [_statistic(statistics[at]) for at in mine]
        result["tenders"] = [{"OPT-320": [(name, "")]}]
        record["results"].append(result)
        record["tenders"].append({"OPT-321": [(name, "")], "parties": [{"OPT-310": [(name, "")]}]})
        suppliers = [(text_of(mapping(s).get("id")) or "", "") for s in each(award.get("suppliers"))]
        record["parties"].append({"OPT-210": [(name, "")], "OPT-300": suppliers})
    record["organizations"] = [_party(mapping(party)) for party in each(release.get("parties"))]
    for contract in each(release.get("contracts")):
        record.setdefault("contracts", []).append(row := Record())
        put(row, "BT-145", text_of(mapping(contract).get("dateSigned")))


def _statistic(told: Mapping[str, Any]) -> Record:
    row: Record = {}
    measure = text_of(told.get("measure"))
    put(row, "BT-760", _MEASURES.get(measure or "", measure))
    put(row, "BT-759", text_of(told.get("value")))
    return row


def _party(party: Mapping[str, Any]) -> Record:
    found: Record = {}
    put(found, "OPT-200", text_of(party.get("id")))
    others = [mapping(other).get("id") for other in each(party.get("additionalIdentifiers"))]
    put(
        found,
        "BT-501",
        text_of(mapping(party.get("identifier")).get("id")) or next((text_of(o) for o in others if o), None),
    )
    put(found, "BT-165", text_of(mapping(party.get("details")).get("scale")))
    return found


def _money(record: Record, key: str, told: Any) -> None:
    put(record, key, text_of(mapping(told).get("amount")), text_of(mapping(told).get("currency")) or "")


def _truth(told: Any) -> str | None:
    return _either(told, "true", "false")


def _either(told: Any, yes: str, no: str) -> str | None:
    return (yes if told else no) if isinstance(told, bool) else None


def put(record: Record, key: str, text: str | None, told: str = "") -> None:
    """Add a value where there is one."""
    if text:
        record.setdefault(key, []).append((text, told))


def text_of(told: Any) -> str | None:
    """A text or a number as the text a notice would hold; None for everything else."""
    if isinstance(told, str):
        return told.strip()[:20_000] or None
    if isinstance(told, bool) or not isinstance(told, int | float):
        return None
    if isinstance(told, float):
        return f"{told:.12f}".rstrip("0").rstrip(".") if abs(told) < 1e18 else None
    return str(told) if abs(told) < 10**18 else None


def mapping(told: Any) -> Record:
    """A mapping, or an empty one."""
    return told if isinstance(told, dict) else {}


def each(told: Any) -> list[Any]:
    """A list, or an empty one."""
    return told if isinstance(told, list) else []
