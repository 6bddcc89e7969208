"""National rules for Norwegian notices below the EEA thresholds: the set of the date, tried one by one.

The rules are data (`rules/procurement/national.yaml`); what each is about stands in `texts.yaml` under
`national`. Notices of other customizations are not tried: they follow rules that are not stored.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from tyngdepunkt.analyses.procurement.model import Lot, Record, Source, first, groups, values
from tyngdepunkt.analyses.procurement.money import number
from tyngdepunkt.analyses.procurement.words import word, words
from tyngdepunkt.texts import read_yaml

PREFIX = "EFORMS-NOR-NATIONAL-"
Breach = tuple[str, str, str, Mapping[str, Any]]
"""Rule without its prefix, field, id of the text, values."""
_DECIMALS = re.compile(r"-?\d+(\.\d{1,2})?")
_LOCAL = "LocalLegalBasis"


def applies(source: Source) -> bool:
    """Whether a notice is a Norwegian one below the thresholds, by its customization, or by its buyer."""
    if source.kind not in ("eforms", "draft"):
        return False
    if "anskaffelser.no" in source.customization:
        return source.customization.endswith("national-e")
    countries = {code for each in groups(source.record, "organizations") for code in values(each, "BT-514")}
    return source.subtype in _data()["subtypes"] and countries == {"NOR"}


def set_on(source: Source, as_of: dt.date) -> Mapping[str, Any] | None:
    """The set in force on the dispatch date for the notice's SDK; None where none is stored."""
    day, version = source.dispatched or as_of, _version(source.sdk)
    found = None
    for each in _data()["sets"]:
        if dt.date.fromisoformat(each["id"]) <= day and (
            version is None or version >= (_version(each["sdk_from"]) or ())
        ):
            found = each
    return found


def breaches(source: Source, rules: Mapping[str, Any], as_of: dt.date) -> Iterator[Breach]:
    """Every national rule the notice breaks."""
    data = _data()
    exempt = any(_text_of(source.record, local=True, lang=lang) in data["exempt"] for lang in ("NOR", "ENG"))
    yield from _identity(source, data, as_of)
    yield from _languages(source.record, data)
    yield from _legal_basis(source.record, data)
    yield from _buyers(source.record, data, exempt)
    yield from _amounts(source, exempt)
    yield from _sums(source, data)
    yield from _same_dates(source)
    tried: set[Any] = set()
    for lot in source.lots:
        if lot.likeness in tried or lot.part:
            continue
        tried |= {lot.likeness} if lot.likeness else set()
        yield from _strategic(lot, rules)
        if not exempt:
            yield from _climate(source, lot, rules, data)
    if _disallowed(source.record, data):
        yield "TH-R008I", "BT-01(d)-Procedure", "part_1_only", {}


def _identity(source: Source, data: Mapping[str, Any], as_of: dt.date) -> Iterator[Breach]:
    if not re.fullmatch(data["customization"], source.customization):
        yield "CI-R001A", "OPT-002-notice", "customization", {}
    if source.subtype not in data["subtypes"]:
        yield "NT-R001B", "OPP-070-notice", "subtype", {"given": source.subtype or "–"}
    if source.dispatched is not None:
        days, (least, most) = (as_of - source.dispatched).days, data["dispatch_days"]
        if not least <= days <= most:
            yield "DV-R001B", "BT-05(a)-notice", "dispatch", {"day": source.dispatched, "as_of": as_of}


def _languages(record: Record, data: Mapping[str, Any]) -> Iterator[Breach]:
    main, more = values(record, "BT-702(a)"), values(record, "BT-702(b)")
    for rule, found, field in (
        ("LG-R002A", main, "BT-702(a)-notice"),
        ("LG-R005B", more, "BT-702(b)-notice"),
    ):
        if any(each not in data["languages"] for each in found):
            yield rule, field, "language", {"given": words("BT-97", found)}
    if not set(main + more) & set(data["norwegian"]):
        yield "LG-R001B", "ND-Root", "norwegian", {}
    if "OPT-999-Languages" in record:
        yield "LG-R009B", "ND-Root", "unofficial", {}


def _legal_basis(record: Record, data: Mapping[str, Any]) -> Iterator[Breach]:
    found = list(groups(record, "legal_basis"))
    acts = [each for each in found if (each.get("BT-01(c)") or [("", "")])[0][1] == "ELI"]
    if not acts and _LOCAL not in [first(each, "BT-01(c)") for each in found]:
        yield "LB-R001A", "BT-01(e)-Procedure", "no_basis", {}
    for lang, rule in (("NOR", "LB-R005B"), ("ENG", "LB-R005C")):
        told = _text_of(record, local=True, lang=lang)
        if told is not None and told not in data["exempt"]:
            yield rule, "BT-01(f)-Procedure", "local_basis", {"given": told[:80]}
    for each in acts:
        yield from _act(each, data["acts"])


def _act(record: Record, acts: Mapping[str, Any]) -> Iterator[Breach]:
    """One act by its link: known, and named as it is."""
    link, told = first(record, "BT-01(c)") or "", {lang: text for text, lang in record.get("BT-01(d)", ())}
    if link not in acts:
        yield "LB-R010A", "BT-01(c)-Procedure", "act", {"given": link[:80]}
    for other, act in acts.items():
        if other != link and any(text in act.get(lang, ()) for lang, text in told.items()):
            yield f"LB-{act['rules']['act']}", "BT-01(c)-Procedure", "act_and_text", {"given": link[:80]}
    for lang, text in told.items():
        if lang not in ("NOR", "ENG"):
            yield "LB-R013A", "BT-01(d)-Procedure", "basis_language", {"given": word("BT-97", lang)}
        elif link in acts and text not in acts[link][lang]:
            yield f"LB-{acts[link]['rules'][lang]}", "BT-01(d)-Procedure", "basis_text", {"given": text[:80]}


def _text_of(record: Record, *, local: bool, lang: str) -> str | None:
    """The description of the local legal basis (or of the act) in a language."""
    for each in groups(record, "legal_basis"):
        if (first(each, "BT-01(c)") == _LOCAL) == local:
            for text, told in each.get("BT-01(d)", ()):
                if told == lang:
                    return str(text)
    return None


def _buyers(record: Record, data: Mapping[str, Any], exempt: bool) -> Iterator[Breach]:
    if exempt:
        return
    for each in groups(record, "buyers"):
        kind = first(each, "BT-11")
        if kind is None:
            yield "LT-R001B", "BT-11-Procedure-Buyer", "no_buyer_type", {}
        elif kind not in data["buyer_types"]:
            yield "LT-R002B", "BT-11-Procedure-Buyer", "buyer_type", {"given": word("BT-11", kind[:40])}


_AMOUNTS = {
    ("BT-27", "Procedure"): ("CR-R001B", "DT-R001B"), ("BT-271", "Procedure"): ("CR-R001C", "DT-R001F"),
    ("BT-27", "Part"): ("CR-R002B", "DT-R001C"), ("BT-27", "Lot"): ("CR-R003B", "DT-R001D"),
    ("BT-271", "Lot"): ("CR-R003C", "DT-R001E"),
}  # fmt: skip


def _amounts(source: Source, exempt: bool) -> Iterator[Breach]:
    """Only kroner, and at most two decimals."""
    records = [("Procedure", source.record)]
    records += [("Part" if lot.part else "Lot", lot.record) for lot in source.lots]
    seen = set()
    for level, record in records:
        for key in ("BT-27", "BT-271"):
            rules = _AMOUNTS.get((key, level))
            for text, currency in record.get(key, ()) if rules else ():
                currency_rule, decimals_rule = rules or ("", "")
                if currency != "NOK" and not exempt:
                    seen.add((currency_rule, f"{key}-{level}", "currency", currency[:10] or "–"))
                if text and not _DECIMALS.fullmatch(text):
                    seen.add((decimals_rule, f"{key}-{level}", "decimals", text[:40]))
    for rule, field, name, given in sorted(seen):
        yield rule, field, name, {"given": given}


_SUMS = (("BT-27", True, "VA-R001B"), ("BT-27", False, "VA-R001C"), ("BT-271", True, "VA-R001D"),
         ("BT-271", False, "VA-R001E"))  # fmt: skip


def _sums(source: Source, data: Mapping[str, Any]) -> Iterator[Breach]:
    """The procedure's amount is the sum of those of its lots or parts."""
    for key, part, rule in _SUMS:
        told = [text for lot in source.lots if lot.part == part for text in values(lot.record, key)]
        if not told:
            continue
        whole, parts = number(first(source.record, key)), [number(text) for text in told]
        total = sum(each for each in parts if each is not None)
        if whole is None or None in parts or abs(whole - total) >= data["tolerance"]:
            yield rule, f"{key}-Procedure", _unequal(whole, total), {"whole": whole, "total": total}


def _unequal(whole: float | None, total: float) -> str:
    """Which sentence tells of a sum: with decimals where rounded amounts could be the same."""
    if whole is None:
        return "no_sum"
    return "sum" if whole == int(whole) and total == int(total) else "sum_decimals"


_DATES = (("BT-536", False, "DV-R004C"), ("BT-536", True, "DV-R003A"), ("BT-537", False, "DV-R004D"),
          ("BT-537", True, "DV-R003B"))  # fmt: skip


def _same_dates(source: Source) -> Iterator[Breach]:
    for key, part, rule in _DATES:
        told = {text for lot in source.lots if lot.part == part for text in values(lot.record, key)}
        if len(told) > 1:
            yield rule, f"{key}-{'Part' if part else 'Lot'}", "dates", {}


_DETAILS = (
    ("BT-774", "env-imp", "SP-R003A"),
    ("BT-775", "soc-obj", "SP-R003B"),
    ("BT-776", "inn-pur", "SP-R003C"),
)


def _strategic(lot: Lot, rules: Mapping[str, Any]) -> Iterator[Breach]:
    codes = values(lot.record, "BT-06")
    if "none" in codes and len(codes) > 1:
        yield "SP-R001", "BT-06-Lot", "none_and_more", {}
    if len(codes) != len(set(codes)):
        yield "SP-R002", "BT-06-Lot", "twice", {}
    for key, parent, rule in _DETAILS:
        if lot.record.get(key) and parent not in codes:
            yield rule, f"{key}-Lot", "parent", _aim(parent)
    if "env-imp" not in codes and any(_climate_met(group, rules) for group in _groups(lot)):
        yield "SP-R004", "BT-06-Lot", "parent", _aim("env-imp")


def _aim(code: str) -> dict[str, str]:
    """A code that must be written, beside what it means."""
    return {"parent": code, "aim": word("BT-06", code)}


Criterion = tuple[str, str, float | None, bool]
"""Code, kind of weight, weight, whether it is described."""


def _groups(lot: Lot) -> Iterator[list[Criterion]]:
    for group in groups(lot.record, "awarding"):
        yield [_criterion(each) for each in groups(group, "criteria")]


def _criterion(record: Record) -> Criterion:
    kind, weight = "", None
    for each in groups(record, "weights"):
        if first(each, "BT-5421"):
            kind, weight = first(each, "BT-5421") or "", number(first(each, "BT-541"))
    return first(record, "BT-539") or "", kind, weight, first(record, "BT-540") is not None


def _climate_met(group: list[Criterion], rules: Mapping[str, Any]) -> bool:
    """Whether a group says that climate is weighed or specified, so that `env-imp` belongs to it."""
    total = sum(weight or 0 for _, _, weight, _ in group)
    for code, kind, weight, _ in group:
        if code in rules["criterion"] and (
            kind == "ord-imp" or (kind == "per-exa" and total >= _data()["climate_weight"])
        ):
            return True
        if code == "quality-nor-env-spec" and _weightless(kind, weight, rules):
            return True
    return False


def _weightless(kind: str, weight: float | None, rules: Mapping[str, Any]) -> bool:
    """Whether a statement is not weighed: 0 per cent, or, in the newer sets, no weight or rank 0."""
    if rules["weightless"]:
        return not kind or weight == 0 or weight is None
    return kind == "per-exa" and weight == 0


def _climate(source: Source, lot: Lot, rules: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[Breach]:
    """Climate in the award: said at all, weighed enough or stated, and a statement not weighed."""
    bases = list(groups(source.record, "legal_basis"))
    known = {*rules["criterion"], *rules["statement"]}
    local = any(first(each, "BT-01(c)") == _LOCAL for each in bases)
    for group in _groups(lot):
        coded = [code for code, *_ in group if code]
        told = known & set(coded)
        if coded and not told and local and _both_parts(source.record, data, True):
            yield "EC-R001B", "BT-539-Lot", "climate_missing", {}
        if len(coded) > 1 and bases and not told:
            yield "EC-R001C", "BT-539-Lot", "climate_missing", {}
        if len(group) > 1 and coded and bases and not _enough(group, rules, data):
            yield "EC-R001D", "BT-541-Lot", "climate_weight", {"least": data["climate_weight"]}
        for code, kind, weight, _ in group:
            if rules["weightless"] and code in rules["statement"] and not _weightless(kind, weight, rules):
                yield "EC-R001E", "BT-541-Lot", "statement_weighed", {"code": word("BT-539", code)}


def _enough(group: list[Criterion], rules: Mapping[str, Any], data: Mapping[str, Any]) -> bool:
    """At least 30 per cent, or among the three first, or a statement with its reason."""
    weighed = sum(w or 0 for code, kind, w, _ in group if code in rules["criterion"] and kind == "per-exa")
    if weighed >= data["climate_weight"]:
        return True
    ranks = [weight for _, kind, weight, _ in group if kind == "ord-imp" and weight]
    for code, kind, weight, described in group:
        ranked = code in rules["criterion"] and kind == "ord-imp" and weight is not None
        if ranked and sum(rank < (weight or 0) for rank in ranks) < data["climate_rank"]:
            return True
        if code in rules["statement"] and described and _weightless(kind, weight, rules):
            return True
    return False


def _both_parts(record: Record, data: Mapping[str, Any], local: bool) -> bool:
    """Whether every description of the basis is that of parts 1 and 2 (and, for the act, there is one)."""
    told = [_text_of(record, local=local, lang=lang) for lang in ("NOR", "ENG")]
    given = [each for each in told if each is not None]
    return all(each in data["parts_1_and_2"] for each in given) and bool(given or local)


def _disallowed(record: Record, data: Mapping[str, Any]) -> bool:
    """Health and social services under parts 1 and 2: they follow part 1 only."""
    code = first(record, "BT-262") or ""
    services = first(record, "BT-23") == "services" and code.startswith(tuple(data["part_1_only_cpv"]))
    local = [_text_of(record, local=True, lang=lang) in data["parts_1_and_2"] for lang in ("NOR", "ENG")]
    return services and (all(local) or _both_parts(record, data, False))


def _version(text: str | None) -> tuple[int, ...] | None:
    return tuple(int(each) for each in text.split(".")) if text else None


@cache
def _data() -> Mapping[str, Any]:
    found: Mapping[str, Any] = read_yaml("tyngdepunkt.rules.procurement", "national.yaml")
    return found
